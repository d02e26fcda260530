"""What a demonstration holds, counted from its states."""

from typing import Any

from django.utils import timezone

from samenhang.cases.models import Case
from samenhang.exchange.models import Signal
from samenhang.foundation.clock import now
from samenhang.measures.models import Measure
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account
from samenhang.travel.models import Message, Passenger
from samenhang.watchlists.models import Alert, Hit, Judgement

COUNTED: dict[str, Any] = {
    "messages": Message,
    "passengers": Passenger,
    "alerts": Alert,
    "hits": Hit,
    "judgements": Judgement,
    "signals": Signal,
    "cases": Case,
    "measures": Measure,
}


def summary() -> dict[str, Any]:
    """Counts of records, and the figures of the report over the year of the story."""
    moment = now()
    last = timezone.localtime(moment).date()
    by = service_account("reporting", now=moment, simulated=True)
    report = make_report(Asked(last), by=by)
    counts = {
        name: model.objects.unscoped("numbers of a demonstration").count() for name, model in COUNTED.items()
    }
    return {
        "scenario": "2026",
        "clock": moment.isoformat(),
        **counts,
        "figures": report.rows("en", exact=True),
    }

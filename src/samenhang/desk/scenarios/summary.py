"""What a demonstration holds, counted from its states."""

from typing import Any

from django.utils import timezone

from samenhang.cases.models import Case
from samenhang.exchange.models import Movement, OfficialMessage, Signal
from samenhang.foundation.clock import installation, now
from samenhang.measures.models import Arrest, Custody, Measure
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account
from samenhang.persons.models import Person
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


# What only the years before the letter hold.
OF_THE_LETTER: dict[str, Any] = {
    "persons": Person,
    "movements": Movement,
    "official_messages": OfficialMessage,
    "arrests": Arrest,
    "terms": Custody,
}


def summary() -> dict[str, Any]:
    """Counts of records, and the figures as ``samenhang report`` gives them on the day the story ends."""
    moment, marked = now(), installation()
    scenario = marked.scenario if marked else ""
    counted = COUNTED | (OF_THE_LETTER if scenario == "2014" else {})
    last = timezone.localtime(moment).date()
    by = service_account("reporting", now=moment, simulated=True)
    report = make_report(Asked(last), by=by)
    counts = {
        name: model.objects.unscoped("numbers of a demonstration").count() for name, model in counted.items()
    }
    return {
        "scenario": scenario,
        "clock": moment.isoformat(),
        **counts,
        "figures": report.rows("nl", exact=True),
    }

"""The yearly numbers on travel data that Directive (EU) 2016/681 art. 20 asks of a Member State."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from samenhang.criteria.models import MatchTally
from samenhang.exchange.models import Disclosure
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import require
from samenhang.travel.models import ExaminationTally, Message, Unmasking
from samenhang.travel.rules import CATEGORY
from samenhang.travel.rules.territory import TURNED_AWAY
from samenhang.travel.rules.unmasking import Finding, Status
from samenhang.watchlists.models import HitTally
from samenhang.watchlists.rules.quality import What

WHY = "counted for the yearly statistics: numbers leave, records do not"
# References of passengers; the other things of this category are hits and matches on them.
PASSENGERS = "Q-"
HITS = (What.FOUND, What.FIRST, What.CONFIRMED, What.NO_MATCH, What.UNDECIDED, What.LAPSED)


@dataclass(frozen=True, slots=True)
class TravelYear:
    """Numbers of one calendar year.

    hits, matches: of lists and of rules, by what happened. exchanged: passengers passed on, each once;
    given: by the code of the body that got them.
    """

    year: int
    messages: int
    in_lists: int
    in_bookings: int
    turned_away: int
    identified: int
    hits: dict[str, int]
    matches: dict[str, int]
    exchanged: int
    given: dict[str, int]
    unmaskings_asked: int
    unmaskings_approved: int
    not_in_order: int

    @property
    def collected(self) -> int:
        return self.in_lists + self.in_bookings


@transaction.atomic
def travel_year(year: int, *, by: Actor) -> TravelYear:
    """Counts only; nobody can be found in them. Raises NotYours."""
    require("report.see-counts", by=by)
    first, last = date(year, 1, 1), date(year, 12, 31)
    messages = Message.objects.unscoped(WHY).filter(received_at__date__range=(first, last))
    asked = Unmasking.objects.unscoped(WHY).filter(asked_at__date__range=(first, last))
    bookings = messages.filter(kind__contains="PNRGOV")
    told = TravelYear(
        year=year,
        messages=messages.count(),
        in_lists=_newcomers(messages.exclude(kind__contains="PNRGOV")),
        in_bookings=_newcomers(bookings),
        turned_away=_turned_away(messages),
        identified=ExaminationTally.objects.between(first, last).total(),
        hits={what: HitTally.objects.between(first, last).total(what) for what in HITS},
        matches=dict(MatchTally.objects.between(first, last)),
        exchanged=_passed_on(first, last).values("scope").distinct().count(),
        given=_given(first, last),
        unmaskings_asked=asked.count(),
        unmaskings_approved=asked.filter(status=Status.APPROVED).count(),
        not_in_order=asked.filter(finding=Finding.NOT_IN_ORDER).count(),
    )
    record("travel-statistics.made", "", by=by, operation=Operation.CONSULTATION)
    return told


def _newcomers(messages: Any) -> int:
    return int(messages.aggregate(sum=Sum("newcomers"))["sum"] or 0)


def _turned_away(messages: Any) -> int:
    held = messages.filter(left_behind__has_key=TURNED_AWAY).values_list("left_behind", flat=True)
    return sum(one[TURNED_AWAY] for one in held.iterator())


def _passed_on(first: date, last: date) -> Any:
    rows = Disclosure.objects.unscoped(WHY).order_by()
    return rows.filter(
        category=CATEGORY, scope__startswith=PASSENGERS, disclosed_at__date__range=(first, last)
    )


def _given(first: date, last: date) -> dict[str, int]:
    rows = _passed_on(first, last)
    return dict(rows.values_list("recipient__authority").annotate(Count("scope", distinct=True)))

"""How well carriers deliver, so that whoever speaks with them knows what to ask."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samenhang.foundation.page import Label, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.models import Delivery, Flight, Message, RouterEvent
from samenhang.travel.models.carriers import DeliveryQuerySet
from samenhang.travel.rules import bases, carriers
from samenhang.travel.rules.carriers import ELEMENTS, Timing

# So many of the newest faulty messages are looked through, and so many flights and faults are shown.
MESSAGES_LOOKED_AT, SHOWN = 200, 25


@dataclass
class Line:
    """What one carrier delivered."""

    carrier: str
    flights: int = 0
    people: int = 0
    lacking: int = 0
    untimely: int = 0

    @property
    def label(self) -> Label:
        if self.untimely or self.lacking:
            return Label(_("Something to ask"), "warning")
        return Label(_("Complete and in time"), "positive")


@dataclass
class Fault:
    """One sort of fault: in which segment, in the reader's words, how often, and where to see one."""

    segment: str
    words: str
    times: int = 0
    message: str = ""


@require_safe
def carriers_of(request: ActorRequest) -> HttpResponse:
    """Every carrier that delivered in the last weeks; who delivers worst comes first."""
    since, found = _found(request)
    lines: dict[str, Line] = defaultdict(lambda: Line(""))
    for row in found.by_carrier():
        line = lines[row["carrier"]]
        line.carrier = row["carrier"]
        line.people += row["people"]
        if row["kind"] == bases.Kind.API:
            line.lacking += sum(row[element] for element in ELEMENTS)
    for carrier, timings in _timings(found).items():
        lines[carrier].flights = len(timings)
        lines[carrier].untimely = sum(
            bool(_complaints(those, request.actor.now)) for those in timings.values()
        )
    ranked = sorted(lines.values(), key=lambda line: (-line.untimely, -line.lacking, line.carrier))
    shown = {"lines": ranked, "since": since, "crumbs": _crumbs()}
    return render(request, "travel/carriers.html", shown)


@require_safe
def carrier(request: ActorRequest, code: str) -> HttpResponse:
    """What one carrier should mend: missing elements, messages that were late or never came, faults."""
    since, found = _found(request)
    found = found.filter(flight__carrier="" if code == NAMELESS else code)
    kinds = list(found.by_carrier())
    if not kinds:
        raise Http404
    now = request.actor.now
    timings = next(iter(_timings(found).values()), {})
    late = {flight: words for flight, those in timings.items() if (words := _complaints(those, now))}
    flights = Flight.objects.filter(pk__in=late).order_by("-departs_on", "-pk")[:SHOWN]
    shown = {
        "code": code,
        "since": since,
        "missing": [_missing(row) for row in kinds],
        "elements": ELEMENTS.values(),
        "late": [(flight, late[flight.pk]) for flight in flights],
        "late_count": len(late),
        "flights": len(timings),
        "faults": _faults(found, request),
        "complaints": RouterEvent.objects.complaints(code, since)[:SHOWN],
        "crumbs": [*_crumbs(), Place(_("Quality of carriers"), reverse("travel:carriers"))],
    }
    return render(request, "travel/carrier.html", shown)


# A message that names no carrier has a page too.
NAMELESS = "-"


def _found(request: ActorRequest) -> tuple[date, DeliveryQuerySet]:
    """The first day that is looked at, and what messages that the actor may see delivered since."""
    since = request.actor.today - timedelta(days=carriers.DAYS - 1)
    messages = Message.objects.visible_to(request.actor)
    return since, Delivery.objects.within(messages, since, request.actor.today)


def _timings(found: DeliveryQuerySet) -> dict[str, dict[int, list[Timing]]]:
    """By carrier and flight."""
    timings: dict[str, dict[int, list[Timing]]] = defaultdict(lambda: defaultdict(list))
    for row in found.timings():
        timing = Timing(bases.Kind(row["kind"]), row["first"], row["last"], row["departure"])
        timings[row["carrier"]][row["flight"]].append(timing)
    return timings


def _complaints(timings: Iterable[Timing], now: datetime) -> list[str]:
    """What was not in time, in words; nothing when all was."""
    words = []
    for one in timings:
        if one.late:
            words.append(
                _("%(kind)s: first sent %(when)s") % {"kind": one.kind.label, "when": _when(one.first)}
            )
        if not one.closed and one.is_over(now):
            what = _("%(kind)s: nothing after closing; last sent %(when)s")
            words.append(what % {"kind": one.kind.label, "when": _when(one.last)})
        if one.closed_late:
            what = _("%(kind)s: last sent %(when)s")
            words.append(what % {"kind": one.kind.label, "when": _when(one.last)})
    return words


def _when(minutes: int) -> str:
    """A day and a half before departure, in hours; less than two hours in minutes."""
    span = abs(minutes)
    if span < 120:
        length = ngettext("%(number)d minute", "%(number)d minutes", span) % {"number": span}
    else:
        length = ngettext("%(number)d hour", "%(number)d hours", span // 60) % {"number": span // 60}
    sentence = _("%(length)s before departure") if minutes < 0 else _("%(length)s after departure")
    return sentence % {"length": length}


def _missing(row: dict[str, Any]) -> tuple[str, int, list[str]]:
    """The kind, how many were named, and for each element how many lacked it, with their share."""
    shares = [_share(row[element], row["people"]) for element in ELEMENTS]
    return str(bases.Kind(row["kind"]).label), row["people"], shares


def _share(part: int, whole: int) -> str:
    if not part:
        return "0"
    return f"{part} ({number_format(100 * part / whole, 1)} %)"


def _faults(found: DeliveryQuerySet, request: ActorRequest) -> list[Fault]:
    """The commonest sorts of fault in the newest faulty messages. The reader's words hold no name."""
    faulty = Message.objects.visible_to(request.actor).filter(
        pk__in=found.values("message"), problem_count__gt=0
    )
    faults: dict[tuple[str, str], Fault] = {}
    for message in faulty.newest_first()[:MESSAGES_LOOKED_AT]:
        sorts = Counter((problem["segment"], problem["message"]) for problem in message.problems)
        for (segment, words), times in sorts.items():
            fault = faults.setdefault((segment, words), Fault(segment, words, message=message.reference))
            fault.times += times
    return sorted(faults.values(), key=lambda fault: (-fault.times, fault.segment, fault.words))[:SHOWN]


def _crumbs() -> list[Place]:
    return [Place(_("Passenger messages"), reverse("travel:messages"))]

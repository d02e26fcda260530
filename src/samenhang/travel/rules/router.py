"""What two regulations fix of the EU router, and from when it takes the place of the carrier's own channel.

Regulation (EU) 2025/13 (law enforcement; 2025/12 is its twin for borders, and no task of this unit). What
is fixed: carriers send a passenger at check-in and everybody on board at closure (art. 5(3)); the router
passes it on unchanged (12(1)); the unit confirms receipt at once (12(3)); the router tells who sent nothing
or in a wrong format (11(4)), what it deleted (14) and when it fails (16). What is not: how any of this
looks on a wire; the delegated and implementing acts of art. 5(4), 11(5), 12(6) and 23(2) are not published:
``router_envelope``.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.durations import Duration
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.presence import Closing, Presence

# Art. 45: from the start of operations on, so long until nothing may come past the router.
COMPULSORY_AFTER = {Kind.API: Duration(years=2), Kind.PNR: Duration(years=4)}
PASSENGER_LIST = "745"


class Stage(TextChoices):
    VOLUNTARY = "voluntary", gettext_lazy("Voluntary: these carriers may use it")
    COMPULSORY = "compulsory", gettext_lazy("Compulsory: nothing comes past it")


class Channel(TextChoices):
    """How a message came. STAND_IN: from the carrier itself, asked for while the router failed."""

    DIRECT = "", gettext_lazy("From the carrier")
    ROUTER = "router", gettext_lazy("From the EU router")
    STAND_IN = "stand-in", gettext_lazy("From the carrier, because the router failed")


class Moment(TextChoices):
    """When the carrier sent it: art. 5(3)(a)(i) and (ii). NONE: bookings have no such moment."""

    NONE = "", gettext_lazy("Not said")
    CHECK_IN = "check-in", gettext_lazy("At check-in")
    CLOSURE = "closure", gettext_lazy("When the flight was closed")


class Event(TextChoices):
    """What the router sends: data, or a notice about them."""

    DELIVERY = "delivery", gettext_lazy("Data passed on")
    NOT_SENT = "not-sent", gettext_lazy("The carrier sent nothing")
    WRONG_FORMAT = "wrong-format", gettext_lazy("The carrier sent it in a wrong format")
    DELETED = "deleted", gettext_lazy("Deleted in the router: flight not selected")
    UNLAWFUL = "unlawful", gettext_lazy("The carrier says: these were no passenger data, or unlawful")
    FAILS = "fails", gettext_lazy("The router, or a carrier's link to it, fails")
    WORKS = "works", gettext_lazy("It works again")


class Party(TextChoices):
    """Whose systems fail: art. 16(1), (2) and (3)."""

    ROUTER = "router", gettext_lazy("The router")
    UNIT = "unit", gettext_lazy("Our own link to it")
    CARRIER = "carrier", gettext_lazy("A carrier's link to it")


@dataclass(frozen=True, slots=True)
class Use:
    """What is decided: for which data, for whom, on which act, since when the router operates, which days.

    carriers: ``KL QC``; empty when it is compulsory.
    """

    kind: Kind
    stage: Stage
    carriers: str
    basis: str
    operates_since: date
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Way:
    """How a message came in, and when the carrier sent it."""

    channel: Channel = Channel.DIRECT
    moment: Moment = Moment.NONE


DIRECTLY = Way()


class RouterOff(Refused):
    code = "router-off"
    status = 403


class DirectChannelClosed(Refused):
    code = "direct-channel-closed"
    status = 403


class NotPossibleYet(Refused):
    code = "not-possible-yet"


class NothingFails(Refused):
    code = "nothing-fails"


def compulsory_from(kind: Kind, operates_since: date) -> date:
    return COMPULSORY_AFTER[kind].after(operates_since)


def tidy(carriers: str) -> str:
    """``kl, QC`` as ``KL QC``. Raises NotPossibleYet."""
    found = [part for part in re.split(r"[\s,;]+", carriers.upper()) if part]
    for one in found:
        if not re.fullmatch(r"[A-Z0-9]{2,3}", one):
            raise NotPossibleYet(_("“%s” is no code of a carrier. Write codes as KL or QC.") % one)
    return " ".join(dict.fromkeys(found))


def check_use(wanted: Use) -> None:
    """The dates of art. 34-36 and 45. Raises NotPossibleYet."""
    if wanted.starts_on < wanted.operates_since:
        raise NotPossibleYet(_("Nobody can use the router before the day from which it operates."))
    since = compulsory_from(wanted.kind, wanted.operates_since)
    told = {"kind": wanted.kind.label, "day": date_format(since, "DATE_FORMAT")}
    if wanted.stage == Stage.COMPULSORY:
        if wanted.starts_on < since:
            raise NotPossibleYet(
                _("For %(kind)s the router is compulsory from %(day)s, and not before (article 45).") % told
            )
        if wanted.carriers:
            raise NotPossibleYet(_("Compulsory holds for all carriers: leave the carriers empty."))
        return
    if not wanted.carriers:
        raise NotPossibleYet(_("Name the carriers with whom the use was agreed (article 36)."))
    if wanted.ends_on >= since:
        raise NotPossibleYet(
            _("For %(kind)s voluntary use ends before %(day)s, when the router is compulsory.") % told
        )


def may_bring(uses: Iterable[tuple[str, str, str]], kind: str, carrier: str) -> bool:
    """Whether the router may bring these data of this carrier. uses: ``(kind, stage, carriers)`` of today."""
    return any(
        use == kind and (stage == Stage.COMPULSORY or carrier in carriers.split())
        for use, stage, carriers in uses
    )


def brought(uses: Iterable[tuple[str, str, str]]) -> frozenset[str]:
    """The kinds of data that the router may bring of anybody."""
    return frozenset(kind for kind, _stage, _carriers in uses)


def closed(uses: Iterable[tuple[str, str, str]], held: Collection[str]) -> list[str]:
    """Which of these kinds may not come past the router."""
    return sorted({kind for kind, stage, _carriers in uses if stage == Stage.COMPULSORY} & set(held))


def stands_in(asked: Iterable[tuple[str, str]], carriers: Collection[str]) -> bool:
    """Whether these carriers were asked to send directly. asked: ``(party, carrier)`` of what fails now."""
    return any(
        party != Party.CARRIER or (carriers and all(one == carrier for one in carriers))
        for party, carrier in asked
    )


def direct_channel_closed(kinds: Collection[str]) -> DirectChannelClosed:
    return DirectChannelClosed(
        _(
            "For %s the EU router is compulsory, so nothing may come from a carrier itself (Regulation (EU) "
            "2025/13, articles 5 and 10). Nothing of this file was kept."
        )
        % get_text_list([str(Kind(one).label) for one in kinds], _("and"))
    )


def off(why: str = "") -> RouterOff:
    return RouterOff(why or _("No use of the EU router is switched on for today. Nothing of this was kept."))


def closing_at(moment: str, code: str) -> Closing | None:
    """At closure everybody on board is sent (art. 5(3)(a)(ii)), whatever function the list itself has."""
    if moment != Moment.CLOSURE or code != PASSENGER_LIST:
        return None
    return Closing(named=Presence.BOARDED, others=Presence.NO_SHOW)


def is_whole(kind: str, moment: str) -> bool:
    """Whether a delivery of a flight is all there is of it: bookings are, and a list when it closed."""
    return kind == Kind.PNR or moment == Moment.CLOSURE

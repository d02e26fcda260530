"""The way back of who was abroad: its states, what each gate asks for, and what a prosecutor found."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# House policy: a prosecutor looks again within a year, whatever was found.
LOOK_AGAIN_WITHIN = timedelta(days=365)

# House policy: of who is away and of whom nothing new was heard for so long, the whereabouts are uncertain.
QUIET_AFTER = timedelta(days=90)

# House policy: the risks of whoever came back are mapped within four weeks; then a step of the
# administration may follow (letter 29 754 nr. 251, box 2).
ASSESSED_WITHIN = timedelta(days=28)


class Way(TextChoices):
    """How far somebody is on the way back."""

    ABROAD = "abroad", gettext_lazy("Abroad")
    MOVEMENT_KNOWN = "movement_known", gettext_lazy("On the move")
    ARRIVAL_PLANNED = "arrival_planned", gettext_lazy("Arrival planned")
    ARRIVED = "arrived", gettext_lazy("Arrived")
    DECIDED = "decided", gettext_lazy("Prosecution decided")
    DETAINED = "detained", gettext_lazy("Detained")
    RELEASE_PLANNED = "release_planned", gettext_lazy("Release planned")
    RELEASED = "released", gettext_lazy("Released")
    APPROACH = "approach", gettext_lazy("In the person-centred approach")
    ELSEWHERE = "elsewhere", gettext_lazy("Staying in another country")
    UNKNOWN = "unknown", gettext_lazy("Whereabouts unknown")
    DIED = "died", gettext_lazy("Died")
    CLOSED = "closed", gettext_lazy("Closed")


class Gate(TextChoices):
    """What became of a hand-over."""

    OFFERED = "offered", gettext_lazy("Waits for its receiver")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REFUSED = "refused", gettext_lazy("Refused, with a reason")
    TAKEN_BACK = "taken_back", gettext_lazy("Taken back")


_LOST = {Way.ELSEWHERE, Way.UNKNOWN, Way.DIED}
NEXT_OF_WAY: Mapping[Way, set[Way]] = {
    Way.ABROAD: {Way.MOVEMENT_KNOWN, Way.ARRIVED, *_LOST},
    Way.MOVEMENT_KNOWN: {Way.ARRIVAL_PLANNED, Way.ARRIVED, Way.ABROAD, *_LOST},
    Way.ARRIVAL_PLANNED: {Way.ARRIVED, Way.MOVEMENT_KNOWN, *_LOST},
    Way.ARRIVED: {Way.DECIDED, Way.DIED},
    Way.DECIDED: {Way.DETAINED, Way.APPROACH, Way.DIED},
    Way.DETAINED: {Way.RELEASE_PLANNED, Way.DIED},
    Way.RELEASE_PLANNED: {Way.RELEASED, Way.DETAINED, Way.DIED},
    Way.RELEASED: {Way.APPROACH, Way.DIED},
    Way.APPROACH: {Way.CLOSED, Way.DECIDED, Way.ABROAD, Way.DIED},
    Way.ELSEWHERE: {Way.MOVEMENT_KNOWN, Way.ARRIVED, Way.UNKNOWN, Way.DIED, Way.CLOSED},
    Way.UNKNOWN: {Way.ABROAD, Way.MOVEMENT_KNOWN, Way.ARRIVED, Way.ELSEWHERE, Way.DIED, Way.CLOSED},
    Way.DIED: {Way.CLOSED},
    Way.CLOSED: set(),
}
NEXT_OF_GATE: Mapping[Gate, set[Gate]] = {
    Gate.OFFERED: {Gate.ACCEPTED, Gate.REFUSED, Gate.TAKEN_BACK},
    Gate.ACCEPTED: set(),
    Gate.REFUSED: set(),
    Gate.TAKEN_BACK: set(),
}
# Noted as a fact with its source; nobody receives anything there.
FACTS = (Way.ABROAD, Way.ELSEWHERE, Way.UNKNOWN, Way.DIED)
# From here on who came back has been met and looked into.
BACK = (
    Way.ARRIVED, Way.DECIDED, Way.DETAINED, Way.RELEASE_PLANNED, Way.RELEASED, Way.APPROACH,
)  # fmt: skip

# What a pack holds. The first group is looked up here; the second is written by who offers.
LOOKED_UP = {
    "movement": gettext_lazy("A movement of this person is written down"),
    "return": gettext_lazy("The return is written down as a movement"),
    "review": gettext_lazy(
        "A prosecutor has reviewed whether prosecution is possible, and it is not time again"
    ),
    "assessment": gettext_lazy("A final assessment by two people, made after the return, that counts today"),
}
WRITTEN = {
    "route": gettext_lazy("From where to where, how, and how sure that is"),
    "arrival": gettext_lazy("Day, place and way of arrival, and who will be there"),
    "warrant": gettext_lazy("Whether a warrant or an alert stands, at which border, and who carries it out"),
    "children": gettext_lazy("Whether children travel along, and who looks after them"),
    "met": gettext_lazy("Who met the person, and how it went"),
    "decision": gettext_lazy("What the prosecution decided"),
    "place": gettext_lazy("Where the person is held, and until when as far as known"),
    "release": gettext_lazy("The day of release, and the conditions that a court or authority set"),
    "home": gettext_lazy("Where the person will live, with which income and which care"),
    "contact": gettext_lazy("Who is in touch with the person"),
    "outcome": gettext_lazy("What came of it, and what is not needed any more"),
}
PACKS: Mapping[Way, tuple[str, ...]] = {
    Way.MOVEMENT_KNOWN: ("movement", "route"),
    Way.ARRIVAL_PLANNED: ("movement", "arrival", "warrant", "children"),
    Way.ARRIVED: ("return", "met", "children"),
    Way.DECIDED: ("review", "decision"),
    Way.DETAINED: ("place",),
    Way.RELEASE_PLANNED: ("release", "home"),
    Way.RELEASED: ("release", "contact"),
    Way.APPROACH: ("assessment", "review", "contact", "home"),
    Way.CLOSED: ("outcome",),
}


class Found(TextChoices):
    """What a prosecutor found about the possibility to prosecute, on whatever ground."""

    PROSECUTE = "prosecute", gettext_lazy("Prosecution is possible")
    INVESTIGATE = "investigate", gettext_lazy("Not yet: investigation goes on")
    NOT_NOW = "not_now", gettext_lazy("Not possible on what is known")


class PackIncomplete(Refused):
    """The message names what the pack lacks."""

    code = "pack-incomplete"
    status = 422


class SecondReaderNeeded(Refused):
    code = "second-reader-needed"
    status = 403


class NotReadYet(Refused):
    """Nobody but who entered it agreed that this person is followed."""

    code = "not-read-yet"


class NotAssessed(Refused):
    """Somebody came back, and their risks were not mapped since."""

    code = "not-assessed"


class NotTheReceiver(Refused):
    code = "not-the-receiver"
    status = 403


class AlreadyOffered(Refused):
    code = "already-offered"


class OnTheWay(Refused):
    """This person has a trajectory already."""

    code = "on-the-way"


def asked_at(gate: Way) -> list[str]:
    """What the offerer writes for this gate."""
    return [code for code in PACKS.get(gate, ()) if code in WRITTEN]


def lacking(gate: Way, pack: Mapping[str, str], looked_up: Mapping[str, bool]) -> list[str]:
    """What the pack of this gate still lacks, in words."""
    return [
        str(LOOKED_UP[code] if code in LOOKED_UP else WRITTEN[code])
        for code in PACKS.get(gate, ())
        if not (looked_up.get(code) if code in LOOKED_UP else pack.get(code, "").strip())
    ]


def check_pack(gate: Way, pack: Mapping[str, str], looked_up: Mapping[str, bool]) -> None:
    """Raises PackIncomplete."""
    missing = lacking(gate, pack, looked_up)
    if missing:
        raise PackIncomplete(_("The pack still lacks: %s.") % "; ".join(missing))


def check_day(on: date, today: date) -> None:
    if on > today:
        raise PackIncomplete(_("This is a day that has not come yet. Write down what was, not what may be."))


def check_next(next_on: date | None, found: Found, today: date) -> None:
    """When a prosecutor looks again. Raises PackIncomplete."""
    if found == Found.PROSECUTE and next_on is None:
        return
    if next_on is None or not today < next_on <= today + LOOK_AGAIN_WITHIN:
        raise PackIncomplete(_("Say when you look again: after today and within a year."))


def assess_by(back_on: date) -> date:
    """The last day for the assessment of somebody who came back on that day."""
    return back_on + ASSESSED_WITHIN


def check_assessed(known: Mapping[str, bool]) -> None:
    """known: what ``looked_up`` found about a person. Raises NotAssessed for who came back and lacks one."""
    if known["return"] and not known["assessment"]:
        raise NotAssessed(
            _(
                "This person came back and was not assessed since, or the assessment no longer counts. "
                "Assess first: no step of the administration is proposed before."
            )
        )


def check_reader(opened_by: str, reader: str, *, read: bool) -> None:
    """Raises SecondReaderNeeded."""
    if read or reader == opened_by:
        raise SecondReaderNeeded(_("Somebody else than who entered it reads this once, and agrees."))


def check_read(read_at: datetime | None) -> None:
    """Raises NotReadYet."""
    if read_at is None:
        raise NotReadYet(_("First a second person must agree that this person is followed here."))

"""What must have been found before a measure may be decided, by its kind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.measures.rules.measures import SHORTEST_REASON


class Kind(TextChoices):
    """What was looked into. Advice of the closed box is kept by day and number, never by content."""

    ADDRESS = "address", gettext_lazy("Investigation of the address")
    OWN_FACTS = "own-facts", gettext_lazy("Facts that the deciding body verified itself")
    BOX_ADVICE = "box-advice", gettext_lazy("Advice of the CT Infobox, by day and number")
    CHILD = "child", gettext_lazy("The interest of the child")
    TOPICAL = "topical", gettext_lazy("The reasons still hold today")
    TOGETHER = "together", gettext_lazy("How this goes together with another measure")


# Wet BRP 2.22 (a thorough investigation); a benefit body decides on facts of its own, whoever advised;
# BW 1:255 and Jeugdwet 6.1.2 (the child's interest); Paspoortwet 25 (whether the reasons still hold).
NEEDED = {
    "BRP-DEREG": Kind.ADDRESS,
    "BEN-BIJSTAND": Kind.OWN_FACTS,
    "BEN-SZ": Kind.OWN_FACTS,
    "BEN-TOESLAG": Kind.OWN_FACTS,
    "BEN-STUFI": Kind.OWN_FACTS,
    "OTS": Kind.CHILD,
    "VOTS": Kind.CHILD,
    "UHP": Kind.CHILD,
    "GESL": Kind.CHILD,
    "PASS-CANCEL": Kind.TOPICAL,
}
# For minors alone (BW 1:254 old, 1:255; Wet op de jeugdzorg 29b; Jeugdwet 6.1.2).
FOR_MINORS = frozenset(kind for kind, needed in NEEDED.items() if needed == Kind.CHILD)


class NotFound(Refused):
    """What the law wants to be found first is not there."""

    code = "finding-missing"


class BadFinding(Refused):
    code = "bad-finding"
    status = 422


class NoMinor(Refused):
    code = "no-minor"


class NotRepresented(Refused):
    """What is decided about a child is told to who stands for it in law too."""

    code = "not-represented"
    status = 422


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, on which day. number: of the letter or advice, where there is one."""

    kind: Kind
    found_on: date
    text: str = ""
    number: str = ""


def check_found(found: Found, today: date) -> None:
    """Raises BadFinding: a day to come, no words, or words where only a number may stand."""
    if found.found_on > today:
        raise BadFinding(_("A finding cannot be dated in the future."))
    if found.kind == Kind.BOX_ADVICE:
        if found.text.strip() or not found.number.strip():
            raise BadFinding(_("Of advice of the CT Infobox only its day and number are kept, no content."))
    elif len(found.text.strip()) < SHORTEST_REASON:
        raise BadFinding(_("Write down what was found in a full sentence."))


def needed_before(kind: str, *, minor: bool) -> list[Kind]:
    """What must be found before such a measure is imposed; of a child always what serves the child."""
    by_law = [NEEDED[kind]] if kind in NEEDED else []
    return list(dict.fromkeys([*by_law, *([Kind.CHILD] if minor else [])]))


def check_needed(kind: str, found: Collection[str], *, minor: bool) -> None:
    """Before a measure is imposed. Raises NotFound."""
    for needed in needed_before(kind, minor=minor):
        if needed not in found:
            raise NotFound(_("First write down a finding: %s.") % needed.label)


def check_minor(kind: str, *, minor: bool) -> None:
    """Raises NoMinor."""
    if kind in FOR_MINORS and not minor:
        raise NoMinor(_("The law has this measure for minors. This person is not known to be one."))


def check_represented(*, somebody: bool, told: bool) -> None:
    """Before a child is told of a measure. somebody: is noted to stand for it. Raises NotRepresented."""
    if not somebody:
        raise NotRepresented(
            _("This is about a minor. First note with the contacts who stands for the child in law.")
        )
    if not told:
        raise NotRepresented(_("Tell who stands for the child in law too, and tick that you did."))

"""On what a signal is weighed: one national set at a time, with a version and days; nobody adds to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# Wet PGA art. 5(3): code, name, and what to write. No checklist and no score: words.
CRITERIA = {
    "violence": (
        gettext_lazy("Readiness to use or propagate violence"),
        gettext_lazy("What did this person do or say that shows it, and what speaks against it?"),
    ),
    "extremism": (
        gettext_lazy("Adherence to extremist ideas"),
        gettext_lazy("Readiness to break the law seriously for an idea. A conviction alone is not that."),
    ),
    "social_relations": (
        gettext_lazy("Social relations"),
        gettext_lazy("Who draws this person in, and who holds them back?"),
    ),
    "identification": (
        gettext_lazy("Identification with a group or ideology"),
        gettext_lazy("How far does this person take the group’s fight for their own?"),
    ),
    "self_reliance": (
        gettext_lazy("Self-reliance"),
        gettext_lazy("Work, housing, school, health: what carries this person, and what is missing?"),
    ),
}

# The same five, asked of an organisation: of what it does as such.
OF_AN_ORGANISATION = {
    "violence": gettext_lazy(
        "What did this organisation do, pay or publish that shows it, and what speaks against it?"
    ),
    "extremism": gettext_lazy(
        "Readiness to break the law seriously for an idea, in what it decides. A conviction is not that."
    ),
    "social_relations": gettext_lazy(
        "With which people and organisations does it work, and who of them holds it back?"
    ),
    "identification": gettext_lazy("How far does it make the fight of a group its own?"),
    "self_reliance": gettext_lazy(
        "Money, premises, board: what carries this organisation, and who in it holds back?"
    ),
}


class NoCriteria(Refused):
    """On this day no national set is in force, so nothing can be weighed."""

    code = "no-criteria"


class NotNational(Refused):
    """A criterion that the national set does not have."""

    code = "not-national"
    status = 422


@dataclass(frozen=True, slots=True)
class National:
    """One national set. Whoever changes a word of it makes a new one; a weighing keeps the set of its day."""

    version: str
    source: str
    since: date
    until: date | None
    criteria: Mapping[str, tuple[Any, Any]]


# A second set comes with columns of its own in the positions, by a migration: none is free text.
NATIONAL: tuple[National, ...] = (National("2025-07", "Wet PGA art. 5(3)", date(2025, 7, 1), None, CRITERIA),)


def criteria_on(day: date) -> National:
    """The national set of that day. Raises NoCriteria."""
    for one in NATIONAL:
        if one.since <= day and (one.until is None or day <= one.until):
            return one
    raise NoCriteria(_("No national criteria are in force on this day. Nothing can be weighed."))


def check_national(codes: Iterable[str], national: National) -> None:
    """Raises NotNational for what a municipality or a body would add."""
    foreign = sorted(set(codes) - set(national.criteria))
    if foreign:
        raise NotNational(
            _("A signal is weighed on the national criteria alone, not on: %s.") % ", ".join(foreign)
        )

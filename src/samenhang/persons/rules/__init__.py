"""Links and their transitions; what is said of somebody; dates of birth as far as known; who is a minor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.persons.rules.kinds import (
    LEGAL,
    Kind,
    OnlyOfHumans,
    UnreadableClaim,
    check_human,
    check_legal,
    is_legal,
    purposes_of,
)

__all__ = [
    "LEGAL",
    "IllegalTransition",
    "Kind",
    "OnlyOfHumans",
    "UnreadableClaim",
    "check_human",
    "check_transition",
    "is_legal",
    "purposes_of",
]

MAJORITY = 18  # BW 1:233
# Weighed at the earliest from this age; who is younger is only a child in need (CRC 3; the age of Sr 77a).
WEIGHED_FROM = 12

# Identity accompanies an item that is itself permitted, so it may serve wherever
# such an item may; which provider may for which purpose, the law says at each reading.
IDENTITY_PURPOSES = (
    "weighing", "person-centred-approach", "investigation", "prosecution", "border-check", "public-order",
    "child-protection", "temporary-measure", "passport-decision", "nationality-decision",
    "residence-decision", "asset-freeze", "benefit-decision", "sentence-execution",
    "residence-registration",
)  # fmt: skip

# A minor is a child first: nobody opens their identity to investigate, check a border, freeze assets or
# decide on residence, nationality or benefits. A prosecutor's review of a returnee is every child's too.
CHILD_PURPOSES = (
    "child-protection", "weighing", "person-centred-approach", "prosecution", "passport-decision",
)  # fmt: skip


class ChildInNeed(Refused):
    code = "child-in-need"
    status = 422


class Link(TextChoices):
    """How far the judgement has come that this claim is about this person."""

    PROPOSED = "proposed", gettext_lazy("Proposed")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    REJECTED = "rejected", gettext_lazy("Rejected")
    UNDONE = "undone", gettext_lazy("Undone")


NEXT = {
    Link.PROPOSED: {Link.CONFIRMED, Link.REJECTED, Link.UNDONE},
    Link.CONFIRMED: {Link.UNDONE},
    Link.REJECTED: {Link.UNDONE},
    Link.UNDONE: set[Link](),
}
# What is drawn in docs/exchange-states.md.
MACHINES = {"Link of an identity": NEXT}


class IllegalLink(Refused):
    code = "illegal-link"


class SecondPersonNeeded(Refused):
    code = "second-person-needed"
    status = 403


@dataclass(frozen=True, slots=True)
class Identity:
    """What a source says. birth_date: as far as known, ``2009``, ``2009-05`` or ``2009-05-17``.

    Of a legal person ``surname`` is its name. seat: where it is, by its statutes. Both it and the KvK number
    as far as known.
    """

    surname: str
    given_names: str = ""
    birth_date: str = ""
    source: str = ""
    kind: Kind = Kind.HUMAN
    seat: str = ""
    kvk_number: str = ""


def check_second_person(proposed_by: str, decided_by: str) -> None:
    if proposed_by == decided_by:
        raise SecondPersonNeeded(_("You proposed this link. A colleague must decide on it."))


def check_same_kind(claim: str, person: str) -> None:
    """An organisation is never the same as a human being. Raises IllegalLink."""
    if is_legal(claim) != is_legal(person):
        raise IllegalLink(_("One of these is an organisation and the other a human being."))


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise IllegalLink(_("Say why: the reason is kept with the link."))


def check_identity(identity: Identity) -> None:
    """Raises UnreadableClaim."""
    if is_legal(identity.kind):
        check_legal(
            given_names=identity.given_names, birth_date=identity.birth_date, kvk_number=identity.kvk_number
        )
    elif identity.seat or identity.kvk_number:
        raise UnreadableClaim(_("Only an organisation has a seat and a KvK number."))
    if not (identity.surname.strip() or identity.given_names.strip()):
        raise UnreadableClaim(_("Give a surname or given names."))
    if identity.birth_date:
        latest_birth(identity.birth_date)


def latest_birth(birth_date: str) -> date:
    """The last day on which somebody with this date of birth can have been born. Raises UnreadableClaim."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", birth_date)
    try:
        if parts is None:
            raise ValueError(birth_date)
        year, month, day = (int(part) if part else None for part in parts.groups())
        assert year is not None
        if month and day:
            return date(year, month, day)
        month = date(year, month or 12, 1).month  # refuses a thirteenth
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise UnreadableClaim(
            _("Write the date of birth as 17-5-2009, or 5-2009 or 2009 when less is known.")
        ) from error


def is_minor(birth_date: str, on: date) -> bool:
    """Whether the person may still be under eighteen; an unknown part counts in the child's favour."""
    return _may_be_under(MAJORITY, birth_date, on)


def purposes_for(birth_date: str, purposes: Iterable[str], on: date) -> tuple[str, ...]:
    """Of these purposes those for which somebody of this age may be looked at; for a minor never none."""
    asked = tuple(purposes)
    if not is_minor(birth_date, on):
        return asked
    return tuple(purpose for purpose in asked if purpose in CHILD_PURPOSES) or CHILD_PURPOSES[:1]


def check_may_be_weighed(birth_date: str, on: date) -> None:
    """Raises ChildInNeed."""
    if _may_be_under(WEIGHED_FROM, birth_date, on):
        raise ChildInNeed(
            _("A child under twelve is never weighed. Report to child protection that the child needs help.")
        )


def grown_on(birth_date: str) -> date | None:
    """The first day on which somebody born then is certainly an adult; None while nothing is known."""
    return _reaches(MAJORITY, birth_date) if birth_date else None


def _may_be_under(age: int, birth_date: str, on: date) -> bool:
    return bool(birth_date) and on < _reaches(age, birth_date)


def _reaches(age: int, birth_date: str) -> date:
    born = latest_birth(birth_date)
    try:
        return born.replace(year=born.year + age)
    except ValueError:  # born on 29 February
        return date(born.year + age, 3, 1)

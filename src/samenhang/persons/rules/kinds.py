"""Whom a file can be about: a human being or a legal person (Wet PGA art. 2); what suits only one of them."""

import re

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

KVK_NUMBER = re.compile(r"\d{8}")


class Kind(TextChoices):
    """A legal person by its form in BW book 2; what it believes in is no form."""

    HUMAN = "human", gettext_lazy("Person")
    FOUNDATION = "foundation", gettext_lazy("Foundation")
    ASSOCIATION = "association", gettext_lazy("Association")
    COMPANY = "company", gettext_lazy("Company")
    OTHER = "other", gettext_lazy("Other legal person")


LEGAL = tuple(kind for kind in Kind if kind != Kind.HUMAN)

# For what only human beings are looked at: they travel, grow up, hold a nationality, are detained.
OF_HUMANS = frozenset(
    {
        "border-check", "child-protection", "passport-decision", "nationality-decision",
        "residence-decision", "residence-registration", "sentence-execution",
    }
)  # fmt: skip


class OnlyOfHumans(Refused):
    """This is done for a human being alone, and the file is about a legal person."""

    code = "only-of-humans"
    status = 422

    def __init__(self) -> None:
        super().__init__(_("This file is about an organisation. This exists for human beings alone."))


class UnreadableClaim(Refused):
    """What was said of a name, a day of birth or a number cannot be so."""

    code = "unreadable-claim"
    status = 422


def is_legal(kind: str) -> bool:
    return kind != Kind.HUMAN


def check_human(kind: str) -> None:
    """Raises OnlyOfHumans."""
    if is_legal(kind):
        raise OnlyOfHumans


def purposes_of(kind: str, purposes: tuple[str, ...]) -> tuple[str, ...]:
    """Of these purposes those for which such a person can be looked at."""
    if not is_legal(kind):
        return purposes
    return tuple(purpose for purpose in purposes if purpose not in OF_HUMANS)


def check_legal(*, given_names: str, birth_date: str, kvk_number: str) -> None:
    """A legal person was never born and has one name. Raises UnreadableClaim."""
    if given_names or birth_date:
        raise UnreadableClaim(_("An organisation has one name, and no given names or date of birth."))
    if kvk_number and not KVK_NUMBER.fullmatch(kvk_number):
        raise UnreadableClaim(_("A KvK number has eight digits."))

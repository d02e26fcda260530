"""What is held of a person who asks it: they name their flight, because names are sealed and cannot be
searched.

Directive (EU) 2016/681 art. 13(1) gives a passenger the right of access; the data-protection officer is the
single point of contact for it (art. 5(3)).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from edifact.names import squeezed
from samenhang.foundation.errors import Refused
from samenhang.travel.rules.permitted import Told

PROOF_AT_LEAST = 20  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which flight, and who asks: a surname, and a date of birth or the number of a document."""

    carrier: str
    number: str
    on: date
    surname: str
    birth_date: date | None
    document: str


class NotProven(Refused):
    code = "not-proven"


def check_asked(asked: Asked, proof: str) -> None:
    """Raises NotProven."""
    if not asked.birth_date and not squeezed(asked.document):
        raise NotProven(
            _("A name alone is not enough. Fill in the date of birth or the number of a document.")
        )
    if len(proof.strip()) < PROOF_AT_LEAST:
        raise NotProven(_("Say in one sentence how this person showed who they are."))


def is_of(asked: Asked, told: Told) -> bool:
    """Whether this is the person who asks. One other value and it is not shown: it may be somebody else's."""
    names = {told["surname"], *(one["surname"] for one in told["other_names"])}
    if squeezed(asked.surname) not in map(squeezed, names):
        return False
    same_day = asked.birth_date is not None and told["birth_date"] == asked.birth_date.isoformat()
    numbers = _numbers(one["number"] for one in told["documents"])
    return same_day or (bool(squeezed(asked.document)) and squeezed(asked.document) in numbers)


def _numbers(told: Iterable[str]) -> set[str]:
    return {squeezed(one) for one in told} - {""}

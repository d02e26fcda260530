"""How a partner is reached: at a desk, never by way of a person; and when that was last said to be right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

# House policy: whoever needs a desk at night must be able to lean on it, so it is confirmed twice a year.
CONFIRM_WITHIN = timedelta(days=183)
# A form of address means that somebody wrote down a person.
_ADDRESSED = re.compile(r"\b(?:mr|mrs|ms|dhr|mevr|mw|mevrouw|meneer|de heer)\b", re.IGNORECASE)
_TELEPHONE = re.compile(r"^\+?[\d\s()/-]{3,}$")


class NotFunctional(Refused):
    """It names a person, or cannot be used."""

    code = "not-functional"
    status = 422


@dataclass(frozen=True, slots=True)
class Contact:
    """A desk, its mailbox and telephone, when it answers, and what to do at other hours."""

    desk: str
    mailbox: str
    telephone: str
    hours: str
    out_of_hours: str

    @property
    def texts(self) -> tuple[str, ...]:
        return self.desk, self.mailbox, self.telephone, self.hours, self.out_of_hours


def check_functional(contact: Contact, people: Iterable[str]) -> None:
    """people: the names of who works there. Raises NotFunctional."""
    if not all(text.strip() for text in contact.texts):
        raise NotFunctional(_("Fill in everything: who needs this at night must know what to do."))
    if not _TELEPHONE.match(contact.telephone.strip()):
        raise NotFunctional(_("Write the telephone number in digits."))
    mailbox, _at, _domain = contact.mailbox.partition("@")
    told = (contact.desk, mailbox, contact.telephone, contact.hours, contact.out_of_hours)
    said = " ".join(told).casefold()
    words = set(re.split(r"[^\w]+|_", said))
    named = any(name.casefold() in said or name.casefold().split()[-1] in words for name in people)
    if named or _ADDRESSED.search(said):
        raise NotFunctional(_("This names a person. Write down a desk, its own mailbox and its own number."))


def is_stale(confirmed_on: date, today: date) -> bool:
    return today - confirmed_on > CONFIRM_WITHIN

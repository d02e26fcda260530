"""Off until a statute is switched on: when travel data may be processed at all.

Directive (EU) 2016/681 and the PNR-wet for bookings, Directive 2004/82/EC and its successors
for passenger lists. The letter of 2014 asks for travel data "within the existing legal
framework"; before there was one, nothing may come in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# The ministry that answers for the unit; a named official of it switches, and nobody else.
MINISTRY = "JENV"
REASON_AT_LEAST = 20  # characters


class Kind(TextChoices):
    API = "API", gettext_lazy("Passenger lists (API)")
    PNR = "PNR", gettext_lazy("Bookings (PNR)")


@dataclass(frozen=True, slots=True)
class Switched:
    """What is switched on: the kind of data, the statute, and the first and last day."""

    kind: Kind
    basis: str
    starts_on: date
    ends_on: date


# What each type of message holds. What is not here holds no travel data.
HOLDS = {"PAXLST": Kind.API, "CUSRES": Kind.API, "PNRGOV": Kind.PNR, "GOVREQ": Kind.PNR, "ACKRES": Kind.PNR}


class NoLegalBasis(Refused):
    code = "no-legal-basis"
    status = 403


class NotAnswerable(Refused):
    code = "not-answerable"


class EndedBefore(Refused):
    code = "ended-before"


def held(types: Iterable[str]) -> frozenset[str]:
    """The kinds of travel data in messages of these types."""
    return frozenset(str(HOLDS[one]) for one in types if one in HOLDS)


def lacking(needed: frozenset[str], standing: frozenset[str], on: date) -> NoLegalBasis | None:
    """The refusal, when data of a kind without a basis would be processed; None when all may."""
    missing = sorted(needed - standing)
    if not missing:
        return None
    return NoLegalBasis(
        _("No legal basis is switched on for %(kinds)s on %(day)s. Nothing of this file was kept.")
        % {
            "kinds": get_text_list([str(Kind(one).label) for one in missing], _("and")),
            "day": date_format(on, "DATE_FORMAT"),
        }
    )


def check_open(standing: frozenset[str], on: date) -> None:
    """Raises NoLegalBasis when nothing at all may be received that day."""
    if not standing:
        raise NoLegalBasis(
            _("No legal basis for travel data is switched on for %s. Nothing of this file was kept.")
            % date_format(on, "DATE_FORMAT")
        )


def check_answerable(basis: str, reason: str, starts_on: date, ends_on: date) -> None:
    if not basis.strip():
        raise NotAnswerable(_("Name the statute and its article."))
    check_reason(reason)
    if ends_on < starts_on:
        raise NotAnswerable(_("The last day comes before the first. Choose a later day."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NotAnswerable(_("Give the reason in one full sentence."))


def check_ends_now(ended_on: date | None) -> None:
    if ended_on is not None:
        raise EndedBefore(_("This legal basis was ended before."))

"""How long a passenger is kept: six months, unless evidence or a dated statute says longer.

Directive (EU) 2016/681 art. 12(1): five years and not a day more. CJEU C-817/19, 248-262: after six
months only who gives objective evidence of a link with an offence. A statute may say otherwise for
a time, as the Dutch practice of three years did; then a named official answers for it, and ending it
has effect on all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.durations import Duration
from samenhang.travel.rules import KEEP, KEEP_WITH_EVIDENCE
from samenhang.travel.rules.bases import Kind

# Why a passenger is kept longer: the word for recorded evidence, or the reference of a term.
EVIDENCE = "evidence"
LONGEST_MONTHS = 60
USUAL_MONTHS = 6
REASON_AT_LEAST = 3  # characters; the reference of a confirmed hit is one


@dataclass(frozen=True, slots=True)
class Term:
    """A decision: how many months this kind of data is kept, on which statute, received on which days."""

    kind: Kind
    months: int
    basis: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Stay:
    """Until when somebody is kept and why; kept_for is empty for the usual six months."""

    delete_on: date
    kept_for: str = ""


class BeyondTheLaw(Refused):
    code = "beyond-the-law"


class NoEvidence(Refused):
    code = "no-evidence"


def check_months(months: int) -> None:
    """Raises BeyondTheLaw."""
    if months > LONGEST_MONTHS:
        raise BeyondTheLaw(
            _(
                "The PNR directive allows five years (60 months) and then permanent deletion (article 12). "
                "No decision can make it longer."
            )
        )
    if months <= USUAL_MONTHS:
        raise BeyondTheLaw(_("Six months needs no decision. Name a longer term, or leave it as it is."))


def check_evidence(reason: str) -> None:
    """Nobody is kept longer as a person without evidence that is written down. Raises NoEvidence."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NoEvidence(_("Record the evidence for which this passenger is kept."))


def stay(received: date, terms: Iterable[tuple[str, int]]) -> Stay:
    """terms: ``(reference, months)`` of those that stand for this kind on that day; the longest counts."""
    longest = max(terms, key=lambda term: term[1], default=None)
    if longest is None:
        return Stay(KEEP.after(received))
    reference, months = longest
    end = min(Duration(months=months).after(received), KEEP_WITH_EVIDENCE.after(received))
    return Stay(end, reference)

"""The states of an assessment, and what it needs before it may be final."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.grounds import rules as law
from samenhang.persons import rules as persons
from samenhang.risk.rules.instruments import UNKNOWN, Instrument, NotAnInstrument, bundled, read, worded
from samenhang.risk.rules.returns import NEXT_OF_GATE, NEXT_OF_WAY

__all__ = [
    "UNKNOWN",
    "IllegalTransition",
    "Instrument",
    "NotAnInstrument",
    "bundled",
    "check_transition",
    "read",
    "worded",
]

APPROACH = "person-centred-approach"
# What the case conference reads of an assessment, and what stays with the assessors' organisations.
CONCLUSION, DETAIL = "assessment-conclusion", "assessment-detail"

SECTIONS = {
    "protective": gettext_lazy("What protects this person, and others?"),
    "conditions": gettext_lazy("What is needed to keep that, or to make it stronger?"),
    "counter_evidence": gettext_lazy("What speaks against a concern?"),
    "alternative": gettext_lazy("How else can the same conduct be explained?"),
    "missing": gettext_lazy("What do you not know, and who could know it?"),
    "scenarios": gettext_lazy("What could happen, under which circumstances, and what would be seen first?"),
}
# House policy after the law of evidence: always asked, whatever an instrument says.
COMPULSORY = ("protective", "counter_evidence", "alternative", "missing")


class Stage(TextChoices):
    """How far an assessment has come."""

    PLANNED = "planned", gettext_lazy("Planned")
    DRAFTING = "drafting", gettext_lazy("Being written")
    PEER_REVIEW = "peer_review", gettext_lazy("With the second assessor")
    FINAL = "final", gettext_lazy("Final")
    CONTESTED = "contested", gettext_lazy("Contested")
    STALE = "stale", gettext_lazy("No longer valid")
    SUPERSEDED = "superseded", gettext_lazy("Replaced by a later one")
    CALLED_OFF = "called_off", gettext_lazy("Called off")


NEXT: Mapping[Stage, set[Stage]] = {
    Stage.PLANNED: {Stage.DRAFTING, Stage.CALLED_OFF},
    Stage.DRAFTING: {Stage.DRAFTING, Stage.PEER_REVIEW, Stage.CALLED_OFF},
    Stage.PEER_REVIEW: {Stage.FINAL, Stage.CALLED_OFF},
    Stage.FINAL: {Stage.CONTESTED, Stage.STALE, Stage.SUPERSEDED},
    Stage.CONTESTED: {Stage.FINAL, Stage.STALE, Stage.SUPERSEDED},
    Stage.STALE: {Stage.SUPERSEDED},
    Stage.SUPERSEDED: set(),
    Stage.CALLED_OFF: set(),
}
# Written, agreed on by two, and no longer changed.
MADE = (Stage.FINAL, Stage.CONTESTED, Stage.STALE, Stage.SUPERSEDED)
IN_THE_MAKING = (Stage.PLANNED, Stage.DRAFTING, Stage.PEER_REVIEW)

# What is drawn in docs/assessment-states.md.
MACHINES: Mapping[str, Mapping[Any, set[Any]]] = {
    "Assessment": NEXT,
    "Way back": NEXT_OF_WAY,
    "Hand-over at a gate": NEXT_OF_GATE,
}


class Incomplete(Refused):
    """Something compulsory is not there. The message names all of it."""

    code = "incomplete"
    status = 422


class NotAccredited(Refused):
    code = "not-accredited"
    status = 422


class TwoAssessors(Refused):
    code = "two-assessors"
    status = 422


class NotForThisPerson(Refused):
    """The instrument is not made for somebody of this age."""

    code = "not-for-this-person"
    status = 422


class NotOpen(Refused):
    code = "not-open"


@dataclass(frozen=True, slots=True)
class Said:
    """What an assessor says about one indicator, and on which statements. statements: primary keys."""

    level: str
    words: str = ""
    statements: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What one assessor writes. answers: by code of the indicator; sections: by code of SECTIONS."""

    answers: Mapping[str, Said] = field(default_factory=dict)
    judgement: str = ""
    reasons: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)


def check_draft(draft: Draft, instrument: Instrument) -> None:
    """That it says nothing that the instrument does not have. It may be unfinished. Raises Incomplete."""
    known = {one.code: one for one in instrument.indicators}
    strange = [code for code, said in draft.answers.items() if not _has(known, code, said.level)]
    if strange or (draft.judgement and draft.judgement not in instrument.judgement):
        raise Incomplete(_("This is no answer of the instrument: %s.") % ", ".join(strange or ["–"]))


def check_complete(draft: Draft, instrument: Instrument) -> None:
    """That nothing compulsory is missing. Raises Incomplete, which names all of it."""
    check_draft(draft, instrument)
    lacking = []
    silent = [one.code for one in instrument.indicators if one.code not in draft.answers]
    loose = [code for code, said in draft.answers.items() if said.level != UNKNOWN and not said.statements]
    if silent:
        lacking.append(_("an answer, which may be “unknown”, to %s") % ", ".join(silent))
    if loose:
        lacking.append(_("a statement on which the answer leans, at %s") % ", ".join(loose))
    asked = dict.fromkeys((*COMPULSORY, *instrument.sections))
    lacking += [str(SECTIONS[code]) for code in asked if not draft.sections.get(code, "").strip()]
    if not draft.judgement:
        lacking.append(_("your overall judgement"))
    if not draft.reasons.strip():
        lacking.append(_("your reasons for it"))
    if lacking:
        raise Incomplete(_("Still missing: %s.") % "; ".join(lacking))


def check_assessors(first: int, second: int) -> None:
    if first == second:
        raise TwoAssessors(_("Two different people assess. Choose another second assessor."))


def check_person(instrument: Instrument, born: str, on: date, best_interest: str) -> None:
    """born: as far as known, or empty. Raises NotForThisPerson, Incomplete."""
    if born:
        birth = persons.latest_birth(born)
        age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
        if age < instrument.youngest:
            raise NotForThisPerson(
                _("This instrument is not for somebody under %d. A child is protected first.")
                % instrument.youngest
            )
    if persons.is_minor(born, on) and not best_interest.strip():
        raise Incomplete(_("This person is a minor. First say what serves the child best."))


def check_dated_before(known: Iterable[datetime], now: datetime) -> None:
    """known: when each statement was written down. Raises Incomplete."""
    if any(moment >= now for moment in known):
        raise Incomplete(_("An answer leans on what was written down before it. Choose other statements."))


def check_reason(*words: str) -> None:
    if not all(one.strip() for one in words):
        raise Incomplete(_("Say why: the reason is kept."))


def valid_until(instrument: Instrument, made_on: date) -> date:
    """The last day on which a final assessment counts."""
    return law.Duration.read(f"P{instrument.validity_months}M").after(made_on)


def differing(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """Codes of the indicators to which the two gave different levels."""
    return sorted(code for code in {*first, *second} if first.get(code) != second.get(code))


def check_difference(words: str, codes: Collection[str], *, judgements_differ: bool) -> None:
    """Where the two do not agree, both stand, and the first says why. Raises Incomplete."""
    if (codes or judgements_differ) and not words.strip():
        raise Incomplete(_("The two of you differ. Both opinions stand; say in words where and why."))


def _has(known: Mapping[str, Any], code: str, level: str) -> bool:
    return code in known and (level == UNKNOWN or level in known[code].levels)

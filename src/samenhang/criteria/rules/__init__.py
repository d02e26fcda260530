"""How a version of a rule comes into force and ends. No query, clock or request."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.criteria.rules import expressions
from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.grounds.rules.durations import Duration
from samenhang.judging.rules import NEXT as JUDGED_NEXT
from samenhang.judging.rules import ColleagueNeeded

__all__ = ["ColleagueNeeded", "IllegalTransition", "check_transition"]

# Whom confirmed matches may go to: competent authorities (PNR-wet art. 9) that compare at the border.
RECIPIENTS = ("POL", "KMAR")
# House policy for "reviewed regularly" (Directive art. 6(4); CJEU C-817/19, 201): then two look again.
LONGEST_TERM = Duration(months=6)
APPROVERS = 2
REASON_AT_LEAST = 20  # characters


class Stage(TextChoices):
    """How far a version has come."""

    DRAFT = "draft", gettext_lazy("Draft: not tried yet")
    TRIED = "tried", gettext_lazy("Tried: waits for two approvals")
    ONCE = "once", gettext_lazy("Approved once: waits for a second person")
    IN_FORCE = "in_force", gettext_lazy("In force")
    REPLACED = "replaced", gettext_lazy("Replaced by a later version")
    ENDED = "ended", gettext_lazy("Ended: its term is over")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


NEXT: Mapping[Stage, set[Stage]] = {
    Stage.DRAFT: {Stage.TRIED, Stage.ENDED, Stage.WITHDRAWN},
    Stage.TRIED: {Stage.ONCE, Stage.ENDED, Stage.WITHDRAWN},
    Stage.ONCE: {Stage.IN_FORCE, Stage.ENDED, Stage.WITHDRAWN},
    Stage.IN_FORCE: {Stage.REPLACED, Stage.ENDED, Stage.WITHDRAWN},
    Stage.REPLACED: set(),
    Stage.ENDED: set(),
    Stage.WITHDRAWN: set(),
}
# An approval brings a version from the one to the other.
APPROVED: Mapping[Stage, Stage] = {Stage.TRIED: Stage.ONCE, Stage.ONCE: Stage.IN_FORCE}
IN_THE_MAKING = (Stage.DRAFT, Stage.TRIED, Stage.ONCE)
OPEN = (*IN_THE_MAKING, Stage.IN_FORCE)

# What is drawn in docs/criteria-states.md.
MACHINES: Mapping[str, Mapping[Any, set[Any]]] = {
    "Version of a rule": NEXT,
    "What people judge: a match, a hit": JUDGED_NEXT,
}


class Offence(TextChoices):
    """What a rule may serve: offences of Directive (EU) 2017/541 that people travel for."""

    TRAINING = "2017/541-8", gettext_lazy("Receiving training for terrorism (Directive 2017/541, article 8)")
    TRAVELLING = "2017/541-9", gettext_lazy("Travelling for terrorism (Directive 2017/541, article 9)")
    ORGANISING = "2017/541-10", gettext_lazy("Organising such travel (Directive 2017/541, article 10)")


class NotComplete(Refused):
    code = "not-complete"
    status = 422


class TermTooLong(Refused):
    code = "term-too-long"
    status = 422


class TermOver(Refused):
    code = "term-over"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version says. purpose: for whom does not know the case. ends_on: the last day it runs."""

    purpose: str
    offence: str
    when: str
    unless: str
    starts_on: date
    ends_on: date


def check_wording(wording: Wording, on: date) -> None:
    """Raises NotComplete, NotAnExpression, TermTooLong and TermOver."""
    if len(wording.purpose.strip()) < REASON_AT_LEAST:
        raise NotComplete(_("Say in a full sentence what this rule is for."))
    if wording.offence not in Offence:
        raise NotComplete(_("Choose the offence that this rule is for."))
    for text in (wording.when, wording.unless):
        expressions.read(text)
    expressions.check_rests_on_more(wording.when)
    expressions.check_speaks_against(wording.unless)
    _check_term(wording, on)


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NotComplete(_("Give the reason in one full sentence."))


def check_approver(user: int, author: int, approved_by: Collection[int]) -> None:
    """Raises ColleagueNeeded."""
    if user == author:
        raise ColleagueNeeded(_("You wrote this version. Two colleagues approve it."))
    if user in approved_by:
        raise ColleagueNeeded(_("You approved this version before. A second colleague approves it too."))


def check_not_over(ends_on: date, on: date) -> None:
    """Raises TermOver."""
    if ends_on < on:
        raise TermOver(_("The term of this version is over. Write a new version."))


def latest(starts_on: date) -> date:
    """The last day on which a version that starts that day may run."""
    return LONGEST_TERM.after(starts_on)


def _check_term(wording: Wording, on: date) -> None:
    if wording.ends_on < max(on, wording.starts_on):
        raise TermOver(_("The last day comes before the first, or before today. Choose a later day."))
    if wording.ends_on > latest(wording.starts_on):
        raise TermTooLong(
            _("A rule runs for six months at most, here until %s. Then two people look again.")
            % date_format(latest(wording.starts_on))
        )

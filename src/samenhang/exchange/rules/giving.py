"""Giving in writing: which categories somebody may give at all, and what stands in the way of one item."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from samenhang.access.rules import JOINT_BODIES
from samenhang.exchange.rules.statements import Incomplete
from samenhang.grounds import rules as law
from samenhang.grounds.rules.disclosure import is_on
from samenhang.persons.rules import purposes_for

# Identity goes along with something; a service writes official messages, which have a register of their own.
NOT_STATED = frozenset({"identity", "official-message", "box-advice", "aggregate", "trend-analysis"})


def purposes_by_category(provider: str, on: date, enabled: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """What this body may give by itself that day, and for which purposes. In the law's order."""
    mine, found = law.law().canonical(provider), dict[str, dict[str, None]]()
    for (giver, receiver, category, purpose), rules in law.law().by_tuple.items():
        if giver != mine or receiver in JOINT_BODIES or category in NOT_STATED:
            continue
        if any(rule.period.covers(on) and is_on(rule, enabled) for rule in rules):
            found.setdefault(category, {})[purpose] = None
    return {category: tuple(purposes) for category, purposes in found.items()}


def check_written(
    category: str, purposes: Collection[str], lawful: Mapping[str, Collection[str]], *, born: str, on: date
) -> None:
    """Whether something may be written down to be given so. born: of whom it is about. Raises Incomplete."""
    if not purposes or not set(purposes) <= set(lawful.get(category, ())):
        raise Incomplete(_("No rule of today lets your organisation give this category for this purpose."))
    if set(purposes_for(born, purposes, on)) != set(purposes):
        raise Incomplete(_("What is known of a child is not given for this purpose."))


def narrowed(
    answer: law.Answer, *, purpose: str, kept_for: Collection[str], born: str, given_already: bool, on: date
) -> law.Answer:
    """The law's answer, or why the item itself is not given: its purposes, a child, given already."""
    if purpose not in kept_for:
        return _no(answer, _("This was written down for other purposes."))
    if purpose not in purposes_for(born, [purpose], on):
        return _no(answer, _("What is known of a child is not given for this purpose."))
    if given_already:
        return _no(answer, _("This organisation was given it already, for the same purpose."))
    return answer


def conditions_of(answers: Iterable[law.Answer]) -> list[str]:
    """What is to be confirmed before what is permitted, each once."""
    known = law.law().conditions
    asked = (code for answer in answers if answer.permitted for code in answer.conditions)
    return [code for code in dict.fromkeys(asked) if known[code].must_be_met]


def _no(answer: law.Answer, sentence: str) -> law.Answer:
    return replace(answer, answer="deny", sentence=sentence)

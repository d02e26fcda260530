"""The steps of a measure: from which states, whose deed, which form, which action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from samenhang.grounds.rules.measures import measure
from samenhang.journal import Actor
from samenhang.measures import actions, forms, rules
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.organisations.models import Organisation


@dataclass(frozen=True)
class Step:
    """One next step: from which states, whose deed, which form, which action."""

    title: Any
    deed: str
    states: frozenset[Status]
    form: Callable[..., django_forms.Form]
    act: Callable[..., Measure]
    button: Any = ""
    """What the button of the form says when it is not the title."""


def _check(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.check(row, **form.cleaned_data, by=by)


def _propose(row: Measure, form: Any, by: Actor) -> Measure:
    body = get_object_or_404(Organisation, reference=form.cleaned_data["authority"])
    return actions.propose(row, body, about=form.cleaned_data["about"], by=by)


def _find(row: Measure, form: Any, by: Actor) -> Measure:
    actions.find(row, form.found(), by=by)
    return row


def _decide(row: Measure, form: Any, by: Actor) -> Measure:
    data = form.cleaned_data
    return actions.decide(row, impose=data["impose"], reasons=data["reasons"], term=form.term(), by=by)


def _record(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.record_decision(row, form.ruling(), form.upload(), by=by)


def _confirm(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.confirm_record(row, **form.cleaned_data, by=by)


def _notify(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.notify(row, **form.cleaned_data, by=by)


def _correct_notice(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.correct_notice(row, **form.cleaned_data, by=by)


def _observe(row: Measure, form: Any, by: Actor) -> Measure:
    actions.observe(row, form.seen(), by=by)
    return row


def _renew(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.renew(row, **form.cleaned_data, by=by)


def _ease(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.ease(row, **form.cleaned_data, by=by)


def _review(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.review(row, **form.cleaned_data, by=by)


def _suspend(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.suspend(row, form.judged(), by=by)


def _resume(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.resume(row, **form.cleaned_data, by=by)


def _annul(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.annul(row, form.judged(), by=by)


def _lift(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.lift(row, **form.cleaned_data, by=by)


def _withdraw(row: Measure, form: Any, by: Actor) -> Measure:
    return actions.withdraw(row, **form.cleaned_data, by=by)


STEPS: dict[str, Step] = {
    "check": Step(
        gettext_lazy("Check legality"), "measure.check", frozenset({Status.SUGGESTED}), forms.Check, _check
    ),
    "propose": Step(
        gettext_lazy("Propose to the authority"), "measure.suggest", frozenset({Status.CHECKED}),
        forms.Propose, _propose,
    ),
    "find": Step(
        gettext_lazy("Write a finding down"), "measure.find",
        frozenset({Status.SUGGESTED, Status.CHECKED, Status.PROPOSED}), forms.Find, _find,
    ),
    "record": Step(
        gettext_lazy("Record a written decision"), "measure.record-decision", frozenset({Status.CHECKED}),
        forms.RecordDecision, _record,
    ),
    "confirm": Step(
        gettext_lazy("Compare record and letter"), "measure.confirm-record", frozenset({Status.RECORDED}),
        forms.ConfirmRecord, _confirm,
    ),
    "decide": Step(
        gettext_lazy("Decide"), "measure.decide", frozenset({Status.PROPOSED}), forms.Decide, _decide
    ),
    "notify": Step(
        gettext_lazy("Tell the person"), "measure.notify", rules.DECIDED, forms.Notify, _notify,
        gettext_lazy("Write down that the person was told"),
    ),
    "defer": Step(
        gettext_lazy("Let the notice wait"), "measure.notify", rules.DECIDED, forms.Defer, _notify
    ),
    "correct-notice": Step(
        gettext_lazy("Put the notice right"), "measure.notify", rules.DECIDED, forms.CorrectNotice,
        _correct_notice,
    ),
    "observe": Step(
        gettext_lazy("Write down what it did"), "measure.find", rules.FELT, forms.Observe, _observe
    ),
    "renew": Step(
        gettext_lazy("Renew"), "measure.decide", frozenset({Status.IN_FORCE}), forms.Renew, _renew
    ),
    "review": Step(
        gettext_lazy("Review"), "measure.decide", frozenset({Status.IN_FORCE}), forms.Review, _review
    ),
    "ease": Step(
        gettext_lazy("Let it end sooner"), "measure.decide", frozenset({Status.IN_FORCE}), forms.Ease, _ease
    ),
    "lift": Step(
        gettext_lazy("Lift"), "measure.end", frozenset({Status.IN_FORCE, Status.SUSPENDED}), forms.End, _lift
    ),
    "suspend": Step(
        gettext_lazy("A court suspended it"), "measure.end",
        frozenset({Status.NOTIFIED, Status.IN_FORCE}), forms.Judgement, _suspend,
    ),
    "resume": Step(
        gettext_lazy("It works again"), "measure.end", frozenset({Status.SUSPENDED}), forms.End, _resume
    ),
    "annul": Step(
        gettext_lazy("It was annulled"), "measure.end",
        frozenset({Status.NOTIFIED, Status.IN_FORCE, Status.SUSPENDED, Status.LIFTED, Status.LAPSED}),
        forms.Judgement, _annul,
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw"), "measure.suggest",
        frozenset({Status.SUGGESTED, Status.CHECKED, Status.PROPOSED}), forms.End, _withdraw,
    ),
}  # fmt: skip


# What is about telling the person: the law on that stands above their forms.
TELLING = ("notify", "defer", "correct-notice")


def telling_next(row: Measure) -> set[str]:
    """Which of the deeds about telling the person can be next."""
    if row.notified_on is not None:
        return {"correct-notice"}
    later = measure(row.kind).told_later
    if row.notice_waits:
        return {"notify", "defer"} if later else {"notify"}
    if row.status != Status.IMPOSED:
        return set()
    # Telling at once would warn the person of what the law tells later.
    return {"defer"} if later else {"notify", "defer"}

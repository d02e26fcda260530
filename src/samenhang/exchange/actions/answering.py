"""Answering a partner that asks whether somebody is known: by a person, and told only when its time comes."""

from collections.abc import Collection

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange import rules
from samenhang.exchange.actions.asking import AT_ONCE, CONTEXT
from samenhang.exchange.models import Question, ReceivedQuestion
from samenhang.exchange.rules import asking
from samenhang.exchange.rules.asking import Answering, Called, Reply, Stage
from samenhang.foundation.keys import key_store
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons


def called_in_received(received: ReceivedQuestion, *, by: Actor) -> Called:
    """Whom the partner asks about, and why. To who is so called it is not there. Raises NotThere."""
    policy.require(by, "read", received)
    sealed = key_store().open(received.reference, bytes(received.sealed), context=CONTEXT)
    found = Called.of_bytes(sealed)
    if persons.is_own_name(found.names, by=by):
        raise NotThere
    return found


@transaction.atomic
def answer_question(
    received: ReceivedQuestion, reply: Reply, *, reason: str, not_met: Collection[str] = (), by: Actor
) -> ReceivedQuestion:
    """What a person of the asked organisation answers. The journal says that it answered and never what.

    not_met: conditions of the law for a hit that were not confirmed. Until it is told, a later answer
    takes the place of this one. Raises NotThere, NotYours, NotLawful, TooLate, Incomplete, IllegalTransition.
    """
    received = ReceivedQuestion.objects.unscoped("locked").select_for_update().get(pk=received.pk)
    policy.require(by, "question.answer", received)
    if not by.human:
        raise NotYours
    called_in_received(received, by=by)
    state = Answering(received.state)
    asking.check_reply(state, tells_at=received.tells_at, now=by.now, reason=reason)
    asker = Organisation.objects.get(pk=received.asker_id)
    if reply == Reply.HIT:
        hit = law_of_hit(received, not_met, by=by)
        if not hit.permitted:
            raise rules.NotLawful(hit.sentence)

    received.state, received.reply = Answering.ANSWERED, reply
    received.answered_at, received.answered_by = by.now, by.user
    received.save(update_fields=["state", "reply", "answered_at", "answered_by"])

    record(
        "question.answered",
        received,
        by=by,
        operation=Operation.DISCLOSURE,
        reason=reason,
        recipients=[asker.reference],
    )
    return received


def law_of_hit(received: ReceivedQuestion, not_met: Collection[str] = (), *, by: Actor) -> law.Answer:
    """What the law answers today to telling who asked that the person is known."""
    asker = Organisation.objects.get(pk=received.asker_id)
    enabled = Approval.objects.enabled_on(by.today)
    return asking.may_tell(
        by.authority, asker.authority, received.purpose, on=by.today, enabled=enabled, not_met=not_met
    )


def tell_answers(*, by: Actor) -> int:
    """Tell every question whose time came, answered or not; returns how many. For the worker."""
    policy.require_function(by, "question.tell")
    due = Question.objects.unscoped("whose time came").to_tell(by.now)[:AT_ONCE]
    return sum(_tell(row.pk, by) for row in due)


@transaction.atomic
def _tell(key: int, by: Actor) -> bool:
    """The same writes whatever was answered, and when nothing was."""
    due = Question.objects.unscoped("claimed").to_tell(by.now).order_by()
    question = due.select_for_update().filter(pk=key).first()
    if question is None:
        return False
    there = ReceivedQuestion.objects.unscoped("what may be told of it").select_for_update()
    received = there.get(question=question.reference)
    rules.check_transition(asking.NEXT_OF_QUESTION, Stage(question.stage), Stage.TOLD)
    rules.check_transition(asking.NEXT_OF_RECEIVED, Answering(received.state), Answering.OVER)

    question.stage, question.told = Stage.TOLD, asking.told(received.reply)
    question.save(update_fields=["stage", "told"])
    received.state = Answering.OVER
    received.save(update_fields=["state"])

    record("question.told", question, by=by)
    return True

"""Asking a partner whether it knows somebody: proposed by one, sent by another, told, forgotten."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.erasing import erase
from samenhang.access.rules import NotThere, pack
from samenhang.exchange import rules
from samenhang.exchange.actions.telling import CATEGORY
from samenhang.exchange.models import Question, ReceivedQuestion, RegisteredQuestion, officers_of
from samenhang.exchange.rules import asking
from samenhang.exchange.rules.asking import Called, Limit, Stage
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import countries
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation, User
from samenhang.persons import actions as persons
from samenhang.persons.models import IdentityClaim, Person

CONTEXT = "exchange.question"
_OVER = "its time is over"
# So many a round, so that no round holds the database for long.
AT_ONCE = 200


def partners(*, by: Actor) -> list[tuple[Organisation, law.Answer]]:
    """Whom the actor's organisation may ask today for the purpose at hand, each with the law's answer."""
    others = Organisation.objects.exclude(pk=by.organisation_id)
    codes = others.order_by("authority").values_list("authority", flat=True).distinct()
    answers = {code: _answer_of_law(code, by) for code in codes}
    open_to = {code: answer for code, answer in answers.items() if answer.permitted}
    return [(body, open_to[body.authority]) for body in others.filter(authority__in=open_to)]


@transaction.atomic
def propose_question(person: Person, asked: Organisation, *, reason: str, by: Actor) -> Question | Limit:
    """Write down a question about somebody in the actor's own file. Nothing goes out before a second person.

    Only the own organisation's details go along. Returns the limit when one stops it: that is
    registered. Raises NotThere, NotYours, NotToBeAsked, Incomplete.
    """
    policy.require(by, "question.ask", person)
    rules.check_reason(reason)
    answer = _lawful(asked, by)
    whom = _own_details(person, reason, by)
    stopped = _stopped(person.reference, asked, by.user, by)
    if stopped is None and persons.stop_own_name(whom.names, reason=reason, by=by):
        stopped = Limit.NAMESAKE
    if stopped is not None:
        return _stop(stopped, asked, by.user, by)

    made = Question(
        provider_id=by.organisation_id,
        category=CATEGORY,
        purposes=pack([by.purpose]),
        asked=asked,
        about=person.reference,
        purpose=by.purpose,
        rule=answer.rule or "",
        proposed_at=by.now,
        proposed_by=by.user,
        gone_at=by.now + asking.PROPOSED_FOR,
    )
    made.scope = made.reference
    made.sealed = key_store().seal(made.reference, whom.as_bytes(), context=CONTEXT)
    made.save()

    record("question.proposed", made, by=by, operation=Operation.COLLECTION, reason=reason)
    return made


@transaction.atomic
def send_question(question: Question, *, by: Actor) -> Question | Limit:
    """The second person lets it go out, under the law of this day; from here its time to be told is fixed.

    Raises NotThere, NotYours, SecondPersonNeeded, IllegalTransition, NotToBeAsked.
    """
    question = _locked(question, by)
    rules.check_transition(asking.NEXT_OF_QUESTION, Stage(question.stage), Stage.SENT)
    asking.check_second_person(question.proposed_by, by.user)
    if not Person.objects.visible_to(by).filter(reference=question.about).exists():
        raise NotThere
    # Two colleagues who send at once must not pass a limit together.
    Organisation.objects.select_for_update().get(pk=by.organisation_id)
    asked = Organisation.objects.get(pk=question.asked_id)
    answer = _lawful(asked, by)
    whom = called(question, by=by)
    stopped = _stopped(question.about, asked, question.proposed_by, by)
    if stopped is not None:
        return _stop(stopped, asked, question.proposed_by, by)

    question.stage, question.sent_at, question.sent_by = Stage.SENT, by.now, by.user
    question.rule = answer.rule or ""
    question.tells_at = tells_at = by.now + asking.TOLD_AFTER
    question.gone_at = tells_at + asking.KEPT_FOR
    question.save()
    _put(question, whom, tells_at, by)
    _register(asked, "", question.proposed_by, by)

    record(
        "question.sent",
        question,
        by=by,
        operation=Operation.DISCLOSURE,
        recipients=[asked.reference],
        basis=question.rule,
    )
    return question


@transaction.atomic
def decline_question(question: Question, *, reason: str, by: Actor) -> Question:
    """The second person does not let it go out. Raises NotYours, SecondPersonNeeded, Incomplete."""
    question = _locked(question, by)
    rules.check_transition(asking.NEXT_OF_QUESTION, Stage(question.stage), Stage.DECLINED)
    asking.check_second_person(question.proposed_by, by.user)
    rules.check_reason(reason)
    question.stage = Stage.DECLINED
    question.save(update_fields=["stage"])
    record("question.declined", question, by=by, operation=Operation.DECISION, reason=reason)
    return question


@transaction.atomic
def withdraw_question(question: Question, *, by: Actor) -> Question:
    """It is not needed any more: who is asked need not answer, and nothing will be told. Raises NotYours."""
    question = _locked(question, by)
    rules.check_transition(asking.NEXT_OF_QUESTION, Stage(question.stage), Stage.WITHDRAWN)
    if question.stage == Stage.SENT:
        there = ReceivedQuestion.objects.unscoped("the same question at who is asked").select_for_update()
        received = there.get(question=question.reference)
        wanted = asking.Answering.WITHDRAWN
        rules.check_transition(asking.NEXT_OF_RECEIVED, asking.Answering(received.state), wanted)
        received.state = wanted
        received.save(update_fields=["state"])
    question.stage = Stage.WITHDRAWN
    question.save(update_fields=["stage"])
    record("question.withdrawn", question, by=by)
    return question


@transaction.atomic
def mark_read(question: Question, *, by: Actor) -> Question:
    """Somebody of the asker read what was told. Raises NotYours, IllegalTransition."""
    question = _locked(question, by)
    rules.check_transition(asking.NEXT_OF_QUESTION, Stage(question.stage), Stage.READ)
    question.stage = Stage.READ
    question.save(update_fields=["stage"])
    record("question.read", question, by=by)
    return question


def called(question: Question, *, by: Actor) -> Called:
    """Whom a question of the actor's own organisation is about, and why. Raises NotThere."""
    policy.require(by, "read", question)
    sealed = key_store().open(question.reference, bytes(question.sealed), context=CONTEXT)
    return Called.of_bytes(sealed)


@transaction.atomic
def forget_questions(*, by: Actor) -> int:
    """Question and answer vanish, in copies too; and after a year that anything was asked. For the worker."""
    policy.require_function(by, "question.tell")
    due = Question.objects.unscoped(_OVER).gone_at(by.now)[:AT_ONCE]
    keys = list(due.values_list("pk", "reference"))
    questions = Question.objects.unscoped(_OVER).filter(pk__in=[pk for pk, _reference in keys])
    asked = ReceivedQuestion.objects.unscoped(_OVER).filter(
        question__in=[reference for _pk, reference in keys]
    )
    past = RegisteredQuestion.objects.unscoped(_OVER).over(by.now - asking.REGISTERED_FOR)[:AT_ONCE]
    gone = erase(asked, by=by).add(erase(questions, by=by)).add(erase(past, by=by))
    for scope in gone.scopes:
        destroy_on_commit(scope)
    return sum(gone.counts.values())


def _locked(question: Question, by: Actor) -> Question:
    found: Question = Question.objects.unscoped("locked").select_for_update().get(pk=question.pk)
    policy.require(by, "question.ask", found)
    rules.check_provider(found.provider_id, by.organisation_id)
    return found


def _answer_of_law(asked: str, by: Actor) -> law.Answer:
    enabled = Approval.objects.enabled_on(by.today)
    return asking.may_tell(asked, by.authority, by.purpose, on=by.today, enabled=enabled)


def _lawful(asked: Organisation, by: Actor) -> law.Answer:
    """Raises NotToBeAsked. Abroad nobody is asked: the name would leave the country with the question."""
    answer = _answer_of_law(asked.authority, by)
    if asked.pk == by.organisation_id or countries.is_foreign(asked.authority) or not answer.permitted:
        raise asking.NotToBeAsked(
            answer.sentence if not answer.permitted else _("This body is not asked so.")
        )
    return answer


def _own_details(person: Person, reason: str, by: Actor) -> Called:
    """What the actor's own organisation says this person is called. Raises Incomplete."""
    own = IdentityClaim.objects.visible_to(by).filter(person=person, provider_id=by.organisation_id)
    people = tuple(
        dict.fromkeys(
            (one.surname, one.given_names, one.birth_date) for one in own.order_by("claimed_at", "pk")
        )
    )
    if not people:
        raise rules.Incomplete(
            _(
                "Your organisation has no details of its own about this person. What another gave you, does "
                "not go along with a question."
            )
        )
    return Called(people, reason.strip())


def _stopped(about: str, asked: Organisation, asker: str, by: Actor) -> Limit | None:
    since = by.now - max(window for _most, window in asking.MOST.values())
    rows = Question.objects.unscoped("how often was asked").sent_since(since)
    before = [
        asking.Sent(row.about, row.asked_id, row.proposed_by, row.sent_at)
        for row in rows.filter(provider_id=by.organisation_id)
        if row.sent_at
    ]
    return asking.limit_reached(asking.Sent(about, asked.pk, asker, by.now), before)


def _stop(limit: Limit, asked: Organisation, asker: str, by: Actor) -> Limit:
    _register(asked, limit, asker, by)
    record("question.stopped", by.organisation, by=by)
    return limit


def _put(question: Question, whom: Called, tells_at: datetime, by: Actor) -> None:
    made = ReceivedQuestion(
        provider_id=question.asked_id,
        category=CATEGORY,
        purposes=pack(list(dict.fromkeys((question.purpose, *asking.ANSWERED_FOR)))),
        question=question.reference,
        asker_id=question.provider_id,
        purpose=question.purpose,
        received_at=by.now,
        tells_at=tells_at,
    )
    made.scope = made.reference
    made.sealed = key_store().seal(made.reference, whom.as_bytes(), context=CONTEXT)
    made.save()


def _register(asked: Organisation, stopped: str, asker: str, by: Actor) -> None:
    """A line for each officer of both bodies. asker: who wrote the question. Never about whom it was."""
    user = User.objects.get(reference=asker)
    mine = Organisation.objects.get(pk=by.organisation_id)
    for officer in officers_of(mine, asked):
        line = RegisteredQuestion(
            provider=officer,
            category=CATEGORY,
            purposes=pack(["oversight"]),
            asker=mine,
            asked=asked,
            user=user,
            purpose=by.purpose,
            stopped=stopped,
            at=by.now,
        )
        line.scope = line.reference
        line.save()

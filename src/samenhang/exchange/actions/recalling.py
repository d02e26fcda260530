"""Accepting and refusing, recalling, certifying: what passes between who gave and who received."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.actions.leaning import fall_for
from samenhang.exchange.actions.telling import CATEGORY, ask, overtake
from samenhang.exchange.models import Disclosure, Recall, Refusal, Statement, officers_of
from samenhang.exchange.rules import receiving
from samenhang.exchange.rules.receiving import Outcome, Standing, Why
from samenhang.journal import Actor, record
from samenhang.organisations.models import Organisation


@transaction.atomic
def accept(disclosure: Disclosure, *, by: Actor) -> Disclosure:
    """The recipient takes it in use. Raises NotYourData, IllegalTransition."""
    disclosure = _received(disclosure, by)
    rules.check_transition(receiving.NEXT_OF_DISCLOSURE, Standing(disclosure.standing), Standing.ACCEPTED)
    answered(disclosure, Standing.ACCEPTED, "", by=by)
    overtake(disclosure.scope, disclosure.recipient_id, by=by)
    record("disclosure.accepted", disclosure, by=by)
    return disclosure


@transaction.atomic
def refuse(disclosure: Disclosure, *, reason: str, by: Actor) -> Disclosure:
    """The recipient does not want it, and says why; from now on it does not read it.

    Raises NotYourData, IllegalTransition, Incomplete.
    """
    disclosure = _received(disclosure, by)
    rules.check_reason(reason)
    rules.check_transition(receiving.NEXT_OF_DISCLOSURE, Standing(disclosure.standing), Standing.REFUSED)
    answered(disclosure, Standing.REFUSED, reason.strip(), by=by)
    stop_reading(disclosure, by=by)
    record("disclosure.refused", disclosure, by=by, reason=reason)
    return disclosure


@transaction.atomic
def recall(disclosure: Disclosure, *, reason: str, by: Actor) -> Disclosure:
    """Take it back from this recipient: it reads it no more, deletes, and certifies that.

    reason: told to the recipient. What the recipient built on it, must be
    reconsidered. Raises NotYourData, IllegalTransition, Incomplete.
    """
    disclosure = Disclosure.objects.unscoped("locked").select_for_update().get(pk=disclosure.pk)
    policy.require(by, "statement.disclose", disclosure)
    rules.check_provider(disclosure.provider_id, by.organisation_id)
    rules.check_reason(reason)
    rules.check_transition(receiving.NEXT_OF_DISCLOSURE, Standing(disclosure.standing), Standing.RECALLED)
    recipient = Organisation.objects.get(pk=disclosure.recipient_id)
    given = Disclosure.objects.unscoped("to the same recipient").of(disclosure.scope)
    ask(list(given.filter(recipient=recipient)), Why.RECALLED, words=reason.strip(), by=by)
    access.end_grants(disclosure.scope, organisation=recipient, by=by)
    said = Statement.objects.unscoped("what was recalled").filter(scope=disclosure.scope)
    things = {disclosure.scope, *said.values_list("reference", flat=True)}
    fall_for(recipient.pk, things, cause=disclosure.reference, by=by)
    record("disclosure.recalled", disclosure, by=by, reason=reason, recipients=[recipient.reference])
    return Disclosure.objects.unscoped("recalled").get(pk=disclosure.pk)


@transaction.atomic
def confirm_change(asked: Recall, *, by: Actor) -> Recall:
    """The recipient took over what changed. Raises IllegalTransition."""
    return _answer(asked, Outcome.CONFIRMED, "", by)


@transaction.atomic
def certify(asked: Recall, *, words: str, by: Actor) -> Recall:
    """The recipient deleted it wherever it had it, and says how: the certificate of deletion.

    Raises Incomplete, IllegalTransition.
    """
    rules.check_reason(words)
    return _answer(asked, Outcome.CERTIFIED, words.strip(), by)


@transaction.atomic
def keep_despite(asked: Recall, *, reason: str, by: Actor) -> Recall:
    """The recipient does not delete, and says why; the data-protection officers of both are told.

    Raises Incomplete, IllegalTransition.
    """
    rules.check_reason(reason)
    return _answer(asked, Outcome.KEPT, reason.strip(), by)


@transaction.atomic
def review_refusal(refusal: Refusal, *, opinion: str, by: Actor) -> Refusal:
    """The data-protection officer looked at it, and writes down what they think and did."""
    refusal = Refusal.objects.unscoped("locked").select_for_update().get(pk=refusal.pk)
    policy.require(by, "recall.review", refusal)
    rules.check_reason(opinion)
    if refusal.reviewed_at is not None:
        raise rules.IllegalTransition(_("This was looked at already."))
    refusal.opinion, refusal.reviewed_at, refusal.reviewed_by = opinion.strip(), by.now, by.user
    refusal.save(update_fields=["opinion", "reviewed_at", "reviewed_by"])
    record("recall.reviewed", refusal, by=by, reason=opinion)
    return refusal


def _received(disclosure: Disclosure, by: Actor) -> Disclosure:
    disclosure = Disclosure.objects.unscoped("locked").select_for_update().get(pk=disclosure.pk)
    policy.require(by, "disclosure.answer", disclosure)
    receiving.check_recipient(disclosure.recipient_id, by.organisation_id)
    return disclosure


def answered(disclosure: Disclosure, standing: Standing, words: str, *, by: Actor) -> None:
    """Keep what the recipient answered. Inside the transaction of a deed that was itself checked."""
    disclosure.standing, disclosure.answer = standing, words
    disclosure.answered_at, disclosure.answered_by = by.now, by.user
    disclosure.save(update_fields=["standing", "answer", "answered_at", "answered_by"])


def stop_reading(disclosure: Disclosure, *, by: Actor) -> None:
    """The recipient refused it: it reads it no more, and what was asked about it needs no answer."""
    recipient = Organisation.objects.get(pk=disclosure.recipient_id)
    access.end_grants(disclosure.scope, organisation=recipient, by=by)
    overtake(disclosure.scope, disclosure.recipient_id, by=by)


def settle(asked: Recall, outcome: Outcome, words: str, *, by: Actor) -> Recall:
    """Keep the answer to a request, in every disclosure that it is about. As ``answered``."""
    receiving.check_answer(Why(asked.why), outcome)
    rules.check_transition(receiving.NEXT_OF_RECALL, Outcome(asked.outcome), outcome)
    asked.outcome, asked.answer, asked.answered_at, asked.answered_by = outcome, words, by.now, by.user
    asked.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    standing = receiving.AFTER[outcome]
    given = Disclosure.objects.unscoped("what the answer is about").of(asked.item)
    for one in given.filter(recipient_id=asked.provider_id):
        if standing in receiving.NEXT_OF_DISCLOSURE[Standing(one.standing)]:
            answered(one, standing, words, by=by)
    record(f"recall.{outcome}", asked, by=by, reason=words)
    if outcome == Outcome.KEPT:
        _tell_officers(asked, words, by)
    return asked


def _answer(asked: Recall, outcome: Outcome, words: str, by: Actor) -> Recall:
    asked = Recall.objects.unscoped("locked").select_for_update().get(pk=asked.pk)
    policy.require(by, "disclosure.answer", asked)
    return settle(asked, outcome, words, by=by)


def _tell_officers(asked: Recall, reason: str, by: Actor) -> None:
    giver = Organisation.objects.get(pk=asked.giver_id)
    keeper = Organisation.objects.get(pk=asked.provider_id)
    for officer in officers_of(giver, keeper):
        told = Refusal(
            provider=officer,
            category=CATEGORY,
            purposes=pack(["oversight"]),
            recall=asked.reference,
            giver=giver,
            keeper=keeper,
            reason=reason,
            told_at=by.now,
        )
        told.scope = told.reference
        told.save()
        record("recall.refusal-told", told, by=by, recipients=[officer.reference])

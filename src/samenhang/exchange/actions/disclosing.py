"""Giving, and leaning: the deeds that other areas build on."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.models import Protected
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.models import Disclosure, Reliance, Statement
from samenhang.exchange.rules import Item, Provision
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation


@transaction.atomic
def disclose(provision: Provision, *, to: Organisation, by: Actor) -> list[Disclosure]:
    """Give what the actor's own organisation holds to another organisation.

    All or nothing. Raises NotYours, NotYourData, and NotLawful with the law's
    sentence and the condition that is not met.
    """
    policy.require_function(by, "statement.disclose")
    rules.check_provider(provision.provider.pk, by.organisation_id)
    return give(provision, to=to, by=by)


@transaction.atomic
def give(provision: Provision, *, to: Organisation, by: Actor) -> list[Disclosure]:
    """Ask the law for each item, grant, and keep a disclosure of each: all or nothing.

    For the areas above, inside the transaction of a deed that they themselves
    checked. To the provider's own organisation nothing is disclosed; it is only
    let into the scope as a member of the joint body. Raises NotLawful.
    """
    answers = may_give(provision, to=to, by=by)
    denied = {item: answer.sentence for item, answer in answers.items() if not answer.permitted}
    if denied:
        # Identity goes with an item or not at all: the item's own sentence says what is missing.
        told = [sentence for item, sentence in denied.items() if item.category != "identity"]
        raise rules.NotLawful(rules.listed(told or denied.values()))
    made = []
    for item, answer in answers.items():
        access.grant(
            item.scope,
            to,
            categories=[item.category],
            basis=answer.rule or "",
            capacity=provision.capacity,
            by=by,
        )
        if to.pk != provision.provider.pk:
            made.append(_disclosure(provision, item, answer, to, by))
    return made


def may_give(provision: Provision, *, to: Organisation, by: Actor) -> Mapping[Item, law.Answer]:
    """What the law answers today for each item. Identity goes under the rule of what it accompanies."""
    capacity = provision.capacity or to.authority
    enabled = Approval.objects.enabled_on(by.today)
    answers = {
        item: law.ask(
            provision.provider.authority,
            capacity,
            item.category,
            provision.purpose,
            by.today,
            not_met=provision.not_met,
            enabled=enabled,
            special=item.special,
        )
        for item in provision.items
    }
    bearer = next(
        (answer for answer in answers.values() if answer.permitted and answer.identity_accompanies), None
    )
    if bearer is None:
        return answers
    return {
        item: bearer if item.category == "identity" and not answer.permitted else answer
        for item, answer in answers.items()
    }


@transaction.atomic
def rely(statement: Statement, dependant: Protected, *, by: Actor) -> Reliance:
    """Say that something leans on a statement. Saying it again changes nothing.

    On a statement that has already fallen the duty to reconsider begins at once.
    """
    known = Reliance.objects.unscoped("a thing leans on a statement once").filter(
        source=statement, dependant=dependant.reference
    )
    found = known.first()
    if found is not None:
        return found
    made: Reliance = Reliance.objects.create(
        source=statement,
        dependant=dependant.reference,
        scope=dependant.scope,
        provider_id=dependant.provider_id,
        category=dependant.category,
        purposes=dependant.purposes,
        reconsider_by=by.today + rules.RECONSIDER_WITHIN if statement.withdrawn_at else None,
    )
    record("reliance.kept", made, by=by)
    return made


@transaction.atomic
def reconsider(reliance: Reliance, *, outcome: str, by: Actor) -> Reliance:
    """Close the duty: somebody looked again and says what came of it."""
    reliance = Reliance.objects.unscoped("locked").select_for_update().get(pk=reliance.pk)
    policy.require(by, "reliance.reconsider", reliance)
    rules.check_reason(outcome)
    if reliance.reconsider_by is None or reliance.reconsidered_at is not None:
        raise rules.IllegalTransition(_("There is nothing to reconsider here."))

    reliance.reconsidered_at, reliance.reconsidered_by, reliance.outcome = by.now, by.user, outcome
    reliance.save(update_fields=["reconsidered_at", "reconsidered_by", "outcome"])

    record("reliance.reconsidered", reliance, by=by, operation=Operation.DECISION, reason=outcome)
    return reliance


def _disclosure(
    provision: Provision, item: Item, answer: law.Answer, to: Organisation, by: Actor
) -> Disclosure:
    made: Disclosure = Disclosure.objects.create(
        scope=item.scope,
        provider=provision.provider,
        category=item.category,
        purposes=pack([provision.purpose]),
        recipient=to,
        capacity=provision.capacity or to.authority,
        purpose=provision.purpose,
        rule=answer.rule or "",
        basis=answer.basis,
        sentence=answer.sentence,
        mode=provision.mode,
        disclosed_at=by.now,
        disclosed_by=by.user,
    )
    record(
        "data.disclosed",
        made,
        by=by,
        operation=Operation.DISCLOSURE,
        recipients=[to.reference],
        basis=answer.rule or "",
    )
    return made

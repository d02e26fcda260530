"""Giving: the deed that other areas build on."""

from collections.abc import Mapping

from django.db import transaction

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import Item, Provision
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import countries
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
            ends_at=provision.ends_at,
            by=by,
        )
        if to.pk != provision.provider.pk:
            made.append(_disclosure(provision, item, answer, to, by))
    return made


def may_give(provision: Provision, *, to: Organisation, by: Actor) -> Mapping[Item, law.Answer]:
    """What the law answers today for each item. Identity goes under the rule of what it accompanies.

    What the country of the recipient leaves unmet counts, whatever was ticked.
    """
    capacity = provision.capacity or to.authority
    enabled = Approval.objects.enabled_on(by.today)
    unmet = countries.not_met(to.authority, to.region, enabled)
    answers = {
        item: law.ask(
            provision.provider.authority,
            capacity,
            item.category,
            provision.purpose,
            by.today,
            not_met=provision.not_met | unmet,
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


def _disclosure(
    provision: Provision, item: Item, answer: law.Answer, to: Organisation, by: Actor
) -> Disclosure:
    made: Disclosure = Disclosure.objects.create(
        scope=item.scope,
        provider=provision.provider,
        category=item.category,
        # Also for what its provider works on, so that it can be found and recalled from there.
        purposes=pack(list(dict.fromkeys((provision.purpose, by.purpose)))),
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

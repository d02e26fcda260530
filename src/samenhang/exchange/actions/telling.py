"""Telling recipients that what they were given changed, or has to be deleted."""

from collections.abc import Iterable

from samenhang.access.rules import pack
from samenhang.exchange.models import Disclosure, Recall
from samenhang.exchange.rules import receiving
from samenhang.exchange.rules.receiving import Outcome, Standing, Why
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation

# What is kept of a recall is that it was asked and answered, and nothing of what was recalled.
CATEGORY = "processing-record"


def tell(scopes: Iterable[str], why: Why, *, by: Actor) -> None:
    """Ask everyone who was given something in these scopes to delete it, or to take over the change.

    Inside the transaction of the deed that made it fall.
    """
    given = Disclosure.objects.unscoped("whoever was given it").filter(scope__in=list(scopes))
    rows = list(given.order_by("recipient_id", "scope", "pk"))
    for key in dict.fromkeys((row.recipient_id, row.scope) for row in rows):
        ask([row for row in rows if (row.recipient_id, row.scope) == key], why, by=by)


def ask(given: list[Disclosure], why: Why, *, words: str = "", by: Actor) -> None:
    """One request to one recipient about one scope, however often it was given that."""
    wanted = Standing.RECALLED if why in receiving.DELETES else Standing.CHANGED
    reached = [one for one in given if wanted in receiving.NEXT_OF_DISCLOSURE[Standing(one.standing)]]
    if not reached:
        return
    for one in reached:
        one.standing, one.recalled_at, one.due_on = wanted, by.now, by.today + receiving.DELETE_WITHIN
        one.save(update_fields=["standing", "recalled_at", "due_on"])
    overtake(given[0].scope, given[0].recipient_id, by=by)
    asked = Recall(
        provider_id=given[0].recipient_id,
        category=CATEGORY,
        purposes=pack(list(dict.fromkeys(one.purpose for one in reached))),
        item=given[0].scope,
        giver_id=given[0].provider_id,
        why=why,
        words=words,
        asked_at=by.now,
        due_on=by.today + receiving.DELETE_WITHIN,
    )
    asked.scope = asked.reference
    asked.save()
    recipient = Organisation.objects.get(pk=asked.provider_id)
    record("recall.asked", asked, by=by, operation=Operation.DISCLOSURE, recipients=[recipient.reference])


def overtake(scope: str, recipient_id: int, *, by: Actor) -> None:
    """What was asked of this recipient before about this needs no answer any more."""
    earlier = Recall.objects.unscoped("overtaken").open().order_by()
    earlier.filter(item=scope, provider_id=recipient_id).update(
        outcome=Outcome.OVERTAKEN, answered_at=by.now, answered_by=by.user
    )
    record("recall.overtaken", scope, by=by)

"""What a weighing opens: to the three who weigh, and to the participant that submitted the signal."""

from samenhang.access import actions as access
from samenhang.cases.models import Weighing
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, seats
from samenhang.exchange.rules import Item, Provision
from samenhang.journal import Actor
from samenhang.organisations.models import Organisation

# How far a signal has come, without what anybody judged.
STATUS = "case-status"


def open_to_the_three(weighing: Weighing, category: str, *, by: Actor) -> None:
    """Police, prosecution and mayor may read this category of the panel's own (Wet PGA art. 5(3))."""
    for organisation in seats(weighing.municipality):
        access.grant(
            weighing.scope,
            organisation,
            categories=[category],
            basis="Wet PGA art. 5(3)",
            capacity="WEEG",
            by=by,
        )


def open_to_the_submitter(weighing: Weighing, signal: Signal, *, by: Actor) -> Organisation:
    """The participant that submitted the signal may read how far it has come; which one that is."""
    submitter = Organisation.objects.get(pk=signal.provider_id)
    panel = Organisation.objects.get(pk=weighing.provider_id)
    exchange.give(Provision(panel, (Item(weighing.scope, STATUS),), "weighing"), to=submitter, by=by)
    return submitter

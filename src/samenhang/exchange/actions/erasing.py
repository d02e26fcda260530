"""What is known goes when nothing leans on it any more and the law keeps it for nothing else."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from samenhang.access.erasing import Gone, erase, hanging_on
from samenhang.access.rules import unpack
from samenhang.exchange.models import (
    Disclosure,
    Holding,
    Movement,
    OfficialMessage,
    Recall,
    Reconsideration,
    Refusal,
    Reliance,
    Signal,
    Statement,
)
from samenhang.exchange.rules import Status
from samenhang.exchange.rules.movements import PURPOSES as OF_MOVEMENTS
from samenhang.exchange.rules.statements import PURPOSES
from samenhang.journal import Actor
from samenhang.persons.models import Person

# The category of what leans and only counts.
STATISTICS = "statistics"
_OVER = "its time is over"


@transaction.atomic
def erase_reliances(things: Collection[str], *, by: Actor) -> tuple[set[str], Gone]:
    """That these leaned on something or something on them, and the duties to look again.

    Also returns the references of what they leaned on.
    """
    leaning = Reliance.objects.unscoped(_OVER).filter(Q(dependant__in=things) | Q(leans_on__in=things))
    under = {row.leans_on for row in leaning if row.dependant in things}
    duties = Reconsideration.objects.unscoped(_OVER).filter(Q(thing__in=things) | Q(cause__in=things))
    return under, erase(leaning.all(), by=by).add(erase(duties, by=by))


@transaction.atomic
def erase_signal(signal: Signal, *, by: Actor) -> tuple[set[str], Gone]:
    """A signal that was weighed; also returns the references of the statements that it held."""
    held = Holding.objects.filter(signal=signal)
    statements = Statement.objects.unscoped(_OVER).filter(pk__in=held.values("statement_id"))
    references = {row.reference for row in statements}
    held.delete()
    gone = erase_disclosures([signal.scope], by=by)
    return references, gone.add(erase(Signal.objects.unscoped(_OVER).filter(pk=signal.pk), by=by))


@transaction.atomic
def erase_unneeded(statements: Collection[str], *, by: Actor) -> Gone:
    """Those of these statements, and what corrected them, on which nothing leans any more.

    A published figure that counted one does not keep it.
    """
    gone, left = Gone(), _with_corrections(set(statements))
    for row in Statement.objects.unscoped(_OVER).filter(reference__in=left).order_by("-pk"):
        leaning = Reliance.objects.unscoped("whether something still leans on it")
        if hanging_on(row) or leaning.filter(leans_on=row.reference).exclude(category=STATISTICS).exists():
            continue
        gone.add(erase_disclosures([row.scope], by=by))
        gone.add(erase_reliances([row.reference], by=by)[1])
        gone.add(erase(Statement.objects.unscoped(_OVER).filter(pk=row.pk), by=by))
    return gone


@transaction.atomic
def erase_movement(movement: Movement, *, by: Actor) -> Gone:
    """One movement that nobody else ever had, and on which nothing leans."""
    return erase(Movement.objects.unscoped(_OVER).filter(pk=movement.pk), by=by)


@transaction.atomic
def erase_about(person: Person, *, by: Actor) -> Gone:
    """Everything about this person that is kept for weighing and approach, and for nothing else."""
    gone = Gone()
    weighed = (Status.TAKEN_UP, Status.NOT_TAKEN_UP, Status.WITHDRAWN)
    for signal in Signal.objects.unscoped(_OVER).filter(person=person, status__in=weighed):
        if hanging_on(signal) <= {Holding._meta.label}:
            gone.add(erase_signal(signal, by=by)[1])
    said = Statement.objects.unscoped(_OVER).about(person.pk)
    gone.add(
        erase_unneeded([row.reference for row in said if set(unpack(row.purposes)) <= set(PURPOSES)], by=by)
    )
    moved = Movement.objects.unscoped(_OVER).about(person.pk)
    keys = [row.pk for row in moved if set(unpack(row.purposes)) <= set(OF_MOVEMENTS)]
    for key in sorted(keys, reverse=True):  # a correction before what it corrects
        row = Movement.objects.unscoped(_OVER).get(pk=key)
        gone.add(erase_disclosures([row.scope], by=by))
        gone.add(erase_reliances([row.reference], by=by)[1])
        gone.add(erase(Movement.objects.unscoped(_OVER).filter(pk=key), by=by))
    letters = OfficialMessage.objects.unscoped(_OVER).filter(person=person, purpose__in=PURPOSES)
    gone.add(erase_reliances([row.reference for row in letters], by=by)[1])
    return gone.add(erase(letters.all(), by=by))


def _with_corrections(references: set[str]) -> set[str]:
    """With what came in the place of one of these, and what one of these came in the place of."""
    found, new = set(references), set(references)
    while new:
        rows = list(Statement.objects.unscoped(_OVER).filter(reference__in=new))
        near = Q(corrects__in=[row.pk for row in rows]) | Q(pk__in=[row.corrects_id for row in rows])
        new = set(Statement.objects.unscoped(_OVER).filter(near).values_list("reference", flat=True)) - found
        found |= new
    return found


@transaction.atomic
def erase_disclosures(scopes: Collection[str], *, by: Actor) -> Gone:
    """What was given of these scopes, and whatever was said about calling it back."""
    given = Disclosure.objects.unscoped(_OVER).filter(scope__in=scopes)
    items = {*scopes, *given.values_list("reference", flat=True)}
    recalls = Recall.objects.unscoped(_OVER).filter(item__in=items)
    asked = list(recalls.values_list("reference", flat=True))
    gone = erase(Refusal.objects.unscoped(_OVER).filter(recall__in=asked), by=by)
    return gone.add(erase(recalls.all(), by=by)).add(erase(given.all(), by=by))

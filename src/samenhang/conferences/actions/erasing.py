"""What conferences made of a case goes with it. The conference itself names no case and stays."""

from django.db import transaction

from samenhang.access.erasing import Gone, erase
from samenhang.cases.models import Case
from samenhang.conferences.models import Action, Attendance, Decision, Dissent, Item, Marker, Paper
from samenhang.journal import Actor

_OVER = "it goes with its case"


@transaction.atomic
def erase_of(case: Case, *, by: Actor) -> Gone:
    """Items of agendas with who was there, what was said, what was asked and decided."""
    items = list(Item.objects.unscoped(_OVER).filter(case=case))
    decisions = Decision.objects.unscoped(_OVER).filter(item__in=items)
    gone = erase(Dissent.objects.unscoped(_OVER).filter(decision__in=list(decisions)), by=by)
    gone.add(erase(decisions.all(), by=by))
    for model in (Marker, Action, Attendance, Paper):
        gone.add(erase(model.objects.unscoped(_OVER).filter(item__in=items), by=by))
    return gone.add(erase(Item.objects.unscoped(_OVER).filter(case=case), by=by))

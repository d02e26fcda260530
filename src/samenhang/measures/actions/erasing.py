"""Measures of a case go with it, once none that was decided still runs."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from samenhang.access import policy
from samenhang.access.erasing import Gone, erase
from samenhang.cases.models import Case
from samenhang.deconfliction.models import Hold, Window
from samenhang.journal import Actor
from samenhang.measures.models import Document, Effect, Finding, Measure, Suspension
from samenhang.measures.rules import RUNNING

_OVER = "it goes with its case"


def keep(case: Case, *, by: Actor) -> bool:
    """Whether a decided measure of the case still runs: until it ends, its reasons are needed."""
    policy.require_function(by, "case.destroy")
    runs = Measure.objects.unscoped("whether one still runs").of_case(case.pk)
    return runs.filter(status__in=RUNNING).exists()


@transaction.atomic
def erase_of(case: Case, *, by: Actor) -> Gone:
    """Measures with what was found, and the letters: their files now, their keys with the scopes."""
    measures = list(Measure.objects.unscoped(_OVER).of_case(case.pk))
    letters = Document.objects.unscoped(_OVER).filter(measure__in=measures)
    for letter in letters:
        transaction.on_commit(partial(_forget_file, letter.reference))
    gone = erase(letters.order_by(), by=by)
    steps = [row.reference for row in measures]
    windows = list(Window.objects.unscoped(_OVER).filter(step__in=steps))
    newest_first = Hold.objects.unscoped(_OVER).filter(window__in=windows).order_by("-pk")
    for hold in newest_first:  # a renewal before what it renews
        gone.add(erase(Hold.objects.unscoped(_OVER).filter(pk=hold.pk), by=by))
    gone.add(erase(Window.objects.unscoped(_OVER).filter(step__in=steps), by=by))
    gone.add(erase(Suspension.objects.unscoped(_OVER).filter(measure__in=measures), by=by))
    gone.add(erase(Effect.objects.unscoped(_OVER).filter(measure__in=measures), by=by))
    gone.add(erase(Finding.objects.unscoped(_OVER).filter(measure__in=measures), by=by))
    return gone.add(erase(Measure.objects.unscoped(_OVER).of_case(case.pk).order_by(), by=by))


def _forget_file(reference: str) -> None:
    (Path(settings.FILES) / "documents" / reference).unlink(missing_ok=True)

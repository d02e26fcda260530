"""What a measure did: seen by somebody who works with it, and asked for before its case may close."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.cases.models import Case
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.preparing import locked
from samenhang.measures.models import Effect, Measure
from samenhang.measures.rules import Seen


@transaction.atomic
def observe(measure: Measure, seen: Seen, *, by: Actor) -> Effect:
    """Write down what a measure that came into force did, wanted and unwanted. As often as somebody looks.

    Seen by who sees the measure. Raises NoEffectYet, NoReason, NotYours.
    """
    measure = locked(measure, "measure.find", by=by)
    rules.check_seen(seen, measure.status, starts_on=measure.starts_on, today=by.today)

    made: Effect = Effect.objects.create(
        **measure.protection(),
        measure=measure,
        recorded_by=by.user,
        recorded_at=by.now,
        **asdict(seen),
    )
    record("measure.effect-observed", made, by=by, operation=Operation.COLLECTION)
    return made


def check_observed(case: Case, *, by: Actor) -> None:
    """Asked before a case closes. Raises EffectMissing while a measure that was felt has no effect on record.

    Names the references of what lacks one; the actor works on the case and sees its measures.
    """
    lacking = Measure.objects.unscoped("only which ones, for who works on their case").of_case(case.pk)
    missing = list(lacking.without_effect().values_list("reference", flat=True))
    if missing:
        raise rules.EffectMissing(
            _("First write down what these measures did, wanted and unwanted: %s.") % ", ".join(missing)
        )

"""The kinds of work that the way back of a traveller brings."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Case
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.exchange.models import Movement
from samenhang.journal import Actor
from samenhang.persons.models import Person
from samenhang.risk.models import Handover, Trajectory
from samenhang.risk.models.coverage import to_assess
from samenhang.risk.rules.returns import assess_by


@each
def _handovers(row: Handover) -> Task:
    return Task(
        title=_("Accept or refuse a hand-over: %s") % row.get_stage_display(),
        about=row.scope,
        why=_("Somebody names you as the receiver. Until you accept, it stays with them."),
        url=reverse("risk:handover", args=[row.reference]),
        since=row.offered_at,
    )


@each
def _second_reads(row: Trajectory) -> Task:
    return Task(
        title=_("Read why somebody is followed"),
        about=row.reference,
        person=row.person_id,
        why=_("A colleague entered this. A second person agrees before anything is handed over."),
        url=reverse("risk:trajectory", args=[row.reference]),
        since=row.opened_at,
    )


def _returnees(actor: Actor, rows: list[Movement]) -> list[Task]:
    """To the case in which they are assessed; to their movements while there is none."""
    people = [row.person_id for row in rows]
    cases = Case.objects.visible_to(actor).ongoing().filter(person_id__in=people)
    found = {case.person_id: reverse("risk:profiles", args=[case.reference]) for case in cases}
    persons = Person.objects.visible_to(actor).in_bulk(people)
    return [
        Task(
            title=_("Have assessed who came back"),
            about=row.reference,
            person=row.person_id,
            why=_("Whoever came back is assessed within four weeks, by two people."),
            url=found.get(row.person_id)
            or (
                reverse("exchange:movements", args=[persons[row.person_id].reference])
                if row.person_id in persons
                else reverse("risk:coverage")
            ),
            since=row.true_on,
            due=assess_by(row.true_on),
        )
        for row in rows
    ]


KINDS: tuple[Kind, ...] = (
    Kind(
        "returnees", gettext_lazy("Came back and not assessed"), ("assessment.plan", "movement.record"),
        "exchange.Movement", "risk:coverage", to_assess, _returnees,
    ),
    Kind(
        "second-reads", gettext_lazy("To read as the second"), ("return.work",), "risk.Trajectory",
        "risk:travellers",
        lambda actor: Trajectory.objects.visible_to(actor).to_read_by(actor.user), _second_reads,
    ),
    Kind(
        "handovers", gettext_lazy("Hand-overs of travellers"), ("return.receive",), "risk.Handover",
        "risk:travellers",
        lambda actor: Handover.objects.visible_to(actor).waiting_for(actor.user_id), _handovers,
    ),
)  # fmt: skip

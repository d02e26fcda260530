"""Pages that put the areas side by side: my work, the person file, a case with its measures."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samenhang.access.rules import may_do, may_read
from samenhang.cases.models import Case, CaseParty, Takeover
from samenhang.cases.models.keeping import people
from samenhang.cases.rules import Status
from samenhang.cases.views.casework import shown
from samenhang.cases.views.keeping import shown as of_takeover
from samenhang.conferences.models import Action, Conference, next_of
from samenhang.conferences.rules import ENDINGS
from samenhang.desk.person_file import file_of
from samenhang.desk.relations import drawn, groups_of, known_of
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import counted, elsewhere, first_of, gather
from samenhang.exchange.models import Movement, Reconsideration
from samenhang.foundation.page import Place
from samenhang.grounds.rules import measure
from samenhang.journal import Actor
from samenhang.measures.models import Measure
from samenhang.measures.views.kinds import kind_name
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.organisations.rules import PURPOSE_LABELS
from samenhang.persons.models import Person, kind_of
from samenhang.persons.rules import is_legal
from samenhang.persons.rules.contacts import PURPOSES, Relation
from samenhang.prosecution.rules.course import PURPOSES as OF_THE_TRACK
from samenhang.risk.models import current

# More than these are found under Conferences.
MOST_CONFERENCES = 3


def reads_case(reference: str, actor: Actor) -> bool:
    """Whether there is a case under this reference that the actor may read; of what was typed as a task."""
    return Case.objects.visible_to(actor).filter(reference=reference).exists()


@require_GET
def my_work(request: ActorRequest) -> HttpResponse:
    """What waits for this person under this purpose, and how much under their others."""
    waiting = counted(KINDS, request.actor)
    groups = gather(KINDS, request.actor, waiting)
    others = elsewhere(KINDS, request.actor)
    request.waiting = waiting  # type: ignore[attr-defined] # the menu shows the same numbers
    context = {
        "groups": groups,
        "first": first_of(groups),
        "count": sum(group.count for group in groups),
        "late": sum(task.late for group in groups for task in group.tasks),
        "purpose": PURPOSE_LABELS[request.actor.purpose],
        "elsewhere": [(code, PURPOSE_LABELS[code], count) for code, count in others.items()],
    }
    return render(request, "desk/my_work.html", context)


@require_GET
def person(request: ActorRequest, reference: str) -> HttpResponse:
    """The file of one person on one page."""
    row = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    file = file_of(row, request.actor)
    known = known_of(row, request.actor)
    relations = groups_of(row, known, file.cases, request.actor)
    context = {
        "file": file,
        "relations": relations,
        "representing": [one for one in known if one[0].represents],
        "lawyers": [one for one in known if one[0].relation == Relation.LAWYER],
        "helps": request.actor.purpose in PURPOSES,
        "picture": drawn(file.title, _("Child, under 18") if file.minor else "", relations),
        "measures": _rows(file.measures),
        "movements": _moved(file.movements),
        "may_report": may_do("arrest.report", request.actor.roles) and not row.is_legal,
        "may_track": may_do("criminal-case.open", request.actor.roles)
        and request.actor.purpose in OF_THE_TRACK
        and not row.is_legal,
        "may_report_child": may_do("child.report", request.actor.roles),
        "may_read_contacts": may_read("persons.Contact", request.actor.roles),
        "may_link": may_do("person.link", request.actor.roles),
        "may_give": may_do("statement.disclose", request.actor.roles),
        "may_ask": may_do("question.ask", request.actor.roles),
        "sections": [
            Place(_("Names"), "#names"),
            Place(_("Cases"), "#cases", waiting=len(file.cases)),
            Place(_("Relations"), "#relations", waiting=sum(len(group.ties) for group in relations)),
            *([] if row.is_legal else [Place(_("Movements"), "#movements", waiting=len(file.movements))]),
            Place(_("Measures"), "#measures", waiting=len(file.measures)),
            Place(_("Timeline"), "#timeline", waiting=len(file.timeline)),
        ],
    }
    return render(request, "desk/person.html", context)


@require_GET
def case(request: ActorRequest, reference: str) -> HttpResponse:
    """One case, as its own area draws it, with its measures."""
    row = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    actor = request.actor
    context = shown(actor, row) | {
        "assessment": current([row.pk], actor).get(row.pk),
        "may_assess": may_read("risk.Assessment", actor.roles) and not is_legal(kind_of(row.person_id)),
        "conference": next_of(row.pk, actor),
        "to_prepare": _to_prepare(row, actor),
        "measures": _rows(list(Measure.objects.visible_to(actor).of_case(row.pk))),
        "may_suggest": may_do("measure.suggest", actor.roles) and row.status == Status.OPEN,
    }
    context["sections"] = _sections(context)
    return render(request, "desk/case.html", context)


def _sections(case: dict[str, Any]) -> list[Place]:
    """The long parts of the page of a case that are there, to jump to."""
    parts = [
        (_("What the assessment advises"), "advice", case["may_assess"]),
        (_("Statements"), "statements", True),
        (_("Movements"), "movements", case.get("movements")),
        (_("Measures"), "measures", True),
        (_("Why it was taken up"), "weighing", case.get("positions")),
        (_("Who sits at the case"), "parties", case.get("parties")),
        (_("Reviews"), "reviews", True),
    ]
    return [Place(label, f"#{part}") for label, part, there in parts if there]


@require_GET
def takeover(request: ActorRequest, reference: str) -> HttpResponse:
    """One hand-over with its pack, each part of it as far as who reads it may see."""
    actor = request.actor
    row = get_object_or_404(Takeover.objects.visible_to(actor), reference=reference)
    open_actions = list(
        Action.objects.visible_to(actor)
        .filter(scope=row.scope)
        .exclude(stage__in=ENDINGS)
        .order_by("due_on", "pk")
    )
    owners = people(one.owner_id for one in open_actions)
    parties = list(
        CaseParty.objects.visible_to(actor).filter(case_id=row.case_id).active().order_by("joined_at", "pk")
    )
    bodies = Organisation.objects.in_bulk([one.organisation_id for one in parties])
    context = of_takeover(actor, row) | {
        "actions": [(one, owners[one.owner_id]) for one in open_actions],
        "measures": _rows(list(Measure.objects.visible_to(actor).of_case(row.case_id))),
        "duties": Reconsideration.objects.visible_to(actor).of([row.scope]).open(),
        "bodies": [bodies[one.organisation_id] for one in parties],
    }
    return render(request, "desk/takeover.html", context)


def _to_prepare(row: Case, actor: Actor) -> list[Conference]:
    """The conferences to come on whose agenda the actor may still put the case."""
    if row.status != Status.OPEN or not may_do("conference.chair", actor.roles):
        return []
    return list(Conference.objects.visible_to(actor).to_prepare_by(actor.organisation_id)[:MOST_CONFERENCES])


def _moved(movements: list[Movement]) -> list[tuple[Movement, Organisation, bool]]:
    bodies = Organisation.objects.in_bulk({row.provider_id for row in movements})
    return [(row, bodies[row.provider_id], False) for row in movements]


def _rows(measures: list[Measure]) -> list[dict[str, object]]:
    return [{"measure": row, "name": kind_name(measure(row.kind)), "until": row.last_day} for row in measures]

"""The agenda to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samenhang.conferences.models import Paper
from samenhang.conferences.models.earlier import earlier
from samenhang.conferences.rules import ItemStage
from samenhang.conferences.views.preparing import conference_of, shown
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation


@require_GET
def agenda(request: ActorRequest, reference: str) -> HttpResponse:
    """The agenda on paper, as far as who prints it may read: questions, papers, what was agreed before."""
    conference = conference_of(request, reference)
    context = shown(conference, request.actor)
    items = [row[0] for row in context["items"]]
    papers = list(Paper.objects.visible_to(request.actor).on(items))
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in papers})
    before = earlier(items, request.actor)
    context["pages"] = [
        (
            item,
            case,
            name,
            out,
            [(one, bodies[one.organisation_id]) for one in papers if one.item_id == item.pk],
            before.get(item.pk),
        )
        for item, case, name, out in context["items"]
        if item.stage != ItemStage.DROPPED
    ]
    return render(request, "conferences/print.html", context)

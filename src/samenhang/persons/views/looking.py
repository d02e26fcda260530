"""Who typed their own name or a colleague's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samenhang.foundation.paging import page_of
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.rules import PURPOSE_LABELS
from samenhang.persons.models import StoppedLookUp

ON_A_PAGE = 25


@require_GET
def stopped_look_ups(request: ActorRequest) -> HttpResponse:
    """Who typed their own name or a colleague's: for the data protection officer alone."""
    reports = StoppedLookUp.objects.visible_to(request.actor).latest_first()
    page = page_of(reports.select_related("user__organisation", "about"), request, ON_A_PAGE)
    rows = [(row, PURPOSE_LABELS.get(row.purpose, row.purpose)) for row in page.rows]
    return render(request, "persons/stopped_look_ups.html", {"page": page, "reports": rows})

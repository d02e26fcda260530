"""One passenger, for who may see them: the unit, and whom the law let have the record."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenhang.foundation.page import Fact
from samenhang.foundation.templatetags.face import day_as_known
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.models import Passenger
from samenhang.travel.rules import spoken
from samenhang.travel.rules.permitted import Told


@require_safe
def passenger(request: ActorRequest, reference: str) -> HttpResponse:
    """What messages told; nothing that identifies once they are masked."""
    found = Passenger.objects.visible_to(request.actor).select_related("flight")
    row = get_object_or_404(found, reference=reference)
    facts = [] if row.masked_at else [*facts_of(row.told), Fact(_("On board"), row.get_presence_display())]
    return render(request, "travel/passenger.html", {"passenger": row, "facts": facts})


def facts_of(told: Told) -> list[Fact]:
    """Who it is and how they travel, as it was told."""
    return [
        Fact(_("Surname"), told["surname"]),
        Fact(_("Given names"), told["given_names"]),
        Fact(_("Date of birth"), day_as_known(told["birth_date"])),
        Fact(_("Sex"), spoken.sex(told["sex"])),
        Fact(_("Nationality"), spoken.country(told["nationality"])),
        Fact(_("Booking"), told["record_locator"]),
        Fact(_("Seat"), told["seat"]),
        *(Fact(_("Document"), spoken.document(one)) for one in told["documents"]),
    ]

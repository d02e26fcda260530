"""A conference at another time or place, or not at all."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.conferences import actions, forms
from samenhang.conferences.rules import Stage
from samenhang.conferences.views.preparing import chaired, to, warn_of_others
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, reference: str) -> HttpResponse:
    """Another time or place: agenda, list and papers stay; whoever was invited is asked again."""
    conference = chaired(request, reference)
    starts, ends = timezone.localtime(conference.starts_at), timezone.localtime(conference.ends_at)
    now = {"day": starts.date(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    form = forms.Move(request.POST or None, initial={**now, "place": conference.place})
    if form.is_valid():
        said = form.cleaned_data
        begins, over = form.moments()
        with refusals_in(form):
            moved = actions.move(
                conference,
                place=said["place"],
                starts_at=begins,
                ends_at=over,
                reason=said["reason"],
                by=request.actor,
            )
            messages.success(request, _told(moved.stage))
            warn_of_others(moved, request)
            return to(moved)
    back = reverse("conferences:conference", args=[reference])
    return form_page(request, "conferences/move.html", form, back, conference=conference)


@require_http_methods(["GET", "POST"])
def call_off(request: ActorRequest, reference: str) -> HttpResponse:
    """The conference does not take place; everybody who was invited sees that, and why."""
    conference = chaired(request, reference)
    form = forms.Reason(request.POST or None, label=_("Why does it not take place?"))
    form.fields["words"].help_text = _(
        "Whoever was invited reads this. Name nobody whom the conference is about."
    )
    if form.is_valid():
        with refusals_in(form):
            actions.call_off(conference, reason=form.cleaned_data["words"], by=request.actor)
            messages.success(
                request,
                _("The conference is called off. Whoever was invited sees it. No e-mail is sent: call them."),
            )
            return to(conference)
    back = reverse("conferences:conference", args=[reference])
    return form_page(request, "conferences/call_off.html", form, back, conference=conference)


def _told(stage: str) -> str:
    if stage == Stage.PREPARED:
        return _("The new time and place stand. Nobody was invited yet.")
    return _(
        "The new time and place stand. Whoever was invited finds that under My work and says again whether"
        " they come. No e-mail is sent: call those who must hear it today."
    )

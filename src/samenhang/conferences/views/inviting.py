"""An invitation of one person: their answer, or that they were taken off the list."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.conferences import actions, forms
from samenhang.conferences.models import Conference, Invitee
from samenhang.conferences.models.room import invited
from samenhang.conferences.rules import Stage
from samenhang.conferences.rules.calendars import cancelled
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.views.preparing import as_calendar, chairs, title_of
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, reference: str) -> HttpResponse:
    """Whether somebody comes: the form for who is invited, how it stands for the others."""
    row = _invitee(request, reference)
    if row.stage == Answer.TAKEN_OFF:
        return _taken_off(request, row)
    conference = get_object_or_404(Conference.objects.visible_to(request.actor), pk=row.conference_id)
    mine = row.user_id == request.actor.user_id
    form = forms.Answer(request.POST or None, initial={"answer": row.stage, "reason": row.reason})
    if request.method == "POST" and not mine:
        raise access.NotYours
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form):
            actions.answer(row, Answer(said["answer"]), reason=said["reason"], by=request.actor)
            messages.success(request, _("Whoever chairs it sees your answer."))
            return HttpResponseRedirect(reverse("conferences:conference", args=[conference.reference]))
    return form_page(
        request,
        "conferences/answer.html",
        form,
        reverse("conferences:conference", args=[conference.reference]),
        row=row,
        person=invited([row])[row.user_id],
        conference=conference,
        may=mine and conference.stage == Stage.INVITED,
        reason=row.reason if mine or chairs(conference, request.actor) else "",
    )


@require_http_methods(["GET", "POST"])
def take_off(request: ActorRequest, reference: str) -> HttpResponse:
    """Take somebody off the list, with a reason that they read."""
    row = _invitee(request, reference)
    conference = get_object_or_404(Conference.objects.visible_to(request.actor), pk=row.conference_id)
    if not chairs(conference, request.actor):
        raise access.NotYours
    person = invited([row])[row.user_id]
    form = forms.Reason(request.POST or None, label=_("Why is this person not invited any more?"))
    form.fields["words"].help_text = _("The person reads this. Name nobody whom the conference is about.")
    if form.is_valid():
        with refusals_in(form):
            actions.take_off(row, reason=form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("%s is off the list and is told so.") % person.name)
            return HttpResponseRedirect(reverse("conferences:conference", args=[conference.reference]))
    back = reverse("conferences:conference", args=[conference.reference])
    return form_page(request, "conferences/take_off.html", form, back, person=person)


@require_GET
def cancellation(request: ActorRequest, reference: str) -> HttpResponse:
    """For who was taken off: the file that takes the conference out of a calendar."""
    row = _invitee(request, reference)
    if row.stage != Answer.TAKEN_OFF:
        raise Http404
    conference = row.held_for()
    moments = (conference.starts_at, conference.ends_at)
    text = cancelled(
        conference.reference, moments, title_of(conference), conference.revision, request.actor.now
    )
    return as_calendar(text, conference)


def _taken_off(request: ActorRequest, row: Invitee) -> HttpResponse:
    """What is left of an invitation: why it ended, and the file for the calendar."""
    form = forms.Read(request.POST or None)
    if form.is_valid():
        actions.read_taken_off(row, by=request.actor)
        messages.success(request, _("Thank you. It is off your list of work."))
        return HttpResponseRedirect(reverse("conferences:conferences"))
    return form_page(
        request,
        "conferences/taken_off.html",
        form,
        row=row,
        person=invited([row])[row.user_id],
        conference=row.held_for(),
        may=row.user_id == request.actor.user_id and row.read_at is None,
    )


def _invitee(request: ActorRequest, reference: str) -> Invitee:
    found: Invitee = get_object_or_404(Invitee.objects.visible_to(request.actor), reference=reference)
    return found

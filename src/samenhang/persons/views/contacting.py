"""Who stands round a person and can be reached."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samenhang.access.rules import NotYours, may_do
from samenhang.foundation.form_rendering import refusals_in
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons import actions, forms
from samenhang.persons.models import Contact, Person


@require_http_methods(["GET", "POST"])
def contacts(request: ActorRequest, reference: str) -> HttpResponse:
    """Who stands round this person and can be reached, and a form to note one more."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    may_note = may_do("contact.note", request.actor.roles)
    minor = person.is_minor(request.actor.today)
    form = forms.NewContact(request.POST or None, kind=person.kind, minor=minor) if may_note else None
    if request.method == "POST" and form is None:
        raise NotYours
    if form and form.is_valid():
        with refusals_in(form):
            actions.note_contact(
                person,
                form.whom(),
                relation=form.relation(),
                represents=form.represents(),
                by=request.actor,
            )
            messages.success(request, _("Noted. It is forgotten by itself on the day below."))
            return HttpResponseRedirect(reverse("persons:contacts", args=[reference]))
    rows = Contact.objects.visible_to(request.actor).of(person.pk)
    context = {"person": person, "contacts": actions.whom(rows, by=request.actor), "form": form}
    status = 422 if form and form.is_bound else 200
    return render(request, "persons/contacts.html", context, status=status)


@require_POST
def forget_contact(request: ActorRequest, reference: str) -> HttpResponse:
    """Gone, because nobody needs it any more."""
    contact = get_object_or_404(Contact.objects.visible_to(request.actor), reference=reference)
    actions.forget_contact(contact, by=request.actor)
    messages.success(request, _("Forgotten, also in copies."))
    return HttpResponseRedirect(reverse("persons:contacts", args=[contact.scope]))

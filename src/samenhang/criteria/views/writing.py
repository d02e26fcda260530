"""Writing a rule or its next version, trying, approving and withdrawing it."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samenhang.access.rules import NotYours
from samenhang.criteria import actions, forms
from samenhang.criteria.models import Rule, Version
from samenhang.criteria.rules import RECIPIENTS, IllegalTransition, Stage, trial
from samenhang.criteria.rules.facts import ANNEX
from samenhang.criteria.views.rules import newest, page, visible, withdrawable
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def open_rule(request: ActorRequest) -> HttpResponse:
    """A new rule, as a draft."""
    if not actions.may_write(by=request.actor):
        raise NotYours
    to = {one.reference: one for one in Organisation.objects.filter(authority__in=RECIPIENTS)}
    choices = [(reference, one.name) for reference, one in to.items()]
    form = forms.Open(request.POST or None, recipients=choices)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            made = actions.open_rule(typed["name"], to[typed["recipient"]], form.wording(), by=request.actor)
            notices.success(request, _("The rule is a draft. Try it out next."))
            return _to(made)
    return _form(request, form, _("Write a rule"), reverse("criteria:rules"))


@require_http_methods(["GET", "POST"])
def reword(request: ActorRequest, reference: str) -> HttpResponse:
    """The next version, beginning with the words of the last."""
    found = visible(request, reference)
    if not actions.may_write(by=request.actor):
        raise NotYours
    last = newest(request, found)
    names = ("purpose", "offence", "when", "unless")
    form = forms.Reword(request.POST or None, initial={name: getattr(last, name) for name in names})
    if form.is_valid():
        with refusals_in(form):
            actions.reword(found, form.wording(), by=request.actor)
            notices.success(request, _("The new version is a draft. Try it out next."))
            return _to(found)
    title = _("New version of “%s”") % found.name
    return _form(request, form, title, reverse("criteria:rule", args=[reference]))


@require_POST
def try_out(request: ActorRequest, reference: str) -> HttpResponse:
    """Run the newest version on made travellers. Takes some seconds."""
    found = visible(request, reference)
    try:
        actions.try_out(newest(request, found), by=request.actor)
    except (trial.TooWide, IllegalTransition) as refusal:
        notices.error(request, str(refusal))
        return page(request, found, status=422)
    notices.success(request, _("The rule was tried. Look at whom it would single out."))
    return _to(found)


@require_POST
def approve(request: ActorRequest, reference: str) -> HttpResponse:
    """One of two approvals of the newest version."""
    found = visible(request, reference)
    version = newest(request, found)
    form = forms.Approve(request.POST, leans=bool(trial.leaning(version.rows)))
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form, but=NotYours):
            if typed["version"] != version.number:
                raise IllegalTransition(_("There is a newer version. Load the page again."))
            why, leaning = typed["reason"], typed.get("leaning", "")
            version = actions.approve(version, reason=why, leaning=leaning, by=request.actor)
            done = version.stage == Stage.IN_FORCE
            said = _("The rule is in force for its term.") if done else _("Your approval was recorded.")
            notices.success(request, said)
            return _to(found)
    return page(request, found, status=422, approving=form)


@require_POST
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """The end of a version that has not ended."""
    found = visible(request, reference)
    versions = {one.number: one for one in Version.objects.visible_to(request.actor).of(found)}
    form = forms.Withdraw(request.POST, versions=withdrawable(list(versions.values())), auto_id="withdraw-%s")
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form, but=NotYours):
            actions.withdraw(versions[typed["version"]], reason=typed["reason"], by=request.actor)
            notices.success(request, _("This version was withdrawn. It is asked of nobody any more."))
            return _to(found)
    return page(request, found, status=422, withdrawing=form)


def _to(found: Rule) -> HttpResponse:
    return HttpResponseRedirect(reverse("criteria:rule", args=[found.reference]))


def _form(request: ActorRequest, form: Any, title: str, back: str) -> HttpResponse:
    return form_page(
        request,
        "criteria/write.html",
        form,
        back,
        title=title,
        record=[(name, *told) for name, told in ANNEX.items()],
        crumbs=[Place(_("Rules about journeys"), reverse("criteria:rules"))],
    )

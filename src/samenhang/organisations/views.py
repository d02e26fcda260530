"""The door: sign in, choose a task, sign out."""

from dataclasses import replace

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.errors import Refused
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor
from samenhang.organisations import actions, forms, rules
from samenhang.organisations.middleware import ActorRequest


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the same answer whether or not the name exists."""
    form = forms.SignIn(request.POST or None)
    if form.is_valid():
        try:
            user = actions.sign_in(request, **form.cleaned_data, by=_visitor())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            request.session["reference"] = new_reference("Z")
            return HttpResponseRedirect("/task/")
    status = 422 if form.is_bound else 200
    return render(request, "organisations/sign_in.html", {"form": form}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, and let the browser forget what it saw."""
    logout(request)
    response = HttpResponseRedirect("/sign-in/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "POST"])
def task(request: ActorRequest) -> HttpResponse:
    """Choose what for, once per task."""
    purposes = [(code, rules.PURPOSE_LABELS[code]) for code in rules.purposes_of(_roles(request))]
    wanted = request.GET.get("purpose", "")
    at_hand = {
        "purpose": wanted if wanted in dict(purposes) else request.actor.purpose,
        "case": request.GET.get("case", request.actor.case),
    }
    form = forms.Task(request.POST or None, purposes=purposes, initial=at_hand)
    if form.is_valid():
        try:
            actor = actions.choose_task(request.user, **form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session["purpose"], request.session["case"] = actor.purpose, actor.case
            return HttpResponseRedirect(_local(request.GET.get("next", "")))
    status = 422 if form.is_bound else 200
    return render(request, "organisations/task.html", {"form": form, "purposes": purposes}, status=status)


def _roles(request: ActorRequest) -> frozenset[str]:
    return frozenset(mandate.role for mandate in request.user.mandates_on(request.actor.today))


def _local(target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


def _visitor() -> Actor:
    nobody = Actor(user="", organisation="", authority="", roles=frozenset(), purpose="", now=now())
    return replace(nobody, simulated=is_demonstration())

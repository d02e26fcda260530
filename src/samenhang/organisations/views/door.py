"""The door: prove who you are, choose a task, leave."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations import actions, forms, oidc, rules
from samenhang.organisations.middleware import ActorRequest, visitor
from samenhang.organisations.models import User
from samenhang.organisations.rules.signing_in import (
    HALFWAY,
    PASSKEY_ALONE,
    PASSWORD,
    Ending,
    Proof,
    device_of,
)
from samenhang.organisations.views import proving

HALFWAY_KEY = "halfway"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the same answer whether or not the name exists."""
    form = forms.SignIn(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            user = actions.check_password(request, **form.cleaned_data, by=visitor())
            return HttpResponseRedirect(go_on(request, user, PASSWORD))
    return form_page(
        request,
        "organisations/sign_in.html",
        form,
        provider=oidc.provider(),
        keys=proving.site_of(request).can_have_keys,
    )


@login_not_required
@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the password: a code, a recovery code or a security key."""
    half = _halfway(request)
    if half is None:
        return HttpResponseRedirect(reverse("organisations:sign-in"))
    user, proof = half
    attempt = proving.attempt(request, user, by=visitor())
    if attempt.proved:
        return HttpResponseRedirect(enter(request, user, proof.and_also(attempt.proved)))
    return render(request, "organisations/second_factor.html", attempt.context, status=attempt.status)


@login_not_required
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """A key that verifies its holder is the whole sign-in: no name, no password."""
    attempt = proving.attempt_alone(request, by=visitor())
    if attempt.user:
        return HttpResponseRedirect(enter(request, attempt.user, PASSKEY_ALONE))
    return render(request, "organisations/passkey.html", attempt.context, status=attempt.status)


@require_POST
def sign_out(request: ActorRequest) -> HttpResponse:
    """Leave, and let the browser forget what it saw."""
    actions.end_session(request.door, Ending.SIGNED_OUT, by=request.actor)
    request.session.flush()
    response = HttpResponseRedirect(reverse("organisations:sign-in"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "POST"])
def task(request: ActorRequest) -> HttpResponse:
    """Choose what for, once per task."""
    purposes = [(code, _explained(code)) for code in rules.purposes_of(request.actor.roles)]
    wanted = request.GET.get("purpose", "")
    at_hand = {
        "purpose": wanted if wanted in dict(purposes) else request.actor.purpose or _only(purposes),
        "case": request.GET.get("case", request.actor.case),
    }
    form = forms.Task(request.POST or None, purposes=purposes, initial=at_hand)
    if form.is_valid():
        with refusals_in(form, field="case"):
            actor = actions.choose_task(
                request.user,
                request.door,
                **form.cleaned_data,
                readable=import_string(settings.READS_CASE),
                by=request.actor,
            )
            # Another purpose opens other records: a cookie from before it must not (ASVS 7.2.4).
            request.session.cycle_key()
            if (actor.purpose, actor.case) != (request.actor.purpose, request.actor.case):
                # Nor may a form made for another task be sent for this one: it is refused with its text.
                rotate_token(request)
            request.session["purpose"], request.session["case"] = actor.purpose, actor.case
            return HttpResponseRedirect(local(request.GET.get("next", "")))
    return form_page(request, "organisations/task.html", form, purposes=purposes)


def _only(purposes: list[tuple[str, str]]) -> str:
    """The one that there is, so that nobody has to choose from one."""
    return purposes[0][0] if len(purposes) == 1 else ""


def _explained(purpose: str) -> str:
    label, holds = rules.PURPOSE_LABELS[purpose], rules.PURPOSE_HOLDS.get(purpose)
    return f"{label}: {holds}" if holds else str(label)


def too_many_tries(request: HttpRequest, *_more: Any) -> HttpResponse:
    """The answer after too many wrong passwords for one name and address, also for a name nobody has."""
    reason = _("Too many wrong passwords. Wait 15 minutes and try again.")
    return render(request, "organisations/paused.html", {"reason": reason}, status=429)


def go_on(request: HttpRequest, user: User, proof: Proof) -> str:
    """Where somebody goes after a first proof: inside, or to the second factor."""
    if proof.strong or not user.has_second_factor():
        return enter(request, user, proof)
    request.session.flush()
    request.session[HALFWAY_KEY] = {
        "user": user.reference,
        "how": proof.how,
        "at": visitor().now.isoformat(),
    }
    return reverse("organisations:second-factor")


def enter(request: HttpRequest, user: User, proof: Proof) -> str:
    """Open the session, under a new key: nothing from before it is worth anything. Where to go next."""
    device = device_of(request.headers.get("User-Agent", ""))
    request.session.flush()
    session = actions.open_session(user, proof, device=device, by=visitor())
    login(request, user, backend=BACKEND)
    request.session["reference"] = session.reference
    return reverse("organisations:task")


def local(target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


def _halfway(request: HttpRequest) -> tuple[User, Proof] | None:
    half = request.session.get(HALFWAY_KEY)
    if not half or visitor().now - datetime.fromisoformat(half["at"]) > HALFWAY:
        return None
    user = actions.halfway_user(half["user"], by=visitor())
    return (user, Proof(half["how"], strong=False)) if user else None

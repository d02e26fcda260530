"""One's own account: second factors, recovery codes, password, sessions."""

import base64
from urllib.parse import quote, urlencode

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations import actions, forms, oidc, passkeys
from samenhang.organisations.confirmation import recently_confirmed
from samenhang.organisations.middleware import ActorRequest, needs_second_factor
from samenhang.organisations.models import Factor
from samenhang.organisations.rules.signing_in import Ending, Kind
from samenhang.organisations.sealed import opened, passkeys_of, recovery_codes_left
from samenhang.organisations.views import door, proving


@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """What proves that you are you, and where you are signed in."""
    factors = request.user.factors.usable()
    context = {
        "factors": [factor for factor in factors if factor.kind != Kind.RECOVERY],
        "codes_left": recovery_codes_left(request.user),
        "sessions": request.user.sessions.going_on(request.actor.now),
        "here": request.door,
        "has_password": request.user.has_usable_password(),
        "provided": request.user.provider_accounts.exists(),
        "keys": proving.site_of(request).can_have_keys,
        "required": needs_second_factor(),
    }
    return render(request, "organisations/account.html", context)


@require_GET
def second_factor_needed(request: ActorRequest) -> HttpResponse:
    """The first page of an account without a second factor: choose one."""
    return render(
        request, "organisations/second_factor_needed.html", {"keys": proving.site_of(request).can_have_keys}
    )


@recently_confirmed
@require_http_methods(["GET", "POST"])
def add_code(request: ActorRequest) -> HttpResponse:
    """An authenticator app: first its name, then its secret on the next page."""
    form = forms.FactorName(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            factor = actions.begin_code(request.user, form.cleaned_data["name"], by=request.actor)
            return HttpResponseRedirect(reverse("organisations:prove-code", args=[factor.reference]))
    return form_page(request, "organisations/add_code.html", form)


@recently_confirmed
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def prove_code(request: ActorRequest, factor: str) -> HttpResponse:
    """Scan the secret, and show by one code that the app has it."""
    begun = request.user.factors.filter(kind=Kind.CODE, confirmed=False)
    begun_here = get_object_or_404(begun, reference=factor)
    form = forms.Code(request.POST or None)
    if form.is_valid():
        try:
            actions.add_code(begun_here, form.cleaned_data["code"], by=request.actor)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            return _factor_added(request)
    secret = base64.b32encode(opened(begun_here)).decode()
    return form_page(
        request,
        "organisations/prove_code.html",
        form,
        secret=_in_fours(secret),
        picture=_picture(request.user.username, secret),
    )


@recently_confirmed
@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def add_passkey(request: ActorRequest) -> HttpResponse:
    """A security key or a passkey of this device."""
    site, user, problem = proving.site_of(request), request.user, ""
    if request.method == "POST":
        form = forms.Passkey(request.POST)
        state = request.session.pop(proving.QUESTION_KEY, None)
        valid = form.is_valid()
        name = form.cleaned_data.get("name") or _("Security key")
        try:
            answer = form.cleaned_data["answer"] if valid else {}
            actions.add_passkey(user, name, site, state, answer, by=request.actor)
        except Refused as refusal:
            problem = str(refusal)
        else:
            return _factor_added(request)
    question = ""
    if site.can_have_keys:
        held = passkeys_of(user)
        question, state = passkeys.ask_for_new(site, user.reference, user.username, held)
        request.session[proving.QUESTION_KEY] = state
    context = {"key": question, "problem": problem, "form": forms.FactorName()}
    return render(request, "organisations/add_passkey.html", context, status=422 if problem else 200)


@recently_confirmed
@require_http_methods(["GET", "POST"])
def recovery_codes(request: ActorRequest) -> HttpResponse:
    """New recovery codes, on the screen this once."""
    codes = actions.make_recovery_codes(request.user, by=request.actor) if request.method == "POST" else []
    left = recovery_codes_left(request.user)
    return render(request, "organisations/recovery_codes.html", {"codes": codes, "left": left})


@recently_confirmed
@require_http_methods(["GET", "POST"])
def remove_factor(request: ActorRequest, factor: str) -> HttpResponse:
    """Ask once more, then rely on it no longer."""
    held: Factor = get_object_or_404(request.user.factors.usable(), reference=factor)
    problem = ""
    if request.method == "POST":
        try:
            actions.remove_factor(held, required=needs_second_factor(), by=request.actor)
        except Refused as refusal:
            problem = str(refusal)
        else:
            request.session.cycle_key()
            messages.success(request, _("Removed. Your other sessions have ended."))
            return HttpResponseRedirect(reverse("organisations:account"))
    context = {"factor": held, "problem": problem}
    return render(request, "organisations/remove_factor.html", context, status=409 if problem else 200)


@recently_confirmed
@require_POST
def end_session(request: ActorRequest, session: str) -> HttpResponse:
    """End one session; somewhere a browser is signed out."""
    going_on = request.user.sessions.going_on(request.actor.now)
    actions.end_session(get_object_or_404(going_on, reference=session), Ending.ELSEWHERE, by=request.actor)
    return HttpResponseRedirect(reverse("organisations:account"))


@recently_confirmed
@require_POST
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    """End all but this one."""
    actions.end_other_sessions(request.user, Ending.ELSEWHERE, by=request.actor)
    messages.success(request, _("All your other sessions have ended."))
    return HttpResponseRedirect(reverse("organisations:account"))


@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Another password. The present one is asked, so a session alone is not enough."""
    form = forms.NewPassword(request.POST or None, user=request.user)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            actions.check_password(request, request.user.username, typed["present"], by=request.actor)
        except Refused:
            form.add_error("present", _("This is not your present password."))
        else:
            user = actions.change_password(request.user, typed["password"], by=request.actor)
            update_session_auth_hash(request, user)  # and a new key for this session
            messages.success(request, _("Your password has changed. Your other sessions have ended."))
            return HttpResponseRedirect(reverse("organisations:account"))
    return form_page(request, "organisations/password.html", form, first=request.user.first_password_until)


@sensitive_post_parameters("code", "password", "answer")
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest) -> HttpResponse:
    """Prove again who you are, before what matters most."""
    attempt = proving.attempt(request, request.user, by=request.actor)
    if attempt.proved:
        actions.confirm(request.door, attempt.proved, by=request.actor)
        request.session.cycle_key()
        return HttpResponseRedirect(door.local(request.GET.get("next", "")))
    provider = oidc.provider() if request.user.provider_accounts.exists() else None
    context = {**attempt.context, "provider": provider}
    return render(request, "organisations/confirm.html", context, status=attempt.status)


def _factor_added(request: ActorRequest) -> HttpResponse:
    request.session.cycle_key()
    messages.success(request, _("Added. Your other sessions have ended."))
    if not recovery_codes_left(request.user):
        return HttpResponseRedirect(reverse("organisations:recovery-codes"))
    return HttpResponseRedirect(reverse("organisations:account"))


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _picture(username: str, secret: str) -> SafeString:
    """The secret as a QR code: an SVG made of numbers alone, nothing of it typed by anybody."""
    label = quote(f"Samenhang:{username}")
    address = f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': 'Samenhang'})}"
    return mark_safe(segno.make_qr(address, error="m").svg_inline(scale=5, border=4, light="#fff"))  # noqa: S308

"""One try at a proof, by a code, a security key or a password: shared by the door and by "confirm"."""

from dataclasses import dataclass, field
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.http.request import split_domain_port

from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations import actions, forms, passkeys
from samenhang.organisations.models import User
from samenhang.organisations.rules.signing_in import Kind
from samenhang.organisations.sealed import passkeys_of

QUESTION_KEY = "key-question"


@dataclass(frozen=True, slots=True)
class Attempt:
    """proved: what was proved, or empty. user: by whom, where that was not known before."""

    context: dict[str, Any] = field(default_factory=dict)
    proved: str = ""
    status: int = 200
    user: User | None = None


def site_of(request: HttpRequest) -> passkeys.Site:
    """Where this browser is, for keys; ALLOWED_HOSTS has checked it."""
    host, _port = split_domain_port(request.get_host())
    return passkeys.Site(host, f"{request.scheme}://{request.get_host()}")


def attempt(request: HttpRequest, user: User, *, by: Actor) -> Attempt:
    """What a POST proves for this user, or the page to ask it with."""
    form, problem, status = _form_for(request, user), "", 200
    if request.method == "POST":
        try:
            proved = _proved(request, user, form, by)
        except Refused as refusal:
            problem, status = str(refusal), refusal.status if refusal.status == 429 else 422
        else:
            if proved:
                return Attempt(proved=proved)
            status = 422
    if problem and form and form.is_bound:
        form.add_error(None, problem)
        problem = ""
    context = {"form": form, "problem": problem, "key": _question(request, user)}
    return Attempt(context=context, status=status)


def attempt_alone(request: HttpRequest, *, by: Actor) -> Attempt:
    """The same for somebody whom only the key names."""
    site, problem, status = site_of(request), "", 200
    if request.method == "POST":
        form = forms.Passkey(request.POST)
        state = request.session.pop(QUESTION_KEY, None)
        try:
            answer = form.cleaned_data["answer"] if form.is_valid() else {}
            user = actions.find_by_passkey(site, state, answer, by=by)
        except Refused as refusal:
            problem, status = str(refusal), 422
        else:
            return Attempt(proved=Kind.PASSKEY, user=user)
    question = ""
    if site.can_have_keys:
        question, request.session[QUESTION_KEY] = passkeys.ask_for_signature(site, [], alone=True)
    return Attempt(context={"problem": problem, "key": question}, status=status)


def _form_for(request: HttpRequest, user: User) -> django_forms.Form | None:
    """A code, or the password for who has no second factor, or nothing for who has keys alone."""
    factors = {factor.kind for factor in user.factors.usable()}
    data = request.POST if request.method == "POST" and "answer" not in request.POST else None
    if factors & {Kind.CODE, Kind.RECOVERY}:
        return forms.Code(data)
    if not factors and user.has_usable_password():
        return forms.Password(data)
    return None


def _proved(request: HttpRequest, user: User, form: django_forms.Form | None, by: Actor) -> str:
    if "answer" in request.POST:
        typed = forms.Passkey(request.POST)
        state = request.session.pop(QUESTION_KEY, None)
        answer = typed.cleaned_data["answer"] if typed.is_valid() else {}
        actions.check_passkey(user, site_of(request), state, answer, by=by)
        return Kind.PASSKEY
    if form is None or not form.is_valid():
        return ""
    if isinstance(form, forms.Password):
        actions.check_password(request, user.username, form.cleaned_data["password"], by=by)
        return "pwd"
    return actions.check_code(user, form.cleaned_data["code"], by=by)


def _question(request: HttpRequest, user: User) -> str:
    """What our script asks the browser, or nothing where there is no key to ask for."""
    held, site = passkeys_of(user), site_of(request)
    if not held or not site.can_have_keys:
        return ""
    question, request.session[QUESTION_KEY] = passkeys.ask_for_signature(site, held, alone=False)
    return question

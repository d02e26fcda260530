"""Turns the cookie into the Actor of this request, or into nobody; says which page must come first."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenhang.foundation.clock import is_demonstration, now
from samenhang.journal import Actor
from samenhang.organisations import actions, rules
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import Session, User
from samenhang.organisations.rules.signing_in import Ending, SessionOver

ALWAYS = frozenset(
    {
        "organisations:sign-in",
        "organisations:sign-out",
        "foundation:language",
        "foundation:livez",
        "foundation:readyz",
    }
)
# Reachable with a password that somebody else handed over: replacing it.
WITH_FIRST_PASSWORD = ALWAYS | {"organisations:password"}
# Reachable before a second factor was proved: adding one.
WITHOUT_SECOND_FACTOR = ALWAYS | {
    "organisations:second-factor-needed",
    "organisations:add-code",
    "organisations:prove-code",
    "organisations:add-passkey",
    "organisations:confirm",
}
# Reachable before a purpose is chosen: one's own account.
WITHOUT_TASK = frozenset({"foundation:language", "foundation:livez", "foundation:readyz"})


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in and has chosen a task."""

    actor: Actor
    user: User
    door: Session
    """The session they signed in to; ``session`` is Django's store behind the cookie."""


class WhoActs:
    """Sets ``request.actor`` afresh at each request, so that what was withdrawn is felt at once.

    A cookie whose session has ended, or whose owner has no mandate any more, is emptied on the spot:
    whoever holds it is nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        if isinstance(user, User):
            try:
                _let_in(request, user)
            except (SessionOver, rules.NoMandate) as refusal:
                request.session.flush()
                request.user = AnonymousUser()
                messages.info(request, str(refusal))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_more: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None  # open to everyone, or, as the API, signing in by itself
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        if actor is None or match is None:
            return None
        first = _must_come_first(request, match.view_name, actor)
        if not first:
            return None
        query = {"next": request.path} if first == "organisations:task" else {}
        return HttpResponseRedirect(reverse(first) + (f"?{urlencode(query)}" if query else ""))


def needs_second_factor() -> bool:
    """Everywhere but in a demonstration, whose accounts everybody knows."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and not is_demonstration()


def visitor() -> Actor:
    """Somebody at the door, before we know who."""
    return Actor(
        user="", organisation="", authority="", roles=frozenset(), purpose="", now=now(),
        simulated=is_demonstration(),
    )  # fmt: skip


def _let_in(request: HttpRequest, user: User) -> None:
    outside = replace(visitor(), user=user.reference, organisation=user.organisation.reference)
    session = actions.resume(request.session.get("reference", ""), user, by=outside)
    become = partial(actor_for, user, now=outside.now, simulated=outside.simulated, session=session)
    try:
        try:
            actor = become(purpose=request.session.get("purpose", ""), case=request.session.get("case", ""))
        except rules.PurposeNotAllowed:
            # One of the mandates ended meanwhile: the person is somebody who must choose again.
            actor = become(purpose="")
    except rules.NoMandate:
        actions.end_session(session, Ending.NO_MANDATE, by=outside)
        raise
    request.actor, request.door = actor, session  # type: ignore[attr-defined]


def _must_come_first(request: HttpRequest, name: str, actor: Actor) -> str:
    user: User = request.user  # type: ignore[assignment]
    door: Session = request.door  # type: ignore[attr-defined]
    if user.first_password_until and name not in WITH_FIRST_PASSWORD:
        return "organisations:password"
    if user.first_password_until:
        return ""
    if not door.strong and needs_second_factor() and name not in WITHOUT_SECOND_FACTOR:
        return "organisations:second-factor-needed"
    if actor.purpose or name.startswith("organisations:") or name in WITHOUT_TASK:
        return ""
    return "organisations:task"

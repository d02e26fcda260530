"""Turns the signed-in user and the chosen task into the Actor of this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import User

# Reachable before a purpose is chosen.
WITHOUT_TASK = frozenset(
    {
        "organisations:sign-in",
        "organisations:sign-out",
        "organisations:task",
        "foundation:language",
        "foundation:livez",
        "foundation:readyz",
    }
)


class ActorRequest(HttpRequest):
    """A request of somebody who is signed in and has chosen a task."""

    actor: Actor
    user: User


class WhoActs:
    """Sets ``request.actor`` afresh at each request, so that what was withdrawn is felt at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        if isinstance(user, User):
            request.actor = _actor(request, user)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_more: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None  # open to everyone, or, as the API, signing in by itself
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        if actor is None or actor.purpose or (match and match.view_name in WITHOUT_TASK):
            return None
        return HttpResponseRedirect(f"{reverse('organisations:task')}?next={resolve_url(request.path)}")


def _actor(request: HttpRequest, user: User) -> Actor:
    moment, simulated = now(), is_demonstration()
    session = request.session.get("reference", "")
    purpose, case = request.session.get("purpose", ""), request.session.get("case", "")
    try:
        return actor_for(user, purpose=purpose, case=case, now=moment, simulated=simulated, session=session)
    except Refused:
        # The mandate or the purpose ended meanwhile: the person is somebody who may read nothing.
        return Actor(
            user=user.reference,
            organisation=user.organisation.reference,
            authority=user.organisation.authority,
            roles=frozenset(),
            purpose="",
            now=moment,
            simulated=simulated,
            session=session,
            organisation_id=user.organisation_id,
            user_id=user.pk,
        )

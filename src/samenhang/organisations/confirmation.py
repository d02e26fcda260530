"""Asking again who somebody is, just before what matters most (OWASP ASVS 5.0, 7.5.1 and 7.5.3)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.rules.signing_in import FINISHING, FRESH

View = Callable[..., HttpResponse]


def recently_confirmed(view: View) -> View:
    """For a view that changes an account: the person proved who they are a short while ago."""

    @wraps(view)
    def asked(request: ActorRequest, *args: Any, **options: Any) -> HttpResponse:
        return ask_again(request) or view(request, *args, **options)

    return asked


def ask_again(request: ActorRequest) -> HttpResponse | None:
    """To the page that asks for a proof, when the last one is not fresh. Signing in counts.

    For a view in which one deed of several needs it. Who opened the page in time may finish typing.
    """
    reading = request.method in {"GET", "HEAD"}
    if request.door.confirmed_within(FRESH if reading else FRESH + FINISHING, request.actor.now):
        return None
    # After a POST, back to the page that it was sent from.
    stood = urlsplit(request.headers.get("Referer", "")).path or reverse("organisations:account")
    query = urlencode({"next": request.get_full_path() if reading else stood})
    return HttpResponseRedirect(f"{reverse('organisations:confirm')}?{query}")

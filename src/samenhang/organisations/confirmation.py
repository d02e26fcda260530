"""Asking again who somebody is, just before what matters most (OWASP ASVS 5.0, 7.5.1 and 7.5.3)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.rules.signing_in import FINISHING, FRESH

View = Callable[..., HttpResponse]


def recently_confirmed(view: View) -> View:
    """For a view that decides or changes an account: the person proved who they are a short while ago.

    Signing in counts. Who opened the page in time may finish typing.
    """

    @wraps(view)
    def asked(request: ActorRequest, *args: Any, **options: Any) -> HttpResponse:
        span = FRESH if request.method in {"GET", "HEAD"} else FRESH + FINISHING
        if request.door.confirmed_within(span, request.actor.now):
            return view(request, *args, **options)
        query = urlencode({"next": request.get_full_path() if request.method == "GET" else "/account/"})
        return HttpResponseRedirect(f"{reverse('organisations:confirm')}?{query}")

    return asked

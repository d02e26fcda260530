"""Small guards that know nothing of the domain."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.errors import Refused
from samenhang.foundation.unsent import not_taken, typed_in
from samenhang.foundation.views import forbidden, not_found

Handler = Callable[[HttpRequest], HttpResponse]


class NeverStored:
    """No answer may stay in a cache, a history or a proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class DemonstrationStaysHome:
    """A demonstration, with accounts everybody knows, answers this machine only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _from_this_machine(request) and is_demonstration():
            return HttpResponse(
                _("This is a demonstration. It answers only on the machine it runs on."),
                status=403,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class SignedIn(LoginRequiredMiddleware):
    """Whoever is not signed in goes to the door; with sentences at hand they first get those back."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        to_the_door = super().process_view(request, view_func, view_args, view_kwargs)
        if to_the_door is not None and typed_in(request) and "HX-Request" not in request.headers:
            return not_taken(request, "401.html", 401)
        return to_the_door


class RefusalsSpeak:
    """A refusal that no form could show becomes a page with its own words; a 404 stays the one 404."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if exception.status == 404:
            return not_found(request)
        page = forbidden(request, exception)
        page.status_code = exception.status
        return page


def _from_this_machine(request: HttpRequest) -> bool:
    # A proxy would make the whole world look local.
    if any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip")):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

"""No entry, no answer."""

from collections.abc import Callable
from dataclasses import replace

from django.db import Error as DatabaseError
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from samenhang.foundation.once import remembering
from samenhang.journal.actions import record_reading
from samenhang.journal.actor import Actor
from samenhang.journal.reading import reading

# Asked every few seconds by machines that must learn that this process lives,
# also when the journal does not. It shows nothing.
EXEMPT = frozenset({"/livez"})

NOBODY = Actor(user="", organisation="", authority="", roles=frozenset(), purpose="", now=timezone.now())


class StreamingRefused(RuntimeError):
    """A streamed answer would leave before its entry: build it whole first."""


class Journal:
    """Renders the whole answer, commits one access entry, then sends it.

    Whatever goes wrong in the database on the way, the answer is 503 and shows
    nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in EXEMPT:
            return self.get_response(request)
        try:
            with reading() as seen, remembering():
                response = self.get_response(request)
            if response.streaming:
                raise StreamingRefused(request.resolver_match and request.resolver_match.view_name)
            self._write(request, response, seen)
        except DatabaseError:
            _let_go_of_broken_connections()
            return unavailable()
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view that met an unwilling database: its transaction is undone, and we say so."""
        return unavailable() if isinstance(exception, DatabaseError) else None

    def _write(self, request: HttpRequest, response: HttpResponseBase, seen: set[str]) -> None:
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        record_reading(
            seen,
            by=actor or _somebody_unknown(),
            event=f"page.{request.method}.{match.view_name if match else 'unknown'}"[:60],
            outcome=str(response.status_code),
        )


def unavailable() -> HttpResponse:
    """The page that says: nothing is lost, try again in a minute."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response


def _somebody_unknown() -> Actor:
    return replace(NOBODY, now=timezone.now())


def _let_go_of_broken_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()

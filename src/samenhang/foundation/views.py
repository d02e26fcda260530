"""Health, and the pages for what went wrong."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from samenhang.foundation.errors import Refused
from samenhang.foundation.unsent import not_taken


@login_not_required
@require_GET
def livez(_request: HttpRequest) -> HttpResponse:
    """This process lives. Says nothing else, asks nobody."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """The database answers and, because the middleware journals this request, the journal writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is missing and what is forbidden; nothing of the request is in it."""
    return HttpResponse(render_to_string("404.html"), status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("403.html", {"reason": _words(exception)}), status=403)


def made_before(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was made before another task was chosen, or before somebody signed in: it counts no more."""
    return not_taken(request, "403_csrf.html", 403)


def failed(request: HttpRequest) -> HttpResponse:
    """A bug, or a database that does not answer; the second asks to try again."""
    if isinstance(sys.exc_info()[1], DatabaseError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "60"
        return response
    return HttpResponse(render_to_string("500.html"), status=500)


def _words(exception: Exception | None) -> str:
    return str(exception) if isinstance(exception, Refused) else ""

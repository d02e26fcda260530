"""The door for machines: one API object, one place where refusals become problems (RFC 9457).

Follows the Dutch API Design Rules: ``/api/v1``, plural nouns, the API-Version
header on every answer, and the description at ``/api/v1/openapi.json``. Who asks
says so at each request, by name and access key (HTTP Basic) and by the purpose in
the header Purpose. In a demonstration the password will do; its throttle is that of the sign-in page.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBasicAuth

from samenhang.access.rules import NotThere
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations import actions
from samenhang.organisations.acting import actor_for
from samenhang.organisations.actions.access_keys import MARK
from samenhang.organisations.middleware import needs_second_factor, visitor
from samenhang.organisations.rules import PasswordNotEnough
from samenhang.travel.api import router as messages

VERSION = "1.0.0"
PURPOSE = {
    "name": "Purpose",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "What the request is for: a code of the purposes of your mandate, such as investigation.",
}
PROBLEM = {
    "description": "Refused (RFC 9457). type: a code that does not change; detail: what to do, in words.",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "errors": {"type": "array", "items": {"type": "object"}},
                },
            }
        }
    },
}


class PurposeMissing(Refused):
    code = "purpose-missing"
    status = 400


class NameAndPassword(HttpBasicAuth):
    """Signs in for one request and sets ``request.actor``, as the middleware does for pages."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Actor:
        by, purpose = visitor(), request.headers.get("Purpose", "").strip()
        if password.startswith(MARK):
            user, how = actions.check_access_key(username, password, purpose, by=by), "key"
        else:
            user, how = actions.check_password(request, username, password, by=by), "pwd"
            if needs_second_factor():
                raise PasswordNotEnough(_("A password alone opens nothing here. Use an access key."))
        if not purpose:
            raise PurposeMissing(_("Say in the header Purpose what you are working for."))
        actor = actor_for(user, purpose=purpose, now=by.now, simulated=by.simulated)
        actor = replace(actor, authentication=how)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class Api(NinjaAPI):
    """Adds to every answer and to the description what holds for all of them."""

    def create_response(self, *args: Any, **options: Any) -> HttpResponse:
        return _versioned(super().create_response(*args, **options))

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["parameters"] = [*operation.get("parameters", []), PURPOSE]
                answers = {str(status): answer for status, answer in operation["responses"].items()}
                operation["responses"] = {**answers, "default": PROBLEM}
        return schema

    def patterns(self) -> list[URLPattern]:
        """The addresses, for ``config.urls``. They sign in by themselves, without a session."""
        found = [pattern for pattern in self.urls[0] if isinstance(pattern, URLPattern)]
        for pattern in found:
            login_not_required(pattern.callback)
        return found


def _versioned(response: HttpResponse) -> HttpResponse:
    response["API-Version"] = VERSION
    return response


def _described(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description of the API carries its version as well."""

    def versioned(request: HttpRequest, **options: Any) -> HttpResponse:
        return _versioned(view(request, **options))

    return versioned


def problem(status: int, code: str, detail: str = "", **more: Any) -> HttpResponse:
    """The one form of a refusal."""
    content = {"type": code, "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = HttpResponse(
        json.dumps(content, ensure_ascii=False), status=status, content_type="application/problem+json"
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Basic realm="Samenhang", charset="UTF-8"'
    return _versioned(response)


def _refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    return problem(refusal.status, refusal.code, str(refusal))


def _not_there(request: HttpRequest, _missing: Any) -> HttpResponse:
    return _refused(request, NotThere())


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    # Where and what kind, never the value that was sent.
    faults = [{"where": list(fault["loc"]), "what": fault["msg"]} for fault in error.errors]
    return problem(422, "invalid", _("The request is not as the description of the API says."), errors=faults)


def _http(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, HTTPStatus(error.status_code).phrase.lower().replace(" ", "-"))


def _too_big(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(413, "too-large")


api = Api(
    title="Samenhang",
    version=VERSION,
    description="Passenger messages in, and what became of them.",
    auth=NameAndPassword(),
    docs_url=None,
    docs_decorator=_described,
    urls_namespace="api",
)
api.add_exception_handler(Refused, _refused)
api.add_exception_handler(Http404, _not_there)
api.add_exception_handler(ValidationError, _invalid)
api.add_exception_handler(HttpError, _http)
api.add_exception_handler(RequestDataTooBig, _too_big)
api.add_router("/messages", messages)


def document() -> str:
    """The description of the API as docs/api/openapi.json keeps it."""
    plain = partial(json.dumps, indent=2, ensure_ascii=False, sort_keys=True, default=str)
    return plain(api.get_openapi_schema()) + "\n"

"""One cell, asked of the product: the address, who asks, what is posted, and what came back."""

import base64
import re
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.test import Client

from samenhang.access import actions as access
from samenhang.access.models import Block
from samenhang.foundation.once import forget
from tests.access_matrix.oracle import (
    DOOR,
    LISTED,
    NO,
    NOBODY,
    NOT_THERE,
    SERVICE,
    UNLISTED,
    YES,
    purpose_of,
)
from tests.access_matrix.stage import Stage
from tests.access_matrix.table import Row
from tests.cast import PASSWORD

API = "/api/"
UNKNOWN = "X-0000-0000-0000"
WORDS = {
    HTTPStatus.OK: YES,
    HTTPStatus.CREATED: YES,
    HTTPStatus.FOUND: YES,
    HTTPStatus.UNAUTHORIZED: DOOR,
    HTTPStatus.FORBIDDEN: NO,
    HTTPStatus.NOT_FOUND: NOT_THERE,
    HTTPStatus.CONFLICT: NO,
    HTTPStatus.UNPROCESSABLE_ENTITY: NO,
}


def met(stage: Stage, role: str, row: Row) -> str:
    """What this role meets there, in the words of the matrix."""
    found = answer(stage, role, row)
    if found.status_code == HTTPStatus.FOUND and found.headers["Location"].startswith("/sign-in/?next="):
        return DOOR
    word = WORDS.get(HTTPStatus(found.status_code), str(found.status_code))
    if word != YES or not row.route.lists or row.thing is None:
        return word
    return LISTED if stage.made[row.thing.name].reference in found.text else UNLISTED


def answer(stage: Stage, role: str, row: Row, *, missing: bool = False) -> Any:
    """Ask, and undo whatever it did. missing: ask for a thing that does not exist.

    A page that is only read changes nothing but the journal, which the end of the test undoes.
    """
    known = row.thing and not missing
    reference = stage.made[row.route.on].reference if known else UNKNOWN
    if row.method == "GET" and row.relation != "blocked":
        return _ask(stage, role, row, reference)
    with transaction.atomic():
        if row.relation == "blocked" and row.thing:
            scope, body = stage.made[row.thing.name].scope, stage.bodies[row.body]
            access.block(scope, Block.Kind.CONFLICT, organisation=body, by=stage.actor(stage.world.police))
        found = _ask(stage, role, row, reference)
        transaction.set_rollback(True)
    forget()
    return found


def _ask(stage: Stage, role: str, row: Row, reference: str) -> Any:
    route = row.route
    filled = {name: _filled(value, stage) for name, value in route.fills.items()}
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: filled.get(name[1], reference), route.path)
    if route.query:
        name, _, value = route.query.partition("=")
        if value.startswith("$"):
            value = reference if reference == UNKNOWN else stage.values[value[1:]]
        address += f"?{name}={value}"
    browser = stage.browser
    headers = _come_in(browser, stage, role, row)
    if row.method == "GET":
        return browser.get(address, headers=headers)
    content = _posted(route.content, stage)
    if isinstance(content, bytes):
        return browser.post(address, content, content_type="application/octet-stream", headers=headers)
    return browser.post(address, content, headers=headers)


def _filled(value: str, stage: Stage) -> str:
    return str(stage.values[value[1:]]) if value.startswith("$") else value


def _come_in(browser: Client, stage: Stage, role: str, row: Row) -> dict[str, str]:
    """Be this person or machine: the headers of the request. A service tries its password at the door."""
    browser.cookies.clear()
    if role == NOBODY:
        return {}
    user, purpose = stage.users[role, row.body], purpose_of(role, row) if role != SERVICE else "investigation"
    if row.route.path.startswith(API):
        token = base64.b64encode(f"{user.username}:{PASSWORD}".encode()).decode()
        return {"Authorization": f"Basic {token}", "Purpose": purpose}
    if role == SERVICE:
        browser.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    else:
        browser.cookies["sessionid"] = stage.sessions[role, row.body, purpose]
    return {}


def _posted(content: Any, stage: Stage) -> Any:
    """What is posted, with the values that stand for a "$name"."""
    if isinstance(content, dict):
        return {name: _posted(value, stage) for name, value in content.items()}
    if isinstance(content, str) and content.startswith("$"):
        value = stage.values[content[1:]]
        return value() if callable(value) else value
    return content

"""Every cell of the matrix, asked of the product through its real addresses."""

from collections.abc import Iterator
from copy import copy
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import middleware as authentication
from django.db import transaction
from django.test.utils import override_settings

from samenhang.foundation.once import remembering
from samenhang.organisations import middleware
from tests.access_matrix import oracle
from tests.access_matrix.asking import answer, met
from tests.access_matrix.oracle import COLUMNS, NOT_ASKED, NOT_THERE
from tests.access_matrix.stage import Stage, build
from tests.access_matrix.table import METHODS, Route, Row, routes, rows
from tests.cast import populate
from tests.conftest import MOMENT

pytestmark = pytest.mark.django_db
# Asked first for the comparison of bytes: who reads most, so that one thing alone keeps them out.
LIKELY = ("police-analyst", "travel-analyst", "mayor", *COLUMNS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Keys and files that outlive one test, as the world below does."""
    folder = tmp_path_factory.mktemp("matrix")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samenhang.foundation.clock.timezone", SimpleNamespace(now=lambda: MOMENT))
        patch.setattr("samenhang.criteria.rules.trial.EACH", 5)  # a trial in earnest takes seconds
        yield {"KEY_STORE": folder / "keys", "FILES": folder / "files"}


@pytest.fixture(scope="module")
def shared(home: dict[str, Any], django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """One world for all routes, in a transaction that is never committed."""
    with django_db_blocker.unblock(), override_settings(**home), transaction.atomic():
        yield build(populate(MOMENT), MOMENT)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def acquainted() -> Iterator[None]:
    """Who asks is found out once for each session, not in twenty thousand cells: five statements of eight.

    That it is found out anew at each request is held by ``integration/test_sessions_end.py``.
    """
    find, let_in = authentication.get_user, middleware._let_in
    known: dict[str, tuple[Any, Any, Any]] = {}

    def found(request: Any) -> Any:
        if (session := request.COOKIES.get("sessionid")) not in known:
            return find(request)
        request.session.accessed = True  # as it was: the answer depends on the cookie
        return copy(known[session][0])

    def let(request: Any, user: Any) -> None:
        if (session := request.COOKIES.get("sessionid")) not in known:
            let_in(request, user)
            known[session] = copy(user), request.actor, request.door
        request.actor, request.door = known[session][1], copy(known[session][2])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authentication, "get_user", found)
        patch.setattr(middleware, "_let_in", let)
        yield


@pytest.fixture
def stage(
    shared: Stage, acquainted: None, home: dict[str, Any], _own_keys: None, settings: Any
) -> Iterator[Stage]:
    settings.KEY_STORE, settings.FILES = home["KEY_STORE"], home["FILES"]
    with remembering():  # what no cell changes of the law and the installation
        yield shared


@pytest.fixture
def plain_menu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu of every page counts what waits; one page with the counts is enough, and a third quicker."""
    if request.getfixturevalue("route").path != "/":
        monkeypatch.setattr("samenhang.desk.context.counted", lambda _kinds, _actor: {})


@pytest.mark.usefixtures("plain_menu")
@pytest.mark.parametrize("route", routes(), ids=str)
def test_who_may_and_who_may_not(route: Route, stage: Stage) -> None:
    wrong = []
    for row in rows(route):
        for role in COLUMNS:
            expected = oracle.cell(role, row)
            if expected != NOT_ASKED and (found := met(stage, role, row)) != expected:
                wrong.append(f"{role}, {row.method}, {row.relation} ({row.body}): {found}, not {expected}")

    assert not wrong, f"{route}\n" + "\n".join(wrong)


@pytest.mark.parametrize("route", [route for route in routes() if "reference" in route.path], ids=str)
def test_what_is_not_for_them_is_byte_for_byte_what_does_not_exist(route: Route, stage: Stage) -> None:
    compared = 0
    for row in rows(route):
        outsider = next((role for role in LIKELY if oracle.cell(role, row) == NOT_THERE), None)
        if outsider is None:
            continue
        there, missing = (answer(stage, outsider, row, missing=missing) for missing in (False, True))
        assert (there.status_code, there.headers) == (missing.status_code, missing.headers), (outsider, row)
        assert there.content == missing.content, (outsider, row)
        compared += 1

    assert compared > 0


@pytest.mark.parametrize("path", sorted({route.path for route in routes()}))
def test_a_method_that_is_not_in_the_matrix_is_refused(path: str, stage: Stage) -> None:
    same = [route for route in routes() if route.path == path]
    for method in set(METHODS) - {method for route in same for method in route.may}:
        found = answer(stage, "police-analyst", Row(same[0], method, "-", "POL", None))

        assert found.status_code == HTTPStatus.METHOD_NOT_ALLOWED, f"{method} {path}: {found.status_code}"

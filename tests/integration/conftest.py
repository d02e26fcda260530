"""What the tests of actions and pages share."""

import pytest


@pytest.fixture(autouse=True)
def plain_menu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu of every page counts what waits, which is half of its computing; here it does not.

    It does where a test asks for ``counting_menu``, on *my work*, and in every walk through a browser.
    """
    if "counting_menu" not in request.fixturenames:
        monkeypatch.setattr("samenhang.desk.context.counted", lambda _kinds, _actor: {})


@pytest.fixture
def counting_menu() -> None:
    """The menu counts, as it does for users."""

"""What every test of the product may use."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cast import actor_of, client_of, clock, world

__all__ = ["actor_of", "client_of", "clock", "world"]  # fixtures for every test

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def moment() -> datetime:
    """The moment at which the tests play: Monday 23 November 2026, 09:00."""
    return MOMENT


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    """Every test has a key store of its own."""
    settings.KEY_STORE = tmp_path / "keys"
    settings.FILES = tmp_path / "files"

"""Which tests ask a database, and what holds the others to it: they see none, not even which one it would be.

What asks none says the same on every database, so that `make test-postgres` need not run it a second time.
"""

from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.db import connection

HERE = Path(__file__).parent
# Folders of what knows no database. In the others everything runs on both, whatever it asks.
WITHOUT = ("unit", "property", "architecture")
ASKED = {"db", "transactional_db", "django_db_setup", "live_server"}


class Unasked(AssertionError):
    """A test reached for a database that it never asked for: mark it with ``pytest.mark.django_db``."""


def asks_a_database(item: Any) -> bool:
    return item.get_closest_marker("django_db") is not None or not ASKED.isdisjoint(item.fixturenames)


def knows_none(item: Any) -> bool:
    """Lives where no database is known, and asks none."""
    return item.path.relative_to(HERE).parts[0] in WITHOUT and not asks_a_database(item)


def refuse(_connections: Any, alias: str) -> NoReturn:
    """In the place of what gives a connection, its settings and the kind of its database."""
    raise Unasked(f"this test asked for no database, and reached for {alias!r}")


def left_out_here(items: list[pytest.Item]) -> list[pytest.Item]:
    """On another database than SQLite: what cannot differ there."""
    return [] if connection.vendor == "sqlite" else [item for item in items if knows_none(item)]

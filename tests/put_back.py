"""The world of the tests, made once by the actions that users call and put back as rows for each test.

Making it takes some three hundred statements; putting it back takes one for each table.
"""

import pickle
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from samenhang.access.sentinel import suspended

World = TypeVar("World")
FILLED_BY_A_TRIGGER = "journal_waiting"
# By moment: the statements and what they insert, the tables that must be empty, and the people.
_made: dict[datetime, tuple[dict[str, list[Any]], list[str], bytes]] = {}


def world(moment: datetime, make: Callable[[datetime], World]) -> World:
    """As ``make(moment)``. Where somebody works already it is made in earnest."""
    with suspended("a test puts back rows"):
        if moment in _made:
            inserts, tables, people = _made[moment]
            if any(_count(table) for table in tables):
                return make(moment)
            with connection.cursor() as cursor:
                for insert, values in inserts.items():
                    cursor.execute(insert, values)
            found: World = pickle.loads(people)
            return found
        before = {table: _count(table) for table in _tables()}
    made = make(moment)
    with suspended("a test keeps rows"):
        grown = [table for table, count in before.items() if _count(table) > count]
        if not any(before[table] for table in grown):
            inserts = dict(_insert(table) for table in grown if table != FILLED_BY_A_TRIGGER)
            _made[moment] = inserts, grown, pickle.dumps(made)
    return made


@cache
def _tables() -> list[str]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [model._meta.db_table for model in models if not model._meta.proxy]


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _insert(table: str) -> tuple[str, list[Any]]:
    """One statement that inserts every row of this table, and the values of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
        rows = cursor.fetchall()
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * len(rows))}"
    return insert, [value for row in rows for value in row]

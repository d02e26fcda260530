"""The world of the tests, made once by the actions that users call and put back as rows for each test.

Making it takes some three hundred statements; putting it back takes one for each table. What many tests
then begin with, such as a case that was taken up, is put back on top of it in the same way.
"""

import pickle
import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from samenhang.access.sentinel import suspended
from samenhang.foundation import durable, key_file

World = TypeVar("World")
Thing = TypeVar("Thing")
FILLED_BY_A_TRIGGER = "journal_waiting"
# Who looks at a page first changes nothing of what is made after.
SIGNED_IN = ("django_session", "organisations_session")
# By moment: the statements and what they insert, the tables that must be empty, and the people.
_made: dict[datetime, tuple[dict[str, list[Any]], list[str], bytes]] = {}
# By moment: what is found when the world that is put back is there and nothing else.
_world_alone: dict[datetime, list[Any]] = {}


class Kept(NamedTuple):
    """What was made on top of the world: statements with what they insert, the key store, and the thing."""

    inserts: dict[str, list[Any]]
    keys: dict[str, bytes]
    thing: bytes


_on_top: dict[Hashable, Kept] = {}


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
            inserts = dict(_insert(table, _rows(table)) for table in grown if table != FILLED_BY_A_TRIGGER)
            _made[moment] = inserts, grown, pickle.dumps(made)
            _world_alone[moment] = _found()
    return made


def on_top(name: Hashable, moment: datetime, make: Callable[[], Thing]) -> Thing:
    """As ``make()``, which of this name makes the same whenever the world of this moment is alone there.

    Where a test has done anything before, and wherever something else than new rows and keys is made, it is
    made in earnest.
    """
    with suspended("a test looks what is there"):
        if _world_alone.get(moment) != _found():
            return make()
        kept = _on_top.get((name, moment))
        if kept and not Path(settings.KEY_STORE).exists():
            return _again(kept)
        before = {table: _rows(table) for table in _tables()}
    made = make()
    with suspended("a test keeps rows"):
        new = {table: _added(rows, _rows(table)) for table, rows in before.items()}
        if all(rows is not None for rows in new.values()) and not any(_files(settings.FILES)):
            inserts = dict(
                _insert(table, rows) for table, rows in new.items() if rows and table != FILLED_BY_A_TRIGGER
            )
            _on_top[name, moment] = Kept(inserts, _keys(), pickle.dumps(made))
    return made


def _again(kept: Kept) -> Any:
    folder = Path(settings.KEY_STORE)
    durable.make_folder(folder)
    for name, content in kept.keys.items():
        durable.create(folder / name, content)
    # One transaction: at its end everything that refers to one another is there.
    with transaction.atomic(), connection.cursor() as cursor:
        for insert, values in kept.inserts.items():
            cursor.execute(insert, values)
    return pickle.loads(kept.thing)


def _keys() -> dict[str, bytes]:
    """The files of the key store; its database as one file, whatever is still in the one beside it."""
    folder = Path(settings.KEY_STORE)
    beside = {f"{key_file.NAME}-wal", f"{key_file.NAME}-shm"}
    files = {path.name: path.read_bytes() for path in _files(folder) if path.name not in beside}
    if key_file.NAME in files:
        with TemporaryDirectory() as other, closing(sqlite3.connect(folder / key_file.NAME)) as store:
            copy = Path(other) / key_file.NAME
            store.execute("VACUUM INTO ?", [str(copy)])
            files[key_file.NAME] = copy.read_bytes()
    return files


def _files(folder: Any) -> list[Path]:
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def _added(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> list[tuple[Any, ...]] | None:
    """The new rows, or nothing where a row that was there was changed or has gone."""
    known = {pickle.dumps(row) for row in before}
    new = [row for row in after if pickle.dumps(row) not in known]
    return new if len(new) == len(after) - len(before) else None


def _found() -> list[Any]:
    """How many rows each table has, and who works there: in another world of this moment they are others."""
    tables = [table for table in _tables() if table not in SIGNED_IN]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        found = list(cursor.fetchone())
        cursor.execute("SELECT id, reference FROM organisations_user ORDER BY id")
        return found + cursor.fetchall()


@cache
def _tables() -> list[str]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return [model._meta.db_table for model in models if not model._meta.proxy]


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return list(cursor.fetchall())


def _insert(table: str, rows: list[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """One statement that inserts these rows of this table, and the values of it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([one] * len(rows))}"
    return insert, [value for row in rows for value in row]

"""The last guard: SQL on a protected table that did not pass the policy does not run.

``visible_to`` and ``unscoped`` leave a mark in the SQL itself, so the mark
travels with the query through chains, counts and subqueries. Each protected
table that a statement reads, changes in bulk or deletes from needs its own
mark. Free of it are inserts, and an update of one row by its key: whoever holds
the row has loaded it through a door.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Func

_TABLE = re.compile(r'"([A-Za-z0-9_]+)"')
_MARK = re.compile(r"/\*scoped:([A-Za-z0-9_]+)\*/")
_READS_OR_CHANGES = re.compile(r"\s*(?:\(\s*)*(?:SELECT|UPDATE|DELETE|INSERT|WITH|EXPLAIN)\b", re.IGNORECASE)
_INSERT_VALUES = re.compile(
    r'\s*INSERT\s+(?:OR\s+\w+\s+)?INTO\s+"[A-Za-z0-9_]+"(?!.*\bSELECT\b)', re.I | re.S
)
# What Django makes of bulk_create on PostgreSQL: the values come as arrays, from no table.
_INSERT_ARRAYS = re.compile(
    r'\s*INSERT INTO "[A-Za-z0-9_]+" \([^()]*\) SELECT \* FROM UNNEST\((?!.*\b(?:SELECT|FROM|JOIN)\b)', re.S
)
_UPDATE_BY_KEY = re.compile(
    r'\s*UPDATE "([A-Za-z0-9_]+)" SET (?!.*\bSELECT\b).* WHERE "\1"\."id" = %s\s*$', re.S
)
# SQLite changes a table by copying it: Django's own migration statement.
_REMADE = re.compile(r'\s*INSERT INTO "new__([A-Za-z0-9_]+)" .* FROM "\1"\s*$', re.S)

_suspended: ContextVar[str] = ContextVar("suspended", default="")


class Unscoped(RuntimeError):
    """A query reached a protected table without passing the access policy. A bug, never a refusal."""


class Mark(Func):
    """A condition that is always true and leaves its mark in the SQL."""

    template = "/*scoped:%(table)s*/ 1 = 1"
    output_field = BooleanField()

    def __init__(self, table: str) -> None:
        super().__init__(table=table)


def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A ``connection.execute_wrapper``: refuses unmarked statements. Raises Unscoped."""
    if not _suspended.get():
        missing = _unmarked(sql)
        if missing:
            raise Unscoped(f"This SQL reaches {', '.join(missing)} without the access policy: {sql[:200]}")
    return execute(sql, params, many, context)


@contextmanager
def suspended(why: str) -> Iterator[None]:
    """Let the guard sleep, for migrations and the emptying of test databases alone."""
    token = _suspended.set(why)
    try:
        yield
    finally:
        _suspended.reset(token)


@lru_cache(maxsize=4096)
def _unmarked(sql: str) -> tuple[str, ...]:
    if not _READS_OR_CHANGES.match(sql):
        return ()
    touched = set(_TABLE.findall(sql)) & protected_tables()
    free = (_INSERT_VALUES, _INSERT_ARRAYS, _UPDATE_BY_KEY, _REMADE)
    if not touched or any(form.match(sql) for form in free):
        return ()
    return tuple(sorted(touched - set(_MARK.findall(sql))))


@lru_cache(maxsize=1)
def protected_tables() -> frozenset[str]:
    """The tables of all concrete protected models."""
    from samenhang.access.models import Protected

    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Protected))

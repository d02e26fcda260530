"""The last guard: SQL on a protected table that did not pass the policy does not run.

``visible_to`` and ``unscoped`` leave a mark in the SQL itself, so the mark
travels with the query through chains, counts and subqueries. Each place where a
statement reads, changes in bulk or deletes from a protected table needs its own
mark. Free of it are inserts, and an update of one row by its key: whoever holds
the row has loaded it through a door.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, F, Func

from samenhang.access.statements import unmarked

_suspended: ContextVar[str] = ContextVar("suspended", default="")


class Unscoped(RuntimeError):
    """A query reached a protected table without passing the access policy. A bug, never a refusal."""


class Mark(Func):
    """A condition that is always true and leaves its mark in the SQL, with the alias it vouches for."""

    output_field = BooleanField()

    def __init__(self, table: str) -> None:
        # The key brings the alias along, whatever Django renames it to in joins and subqueries.
        super().__init__(F("pk"), table=table)

    def as_sql(self, *_compiler: Any, **_options: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        alias = getattr(self.source_expressions[0], "alias")  # noqa: B009 - a Col, once resolved
        return f"/*scoped:{self.extra['table']}:{alias}*/ 1 = 1", []


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
    # Nearly every statement ends here: it names no protected table at all.
    lowered = sql.lower()
    if not any(table in lowered for table in protected_tables()):
        return ()
    return tuple(sorted(unmarked(sql, protected_tables())))


@lru_cache(maxsize=1)
def protected_tables() -> frozenset[str]:
    """The tables of all concrete protected models."""
    from samenhang.access.models import Protected

    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Protected))

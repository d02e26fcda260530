"""Every table as lines of JSON: the same lines from SQLite and from PostgreSQL.

A line is one row, its columns in the order of the header, rows in the order of
their key. What a table held is told by the SHA-256 over its lines, before and
after, whatever database keeps it.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import singledispatch
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.models import F, Field, QuerySet
from django.db.models.functions import Collate
from django.utils.duration import duration_iso_string

# Whoever was signed in signs in again after a restore.
LEFT_OUT = frozenset({"django_session"})
AT_ONCE = 2000

AnyModel = type[models.Model]


def in_order(apps: Apps) -> list[AnyModel]:
    """Every model with a table of its own, each after those that it refers to."""
    left = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    ordered: list[AnyModel] = []
    while left:
        # Where tables refer to each other in a circle, any will do: keys are checked at the end.
        free = [table for table in sorted(left) if not _refers_to(left[table]) & (left.keys() - {table})]
        ordered += [left.pop(table) for table in free or sorted(left)[:1]]
    return ordered


def columns(model: AnyModel) -> list[str]:
    return [str(field.column) for field in _fields(model)]


def lines(model: AnyModel, names: list[str]) -> Iterator[bytes]:
    """The rows with these columns, read as they go. Run it in a transaction that sees one moment."""
    fields = _named(model, names)
    key: Any = F("pk")
    if connection.vendor == "postgresql" and isinstance(model._meta.pk, models.CharField):
        key = Collate("pk", "C")
    rows: Any = QuerySet(model).order_by(key).values_list(*(field.attname for field in fields))
    for row in rows.iterator(AT_ONCE):
        yield (json.dumps([_plain(value) for value in row], **COMPACT) + "\n").encode()


def load(model: AnyModel, names: list[str], rows: Iterable[bytes]) -> None:
    """Insert rows as they were, whatever else the model would do when it is saved."""
    fields = _named(model, names)
    quote = connection.ops.quote_name
    into = ", ".join(quote(name) for name in names)
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        batch: list[list[Any]] = []
        for line in rows:
            batch.append(
                [_stored(field, value) for field, value in zip(fields, json.loads(line), strict=True)]
            )
            if len(batch) == AT_ONCE:
                _insert(cursor, insert, batch)
                batch = []
        _insert(cursor, insert, batch)


def empty(model: AnyModel) -> None:
    """Take out what migrations or triggers put in; a table that holds nothing is left alone."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own name
        if cursor.fetchone():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own name


def told(rows: Iterable[bytes]) -> dict[str, Any]:
    """How many rows, and the SHA-256 over them."""
    count, digest = 0, hashlib.sha256()
    for line in rows:
        count += 1
        digest.update(line)
    return {"rows": count, "sha256": digest.hexdigest()}


COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}


def _insert(cursor: CursorWrapper, statement: str, batch: list[list[Any]]) -> None:
    if batch:
        cursor.executemany(statement, batch)


def _fields(model: AnyModel) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _named(model: AnyModel, names: list[str]) -> "list[Field[Any, Any]]":
    """A migration may have put the fields in another order than the model has them."""
    fields = {str(field.column): field for field in _fields(model)}
    return [fields[name] for name in names]


def _refers_to(model: AnyModel) -> set[str]:
    related = (field.related_model for field in _fields(model) if field.is_relation)
    return {other._meta.db_table for other in related if other and not isinstance(other, str)}


@singledispatch
def _plain(value: Any) -> Any:
    """As JSON has it; ``Field.to_python`` reads each of these forms. Raises TypeError for a new kind."""
    if value is None or isinstance(value, str | int | float | dict | list):
        return value
    raise TypeError(f"a backup has no form for {type(value).__name__}")


@_plain.register(bytes)
@_plain.register(memoryview)
def _binary(value: bytes | memoryview) -> str:
    return base64.b64encode(value).decode()


@_plain.register
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


@_plain.register(date)
@_plain.register(time)
def _day(value: date | time) -> str:
    return value.isoformat()


@_plain.register(Decimal)
@_plain.register(UUID)
def _text(value: Decimal | UUID) -> str:
    return str(value)


@_plain.register
def _duration(value: timedelta) -> str:
    return duration_iso_string(value)


def _stored(field: "Field[Any, Any]", value: Any) -> Any:
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return field.get_db_prep_value(None, connection)  # JSON's own null, which is a value
    return field.get_db_prep_save(field.to_python(value), connection)

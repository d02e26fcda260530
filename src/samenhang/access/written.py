"""A condition on records that is written as SQL once, for every kind of record and for everybody who asks.

Django writes a condition anew each time: a page that asks for twenty kinds spent more time on writing
than the database on answering.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, CharField, F, Field, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query


@dataclass(frozen=True)
class Blank:
    """Among the parameters, for what is told when somebody asks."""

    name: str


def blank(name: str) -> Any:
    """Stands in a question for what differs from one asker to another."""
    return Value(Blank(name))


def of_record(column: str, kind: "Field[Any, Any] | None" = None) -> RawSQL:
    """Stands in a question for a column of the record it is asked of."""
    return RawSQL(_place(column), (), output_field=kind or CharField())  # noqa: S611 - a name out of this code


class Written(Func):
    """SQL with ``of_record`` in the places of these columns; true or false of a record."""

    output_field = BooleanField()

    def __init__(self, sql: str, params: tuple[Any, ...], *columns: str) -> None:
        # As expressions the columns follow whatever Django renames the record's table to.
        super().__init__(*map(F, columns), written=(sql, params), columns=columns)

    def as_sql(self, compiler: Any, _connection: Any, **_options: Any) -> tuple[str, Any]:  # type: ignore[override]
        sql, params = self.extra["written"]
        for column, source in zip(self.extra["columns"], self.get_source_expressions(), strict=True):
            here, _none = compiler.compile(source)
            sql = sql.replace(_place(column), here)
        return sql, params

    def filled(self, told: Mapping[str, Any]) -> "Written":
        """The same, of somebody. told: what goes to the database for each blank. Raises KeyError."""
        sql, params = self.extra["written"]
        filled = tuple(told[param.name] if isinstance(param, Blank) else param for param in params)
        return Written(sql, filled, *self.extra["columns"])


def found(question: "QuerySet[Any]", *columns: str) -> Written:
    """Whether the question finds anything for a record. columns: those that it names by ``of_record``."""
    sql, params = question.query.exists().get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return Written(f"EXISTS({sql})", tuple(params), *columns)


def written(condition: Q, columns: "Mapping[str, Field[Any, Any]]") -> Written:
    """A condition that is not always false, written. columns: what it may name, by the field that each is."""
    query = Query(None)
    for column, kind in columns.items():
        query.add_annotation(of_record(column, kind), column, select=False)
    query.add_q(condition)
    sql, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.where)
    return Written(f"({sql})", tuple(params), *(column for column in columns if _place(column) in sql))


def _place(column: str) -> str:
    return f"/*of the record: {column}*/"

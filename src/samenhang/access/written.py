"""A question about grants or blocks that is written as SQL once, for every kind of record it is asked of.

``Exists`` has Django write its query anew for each kind: a page that asks for twenty kinds spent more
time on writing than the database on answering.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, CharField, F, Func, QuerySet
from django.db.models.expressions import RawSQL


def of_record(column: str) -> RawSQL:
    """Stands in a question for a column of the record it is asked of."""
    return RawSQL(_place(column), (), output_field=CharField())  # noqa: S611 - a name out of this code


class Found(Func):
    """Whether the question finds anything for a record. columns: those that it names by ``of_record``."""

    output_field = BooleanField()

    def __init__(self, question: "QuerySet[Any]", *columns: str) -> None:
        # Written here and not when the record's own query is: by then it is the same for all kinds.
        written = _written(question)
        # As expressions they follow whatever Django renames the record's table to.
        super().__init__(*map(F, columns), written=written, columns=columns)

    def as_sql(self, compiler: Any, _connection: Any, **_options: Any) -> tuple[str, Any]:  # type: ignore[override]
        sql, params = self.extra["written"]
        for column, source in zip(self.extra["columns"], self.get_source_expressions(), strict=True):
            here, _none = compiler.compile(source)
            sql = sql.replace(_place(column), here)
        return f"EXISTS({sql})", params


def _place(column: str) -> str:
    return f"/*of the record: {column}*/"


def _written(question: "QuerySet[Any]") -> tuple[str, tuple[Any, ...]]:
    sql, params = question.query.exists().get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(params)

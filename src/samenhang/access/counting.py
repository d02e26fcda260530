"""How many records each of many questions finds: one query, written once for all who ask alike.

Django writes a question anew each time it is asked. A menu asks some forty, and writing them took ten
times as long as answering them (``docs/decisions/0200``).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, DateTimeField, QuerySet, Value
from django.utils import timezone

from samenhang.access.models import ProtectedQuerySet
from samenhang.foundation.once import remembering
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.journal.reading import note

Questions = Sequence[QuerySet[Any]]
Ask = Callable[[Actor], Questions]

# What stands in a question for who asks it, by the field of the actor; nothing else looks like it.
MARKS: dict[str, Any] = {
    "user": "<user>",
    "user_id": 2_119_773_011,
    "organisation": "<organisation>",
    "organisation_id": 2_119_773_033,
    "session": "<session>",
    "case": "<case>",
    "mandate": "<mandate>",
}
MICROSECOND = 773_011


@dataclass(frozen=True)
class Sums:
    """A written query. labels: the kinds of protected record whose sums are noted for the journal."""

    sql: str
    params: tuple[Any, ...]
    labels: tuple[str, ...]
    questions: int

    def told(self, actor: Actor) -> list[Any]:
        """The parameters, of somebody."""
        told = {param: param.to(actor) for param in {one for one in self.params if isinstance(one, Told)}}
        return [told[param] if isinstance(param, Told) else param for param in self.params]

    def asked(self, params: Sequence[Any]) -> list[int]:
        note(f"sum:{label}" for label in self.labels)
        found: dict[int, int] = {}
        if self.sql:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, params)
                found = dict(cursor.fetchall())
        return [found.get(number, 0) for number in range(self.questions)]


@dataclass(frozen=True)
class Told:
    """A parameter that differs from one asker to another. after: how long after their moment it is."""

    param: Any
    after: timedelta | None = None

    def to(self, actor: Actor) -> Any:
        if self.after is not None:
            return DateTimeField().get_db_prep_value(actor.now + self.after, connection)
        for field, mark in MARKS.items():
            if self.param == mark:
                return getattr(actor, field)
        told = self.param
        for field, mark in MARKS.items():
            told = told.replace(str(mark), str(getattr(actor, field)))
        return told


def counts(questions: Questions) -> list[int]:
    """How many records each question finds, in one query; of protected ones noted for the journal as sums."""
    sums = written(questions)
    return sums.asked(sums.params)


def counts_for(actor: Actor, ask: Ask) -> list[int]:
    """The same of what this actor asks, written once for all of the same roles, task and day.

    ask: one object for the same questions. It knows the function of who asks; who they are, and the moment
    of the day, it can only hand on to the database, of which it asks nothing itself.
    """
    sums = kept(actor, ask)
    return sums.asked(sums.told(actor))


def kept(actor: Actor, ask: Ask) -> Sums:
    """The query of everybody who asks like this actor."""
    with remembering():
        return _kept(ask, whoever(actor), Approval.objects.enabled_on(actor.today))


def whoever(actor: Actor) -> Actor:
    """Somebody of the same function, task and day, with marks for the rest."""
    noon = timezone.localtime(actor.now).replace(hour=12, minute=0, second=0, microsecond=MICROSECOND)
    marks = {field: mark for field, mark in MARKS.items() if getattr(actor, field)}
    return replace(actor, now=noon.astimezone(UTC), **marks)


@lru_cache(maxsize=128)
def _kept(ask: Ask, asker: Actor, _enabled: frozenset[str]) -> Sums:
    """_enabled: the approvals of the day, which the text says: other approvals, another text."""
    with connection.execute_wrapper(_refuse):
        sums = written(ask(asker))
    return replace(sums, params=tuple(_told(param, asker) for param in sums.params))


def forget() -> None:
    """After a changed setting, which a text may say: tests change them while a process runs."""
    _kept.cache_clear()


def written(questions: Questions) -> Sums:
    """The questions as one query. Empty when the policy leaves nothing to ask."""
    labels = tuple(
        question.model._meta.label
        for question in questions
        if isinstance(question, ProtectedQuerySet) and not question._silent
    )
    sums = []
    for number, question in enumerate(questions):
        alone = question.order_by().values(nth_question=Value(number))
        found = alone.annotate(nth_found=Count("pk", distinct=True))
        sums.append(found.values_list("nth_question", "nth_found"))
    sql, params = "", ()
    if sums:
        together = sums[0].union(*sums[1:], all=True)
        with suppress(EmptyResultSet):
            sql, params = together.query.get_compiler(connection=connection).as_sql()
    return Sums(sql, tuple(params), labels, len(questions))


def _told(param: Any, asker: Actor) -> Any:
    """A parameter as it was written; when it depends on who asks, what to tell for it."""
    moment = _moment(param)
    if moment is not None:
        return Told(param, moment - asker.now)
    if isinstance(param, str):
        return Told(param) if any(str(mark) in param for mark in MARKS.values()) else param
    return Told(param) if param in MARKS.values() else param


def _moment(param: Any) -> datetime | None:
    """The moment that a parameter is, when it was made from the asker's."""
    if isinstance(param, str) and param.endswith(f".{MICROSECOND}"):  # as SQLite keeps moments
        param = datetime.fromisoformat(param).replace(tzinfo=UTC)
    return param if isinstance(param, datetime) and param.microsecond == MICROSECOND else None


def _refuse(*_execute: Any) -> Any:
    raise RuntimeError("What is kept for all who ask alike must not say what the database held when written.")

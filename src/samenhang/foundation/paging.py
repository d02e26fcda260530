"""A long list by pages, each as quick as the first: it goes on after a row, not after a number of rows."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list. before, after: the reference to go on from in the address, or nothing."""

    rows: list[Row]
    before: str = ""
    after: str = ""


def page_of(found: QuerySet[Row], request: HttpRequest, size: int) -> Page[Row]:
    """The rows that the address asks for (``?after=REFERENCE`` or ``?before=REFERENCE``), else the first.

    found: ordered by columns that are never null, the last of which is unique; its rows have a
    reference. A row that is gone meanwhile, or is not theirs to see, leads to the first page.
    """
    backwards = "before" in request.GET
    asked = request.GET.get("before" if backwards else "after", "")
    anchor = found.filter(reference=asked).first() if asked else None
    if anchor is None:
        rows = list(found[: size + 1])
        return Page(rows[:size], after=_reference(rows[size - 1]) if len(rows) > size else "")
    beyond = found.filter(_beyond(found, anchor, backwards=backwards))
    rows = list((beyond.reverse() if backwards else beyond)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if not rows:
        return Page([], before=asked) if not backwards else page_of(found, HttpRequest(), size)
    if backwards:
        rows.reverse()
    first, last = _reference(rows[0]), _reference(rows[-1])
    return Page(
        rows,
        before=first if more or not backwards else "",
        after=last if more or backwards else "",
    )


def _beyond(found: QuerySet[Row], anchor: Row, *, backwards: bool) -> Q:
    """What comes after the anchor in the order of the list, or before it."""
    same, beyond = Q(), Q()
    for place, column in enumerate(found.query.order_by):
        name = str(column).removeprefix("-")
        falls = str(column).startswith("-") != backwards
        value = getattr(anchor, name)
        further = Q(**{f"{name}__{'lt' if falls else 'gt'}": value})
        beyond |= same & further
        if place == 0:
            # Said apart, so that the database goes straight to the place in its index.
            start = Q(**{f"{name}__{'lte' if falls else 'gte'}": value})
        same &= Q(**{name: value})
    return start & beyond


def _reference(row: Model) -> str:
    return str(row.reference)  # type: ignore[attr-defined]

"""Which figures a report has, on which day: editions as checked data with validity."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.foundation import reference_data
from samenhang.foundation.errors import Refused
from samenhang.national_picture.rules.precision import Word
from samenhang.national_picture.rules.windows import Kind, Span

DATA = Path(__file__).parents[1] / "data"
Text = Mapping[str, str]


class NoEdition(Refused):
    """No set of figures holds on that day."""

    code = "no-edition"


class UnknownFigure(Refused):
    code = "unknown-figure"
    status = 404


class EditionFault(Exception):
    """The definitions are unsound, so no figure may be made from them. A bug, not a refusal."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: what is counted, in which unit, from which states, stated with which word."""

    key: str
    chapter: int
    origin: str
    window: Span
    precision: Word
    small: str
    unit: Text
    definition: Text
    source: Text
    question: str = ""
    kinds: tuple[str, ...] = ()
    value: int | str | None = None
    words: Text = field(default_factory=dict)
    delivered_by: str = ""
    spelled: bool = False
    entered_by: str = ""
    effort: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the letter; the part before the first has number 0."""

    number: int
    title: Text

    def heading(self, language: str) -> str:
        return f"{self.number}. {self.title[language]}" if self.number else self.title[language]


@dataclass(frozen=True, slots=True)
class Edition:
    """A report that may be made for a last day from ``valid_from`` up to and including ``valid_until``."""

    edition: str
    valid_from: date
    valid_until: date | None
    title: Text
    about: Text
    source: Text
    chapters: tuple[Chapter, ...]
    figures: tuple[Definition, ...]

    def find(self, key: str) -> Definition:
        """Raises UnknownFigure."""
        for definition in self.figures:
            if definition.key == key:
                return definition
        raise UnknownFigure(_("This report has no figure “%s”.") % key)


def edition_on(until: date) -> Edition:
    """The edition for a report with this last day. Raises NoEdition."""
    for edition in editions():
        if edition.valid_from <= until and (edition.valid_until is None or until <= edition.valid_until):
            return edition
    raise NoEdition(
        _("There is no report for %(day)s. The first is for %(first)s.")
        % {"day": date_format(until), "first": date_format(editions()[0].valid_from)}
    )


@cache
def editions() -> tuple[Edition, ...]:
    """All editions in order of time, checked. Raises EditionFault."""
    tables = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((DATA / "editions").iterdir())]
    return read(tables)


def of_effort() -> tuple[Definition, ...]:
    """How much is investigated: figures of the latest edition, for quarters of earlier years as well."""
    return tuple(definition for definition in editions()[-1].figures if definition.effort)


def read(tables: Iterable[Mapping[str, Any]]) -> tuple[Edition, ...]:
    """Editions from their tables. Raises EditionFault with every fault found."""
    rows = list(tables)
    faults = [fault for row in rows for fault in schema_faults(row)]
    # What lies between rows can only be asked of valid ones.
    if not faults:
        found = tuple(sorted((_edition(row) for row in rows), key=lambda edition: edition.valid_from))
        faults = list(cross_faults(found))
    if faults:
        raise EditionFault("\n".join(faults))
    return found


def schema_faults(table: Mapping[str, Any]) -> Iterator[str]:
    name = str(table.get("edition"))
    yield from reference_data.schema_faults("samenhang.national_picture", "edition", table, called=name)


def cross_faults(found: tuple[Edition, ...]) -> Iterator[str]:
    """Doubles, unknown chapters, one kind of measure in two figures, editions on the same day."""
    for edition in found:
        numbers = {chapter.number for chapter in edition.chapters}
        for key, times in Counter(definition.key for definition in edition.figures).items():
            if times > 1:
                yield f"{edition.edition}: {key} stands there {times} times"
        for definition in edition.figures:
            if definition.chapter not in numbers:
                yield f"{edition.edition}: {definition.key} is in no chapter"
            if definition.origin == "quoted" and definition.window.until is None:
                yield f"{edition.edition}: {definition.key} is quoted for no window of its own"
            if definition.delivered_by and not definition.delivered_by.isupper():
                yield f"{edition.edition}: {definition.key} is delivered by no authority"
            if definition.origin == "entered" and definition.window.kind == Kind.OWN:
                yield f"{edition.edition}: {definition.key} is entered by quarter and has days of its own"
    for before, after in pairwise(found):
        if before.valid_until is None or after.valid_from <= before.valid_until:
            yield f"{before.edition} and {after.edition} hold on the same day"


def _edition(row: Mapping[str, Any]) -> Edition:
    until = row["valid_until"]
    return Edition(
        edition=row["edition"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        title=row["title"],
        about=row["about"],
        source=row["source"],
        chapters=tuple(Chapter(chapter["number"], chapter["title"]) for chapter in row["chapters"]),
        figures=tuple(_definition(figure) for figure in row["figures"]),
    )


def _definition(row: Mapping[str, Any]) -> Definition:
    window = row["window"]
    days = {
        name: date.fromisoformat(window[key]) for name, key in (("since", "from"), ("until", "until"))
        if key in window
    }  # fmt: skip
    return Definition(
        **{
            **row,
            "window": Span(Kind(window["kind"]), **days),
            "precision": Word(row["precision"]),
            "kinds": tuple(row.get("kinds", ())),
        }
    )

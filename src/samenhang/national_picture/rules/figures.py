"""A figure in a report: what was counted, and what of it may leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from samenhang.national_picture.rules.delivering import Statement
from samenhang.national_picture.rules.differencing import Total, total
from samenhang.national_picture.rules.editions import Definition, Edition
from samenhang.national_picture.rules.precision import (
    SUPPRESSED,
    UNKNOWN,
    Stated,
    Word,
    is_small,
    printed,
    stated,
    words,
)
from samenhang.national_picture.rules.windows import Asked, Window

Counted = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who let a small total leave, and why: printed under the report."""

    reference: str
    name: str
    organisation: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A definition in one window.

    counted: exact, and for those who may see it; None for a figure that was not
    counted here. given: what was quoted or delivered. release: by which a named
    official let this very total leave. held_back: beside earlier reports a reader
    could subtract. doubted: how many of what is counted must be looked at again,
    because a statement under it fell; for those who may see counts.
    """

    definition: Definition
    window: Window
    counted: Counted | None = None
    given: Stated | None = None
    origin: str = "counted"
    source: Mapping[str, str] | None = None
    words: Mapping[str, str] | None = None
    release: Signature | None = None
    held_back: bool = False
    doubted: int = 0

    @property
    def published(self) -> Stated:
        """What may leave: suppressed when small and not released, else stated with the word of the figure."""
        if self.counted is None:
            return self.given or UNKNOWN
        said = stated(self.definition.precision, self.counted)
        if self.release or self.definition.small == "publish":
            return said
        return SUPPRESSED if self.held_back or is_small(self.counted) else said

    @property
    def releasable(self) -> bool:
        """Counted, and suppressed: a named official may let it leave."""
        return self.counted is not None and self.published == SUPPRESSED

    @property
    def total(self) -> Total | None:
        """The exact total that this report makes known, if it does."""
        said = self.published
        if not isinstance(self.counted, int) or said.word != Word.EXACT or self.definition.small == "publish":
            return None
        return total(self.definition.window.kind, self.window, self.counted)

    def printed(self, language: str) -> str:
        """The value as the letter would print it."""
        said = self.published
        if said.value is not None and self.words:
            said = replace(said, value=self.words[language])
        return printed(said, language, spelled=self.definition.spelled)

    def rule(self, language: str) -> str:
        """The rule of publication, in one sentence."""
        return str(words()[self.published.word]["rule"][language])

    def to_json(self, language: str, *, exact: bool) -> dict[str, Any]:
        """As in the report. exact: whether the reader may see what was counted."""
        said, definition = self.published, self.definition
        row: dict[str, Any] = {
            "key": definition.key,
            "value": list(said.value) if isinstance(said.value, tuple) else said.value,
            "text": self.printed(language),
            "precision": str(said.word),
            "unit": definition.unit[language],
            "window": {"from": self.window.since.isoformat(), "until": self.window.until.isoformat()},
            "definition": definition.definition[language],
            "origin": self.origin,
            "source": (self.source or definition.source)[language],
            "rule": self.rule(language),
            "chapter": definition.chapter,
        }
        if exact:
            row["counted"] = list(self.counted) if isinstance(self.counted, tuple) else self.counted
        return row


def quoted(definition: Definition, asked: Asked) -> Figure:
    """A figure of the literature, in the window in which it was said.

    Nobody can count it again, so that for an earlier last day it is not known; nor
    is a figure that is only ever delivered, as long as nobody did.
    """
    if definition.value is None:
        return Figure(definition, definition.window.cut(asked), origin=definition.origin)
    since, until = definition.window.since, definition.window.until
    assert since is not None
    assert until is not None
    known = until <= asked.until
    said = Stated(definition.value, definition.precision) if known else UNKNOWN
    return Figure(definition, Window(since, until), given=said, origin="quoted", words=definition.words)


def delivered(definition: Definition, statement: Statement, reference: str) -> Figure:
    """A figure that its own body delivered, with a source that says by whom and when."""
    day = statement.given_on.isoformat()
    return Figure(
        definition,
        statement.window,
        given=statement.stated,
        origin="delivered",
        words=statement.words,
        source={
            "nl": f"{statement.authority}, geleverd op {day} ({reference})",
            "en": f"{statement.authority}, delivered on {day} ({reference})",
        },
    )


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one edition for the days asked."""

    edition: Edition
    asked: Asked
    figures: tuple[Figure, ...]

    def find(self, key: str) -> Figure:
        """Raises UnknownFigure."""
        self.edition.find(key)
        return next(figure for figure in self.figures if figure.definition.key == key)

    def used_words(self) -> tuple[Word, ...]:
        """The words of precision that stand in this report, in the order of the table."""
        found = {figure.published.word for figure in self.figures}
        return tuple(word for word in Word if word in found)

    def rows(self, language: str, *, exact: bool = False) -> list[dict[str, Any]]:
        return [figure.to_json(language, exact=exact) for figure in self.figures]

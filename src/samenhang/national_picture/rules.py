"""What a figure is, and how an exact count becomes a published value."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).parent / "data" / "figures.json"

# Fewer than this are not published: somebody could recognise a person.
SMALLEST_PUBLISHED = 5


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day up to and including the last."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: what is counted, in which unit, from which states, published by which rule."""

    key: str
    window: str
    rule: str
    source: str
    unit: dict[str, str]
    definition: dict[str, str]
    kinds: tuple[str, ...] = ()
    persons: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A definition with its count in one window."""

    definition: Definition
    window: Window
    counted: int

    @property
    def published(self) -> int | None:
        """The value that may leave, or None when it is too small to publish."""
        return published(self.definition.rule, self.counted)

    def to_json(self, language: str) -> dict[str, Any]:
        """As in the report; ``counted`` is for those who may see exact counts."""
        first = self.window.since if self.definition.window == "period" else self.window.until
        return {
            "key": self.definition.key,
            "value": self.published,
            "counted": self.counted,
            "precision": "exact" if self.published is not None else "suppressed",
            "unit": self.definition.unit[language],
            "window": {"from": first.isoformat(), "until": self.window.until.isoformat()},
            "definition": self.definition.definition[language],
            "origin": "counted",
            "source": self.definition.source,
            "rule": self.definition.rule,
        }


def published(rule: str, counted: int) -> int | None:
    """Zero and large enough counts are published; one to four are not."""
    if rule == "small" and 0 < counted < SMALLEST_PUBLISHED:
        return None
    return counted


@cache
def definitions() -> tuple[Definition, ...]:
    """The figures of the progress report, in order."""
    rows = json.loads(FIGURES.read_text(encoding="utf-8"))["figures"]
    return tuple(Definition(**{**row, "kinds": tuple(row.get("kinds", ()))}) for row in rows)


COLUMNS = ("key", "value", "precision", "unit", "from", "until", "definition", "origin", "source")


def public(row: dict[str, Any]) -> dict[str, Any]:
    """A figure without its exact count."""
    return {name: value for name, value in row.items() if name != "counted"}


def as_csv(rows: list[dict[str, Any]]) -> str:
    """One line a figure. Every cell is quoted, and none can start a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    columns = [*COLUMNS, "counted"] if rows and "counted" in rows[0] else [*COLUMNS]
    writer.writerow(columns)
    for row in rows:
        flat = {**row, **row["window"]}
        writer.writerow([_cell(flat[column]) for column in columns])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text

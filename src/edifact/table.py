"""Tables that look like the message specification, and both read and write.

    PERSON = Table('''
        ATT+2++{sex}
        LOC+178+{embarkation}
    ''')

A row is a segment as a carrier would write it, with a name in braces where a value stands.
The first component is fixed where it tells rows with the same tag apart (a qualifier).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edifact.segments import Segment
from edifact.separators import Separators, escape

_NAME = re.compile(r"\{(\w+)\}$")
NO_CONTROLS = dict.fromkeys([*range(32), 127])


@dataclass(frozen=True, slots=True)
class Row:
    """tag: its segment. parts: elements of components: fixed texts, and names in braces."""

    tag: str
    parts: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, int, int], ...]  # (name, element, component)

    @property
    def qualifier(self) -> str:
        """The first component where that is fixed, else ""."""
        first = self.parts[0][0] if self.parts else ""
        return "" if first.startswith("{") else first

    def read(self, segment: Segment) -> dict[str, str]:
        """The value at each name, stripped of blanks; "" where there is none."""
        return {name: segment.at(element, component) for name, element, component in self.names}

    def write(self, values: Mapping[str, str], marks: Separators, *, always: bool = False) -> str:
        """The segment with its terminator, empty ends left out; "" when every name is empty,
        unless it is wanted always."""
        if not always and self.names and not any(values.get(name) for name, _, _ in self.names):
            return ""
        filled = [[_filled(part, values) for part in element] for element in self.parts]
        return segment_text(self.tag, filled, marks)


def row(text: str) -> Row:
    tag, *elements = text.split("+")
    parts = tuple(tuple(element.split(":")) for element in elements)
    names = tuple(
        (match[1], at, place)
        for at, element in enumerate(parts)
        for place, part in enumerate(element)
        if (match := _NAME.match(part))
    )
    return Row(tag, parts, names)


def _filled(part: str, values: Mapping[str, str]) -> str:
    match = _NAME.match(part)
    return values.get(match[1], "") if match else part


def segment_text(tag: str, elements: Sequence[Sequence[str]], marks: Separators) -> str:
    """One segment with its terminator: values escaped, empty components and elements at ends left out.

    Control characters are taken out of values: the format has no place for them.
    """
    texts = [
        _joined([escape(part.translate(NO_CONTROLS), marks) for part in e], marks.component) for e in elements
    ]
    return _joined([tag, *texts], marks.element) + marks.terminator


def _joined(parts: list[str], separator: str) -> str:
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return separator.join(parts)


class Table:
    """Rows in the order of the specification. Reading does not ask for that order."""

    def __init__(self, text: str) -> None:
        self.rows = tuple(row(line.strip()) for line in text.split("\n") if line.strip())
        self._by_qualifier = {(row.tag, row.qualifier): row for row in self.rows}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def find(self, segment: Segment) -> Row | None:
        """The row of a segment: that with its qualifier, else the one without any."""
        found = self._by_qualifier.get((segment.tag, segment.code(0)))
        return found or self._by_qualifier.get((segment.tag, ""))

    def write(self, values: Mapping[str, str | Sequence[Mapping[str, str]]], marks: Separators) -> list[str]:
        """A segment for each row whose names have a value; for a row with a list of values under
        its tag and qualifier ("LOC 178"), one for each of the list."""
        out: list[str] = []
        for line in self.rows:
            several = values.get(f"{line.tag} {line.qualifier}".strip())
            these: list[Any] = [values] if several is None or isinstance(several, str) else list(several)
            out += [line.write(one, marks) for one in these]
        return [text for text in out if text]

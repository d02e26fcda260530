"""A text that some network wrapped at a fixed width, put back on one line.

Teletype networks send 69 characters to a line, wherever that falls: also in the midst of a tag. Mended
segment by segment such a text is read at a fifth of the speed. Where all lines are equally wide, and
nothing at a line end can mean anything else, the wraps are simply left out; where something can, all is
mended as ever.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from edifact.separators import ANY_TAG, Separators

FEWEST = 4  # lines: fewer prove nothing


class Flat(NamedTuple):
    """text: on one line, up to its last terminator. tail: where in the wrapped text that ends.

    first, width: characters on the first and on every other line. step: of a line end.
    """

    text: str
    tail: int
    first: int
    width: int
    step: int

    def place(self, at: int) -> int:
        """Where in the wrapped text that character stands."""
        return at if at < self.first else at + self.step * (1 + (at - self.first) // self.width)


def flat(text: str, marks: Separators) -> Flat | None:
    """None where text is not wrapped, or not for certain by that alone."""
    end = text.rfind(marks.terminator) + 1
    step = "\r\n" if "\r\n" in text[:end] else "\n"
    if marks.terminator == "\n" or step not in text[:end]:
        return None
    lines = text[:end].split(step)
    width = len(lines[1])
    if len(lines) < FEWEST or not width or len(lines[0]) > width or len(lines[-1]) > width:
        return None
    if any(len(line) != width for line in lines[1:-1]) or _means_more(marks, step).search(text, 0, end):
        return None
    return Flat("".join(lines), end, len(lines[0]), width, len(step))


@lru_cache(maxsize=16)
def _means_more(marks: Separators, step: str) -> re.Pattern[str]:
    """What at a line end is more than a wrap: a lost terminator, a release, half a letter, a blank line."""
    element, terminator = re.escape(marks.element), re.escape(marks.terminator)
    release = f"|{re.escape(marks.release)}{terminator}?{step}" if marks.release else ""
    lost = f"(?<!{terminator}){step}[ \\t]{{0,8}}(?:{ANY_TAG})(?:{element}|{terminator}|[\r\n])"
    return re.compile(f"{lost}|[\\x80-\\xff]{step}|{step}[\r\n]{release}")

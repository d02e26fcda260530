"""Neighbouring segments that are read as one, because one expression matched them whole.

Nearly all that is sent is plain: each value in its place, nothing that has to be mended. Such
stretches are found in the text by the expressions of plain_person and plain_booking, from the
terminator before them up to their own last one, and stand among the segments as one Group. Segment
by segment is the way for all else, and the measure for this one: both give the same, which tests
compare. What an expression does not know for certain it does not match.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from edifact.segments import EDGE, Known, Segment
from edifact.separators import Separators

SAMPLE = 8192  # characters looked at to see how segments are set apart


class NotPlain(ValueError):
    """This group has to be read segment by segment after all."""


class Group(Segment):
    """Several segments as one. tag: that of the first of them. match: what the expression found.

    pieces: the text of each segment.
    """

    __slots__ = ("between", "known", "match", "places")

    def __init__(self, match: re.Match[str], piece: str, known: Known) -> None:
        """piece: from the terminator before it on, to its last one."""
        self.text = text = piece.lstrip(EDGE)
        self.tag = text[:3]
        self.match = match
        self.known = known
        self.between = known.marks.terminator + piece[: len(piece) - len(text)]
        self.places: list[int] | None = None

    def count(self) -> int:
        return self.text.count(self.between) + 1

    def pieces(self) -> list[str]:
        """The text of each segment."""
        return self.text.split(self.between)

    def place(self, index: int) -> int:
        """Where in the group that piece begins."""
        if self.places is None:
            step = len(self.between)
            self.places = [0, *accumulate(len(piece) + step for piece in self.pieces())]
        return self.places[index]

    def parts(self) -> Iterator[tuple[Segment, int, int]]:
        """Each segment and where in the group it stands."""
        for index, piece in enumerate(self.pieces()):
            segment = self.known[piece]
            if segment is not None:
                begin = self.place(index)
                yield segment, begin, begin + len(piece)


def gap(text: str, marks: Separators) -> str:
    """What stands between the segments of text: mostly nothing, or a line end."""
    sample = text[:SAMPLE]
    ends = {between: sample.count(marks.terminator + between) for between in ("\n", "\r\n")}
    ends[""] = sample.count(marks.terminator) - sum(ends.values())
    return max(ends, key=lambda between: ends[between])

"""One segment, and how the text between two terminators becomes one.

Bytes come in as Latin-1, so that a position in the text is a byte offset in the file; the
values of a segment that holds other than ASCII are decoded as UTF-8 where they are that,
else in the character set that the syntax identifier of UNB names.

Messages repeat themselves: the same flight, country and status stand in thousands of
segments. Equal texts are therefore cut apart once and share one Segment; a Segment knows its
text and not its place. Places are counted from the pieces when somebody asks for them.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from edifact.separators import ANY_TAG, TAGS, Separators, split, unescape

EDGE = "".join(map(chr, range(33)))  # blanks and control characters around segments
CHARACTER_SETS = {
    "UNOC": "iso-8859-1", "UNOD": "iso-8859-2", "UNOE": "iso-8859-5", "UNOF": "iso-8859-7",
    "UNOG": "iso-8859-3", "UNOH": "iso-8859-4", "UNOI": "iso-8859-6", "UNOJ": "iso-8859-8",
    "UNOK": "iso-8859-9",
}  # fmt: skip  # ISO 9735, syntax identifiers; UNOW, UNOX and UNOY are tried as UTF-8 first
SYNTAX = re.compile("UNO[A-Z]", re.I)
LATIN_1 = "iso-8859-1"
MOST_KNOWN, MOST_DAYS = 20_000, 20  # texts remembered, and days: bounds the memory of a long file
# What word processors make of ': in UTF-8, or a byte of its own that is not the end of a letter in UTF-8.
QUOTE = "(?:\xe2\x80[\x98\x99]|(?<![\x80-\xff])[\x91\x92\xb4])"
# A released release or terminator, out of the way while text is cut: no byte decodes to these.
RELEASED, ENDED = "\u0100", "\u0101"


class Segment:
    """A tag and its elements, each a list of components, unescaped.

    text: as it stood in the file, from the tag on, without the terminator.
    """

    __slots__ = ("elements", "tag", "text")

    def __init__(self, tag: str, elements: list[list[str]], text: str = "") -> None:
        self.tag = tag
        self.elements = elements
        self.text = text

    def at(self, element: int, component: int = 0) -> str:
        """The component, stripped of blanks; "" where the segment does not reach that far."""
        try:
            return self.elements[element][component].strip()
        except IndexError:
            return ""

    def code(self, element: int, component: int = 0) -> str:
        """A component that is a code: codes are compared in capitals."""
        return self.at(element, component).upper()

    def line(self, first: int = 0) -> str:
        """All values from an element on in one line, to keep what is not read further."""
        return " ".join(part for element in self.elements[first:] for part in element if part.strip())

    def __repr__(self) -> str:
        return f"Segment({self.text or self.tag!r})"


NOTHING = Segment("", [])


@lru_cache(maxsize=16)
def quoted(marks: Separators) -> re.Pattern[str]:
    """A quotation mark that stands where a terminator should: a known tag follows."""
    return re.compile(rf"{QUOTE}(?=[ \r\n]{{0,4}}(?:{ANY_TAG}){re.escape(marks.element)})")


class Uncut(Segment):
    """A segment that is taken apart when somebody asks for a value of it."""

    __slots__ = ("marks",)

    def __init__(self, tag: str, text: str, marks: Separators) -> None:
        self.tag = tag
        self.text = text
        self.marks = marks

    def __getattr__(self, name: str) -> list[list[str]]:
        """elements, which is the only name without a value."""
        self.elements = elements = cut(self.text, self.marks)
        return elements


def cut(text: str, marks: Separators) -> list[list[str]]:
    """The elements of a clean segment. Of a repeated element the first value keeps its place and
    the others follow at the end, where all that may be repeated is read from."""
    if marks.release and marks.release in text:
        values = split(text[4:], marks.element, marks.release)
        return [
            [unescape(part, marks.release) for part in split(value, marks.component, marks.release)]
            for value in _repeated(values, marks)
        ]
    values = text[4:].split(marks.element) if len(text) > 3 else []
    if marks.repetition and marks.repetition in text:
        values = _repeated(values, marks)
    return [value.split(marks.component) for value in values]


def _repeated(values: list[str], marks: Separators) -> list[str]:
    if not marks.repetition:
        return values
    parts = [split(value, marks.repetition, marks.release) for value in values]
    return [part[0] for part in parts] + [other for part in parts for other in part[1:]]


class Known(dict[str, Segment | None]):
    """The segments met so far by their text, and a new one by looking it up.

    None, which is not remembered: this text is wrapped, glued, damaged or no segment at all,
    and has to be mended in its place. odd: whether that has happened.
    """

    def __init__(self, marks: Separators, charset: str) -> None:
        self.marks = marks
        self.charset = charset
        self.odd = False
        # What readers made of segments, by message type and the day that resolves its dates.
        self.meanings: dict[tuple[str, date | None], dict[Segment, Any]] = {}
        self._quoted = quoted(marks)
        self._people = tuple(tag + marks.element for tag in ("TIF", "NAD"))
        self._unmask = str.maketrans({RELEASED: marks.release, ENDED: marks.terminator})

    def __missing__(self, piece: str) -> Segment | None:
        text = piece if piece[:1] > " " else piece.lstrip(EDGE)
        if not text.isascii():
            text = "" if self._quoted.search(text) else self.decoded(text)
        tag, marks = text[:3], self.marks
        if tag in TAGS and text.isprintable() and (text[3:4] == marks.element or len(text) == 3):
            first, second = self._people
            # A passenger glued to what comes before must not be lost.
            if text.find(first, 4) < 0 and text.find(second, 4) < 0:
                found = self[piece] = Uncut(tag, text, marks)
                return found
        self.odd = True
        return None

    def begin(self) -> None:
        """A new stretch of text: nothing odd yet, and not too much remembered."""
        self.odd = False
        if len(self) > MOST_KNOWN or len(self.meanings) > MOST_DAYS:
            self.clear()
            self.meanings.clear()

    def decoded(self, text: str) -> str:
        """The characters that the bytes stand for; U+FFFD begins a text in no character set."""
        text = text.translate(self._unmask)
        if text.isascii():
            return text
        raw = text.encode(LATIN_1)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return "\ufffd" + raw.decode(self.charset, errors="replace")  # is no tag: to be mended

    def unmasked(self, piece: str) -> str:
        return piece.translate(self._unmask)

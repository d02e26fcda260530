"""The tokenizer: bytes to interchanges of segments. Never raises, loses nothing, linear time.

Bytes are read as Latin-1, so that a position in the text is a byte offset in the file;
the values of a segment that holds other than ASCII are decoded as UTF-8 where they are
that, else in the character set that the syntax identifier of UNB names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from edifact.records import Problem
from edifact.separators import ANY_TAG, TAGS, Separators, choose, split, unescape

EDGE = "".join(map(chr, range(33)))  # blanks and control characters around segments
NO_CONTROLS = dict.fromkeys([*range(32), 127])
QUOTES = ("\xe2\x80\x99", "\xe2\x80\x98", "\x92", "\x91", "\xb4")  # what word processors make of '
CHARACTER_SETS = {
    "UNOC": "iso-8859-1", "UNOD": "iso-8859-2", "UNOE": "iso-8859-5", "UNOF": "iso-8859-7",
    "UNOG": "iso-8859-3", "UNOH": "iso-8859-4", "UNOI": "iso-8859-6", "UNOJ": "iso-8859-8",
    "UNOK": "iso-8859-9",
}  # fmt: skip  # ISO 9735, syntax identifiers; UNOW, UNOX and UNOY are tried as UTF-8 first

SYNTAX = re.compile("UNO[A-Z]", re.I)

# Line wraps may split the tag itself; that is why newlines are allowed between letters.
_UN = r"U[\r\n]{0,2}N[\r\n]{0,2}"
_UNA = rf"{_UN}A(?P<service>[^A-Za-z0-9]{{4,10}}?)[ \r\n\t]{{0,40}}(?={_UN}[BGH])"
# A UNB may stand anywhere when a known syntax identifier follows; else it begins a line. The
# three letters alone prove nothing: a place or a surname may be UNB.
_UNB = (
    rf"(?:(?<![^\x00-\x20]){_UN}B[\r\n ]{{0,3}}[^\w\s][A-Za-z\r\n]{{3,6}}[^\w\s]"
    rf"|{_UN}B[^\w\s](?:UNO[A-Z]|IATA|IATB|SIRE|KECA)[^\w\s])"
)
_START = rf"(?P<una>{_UNA})|(?P<unb>{_UNB})"
_BARE = r"(?<![A-Za-z0-9])U[\r\n]{0,2}N[\r\n]{0,2}[GH][\r\n ]{0,3}[^\w\s]"
STARTS = (re.compile(_START), re.compile(_START, re.I))
# The same, roughly and fast: where a look with STARTS is worth it.
HINTS = (re.compile(r"U[\r\n]{0,2}N[\r\n]{0,2}[AB]"), re.compile(r"[Uu][\r\n]{0,2}[Nn][\r\n]{0,2}[AaBb]"))
BARE_STARTS = (re.compile(_BARE), re.compile(_BARE, re.I))
LOOSE_START = re.compile(r"(?:^|(?<=[\r\n]))(?:BGM|MSG|NAD|TDT|SRC|RCI|TVL)(?=\+|')")


class Segment(NamedTuple):
    """offset, end: its bytes in the file, without the terminator.

    elements: those after the tag, each a list of components, unescaped.
    """

    offset: int
    end: int
    tag: str
    elements: list[list[str]]

    def at(self, element: int, component: int = 0) -> str:
        """The component, stripped of blanks; "" where the segment does not reach that far."""
        try:
            return self.elements[element][component].strip()
        except IndexError:
            return ""

    def code(self, element: int, component: int = 0) -> str:
        """A component that is a code: codes are compared in capitals."""
        return self.at(element, component).upper()

    def text(self) -> str:
        """All values in one line, to keep what is not read further."""
        return " ".join(part for element in self.elements for part in element if part.strip())


NO_SEGMENT = Segment(0, 0, "", [])


@dataclass(frozen=True, slots=True)
class Interchange:
    """From UNA or UNB (or the first UNG, UNH, where these are missing) to the next.

    skipped: (offset, end) of stretches that are no segments: headers, footers, noise.
    """

    offset: int
    end: int
    separators: Separators
    segments: list[Segment]
    problems: list[Problem]
    skipped: list[tuple[int, int]]


def scan(data: bytes) -> tuple[list[Interchange], list[tuple[int, int]]]:
    """Cut a file into its interchanges; also gives what lies before the first.

    An empty list means that there is no EDIFACT in it.
    """
    text = data.decode("latin-1")
    starts = _starts(text)
    if not starts:
        return [], [(0, len(text))] if text.strip(EDGE) else []
    before = [(0, starts[0][0])] if text[: starts[0][0]].strip(EDGE + "\xef\xbb\xbf") else []
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    return [
        _Tokenizer(text, start, body, end, una).run()
        for (start, body, una), end in zip(starts, ends, strict=True)
    ], before


def _starts(text: str) -> list[tuple[int, int, str | None]]:
    """(start, where the segments begin, service characters of UNA) for each interchange."""
    for hint, strict, bare in zip(HINTS, STARTS, BARE_STARTS, strict=True):
        found: list[tuple[int, int, str | None]] = []
        for candidate in hint.finditer(text):
            match = strict.match(text, candidate.start())
            if match is None:
                continue
            if match["una"] is not None:
                found.append((match.start(), match.end(), match["service"]))
            elif not (found and found[-1][1] == match.start()):
                found.append((match.start(), match.start(), None))
        # A message may come before the first complete envelope, or have none at all.
        first = bare.search(text, 0, found[0][0] if found else len(text))
        if first is not None:
            found.insert(0, (first.start(), first.start(), None))
        if found:
            return found
    loose = LOOSE_START.search(text)
    if loose is not None and len(LOOSE_START.findall(text)) >= 3:
        return [(loose.start(), loose.start(), None)]
    return []


@dataclass
class _Tokenizer:
    text: str
    start: int
    body: int
    end: int
    una: str | None
    segments: list[Segment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[tuple[int, int]] = field(default_factory=list)
    marks: Separators = field(default_factory=Separators)
    charset: str = "iso-8859-1"

    def run(self) -> Interchange:
        text = self.text[self.body : self.end]
        self.marks, complaint = choose(text, self.una)
        if complaint:
            self.problems.append(Problem(self.start, "UNA", complaint))
        syntax = SYNTAX.search(text, 0, 200)
        if syntax is not None:
            self.charset = CHARACTER_SETS.get(syntax[0].upper(), self.charset)
        element, terminator = re.escape(self.marks.element), re.escape(self.marks.terminator)
        self.lost_end = re.compile(
            rf"(?<=[\r\n])[ \t]{{0,8}}(?=(?:{ANY_TAG})(?:{element}|{terminator}|[\r\n]|$))"
        )
        # A passenger glued to what comes before: the one lost terminator that loses a person.
        self.glued = re.compile(
            rf"(?<=[0-9])(?=TIF{element}[A-Z])|(?<=[A-Z0-9])(?=NAD{element}(?:FL|FM|DDT|DDU){element})"
        )
        self.known = re.compile(rf"(?<![A-Za-z0-9])(?:{ANY_TAG})(?={element})")
        self.tag = re.compile(rf"([A-Za-z]{{3}})[ \r\n]{{0,3}}(?:{element}|$)")
        self._pieces(text, self._any_glued(text))
        self._merge_skipped()
        return Interchange(self.start, self.end, self.marks, self.segments, self.problems, self.skipped)

    def _pieces(self, text: str, glued: bool) -> None:
        """Walk the pieces between terminators. The plain case stays in this loop: it is the speed."""
        component, element, release, terminator = (
            self.marks.component, self.marks.element, self.marks.release, self.marks.terminator,
        )  # fmt: skip
        append = self.segments.append
        new = tuple.__new__
        all_ascii = text.isascii()
        releases = bool(release) and release in text
        careful = releases or glued
        pieces = self._joined(text, releases)
        offset = self.body
        last = self.end
        for piece in pieces:
            plain = piece if piece[:1] > " " else piece.lstrip(EDGE)
            end = offset + len(piece)
            tag = plain[:3]
            if (
                plain[3:4] == element
                and tag in TAGS
                and (all_ascii or plain.isascii())
                and plain.isprintable()
                and end < last
                and not (
                    careful and ((releases and release in plain) or (glued and self.glued.search(plain)))
                )
            ):
                parts = plain[4:].split(element)
                # tuple.__new__ spares the wrapper that a NamedTuple puts before it.
                append(new(Segment, (end - len(plain), end, tag, [part.split(component) for part in parts])))
            elif plain == tag and tag in TAGS and end < last:
                append(Segment(end - 3, end, tag, []))  # SRC, the trigger of a record, stands alone
            elif plain:
                self._mend(plain, end - len(plain), end)
            offset = end + len(terminator)

    def _any_glued(self, text: str) -> bool:
        """Whether `glued` finds anything: told by plain string search, which is far faster."""
        for tag in ("TIF" + self.marks.element, "NAD" + self.marks.element):
            at = text.find(tag)
            while at >= 0:
                if text[at - 1 : at].isalnum() and self.glued.match(text, at):
                    return True
                at = text.find(tag, at + 4)
        return False

    def _joined(self, text: str, releases: bool) -> list[str]:
        """Cut at the terminators, joining again what a released terminator cut."""
        terminator, release = self.marks.terminator, self.marks.release
        pieces = text.split(terminator)
        if not releases:
            return pieces
        element = self.marks.element
        resync = re.compile(rf"[\r\n]+[ \t]{{0,8}}(?:{ANY_TAG})(?:{re.escape(element)}|$)")
        whole: list[str] = []
        pending: list[str] = []
        offset = self.body
        for index, piece in enumerate(pieces):
            pending.append(piece)
            offset += len(piece) + len(terminator)
            tail = piece.rstrip("\r\n")
            if (len(tail) - len(tail.rstrip(release))) % 2 == 1 and index + 1 < len(pieces):
                # "...?'" at a line end, before a known tag: a stray release, not an escape.
                if not resync.match(pieces[index + 1]):
                    continue
                self.problems.append(Problem(offset - 1, "", "release character before a segment end"))
            whole.append(terminator.join(pending))
            pending = []
        if pending:
            whole.append(terminator.join(pending))
        return whole

    def _mend(self, piece: str, offset: int, end: int) -> None:
        """A piece that is not plain: wrapped, glued, truncated, in other letters, or no segment."""
        for raw, at in self._apart(piece, offset):
            text = raw.lstrip(EDGE)
            at += len(raw) - len(text)
            if not text:
                continue
            match = self._tag(text)
            if match is None:
                known = self.known.search(text)
                cut = known.start() if known else len(text)
                self._skip(at, at + cut)
                text, at = text[cut:], at + cut
                match = self._tag(text)
                if match is None:
                    continue
            self._segment(text, at)
        if (
            end >= self.end
            and self.segments
            and self.segments[-1].end == end
            and self.marks.terminator != "\n"
        ):
            tag = self.segments[-1].tag
            self.problems.append(Problem(self.segments[-1].offset, tag, "the last segment has no terminator"))

    def _tag(self, text: str) -> re.Match[str] | None:
        # Three letters with a wrap between them are still a tag.
        head = text[:12].replace("\r", "").replace("\n", "")
        match = self.tag.match(head)
        if match is None or (self._closed() and match[1].upper() not in TAGS):
            return None
        return match

    def _closed(self) -> bool:
        """UNZ was last: what follows is a footer unless it has a known tag."""
        return bool(self.segments) and self.segments[-1].tag == "UNZ"

    def _apart(self, piece: str, offset: int) -> Iterator[tuple[str, int]]:
        """Cut where a terminator is missing but a new segment plainly begins."""
        begin = 0
        cuts = sorted(
            {match.end() for match in self.lost_end.finditer(piece)}
            | {match.start() for match in self.glued.finditer(piece)}
        )
        for cut in cuts:
            if cut == 0 or not piece[begin:cut].strip(EDGE):
                continue
            if self._tag(piece[begin:cut].lstrip(EDGE)) is not None and self.marks.terminator != "\n":
                self.problems.append(
                    Problem(offset + cut, piece[cut : cut + 3], "no terminator before this segment")
                )
            yield self._unquoted(piece[begin:cut]), offset + begin
            begin = cut
        yield piece[begin:], offset + begin

    def _unquoted(self, raw: str) -> str:
        """Drop a typographic quote that stood for the terminator."""
        bare = raw.rstrip(EDGE)
        for quote in QUOTES:
            if bare.endswith(quote):
                return bare[: -len(quote)]
        return raw

    def _segment(self, raw: str, offset: int) -> None:
        text = raw.translate(NO_CONTROLS) if not raw.isprintable() else raw
        if not text.isascii():
            text = self._decoded(raw, offset).translate(NO_CONTROLS)
        release = self.marks.release
        values = split(text, self.marks.element, release)
        tag = values[0].strip().upper()[:3]
        elements = [
            [unescape(part, release) for part in split(value, self.marks.component, release)]
            for value in values[1:]
        ]
        self.segments.append(Segment(offset, offset + len(raw), tag, elements))

    def _decoded(self, text: str, offset: int) -> str:
        raw = text.encode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.problems.append(
                Problem(offset, text[:3], "not UTF-8: read in the interchange's character set")
            )
            return raw.decode(self.charset, errors="replace")

    def _skip(self, offset: int, end: int) -> None:
        self.skipped.append((offset, end))

    def _merge_skipped(self) -> None:
        """Neighbouring stretches of noise are one, with one problem."""
        merged: list[tuple[int, int]] = []
        for offset, end in self.skipped:
            if merged and not self.text[merged[-1][1] : offset].strip(EDGE + self.marks.terminator):
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((offset, end))
        self.skipped = merged
        for offset, end in merged:
            self.problems.append(Problem(offset, "", f"{end - offset} bytes are no segment: skipped"))

"""The tokenizer: text to segments. Never raises, loses nothing, linear time.

What is plain is cut by the string methods of Python alone. What is not (wrapped, glued, cut
off, in other letters, or no segment at all) is mended piece by piece, and each repair is a
problem with its offset.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from edifact import plain_booking, plain_person
from edifact.groups import Group
from edifact.records import Problem
from edifact.segments import EDGE, ENDED, QUOTE, RELEASED, Known, Segment, Uncut, quoted
from edifact.separators import ANY_TAG, TAGS, Separators
from edifact.wraps import Flat, flat

QUOTED = re.compile(f"{QUOTE}$")
NO_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])


class Scanned(NamedTuple):
    """Part of an interchange. spans: (offset, end) in the file of each segment, without its
    terminator. skipped: the same of stretches that are no segments: headers, footers, noise."""

    segments: list[Segment]
    spans: "Spans"
    problems: list[Problem]
    skipped: list[tuple[int, int]]


class Spans:
    """Where segments stand. Counted when somebody asks: of most segments nobody does.

    wrapped: the pieces are of its text, which has no line ends, and offset is that of the wrapped one.
    tail: the segments that follow it, where they stand.
    """

    def __init__(
        self,
        offset: int,
        pieces: list[str],
        spans: list[tuple[int, int]] | None = None,
        wrapped: Flat | None = None,
        tail: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._tail = tail
        self._wrapped, self._base = wrapped, offset
        offset = 0 if wrapped else offset
        self._pieces = pieces
        self._spans = spans
        self._index, self._offset = 0, offset  # where asking got to
        self._begin = offset

    def __getitem__(self, index: int) -> tuple[int, int]:
        if self._tail and index >= len(self._pieces):
            return self._tail[index - len(self._pieces)]
        begin, end = self._counted(index)
        return (self._at(begin), self._at(end)) if self._wrapped else (begin, end)

    def inside(self, index: int, place: int) -> int:
        """Where that character of the segment's text stands."""
        return self._at(self._counted(index)[0] + place)

    def _at(self, place: int) -> int:
        return self._base + self._wrapped.place(place) if self._wrapped else place

    def _counted(self, index: int) -> tuple[int, int]:
        if self._spans is not None:
            return self._spans[index]
        if index < self._index:  # asked backwards: now all of them, or time would be quadratic
            ends = accumulate((len(piece) + 1 for piece in self._pieces), initial=self._begin - 1)
            next(ends)
            self._spans = [
                (end - len(p.lstrip(EDGE)), end) for p, end in zip(self._pieces, ends, strict=True)
            ]
            return self._spans[index]
        passed = self._pieces[self._index : index]
        self._offset += sum(map(len, passed)) + len(passed)
        self._index = index
        end = self._offset + len(self._pieces[index])
        return end - len(self._pieces[index].lstrip(EDGE)), end


def scan(text: str, offset: int, known: Known, *, last: bool = True) -> Scanned:
    """Cut text, which begins at that byte of the file, into segments.

    last: no more text follows, so that an unfinished segment at its end is one cut off.
    """
    problems: list[Problem] = []
    known.begin()
    if (wrapped := flat(text, known.marks)) is not None:
        scanned = _unwrapped(text, offset, known, wrapped, last=last)
        if scanned is not None:
            return scanned
        known.begin()
    pieces, found = _cut(text, offset, known, problems)
    if not known.odd and not pieces[-1].strip(EDGE):
        pieces.pop()
        return Scanned(found, Spans(offset, pieces), problems, [])  # type: ignore[arg-type]  # none is None
    mender = _Mender(known, offset, problems)
    mender.mend(pieces, [*found, None], last=last)
    return Scanned(mender.segments, Spans(offset, [], mender.spans), problems, mender.merged(text, offset))


def _unwrapped(text: str, offset: int, known: Known, wrapped: Flat, *, last: bool) -> Scanned | None:
    """Read from one line. None where anything has to be mended: then it is mended where it stands."""
    problems: list[Problem] = []
    pieces, found = _cut(wrapped.text, 0, known, problems)
    if known.odd or problems or pieces.pop():
        return None
    tail = text[wrapped.tail :]
    if not tail.strip(EDGE):
        return Scanned(found, Spans(offset, pieces, wrapped=wrapped), problems, [])  # type: ignore[arg-type]
    mender = _Mender(known, offset + wrapped.tail, problems)
    mender.segments += found  # type: ignore[arg-type]  # none is None
    mender.spans.append(Spans(offset, pieces, wrapped=wrapped)[len(found) - 1])
    mender.mend([tail], [None], last=last)
    spans = Spans(offset, pieces, wrapped=wrapped, tail=mender.spans[1:])
    return Scanned(mender.segments, spans, problems, mender.merged(text, offset))


def _cut(
    text: str, offset: int, known: Known, problems: list[Problem]
) -> tuple[list[str], list[Segment | None]]:
    """The pieces between terminators, the last one unfinished, and the segment of each but that one."""
    marks = known.marks
    terminator, release = marks.terminator, marks.release
    released = _releases(text, marks)
    pieces: list[str] = []
    found: list[Segment | None] = []
    begin = 0
    for match in groups(text, marks):
        start, end = match.span()  # the terminator before it, and its own last one
        if start >= begin:
            if released:
                if text[start - 1 : start] == release:
                    continue
                more = _pieces(text[begin:start], offset + begin, marks, problems)
            else:
                more = text[begin:start].split(terminator)
            found += [known[piece] for piece in more]
            pieces += more
        own = text[start + 1 : end]
        found.append(Group(match, own, known))
        pieces.append(own)
        begin = end + 1
    more = _pieces(text[begin:], offset + begin, marks, problems)
    found += [known[piece] for piece in more[:-1]]
    pieces += more
    return pieces, found


def groups(text: str, marks: Separators) -> Iterator[re.Match[str]]:
    """What may be read as one, of lists or of bookings: whichever the text has first."""
    person, traveller = (text.find(tag + marks.element) for tag in ("NAD", "TIF"))
    if 0 <= traveller < person or person < 0:
        return plain_booking.groups(text, marks)
    return plain_person.groups(text, marks)


def _pieces(text: str, offset: int, marks: Separators, problems: list[Problem]) -> list[str]:
    """Cut at the terminators that are not released."""
    if not _releases(text, marks):
        return text.split(marks.terminator)
    ended = marks.release + marks.terminator
    text = patterns(marks).twice.sub(rf"{RELEASED}\1{RELEASED}", text).replace(ended, marks.release + ENDED)
    text = patterns(marks).wrapped_end.sub(rf"\1{ENDED}", text)
    # "...?'" at a line end, before a known tag: a stray release, not an escape.
    after = f"{re.escape(marks.element)}|{ENDED}|{re.escape(marks.terminator)}"
    stray = re.compile(rf"{ENDED}(?=[\r\n]+[ \t]{{0,8}}(?:{ANY_TAG})(?:{after}))")
    problems += [
        Problem(offset + match.start() - 1, "", "release character before a segment end")
        for match in stray.finditer(text)
    ]
    return stray.sub(marks.terminator, text).split(marks.terminator)


def _releases(text: str, marks: Separators) -> bool:
    """Whether a terminator in it may be released; a line wrap may have come between."""
    release = marks.release
    return bool(release) and any(release + end in text for end in (marks.terminator, "\r", "\n"))


class _Patterns:
    """What plainly is a segment, with the element separator in use."""

    def __init__(self, marks: Separators) -> None:
        element, terminator = re.escape(marks.element), re.escape(marks.terminator)
        self.lost_end = re.compile(
            rf"(?<=[\r\n])[ \t]{{0,8}}(?=(?:{ANY_TAG})(?:{element}|{terminator}|[\r\n]|$))"
        )
        release = re.escape(marks.release)
        self.twice = re.compile(rf"{release}([\r\n]{{0,2}}){release}")
        self.wrapped_end = re.compile(
            rf"({release}[\r\n]{{1,2}}){terminator}(?!\s{{0,8}}(?:{ANY_TAG})(?:{element}|{terminator}))"
        )
        # A passenger glued to what comes before: the one lost terminator that loses a person.
        self.glued = re.compile(
            rf"(?<=[0-9])(?=TIF{element}[A-Z])|(?<=[A-Z0-9])(?=NAD{element}(?:FL|FM|DDT|DDU){element})"
        )
        self.quoted = quoted(marks)
        self.known = re.compile(rf"(?<![A-Za-z0-9])(?:{ANY_TAG})(?={element})")
        self.tag = re.compile(rf"([A-Za-z]{{3}})[ \r\n]{{0,3}}(?:{element}|$)")


patterns = lru_cache(maxsize=16)(_Patterns)


class _Mender:
    """Puts the plain segments in their places and makes what it can of the others."""

    def __init__(self, known: Known, offset: int, problems: list[Problem]) -> None:
        self.known = known
        self.offset = offset
        self.patterns = patterns(known.marks)
        self.problems = problems
        self.segments: list[Segment] = []
        self.spans: list[tuple[int, int]] = []
        self.skipped: list[tuple[int, int]] = []

    def mend(self, pieces: list[str], found: list[Segment | None], *, last: bool) -> None:
        """found: the segment of each piece, or None. last: nothing follows in the file."""
        offset = self.offset
        for piece, segment in zip(pieces, found, strict=True):
            end = offset + len(piece)
            if segment is not None:
                self.segments.append(segment)
                self.spans.append((end - len(piece.lstrip(EDGE)), end))
            elif piece.strip(EDGE):
                self._piece(self.known.unmasked(piece), offset)
            offset = end + 1
        terminator = self.known.marks.terminator
        if (
            last
            and self.spans
            and pieces[-1].strip(EDGE)
            and self.spans[-1][1] == offset - 1
            and terminator != "\n"
        ):
            self.problems.append(
                Problem(self.spans[-1][0], self.segments[-1].tag, "the last segment has no terminator")
            )

    def _piece(self, piece: str, offset: int) -> None:
        for raw, at in self._apart(piece, offset):
            text = raw.lstrip(EDGE)
            at += len(raw) - len(text)
            if not text:
                continue
            if not self._begins(text):
                known = self.patterns.known.search(text)
                cut = known.start() if known else len(text)
                self.skipped.append((at, at + cut))
                text, at = text[cut:], at + cut
                if not self._begins(text):
                    continue
            self._segment(text, at)

    def _begins(self, text: str) -> bool:
        """Whether text begins with a tag; one with a line wrap in it is still a tag."""
        head = text[:12].translate(NO_CONTROLS)
        match = self.patterns.tag.match(head)
        # After UNZ comes a footer, unless it has a tag that is known.
        closed = bool(self.segments) and self.segments[-1].tag == "UNZ"
        return match is not None and not (closed and match[1].upper() not in TAGS)

    def _apart(self, piece: str, offset: int) -> Iterator[tuple[str, int]]:
        """Cut where a terminator is missing but a new segment plainly begins."""
        begin = 0
        cuts = sorted(
            {match.end() for match in self.patterns.lost_end.finditer(piece)}
            | {match.start() for match in self.patterns.glued.finditer(piece)}
            | ({*()} if piece.isascii() else {match.end() for match in self.patterns.quoted.finditer(piece)})
        )
        for cut in cuts:
            if cut == 0 or not piece[begin:cut].strip(EDGE):
                continue
            if self._begins(piece[begin:cut].lstrip(EDGE)) and self.known.marks.terminator != "\n":
                self.problems.append(
                    Problem(offset + cut, piece[cut : cut + 3], "no terminator before this segment")
                )
            yield _unquoted(piece[begin:cut]), offset + begin
            begin = cut
        yield piece[begin:], offset + begin

    def _segment(self, raw: str, offset: int) -> None:
        # A letter of several bytes may be wrapped too.
        text = self.known.decoded(raw if raw.isascii() else raw.replace("\r", "").replace("\n", ""))
        if text[:1] == "\ufffd":
            text = text[1:]
            self.problems.append(
                Problem(offset, raw[:3], "not UTF-8: read in the interchange's character set")
            )
        text = text.translate(NO_CONTROLS)
        tag = text[:3].upper()
        # Between a tag and its first element there may be a blank ("UNG +"): it is left out.
        self.segments.append(Uncut(tag, tag + text[3:].lstrip(), self.known.marks))
        self.spans.append((offset, offset + len(raw)))

    def merged(self, text: str, offset: int) -> list[tuple[int, int]]:
        """Neighbouring stretches of noise are one, with one problem."""
        merged: list[tuple[int, int]] = []
        for begin, end in self.skipped:
            between = text[merged[-1][1] - offset : begin - offset] if merged else ""
            if merged and not between.strip(EDGE + self.known.marks.terminator):
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((begin, end))
        for begin, end in merged:
            self.problems.append(Problem(begin, "", f"{end - begin} bytes are no segment: skipped"))
        return merged


def _unquoted(raw: str) -> str:
    """Drop a typographic quote that stood for the terminator."""
    bare = raw.rstrip(EDGE)
    ending = None if raw.isascii() else QUOTED.search(bare)
    return bare[: ending.start()] if ending else raw

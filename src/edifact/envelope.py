"""From the parts of a file to its messages, with the heads they travel under."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from edifact import dates
from edifact.groups import Group
from edifact.records import Flight, Problem
from edifact.scan import Scanned, Spans, scan
from edifact.segments import CHARACTER_SETS, LATIN_1, NOTHING, SYNTAX, Known, Segment
from edifact.separators import USUAL, choose
from edifact.windows import Part

TYPES = ("PAXLST", "PNRGOV", "CUSRES", "GOVREQ", "ACKRES")  # those that are read
HEADS = frozenset({"UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"})


@dataclass
class Body:
    """One message as found: its segments between UNH and UNT, its heads, what was wrong.

    sent_at: from UNB, else UNG. sent: the day that resolves two-digit years; filled by
    the readers from the flight, or from the caller, when the envelope has no date.
    at: the segment being read, for problems; inside: which one of a group that is. meanings: what
    the reader of this type made of segments before. flights: of the message that this is a further
    part of. usual: the separators are those of the standard.
    """

    scanned: Scanned
    unb: Segment = NOTHING
    ung: Segment = NOTHING
    unh: Segment = NOTHING
    offset: int = 0
    first: int = 0
    segments: list[Segment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sent_at: datetime | None = None
    sent: date | None = None
    at: int = 0
    inside: int = 0
    partial: bool = False
    flights: tuple[Flight, ...] = ()
    meanings: dict[Segment, Any] = field(default_factory=dict)
    usual: bool = True

    @property
    def type(self) -> str:
        """As UNH names it. A name that is plainly damaged is taken from UNG, or from what it
        resembles, or from the segments: else one lost letter would cost a whole list."""
        said, group = self.unh.code(1), self.ung.code(0)
        if said in TYPES:
            return said
        if group in TYPES and said in ("", group):
            return group
        if near := get_close_matches(said, TYPES, 1, 0.8):
            return near[0]
        if len(said) == 6 and said.isascii() and said.isalpha():
            return said  # another message
        return group if group in TYPES else _guess(self.segments)

    @property
    def version(self) -> str:
        if self.unh.tag and len(self.unh.elements) > 1:
            return ":".join(part.strip() for part in self.unh.elements[1][1:]).strip(":")
        return ":".join(part.strip() for part in self.ung.elements[-1]) if self.ung.elements else ""

    @property
    def sequence(self) -> str:
        if len(self.unh.elements) < 4:
            return ""
        return ":".join(part.strip() for part in self.unh.elements[3])

    def take_apart(self, but: tuple[str, ...] = ()) -> None:
        """Give the segments of each group that was read as one: it is not that plain.

        but: tags that groups may go on to have.
        """
        if all(segment.tag in but for segment in self.segments if type(segment) is Group):
            return
        segments: list[Segment] = []
        spans: list[tuple[int, int]] = []
        for index, segment in enumerate(self.segments, self.first):
            span = self.scanned.spans[index]
            if type(segment) is Group:
                for part, begin, end in segment.parts():
                    segments.append(part)
                    at = self.scanned.spans
                    spans.append((at.inside(index, begin), at.inside(index, end)))
            else:
                segments.append(segment)
                spans.append(span)
        self.segments, self.first = segments, 0
        self.scanned = self.scanned._replace(segments=segments, spans=Spans(0, [], spans))

    def count(self) -> int:
        """Segments, those inside groups too."""
        inside = sum(segment.count() - 1 for segment in self.segments if type(segment) is Group)
        return len(self.segments) + inside

    def problem(self, message: str, at: int | None = None, inside: int | None = None) -> None:
        """Of the segment being read, or of that one (an index into segments).

        inside: which one of a group.
        """
        if at is None:
            at, inside = self.at, self.inside
        segment = self.segments[at]
        offset = self.scanned.spans[self.first + at][0]
        tag = segment.tag
        if inside and isinstance(segment, Group):
            begin = segment.place(inside)
            offset = self.scanned.spans.inside(self.first + at, begin)
            tag = segment.text[begin : begin + 3]
        self.problems.append(Problem(offset, tag, message))

    def head_problem(self, message: str) -> None:
        self.problems.append(Problem(self.offset, self.unh.tag, message))


def _guess(segments: list[Segment]) -> str:
    """The type of a message without UNH: from segments only one kind has."""
    tags = {segment.tag for segment in segments}
    if tags & {"SRC", "TIF", "RCI"}:
        return "PNRGOV"
    if tags & {"ERP", "ERC"}:
        return "CUSRES"
    return "PAXLST" if tags & {"NAD", "PDT"} and tags & {"TDT", "BGM", "DOC"} else "unknown"


class Interchange:
    """From UNA or UNB (or the first UNG, UNH, where these are missing) to the next."""

    def __init__(self, part: Part, received: date | None, before: "Interchange | None" = None) -> None:
        self.offset = part.begin
        self.received = received
        self.marks, complaint = choose(part.text, part.una)
        self.waiting = [Problem(part.begin, "UNA", complaint)] if complaint else []
        syntax = SYNTAX.search(part.text, 0, 200)
        self.charset = CHARACTER_SETS.get(syntax[0].upper(), LATIN_1) if syntax else LATIN_1
        self.unb = self.ung = NOTHING
        self.unb_at = self.ung_at = 0
        self.count = 0
        self.open: Body | None = None  # cut at the end of a part
        same = before is not None and (before.marks, before.charset) == (self.marks, self.charset)
        self.known: Known = before.known if before and same else Known(self.marks, self.charset)

    def bodies(self, part: Part) -> Iterator[Body]:
        """The messages of a part, in order. What is wrong becomes a problem of the message it
        lies in or follows, or of the first."""
        scanned = scan(part.text, part.offset, self.known, last=part.last or not part.cut)
        found = self._grouped(scanned, part)
        self.waiting += scanned.problems
        if found:
            _share(self.waiting, found)
            self.waiting = []
        for body in found:
            body.sent_at = self._sent_at(body)
            body.usual = replace(self.marks, repetition="") == USUAL
            body.sent = body.sent_at.date() if body.sent_at else self.received
            if body.sent is not None:
                body.meanings = self.known.meanings.setdefault((body.type, body.sent), {})
            if body.unh.tag and not body.ung.tag and not body.unb.tag:
                body.head_problem("no UNB: sender and date are unknown")
            yield body

    def _grouped(self, scanned: Scanned, part: Part) -> list[Body]:
        found: list[Body] = []
        segments, spans = scanned.segments, scanned.spans
        unh, offset, partial, begin = NOTHING, part.offset, False, 0
        if self.open is not None:
            unh, partial = self.open.unh, True
        heads = [index for index, segment in enumerate(segments) if segment.tag in HEADS]
        for index in [*heads, len(segments)]:
            head = segments[index] if index < len(segments) else NOTHING
            if unh.tag or index > begin:
                body = Body(scanned, self.unb, self.ung, unh, offset, begin, segments[begin:index])
                body.partial = partial or (part.cut and not head.tag)
                body.flights = self.open.flights if self.open is not None else ()
                self._close(body, head, index)
                found.append(body)
                self.open = body if part.cut and not head.tag else None
            unh, partial, begin = NOTHING, False, index + 1
            if head.tag == "UNH":
                self.count += 1
                unh, offset = head, spans[index][0]
            elif head.tag == "UNB":
                self.unb, self.ung = head, NOTHING
                self.unb_at = spans[index][0]
            elif head.tag == "UNG":
                self.ung = head
                self.ung_at = spans[index][0]
            elif (
                head.tag == "UNZ" and not self.ung.tag and head.at(0).lstrip("0") not in (str(self.count), "")
            ):
                text = f"UNZ counts {head.at(0)!r} messages, {self.count} found"
                scanned.problems.append(Problem(spans[index][0], "UNZ", text))
        return found

    def _close(self, body: Body, head: Segment, index: int) -> None:
        """Say what is wrong where a message ends, before that head."""
        if not body.unh.tag:
            body.offset = body.scanned.spans[body.first][0]
            body.problem("segments outside UNH and UNT", 0)
        if body.partial:
            body.head_problem("a very large message: given in parts")
        elif head.tag == "UNT":
            _check_count(body, head, index)
        elif head.tag:
            body.problems.append(_problem(body, index, "no UNT before this segment"))
        else:
            text = "the message ends without UNT"
            last = body.segments[-1] if body.segments else head
            if isinstance(last, Group):
                body.problem(text, len(body.segments) - 1, last.count() - 1)
            else:
                body.problems.append(_problem(body, index - 1, text))

    def _sent_at(self, body: Body) -> datetime | None:
        for head, offset in ((body.unb, self.unb_at), (body.ung, self.ung_at)):
            if not head.tag:
                continue
            text = head.at(3)
            try:
                year, month, day, _ = dates.parts(text)
                # UNB is when the message was made: always this century.
                on = date(year if year > 99 else 2000 + year, month, day)
            except ValueError:
                body.problems.append(Problem(offset, head.tag, f"unreadable date of sending {text!r}"))
                continue
            try:
                return datetime.combine(on, dates.clock_time(head.at(3, 1)))
            except ValueError:
                return datetime.combine(on, time())
        return None


def _problem(body: Body, index: int, message: str) -> Problem:
    return Problem(body.scanned.spans[index][0], body.scanned.segments[index].tag, message)


def _check_count(body: Body, unt: Segment, index: int) -> None:
    real = body.count() + 2
    said = unt.at(0)
    if not body.unh.tag:
        return
    if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) != real:
        body.problems.append(_problem(body, index, f"UNT counts {said!r} segments, {real} found"))
    if unt.at(1) and unt.at(1) != body.unh.at(0):
        body.problems.append(_problem(body, index, "UNT and UNH have different references"))


def _share(problems: list[Problem], found: list[Body]) -> None:
    """Give each problem of the interchange to the last message that begins before it."""
    index = 0
    for problem in sorted(problems, key=lambda problem: problem.offset):
        while index + 1 < len(found) and found[index + 1].offset <= problem.offset:
            index += 1
        found[index].problems.append(problem)

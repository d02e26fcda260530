"""From the segments of an interchange to its messages, with the heads they travel under."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches

from edifact import dates
from edifact.records import Problem
from edifact.scan import NO_SEGMENT, Interchange, Segment

NOTHING = NO_SEGMENT
TYPES = ("PAXLST", "PNRGOV", "CUSRES")  # those that are read
AROUND = frozenset({"UNA", "UNB", "UNG", "UNE", "UNZ"})


@dataclass
class Body:
    """One message as found: its segments between UNH and UNT, its heads, what was wrong.

    sent_at: from UNB, else UNG. sent: the day that resolves two-digit years; filled by
    the readers from the flight, or from the caller, when the envelope has no date.
    """

    interchange: Interchange
    unb: Segment = NOTHING
    ung: Segment = NOTHING
    unh: Segment = NOTHING
    segments: list[Segment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sent_at: datetime | None = None
    sent: date | None = None

    @property
    def offset(self) -> int:
        return (self.unh if self.unh.tag else self.segments[0]).offset

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

    def problem(self, segment: Segment, message: str) -> None:
        self.problems.append(Problem(segment.offset, segment.tag, message))


def _guess(segments: list[Segment]) -> str:
    """The type of a message without UNH: from segments only one kind has."""
    tags = {segment.tag for segment in segments}
    if tags & {"SRC", "TIF", "RCI"}:
        return "PNRGOV"
    if tags & {"ERP", "ERC"}:
        return "CUSRES"
    return "PAXLST" if tags & {"NAD", "PDT"} and tags & {"TDT", "BGM", "DOC"} else "unknown"


def bodies(interchange: Interchange, received: date | None) -> Iterator[Body]:
    """The messages of one interchange, in order. What is wrong becomes a problem of the
    message it lies in or follows, or of the first."""
    found = list(_grouped(interchange))
    _share(interchange, found)
    for body in found:
        body.sent_at = _sent_at(body)
        body.sent = body.sent_at.date() if body.sent_at else received
        if body.unh.tag and not body.ung.tag and not body.unb.tag:
            body.problem(body.unh, "no UNB: sender and date are unknown")
        yield body


def _grouped(interchange: Interchange) -> Iterator[Body]:
    unb = ung = NOTHING
    body: Body | None = None
    count = 0
    for segment in interchange.segments:
        tag = segment.tag
        if tag not in AROUND and tag not in ("UNH", "UNT"):
            if body is None:
                body = Body(interchange, unb, ung)
                body.problem(segment, "segments outside UNH and UNT")
            body.segments.append(segment)
            continue
        if body is not None:
            if tag == "UNT":
                _check_count(body, segment)
            else:
                body.problem(segment, "no UNT before this segment")
            yield body
            body = None
        if tag == "UNB":
            unb, ung = segment, NOTHING
        elif tag == "UNG":
            ung = segment
        elif tag == "UNH":
            count += 1
            body = Body(interchange, unb, ung, segment)
        elif tag == "UNZ" and not ung.tag and segment.at(0).lstrip("0") not in (str(count), ""):
            interchange.problems.append(
                Problem(segment.offset, "UNZ", f"UNZ counts {segment.at(0)!r} messages, {count} found")
            )
    if body is not None:
        last = interchange.segments[-1]
        body.problem(last, "the message ends without UNT")
        yield body


def _check_count(body: Body, unt: Segment) -> None:
    real = len(body.segments) + 2
    said = unt.at(0)
    if not body.unh.tag:
        return
    if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) != real:
        body.problem(unt, f"UNT counts {said!r} segments, {real} found")
    if unt.at(1) and unt.at(1) != body.unh.at(0):
        body.problem(unt, "UNT and UNH have different references")


def _share(interchange: Interchange, found: list[Body]) -> None:
    """Give each problem of the interchange to the last message that begins before it."""
    if not found:
        return
    index = 0
    for problem in sorted(interchange.problems, key=lambda problem: problem.offset):
        while index + 1 < len(found) and found[index + 1].offset <= problem.offset:
            index += 1
        found[index].problems.append(problem)


def _sent_at(body: Body) -> datetime | None:
    for head in (body.unb, body.ung):
        if not head.tag:
            continue
        text = head.at(3)
        try:
            year, month, day, _ = dates.parts(text)
            # UNB is when the message was made: always this century.
            on = date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            body.problem(head, f"unreadable date of sending {text!r}")
            continue
        try:
            return datetime.combine(on, dates.clock_time(head.at(3, 1)))
        except ValueError:
            return datetime.combine(on, time())
    return None

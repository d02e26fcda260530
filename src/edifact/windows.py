"""A file, of whatever size, in parts that can be read by themselves.

A window is as much text as is looked at together. It ends where a message begins, so that
memory is that of a window, or of one message; a message larger than MOST is given in parts,
cut before a passenger or a record.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

WINDOW = 2 << 20  # bytes read at a time
MOST = 8 << 20  # bytes of one message that are held together
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
SIGN = 64  # bytes by which UTF-16 without a byte order mark is told: each other one is 0

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
# Where a window may end: an envelope or a message begins; or else a record or a passenger.
MESSAGE = re.compile(rf"(?:{_UNA})?{_UNB}|(?<=[^A-Za-z0-9 ])UN[GH][^\w\s]|(?<=[\r\n])UN[GH][^\w\s]", re.I)
GROUP = re.compile(r"(?<=[^A-Za-z0-9 ])(?:SRC[^\w\s]|NAD[^\w\s](?:FL|FM|DDT|DDU)[^\w\s]|PDT[^\w\s])", re.I)
# The same, roughly and fast.
MESSAGE_HINT = re.compile(r"[Uu][\r\n]{0,2}[Nn]")
GROUP_HINT = re.compile("[Ss][Rr][Cc]|[Nn][Aa][Dd]|[Pp][Dd][Tt]")


@dataclass(frozen=True, slots=True)
class Part:
    """Text of one interchange, which begins at that byte of the file.

    fresh: an interchange begins here; una: its service characters, if it says them.
    begin: the byte where UNA stands. cut: the message at the end goes on in the next part.
    last: of the file.
    """

    text: str
    offset: int
    fresh: bool = False
    una: str | None = None
    begin: int = 0
    cut: bool = False
    last: bool = False


def parts(file: BinaryIO) -> Iterator[Part | tuple[int, int]]:
    """The parts of a file in order, and as (offset, end) what lies before the first envelope."""
    begun = False
    for text, offset, cut, last in _windows(file):
        starts = starts_of(text, loose=not begun and offset == 0)
        first = starts[0][0] if starts else len(text)
        if begun and first:
            yield Part(text[:first], offset, cut=cut and not starts, last=last and not starts)
        elif text[:first].strip("\xef\xbb\xbf\t\r\n \x00\x01\x02\x03"):
            yield offset, offset + first
        begun = begun or bool(starts)
        ends = [*(start for start, _, _ in starts[1:]), len(text)][: len(starts)]
        for index, ((start, body, una), end) in enumerate(zip(starts, ends, strict=True), 1):
            final = index == len(starts)
            yield Part(
                text[body:end], offset + body, True, una, offset + start, cut and final, last and final
            )


def _windows(file: BinaryIO) -> Iterator[tuple[str, int, bool, bool]]:
    """(text, its offset, whether a message is cut at its end, whether it is the last)."""
    chunks = _chunks(file)
    text, offset = next(chunks, ""), 0
    for chunk in chunks:  # there is more, so text may end in the midst of a message
        end, cut = _end(text)
        if end:
            yield text[:end], offset, cut, False
        text, offset = text[end:] + chunk, offset + end
    yield text, offset, False, True


def _chunks(file: BinaryIO) -> Iterator[str]:
    """The bytes as Latin-1; of UTF-16 first made UTF-8."""
    chunk = file.read(WINDOW)
    wide = wide_of(chunk)
    decode = codecs.getincrementaldecoder(wide)("replace").decode if wide else None
    chunk = chunk[2:] if chunk[:2] in WIDE else chunk
    while chunk:
        if decode is not None:
            chunk = decode(chunk).encode("utf-8", errors="replace")
        yield chunk.decode("latin-1")
        chunk = file.read(WINDOW)


def wide_of(head: bytes) -> str:
    """Which UTF-16 the file is in; "" for none."""
    first, second = head[:SIGN:2], head[1:SIGN:2]
    if not any(second) and all(first) and len(head) >= SIGN:
        return "utf-16-le"
    if not any(first) and all(second) and len(head) >= SIGN:
        return "utf-16-be"
    return WIDE.get(head[:2], "")


def _end(text: str) -> tuple[int, bool]:
    """Where the window ends, 0 for not yet, and whether that is inside a message."""
    for pattern, hint, inside in ((MESSAGE, MESSAGE_HINT, False), (GROUP, GROUP_HINT, True)):
        if inside and len(text) < MOST:
            return 0, False
        found = _last(pattern, hint, text)
        if found is not None:
            # An UNA before its UNB that the search began behind.
            before = re.compile(_UNA, re.I).search(text, max(0, found.start() - 60), found.start() + 60)
            start = before.start() if before and before.end() == found.start() else found.start()
            if start:
                return start, inside
    return len(text), True


def _last(pattern: re.Pattern[str], hint: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match, looked for from the end in growing steps, as it is mostly near."""
    end, step = len(text), 4096
    while end > 1:
        begin = max(1, end - step)
        candidates = [match.start() for match in hint.finditer(text, begin, end + 2)]
        for at in reversed(candidates):
            if (found := pattern.match(text, at)) is not None:
                return found
        end, step = begin, step * 8
    return None


def starts_of(text: str, *, loose: bool) -> list[tuple[int, int, str | None]]:
    """(start, where the segments begin, service characters of UNA) for each interchange.

    loose: nothing came before, so that a message may have a damaged envelope, or none at all.
    """
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
        if loose:
            first = bare.search(text, 0, found[0][0] if found else len(text))
            if first is not None:
                found.insert(0, (first.start(), first.start(), None))
        if found:
            return found
    match = LOOSE_START.search(text) if loose else None
    if match is not None and len(LOOSE_START.findall(text)) >= 3:
        return [(match.start(), match.start(), None)]
    return []

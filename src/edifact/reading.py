"""The one door in: bytes of a file to messages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from edifact import cusres, paxlst, pnrgov
from edifact.envelope import Body, bodies
from edifact.records import Message, Problem
from edifact.scan import Interchange, scan

READERS: dict[str, Callable[[Body], dict[str, Any]]] = {
    "PAXLST": paxlst.read,
    "PNRGOV": pnrgov.read,
    "CUSRES": cusres.read,
}
BOM = b"\xef\xbb\xbf"
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# What a file begins with that is something else.
SIGNS = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip"),
    (b"ISA*", "ANSI X12"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


def read(data: bytes, *, received: date | None = None) -> tuple[Message, ...]:
    """Read a file: every message in it, or one Message that says what the file is instead.

    Never raises and never gives an empty tuple. received: the day the file came in; it
    resolves two-digit years where neither envelope nor flight has a date. Offsets are
    bytes in data, but for UTF-16, where they are those of the text as UTF-8.
    """
    wide = WIDE.get(data[:2])
    if wide is not None:
        data = data[2:].decode(wide, errors="replace").encode("utf-8", errors="replace")
    interchanges, before = scan(data)
    if not interchanges:
        name = not_edifact(data)
        return (
            Message(type=f"not EDIFACT: {name}", problems=(Problem(0, "", f"no EDIFACT found: {name}"),)),
        )
    messages = [message for interchange in interchanges for message in _messages(interchange, received)]
    around = [Problem(at, "", f"{end - at} bytes before the first envelope: skipped") for at, end in before]
    if wide is not None:
        around.append(Problem(0, "", "the file is UTF-16: offsets are those of its text as UTF-8"))
    if around:
        messages[0] = replace(messages[0], problems=(*around, *messages[0].problems))
    return tuple(messages)


def _messages(interchange: Interchange, received: date | None) -> list[Message]:
    found = [_message(body) for body in bodies(interchange, received)]
    if found:
        return found
    none = Problem(interchange.offset, "", "an envelope without a message")
    return [Message(type="unknown", offset=interchange.offset, problems=(none, *interchange.problems))]


def _message(body: Body) -> Message:
    kind = body.type
    if body.unh.tag and body.unh.code(1) != kind:
        body.problem(body.unh, f"UNH names the type {body.unh.at(1)!r}: read as {kind}")
    fields = READERS[kind](body) if kind in READERS else {}
    if kind not in READERS:
        body.problem(body.unh if body.unh.tag else body.segments[0], f"messages of type {kind} are not read")
    return Message(
        type=kind,
        version=body.version,
        sender=body.unb.at(1) or body.ung.at(1),
        recipient=body.unb.at(2) or body.ung.at(2),
        sent_at=body.sent_at,
        control_reference=body.unb.at(4),
        message_reference=body.unh.at(0),
        access_reference=body.unh.at(2),
        sequence=":".join(part.strip() for part in body.unh.elements[3])
        if len(body.unh.elements) > 3
        else "",
        offset=body.offset,
        problems=tuple(sorted(body.problems, key=lambda problem: problem.offset)),
        **fields,
    )


def not_edifact(data: bytes) -> str:
    """Name a file that holds no EDIFACT: "empty", "XML (IATA_PNRGOV)", "plain text", ..."""
    head = data[:4096].removeprefix(BOM).lstrip()
    if not head:
        return "empty" if not data.strip() else "blanks"
    for sign, name in SIGNS:
        if head.startswith(sign):
            return name
    if head.startswith(b"<"):
        if re.match(rb"<!doctype html|<html", head, re.I):
            return "HTML"
        root = re.search(rb"<(?:[\w.-]{1,64}:)?([A-Za-z_][\w.-]{0,99})[\s/>]", head)
        return f"XML ({root[1].decode('ascii', errors='replace')})" if root else "XML"
    odd = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in head)
    return "binary data" if odd * 20 > len(head) else "plain text"

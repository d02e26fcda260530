"""The one door in: bytes of a file to messages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from edifact import cusres, paxlst, pnrgov, pnrgov_xml, requests
from edifact.envelope import Body, Interchange
from edifact.joining import joined
from edifact.records import Message, Problem
from edifact.windows import parts, wide_of
from edifact.xml_tree import ROOT

READERS: dict[str, Callable[[Body], dict[str, Any]]] = {
    "PAXLST": paxlst.read,
    "PNRGOV": pnrgov.read,
    "CUSRES": cusres.read,
    "GOVREQ": requests.read_request,
    "ACKRES": requests.read_answer,
}
# What groups begin with in messages of a type that reads them.
GROUPS = {"PAXLST": ("NAD",), "PNRGOV": ("SRC",)}
BOM = b"\xef\xbb\xbf"
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
    return tuple(stream(BytesIO(data), received=received))


def stream(file: BinaryIO, *, received: date | None = None) -> Iterator[Message]:
    """As read(), one message after another, of a file that may be larger than memory.

    file: open for reading bytes, and seekable. A message of more than 8 MB is given in parts.
    """
    begin = file.tell()
    head = file.read(4096)
    file.seek(begin)
    return joined(_told(file, head, received))


def _told(file: BinaryIO, head: bytes, received: date | None) -> Iterator[Message]:
    """The messages, the first with what is wrong around it; or what the file is instead."""
    around: list[Problem] = []
    flat = head.replace(b"\0", b"")  # UTF-16 too
    # An interchange may quote anything, a document too.
    begins = flat.removeprefix(BOM).lstrip()[:3].upper()
    xml = begins not in (b"UNA", b"UNB") and ROOT.search(flat) is not None
    if wide_of(head) and not xml:
        around.append(Problem(0, "", "the file is UTF-16: offsets are those of its text as UTF-8"))
    found = False
    for message in pnrgov_xml.stream(file, received) if xml else _messages(file, received, around):
        if around:
            message = replace(message, problems=(*around, *message.problems))
            around.clear()
        found = True
        yield message
    if not found:
        name = not_edifact(head)
        problem = Problem(0, "", f"no EDIFACT found: {name}")
        yield Message(type=f"not EDIFACT: {name}", problems=(problem,))


def _messages(file: BinaryIO, received: date | None, around: list[Problem]) -> Iterator[Message]:
    interchange: Interchange | None = None
    count = 0
    for part in parts(file):
        if isinstance(part, tuple):
            offset, end = part
            around.append(Problem(offset, "", f"{end - offset} bytes before the first envelope: skipped"))
            continue
        if part.fresh or interchange is None:
            if interchange is not None and not count:
                yield _none(interchange)
            interchange, count = Interchange(part, received, interchange), 0
        for body in interchange.bodies(part):
            count += 1
            yield _message(body)
    if interchange is not None and not count:
        yield _none(interchange)


def _none(interchange: Interchange) -> Message:
    none = Problem(interchange.offset, "", "an envelope without a message")
    return Message(type="unknown", offset=interchange.offset, problems=(none, *interchange.waiting))


def _message(body: Body) -> Message:
    body.take_apart(GROUPS.get(body.unh.code(1), ()))
    kind = body.type
    if body.unh.tag and body.unh.code(1) != kind:
        body.head_problem(f"UNH names the type {body.unh.at(1)!r}: read as {kind}")
    fields: dict[str, Any] = {}
    if kind in READERS:
        fields = READERS[kind](body)
    else:
        body.problems.append(Problem(body.offset, body.unh.tag, f"messages of type {kind} are not read"))
    if body.partial:
        body.flights = fields.get("flights", ())
    unb, unh = body.unb, body.unh
    return Message(
        type=kind,
        version=body.version,
        sender=unb.at(1) or body.ung.at(1),
        recipient=unb.at(2) or body.ung.at(2),
        sent_at=body.sent_at,
        control_reference=unb.at(4),
        message_reference=unh.at(0),
        access_reference=unh.at(2),
        sequence=body.sequence,
        offset=body.offset,
        problems=tuple(sorted(body.problems, key=lambda problem: problem.offset)) if body.problems else (),
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

"""PNRGOV-XML to small trees, one record at a time: no DTD, no entities, no network, bounded.

Expat reads; here is only what keeps it within limits and picks it up again after a fault, at
the next record, passenger or flight. Names are taken without their namespace prefix.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from edifact.records import Problem

CHUNK = 1 << 16
MOST_DEPTH = 50
MOST_NODES = 20_000  # elements of one record, or outside records
MOST_TEXT = 1 << 20  # characters of the same
RECORD = "PNR"
_NAME = rb"<(?:[\w.-]{1,64}:)?"
ROOT = re.compile(_NAME + rb"IATA_PNRGOV\w{0,30}[\s>]")
RESUME = re.compile(
    _NAME + rb"(?P<inside>(?:PNR|Passenger|Flight)[\s>/])|(?P<document><\?xml\s|" + _NAME + rb"IATA_PNRGOV)"
)


class Rejected(Exception):
    """The document asks for what is never done, or is larger than it may be."""


class Node:
    """An element: local name, attributes, children. offset: its byte in the file."""

    __slots__ = ("attributes", "children", "name", "offset", "pieces", "raw")

    def __init__(self, raw: str, attributes: dict[str, str], offset: int) -> None:
        self.raw = raw  # with its prefix
        self.name = raw.rpartition(":")[2]
        self.attributes = {key.rpartition(":")[2].lower(): value.strip() for key, value in attributes.items()}
        self.children: list[Node] = []
        self.pieces: list[str] = []
        self.offset = offset

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def get(self, *names: str) -> str:
        """The first of these attributes that is not empty; capitals do not matter."""
        return next((value for name in names if (value := self.attributes.get(name.lower(), ""))), "")

    def all(self, name: str) -> "list[Node]":
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> "Node":
        """The first child of that name, or an empty one."""
        return next((child for child in self.children if child.name == name), NOTHING)

    def walk(self) -> "Iterator[Node]":
        for child in self.children:
            yield child
            yield from child.walk()

    def line(self) -> str:
        """All that it says in one line."""
        own = " ".join([*self.attributes.values(), self.text])
        return " ".join(filter(None, (own.strip(), *(child.line() for child in self.children))))


NOTHING = Node("", {}, 0)


class Document:
    """What was read so far of one document: the head, and records since they were last taken."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.root = Node("", {}, offset)
        self.records: list[Node] = []
        self.problems: list[Problem] = []


def documents(file: BinaryIO) -> Iterator[tuple[Document, bool]]:
    """The document at each chunk of the file, and whether it ends there.

    Raises Rejected. What is not well-formed is a problem of the document; reading goes on behind it.
    """
    reader, offset, data = _Reader(0), 0, b""
    while True:
        chunk = file.read(CHUNK)
        data += chunk
        while data:
            if reader.lost:
                match = RESUME.search(data)
                if match is None:  # a tag may be cut by the end of the chunk
                    offset, data = offset + max(0, len(data) - 100), data[-100:]
                    break
                offset, data = offset + match.start(), data[match.start() :]
                if match["document"]:
                    reader.finish()
                    yield reader.document, True
                    reader = _Reader(offset)
                else:
                    reader.resume(match["inside"][:-1].decode(), offset)
            used = reader.feed(data, offset)
            offset, data = offset + used, data[used:]
        if not chunk:
            reader.finish()
        yield reader.document, not chunk
        if not chunk:
            return


class _Reader:
    """Feeds expat, and a new expat after each fault."""

    def __init__(self, offset: int) -> None:
        self.document = Document(offset)
        self.stack = [self.document.root]
        self.encoding: str | None = None
        self.nodes = self.text = 0  # of the record that is open
        self.outside = 0  # elements outside records: all of them are kept
        self.lost = False  # looking for where to resume
        self.parser, self.base = self._parser(), offset

    def feed(self, data: bytes, offset: int) -> int:
        """How many bytes are done with: all, or up to and with where the fault begins."""
        try:
            self._parse(data, offset)
        except expat.ExpatError as error:
            at = max(self.parser.ErrorByteIndex + self.base, offset)
            self._problem(at, f"not well-formed XML: {expat.ErrorString(error.code)}")
            self.lost = True
            return min(at - offset + 1, len(data))
        return len(data)

    def _parse(self, data: bytes, offset: int) -> None:
        try:
            self.parser.Parse(data, False)
            return
        except (LookupError, ValueError):
            pass
        # The declaration names a character set that nobody has: expat asks Python for it and Python raises.
        self._problem(offset, f"unknown character set {self.encoding!r}: read as UTF-8")
        self.encoding, self.base = "utf-8", offset
        self.parser = self._parser(self.encoding)
        self.parser.Parse(data, False)

    def resume(self, name: str, offset: int) -> None:
        """Go on at a record, or at a part of the record that is open."""
        depth = next((n for n, node in enumerate(self.stack) if node.name == RECORD), 0)
        self._close(depth if name == RECORD and depth else depth + 1)
        opened = b"<x>" + b"".join(b"<%s>" % node.raw.encode() for node in self.stack[1:])
        self.parser, self.lost = expat.ParserCreate(self.encoding or "utf-8"), False
        self.parser.Parse(opened, False)
        self.base = offset - len(opened)
        self._attach(self.parser)

    def finish(self) -> None:
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            if not self.lost:
                at = self.parser.ErrorByteIndex + self.base
                self._problem(at, f"the document is cut off: {expat.ErrorString(error.code)}")
        self._close(1)

    def _parser(self, encoding: str | None = None) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding)
        if encoding is None:
            parser.XmlDeclHandler = self._declared
        self._attach(parser)
        return parser

    def _attach(self, parser: expat.XMLParserType) -> None:
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = _refused
        parser.EntityDeclHandler = _refused
        parser.ExternalEntityRefHandler = _refused
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        node = Node(raw, attributes, self.parser.CurrentByteIndex + self.base)
        if len(self.stack) > MOST_DEPTH:
            raise Rejected(f"elements nested deeper than {MOST_DEPTH}")
        if node.name == RECORD:
            self.nodes = self.text = 0
        else:
            self.stack[-1].children.append(node)
            self.outside += not any(above.name == RECORD for above in self.stack)
        self.nodes += 1
        self._count(sum(map(len, attributes.values())))
        self.stack.append(node)

    def _end(self, _raw: str) -> None:
        if len(self.stack) > 1:
            self._close(len(self.stack) - 1)

    def _characters(self, text: str) -> None:
        self._count(len(text))
        self.stack[-1].pieces.append(text)

    def _count(self, size: int) -> None:
        self.text += size
        if max(self.nodes, self.outside) > MOST_NODES or self.text > MOST_TEXT:
            raise Rejected(f"a record of more than {MOST_NODES} elements or {MOST_TEXT} characters")

    def _close(self, depth: int) -> None:
        """End the elements deeper than that."""
        while len(self.stack) > depth:
            node = self.stack.pop()
            if node.name == RECORD:
                self.document.records.append(node)

    def _problem(self, offset: int, message: str) -> None:
        self.document.problems.append(Problem(offset, self.stack[-1].name, message))


def _refused(*_declared: object) -> NoReturn:
    raise Rejected("a document type declaration: no DTD and no entity is ever read")

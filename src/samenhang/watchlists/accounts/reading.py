"""Rows of a CSV or Parquet file of any size, one after another; what cannot be read is said."""

import csv
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

DELIMITERS = ",;\t|"
# Characters of a line that are read at once: a file without line ends must not fill the memory.
LONGEST = 1 << 20
AT_ONCE = 8_192

# The number of its first line (of a row, in Parquet) and its cells.
Row = tuple[int, list[str]]


class NotReadable(Refused):
    code = "not-readable"
    status = 422


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that was not compared: where, why and what to do. Never what stands in it."""

    line: int
    why: str
    to_do: str


class Table(Protocol):
    """size and position: how far reading is, in `unit`."""

    headings: list[str]
    size: int
    unit: str

    @property
    def position(self) -> int: ...

    def rows(self, compared: Collection[int]) -> Iterator[Row | Unread]:
        """All rows once. compared: the columns whose content matters; others may come back empty."""
        ...


def open_table(path: Path, encoding: str) -> Table:
    """By its content, not its name. Raises NotReadable."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == b"PAR1":
            return ParquetTable(path)
        return CsvTable(path, "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding)
    except OSError as fault:
        raise NotReadable(_("%(file)s: %(fault)s") % {"file": path, "fault": fault.strerror}) from fault
    except LookupError as fault:
        raise NotReadable(_("There is no encoding %s. Try utf-8 or cp1252.") % encoding) from fault


class CsvTable:
    """Separated by comma, semicolon, tab or bar, with headings in its first line."""

    unit = "B"

    def __init__(self, path: Path, encoding: str) -> None:
        # Bytes that are no text of this encoding come back as surrogates, to be told row by row.
        encoding = "utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding
        self._file: TextIO = path.open(encoding=encoding, errors="surrogateescape", newline="")
        self.size = path.stat().st_size
        first = self._file.readline(LONGEST)
        self._delimiter = max(DELIMITERS, key=first.count)
        self.headings = next(csv.reader([first], delimiter=self._delimiter), [])

    @property
    def position(self) -> int:
        return self.size if self._file.closed else self._file.buffer.tell()

    def rows(self, compared: Collection[int]) -> Iterator[Row | Unread]:
        lines = _Lines(self._file)
        with self._file:
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                first = lines.begin()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    cells = None
                if cells is not None and not any(cells):
                    continue
                fault = _broken() if cells is None else self._fault(cells, compared)
                if cells is None or fault:
                    # A quotation mark that is missing swallows the rows below: these are read again.
                    lines.give_back()
                    reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
                    yield Unread(first, *(fault or _broken()))
                else:
                    yield first, cells

    def _fault(self, cells: list[str], compared: Collection[int]) -> tuple[str, str] | None:
        if len(cells) != len(self.headings):
            why = _("%(here)d columns where the first line has %(there)d")
            numbers = {"here": len(cells), "there": len(self.headings)}
            return why % numbers, _("Put quotation marks around what holds a separator.")
        text = "".join(cells[i] for i in compared)
        if "\n" in text or "\r" in text:
            return _broken()
        if any("\udc80" <= letter <= "\udcff" for letter in text):
            return _("not in the encoding of the file"), _("Save it as UTF-8, or give --encoding cp1252.")
        return None


def _broken() -> tuple[str, str]:
    return _("quotation marks do not match"), _("Close the quotation mark, or write it twice inside a text.")


class _Lines:
    """Lines of a file, of which those since the last `begin` can be given back but for the first."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        # The headings were the first line.
        self._number = 1

    def begin(self) -> int:
        """The number of the line that comes next."""
        self._taken.clear()
        return self._number + 1

    def give_back(self) -> None:
        self._again.extendleft(reversed(self._taken[1:]))
        self._number -= len(self._taken[1:])
        del self._taken[1:]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LONGEST)
        if not line:
            raise StopIteration
        self._number += 1
        self._taken.append(line)
        return line


class ParquetTable:
    """A Parquet file, of which only what is compared is read. Needs `pip install samenhang[parquet]`."""

    unit = " rows"

    def __init__(self, path: Path) -> None:
        try:
            from pyarrow import ArrowException, parquet
        except ImportError:
            raise NotReadable(
                _("For Parquet files install more: pip install 'samenhang[parquet]'. Or save it as CSV.")
            ) from None
        self._damage = ArrowException
        try:
            self._file = parquet.ParquetFile(path)
        except ArrowException as fault:
            raise _damaged() from fault
        self.headings: list[str] = list(self._file.schema_arrow.names)
        self.size = int(self._file.metadata.num_rows)
        self.position = 0

    def rows(self, compared: Collection[int]) -> Iterator[Row | Unread]:
        names = [self.headings[i] for i in sorted(compared)]
        with self._file:
            for batch in self._batches(names):
                columns = [batch.column(name).to_pylist() for name in names]
                for values in zip(*columns, strict=True):
                    self.position += 1
                    cells = [""] * len(self.headings)
                    for i, value in zip(sorted(compared), values, strict=True):
                        cells[i] = _text(value)
                    yield self.position, cells

    def _batches(self, names: list[str]) -> Iterator[Any]:
        try:
            yield from self._file.iter_batches(AT_ONCE, columns=names)
        except (self._damage, OSError) as fault:
            raise _damaged() from fault


def _damaged() -> NotReadable:
    return NotReadable(_("The Parquet file is damaged: make it again."))


def _text(value: Any) -> str:
    """A value as text; a moment as its day, which str() of it begins with."""
    return "" if value is None else str(value)

"""Which keys were destroyed: kept beside the data, so that an older key store brings none of them back.

One file for each month, one random id on each line. A list says nothing about
anybody. A month may be removed once no copy of the key store is that old.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from samenhang.foundation import durable

ID = re.compile(r"[0-9a-f]{32}\Z")
MONTH = "[0-9]" * 4 + "-" + "[0-9]" * 2
TAIL = 64 * 1024


class DestroyedKeys:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, *ids: str) -> None:
        """On disk when this returns."""
        durable.make_folder(self.folder)
        durable.append(self.folder / f"{datetime.now(UTC):%Y-%m}", ids)

    def latest(self) -> list[str]:
        """The last ones, which a crash may have left unfinished."""
        months = sorted(self.folder.glob(MONTH))[-2:]
        return [name for month in months for name in _ids(_tail(month).splitlines())]

    def all(self) -> Iterator[str]:
        for month in sorted(self.folder.glob(MONTH)):
            with month.open(encoding="ascii", errors="replace") as lines:
                yield from _ids(lines)


def _ids(lines: Iterable[str]) -> Iterator[str]:
    """What is no id was cut off by a crash, before its key was destroyed."""
    stripped = (line.strip() for line in lines)
    return (line for line in stripped if ID.match(line))


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        return file.read().decode("ascii", errors="replace")

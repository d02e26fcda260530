"""Demonstrations that this machine serves side by side, so that a page can lead to the other one."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samenhang.foundation.home import home, of_demonstration

NOTE = "served-at.json"
# Second factors are tied to a name, never to a number.
LOOPBACK, NAMED = "127.0.0.1:", "localhost:"


@dataclass(frozen=True)
class Neighbour:
    """Another demonstration, and where it is served."""

    scenario: str
    url: str


@contextmanager
def told_where(bind: str) -> Iterator[None]:
    """Leave a note in this home for as long as it is served."""
    note, mine = home() / NOTE, os.getpid()
    note.write_text(
        json.dumps({"url": f"http://{bind.replace(LOOPBACK, NAMED)}/", "pid": mine}), encoding="utf-8"
    )
    try:
        yield
    finally:
        if os.getpid() == mine:  # a worker that was forked leaves through here too
            note.unlink(missing_ok=True)


def neighbours(scenarios: Iterable[str]) -> list[Neighbour]:
    """Those of these stories that are served now, this home's own left out."""
    here = home().resolve()
    found = []
    for scenario in scenarios:
        folder = of_demonstration(scenario)
        url = _served(folder / NOTE) if folder.resolve() != here else ""
        if url:
            found.append(Neighbour(scenario, url))
    return found


def _served(note: Path) -> str:
    """The address in the note, when who wrote it still runs."""
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
        os.kill(int(told["pid"]), 0)
        return str(told["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""

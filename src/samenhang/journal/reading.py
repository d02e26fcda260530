"""What this request or command has read so far. Reading is audited by construction.

Querysets of protected records call ``note``; the middleware, or a command's
``reading`` block, turns the notes into entries before anything is shown.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_seen: ContextVar[set[str] | None] = ContextVar("seen", default=None)


def note(references: Iterable[str]) -> None:
    """Remember that these were loaded. Without a listener nothing is shown, so nothing is kept."""
    seen = _seen.get()
    if seen is not None:
        seen.update(references)


@contextmanager
def reading() -> Iterator[set[str]]:
    """Collect what is loaded inside the block."""
    seen: set[str] = set()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)

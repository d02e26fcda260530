"""The bytes of messages that were not read yet: sealed files, one key each.

A file that is there is whole: it is written beside, forced to disk, and then
given its name. Destroying its key comes before removing it, so that a copy of
the disk tells nothing either. All processes of an installation share one spool.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from samenhang.foundation.keys import KeyDestroyed, key_store

# Apart from the scope of the message itself, under which reasons may be sealed.
SCOPE, CONTEXT = "spool:", "travel.spool"


class Gone(Exception):
    """The bytes are not there, or can no longer be opened."""


def keep(reference: str, data: bytes) -> None:
    """Store the bytes so that they survive whatever happens after this returns."""
    folder = _folder()
    sealed = key_store().seal(SCOPE + reference, data, context=CONTEXT)
    unfinished = folder / f"{reference}.part"
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / reference)
    _force(folder)


def open_bytes(reference: str) -> bytes:
    """Raises Gone."""
    try:
        return key_store().open(SCOPE + reference, (_folder() / reference).read_bytes(), context=CONTEXT)
    except (FileNotFoundError, KeyDestroyed) as error:
        raise Gone(reference) from error


def holds(reference: str) -> bool:
    return (_folder() / reference).is_file() and key_store().holds(SCOPE + reference)


def forget(reference: str) -> None:
    """Destroy the key, then the file. Doing it again changes nothing."""
    key_store().destroy(SCOPE + reference)
    for name in (reference, f"{reference}.part"):
        (_folder() / name).unlink(missing_ok=True)


def references() -> set[str]:
    """Everything of which a file or a key is left."""
    files = {path.name.removesuffix(".part") for path in _folder().iterdir() if path.name != ".lock"}
    return files | {scope.removeprefix(SCOPE) for scope in key_store().scopes(SCOPE)}


@contextmanager
def arriving() -> Iterator[None]:
    """Held from before the bytes are written until their row is committed. Many may."""
    with (_folder() / ".lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def at_rest() -> Iterator[bool]:
    """True when nothing is arriving, and nothing can until the end of the block.

    The system lets go of the lock of a process that was killed.
    """
    with (_folder() / ".lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            alone = False
        else:
            alone = True
        yield alone


def _folder() -> Path:
    folder = Path(settings.FILES) / "spool"
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _force(folder.parent)
    return folder


def _force(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

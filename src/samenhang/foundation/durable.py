"""Files that survive whatever happens after the call returns."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk; a file that is forced itself may still lose its name."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync(file: IO[bytes]) -> None:
    """Force what was written to an open file to disk."""
    file.flush()
    os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """The folder and what is missing above it, for its owner alone, with its name on disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def replace(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write the file whole: whoever reads sees the old content or the new, never a part."""
    unfinished = _beside(path, content, mode)
    unfinished.replace(path)
    sync_folder(path.parent)


def create(path: Path, content: bytes, *, mode: int = 0o600) -> bool:
    """Write the file unless it is there already; whoever sees it sees it whole. True when it is ours."""
    unfinished = _beside(path, content, mode)
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
    sync_folder(path.parent)
    return True


def append(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a file that several processes write; one write, on disk on return."""
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # A line that a crash cut off stays apart from ours.
        os.write(handle, "".join(f"\n{line}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        sync_folder(path.parent)


def _beside(path: Path, content: bytes, mode: int) -> Path:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(unfinished, NEW_FILE, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return unfinished

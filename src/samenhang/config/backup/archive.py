"""The file of a backup: one clear line, then a tar, compressed, encrypted in the age format.

The clear line says which format and which key::

    samenhang-backup 1 age1qz0...

The rest is made of chunks of 64 KiB that are authenticated one by one and in
order (age-encryption.org/v1): altered, cut, swapped or added bytes are told.
It streams both ways, so memory does not grow with the installation. Without
our program: ``tail -n +2 FILE | age -d -i KEY | tar xz``.
"""

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pyrage
from django.utils.translation import gettext as _
from pyrage import x25519

from samenhang.foundation import durable
from samenhang.foundation.errors import Refused

WORD, VERSION = "samenhang-backup", "1"
# What reading an altered or cut stream may raise before the decryption itself has told so.
BROKEN = (OSError, EOFError, tarfile.TarError, zlib.error)


class BadArchive(Refused):
    """This is no backup, or it was altered or cut off."""

    code = "bad-archive"


class OtherKey(Refused):
    """The backup was made with a key that is not in this key store."""

    code = "other-backup-key"


class FileThere(Refused):
    """Nothing is overwritten."""

    code = "file-there"


class Writer:
    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.size = 0

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, io.BytesIO(content), len(content))

    def add_stream(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, content)
        self.size += size


@contextmanager
def writing(path: Path, key: x25519.Identity) -> Iterator[Writer]:
    """The file gets its name, and is on disk, once the block ends well; else nothing is left of it."""
    if path.exists():
        raise FileThere(_("%s is there already. Choose another name.") % path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    durable.create(unfinished, f"{WORD} {VERSION} {key.to_public()}\n".encode())
    try:
        with unfinished.open("ab") as file:
            with (
                _through(lambda source: _encrypt(source, file, key)) as sink,
                gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=1, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|") as tar,
            ):
                yield Writer(tar)
            durable.sync(file)
        unfinished.rename(path)
        durable.sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def recipient(path: Path) -> str:
    """For which key the backup was made, from its clear line. Raises BadArchive."""
    with path.open("rb") as file:
        return _recipient(file)


def check_key(made_for: str, key: x25519.Identity) -> None:
    """Raises OtherKey."""
    if made_for != str(key.to_public()):
        words = _("This backup was made for key %(wanted)s, and the key store holds %(given)s.")
        raise OtherKey(words % {"wanted": made_for, "given": key.to_public()})


@contextmanager
def reading(path: Path, key: x25519.Identity) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Name and content of each member, in order. Raises BadArchive and OtherKey.

    Only when the block has ended is it certain that the archive was whole: undo
    what was made of it when this raises.
    """
    with path.open("rb") as file:
        check_key(_recipient(file), key)
        try:
            with _from(lambda sink: _decrypt(file, sink, key)) as source:
                with gzip.GzipFile(fileobj=source, mode="rb") as packed:
                    with tarfile.open(fileobj=packed, mode="r|") as tar:
                        yield _members(tar)
                    while packed.read(1 << 20):
                        pass
                while source.read(1 << 20):
                    pass
        except (*BROKEN, pyrage.DecryptError) as error:
            if getattr(error, "errno", None):
                raise  # a full disk, for instance: no fault of the archive
            raise BadArchive(_("This backup was altered or cut off. Use another: %s") % path) from error


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in tar:
        content = tar.extractfile(member)
        if content is not None:
            yield member.name, content


def _recipient(file: IO[bytes]) -> str:
    words = file.readline(200).decode("ascii", errors="replace").split()
    if len(words) != 3 or words[0] != WORD:
        raise BadArchive(_("This is no backup of Samenhang."))
    if words[1] != VERSION:
        raise BadArchive(
            _("This backup has form %s, which this version cannot read. Take a newer one.") % words[1]
        )
    return words[2]


def _encrypt(source: IO[bytes], file: IO[bytes], key: x25519.Identity) -> None:
    with source:
        pyrage.encrypt_io(source, file, [key.to_public()])


def _decrypt(file: IO[bytes], sink: IO[bytes], key: x25519.Identity) -> None:
    with sink:
        pyrage.decrypt_io(file, sink, [key])


@contextmanager
def _through(work: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """A pipe that another thread reads; what goes wrong there is raised here."""
    end, begin = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work, cast("IO[bytes]", os.fdopen(end, "rb")))
        with _closed(os.fdopen(begin, "wb"), done) as sink:
            yield sink


@contextmanager
def _from(work: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """A pipe that another thread fills; what goes wrong there is raised here, before what follows from it."""
    end, begin = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work, cast("IO[bytes]", os.fdopen(begin, "wb")))
        with _closed(os.fdopen(end, "rb"), done) as source:
            yield source


@contextmanager
def _closed(pipe: IO[bytes], done: "Future[None]") -> Iterator[IO[bytes]]:
    well = False
    try:
        with pipe:
            yield pipe
        well = True
    finally:
        # The fault of the other side comes before what follows from it on ours; but a refusal of ours
        # breaks the pipe for the other, and then that is no news.
        fault = done.exception()
        if fault is not None and (well or not isinstance(fault, BrokenPipeError)):
            raise fault

"""The key that signs heads of the log, beside the key store and never in the database.

``<key store>/log/`` holds one file a key, ``0001.key`` and on, the highest in use; each
has two lines: the origin of the log, and the seed in hexadecimal. ``last`` is the
last head that was signed. A database that is older than that was put back from a
backup: its log may not go on under the same name, because that would be a fork.
"""

import fcntl
import os
import secrets
from pathlib import Path

from django.conf import settings

from samenhang.foundation.errors import Refused
from transparency.heads import Head
from transparency.notes import LOG, PublicKey, SigningKey


class RolledBack(Refused):
    """The database lacks entries that this log has signed for."""

    code = "log-rolled-back"


def _folder() -> Path:
    folder = Path(settings.KEY_STORE) / "log"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def signing_keys() -> list[SigningKey]:
    """All keys of this log, oldest first; the last one is in use. The first is made here."""
    keys = [_read(path) for path in sorted(_folder().glob("[0-9]*.key"))]
    return keys or [_make(f"samenhang/{secrets.token_hex(8)}", 1)]


def public_keys() -> list[PublicKey]:
    return [key.public for key in signing_keys()]


def rotate() -> SigningKey:
    """A new key for the same log. The next head is signed by the old and the new one."""
    keys = signing_keys()
    return _make(keys[-1].name, len(keys) + 1)


def begin_anew() -> SigningKey:
    """A new name and a new key, after a restore that lost entries. Nobody can take it for the old log."""
    keys = signing_keys()
    made = _make(f"{keys[-1].name.partition('.')[0]}.{len(keys) + 1}", len(keys) + 1)
    (_folder() / "last").unlink(missing_ok=True)
    return made


def signers(last_note: str) -> list[SigningKey]:
    """Who signs the next head: the key in use, and the one before where the change is not told yet."""
    *before, current = signing_keys()
    told = f"{current.public.name} " in last_note and _signed_by(last_note, current)
    if before and before[-1].name == current.name and last_note and not told:
        return [before[-1], current]
    return [current]


def last_signed() -> Head | None:
    """The last head that this key store knows of."""
    try:
        return Head.read((_folder() / "last").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def remember(head: Head) -> None:
    """Keep this head as the last, unless a later one is kept; it must survive losing power."""
    path = _folder() / "last"
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = last_signed()
        if kept is not None and kept.origin == head.origin and kept.size >= head.size:
            return
        fresh = path.with_name("last.new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(head.text())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _signed_by(note: str, key: SigningKey) -> bool:
    return key.sign(Head.read(note).text()) in note


def _read(path: Path) -> SigningKey:
    origin, seed = path.read_text(encoding="utf-8").split()
    return SigningKey(origin, LOG, bytes.fromhex(seed))


def _make(origin: str, number: int) -> SigningKey:
    """Made once, also when several processes begin together."""
    path = _folder() / f"{number:04}.key"
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{origin}\n{secrets.token_hex(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(fresh)  # whole or not at all, and never over another's
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return _read(path)

"""Copies of the key store: its own backup, apart from that of the data.

A copy is one SQLite file with the wrapped keys and a line by the master key that
vouches for all of them, so that a changed, cut or mixed copy is told. Without
the master key it opens nothing. Deleted keys leave no trace in it.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from samenhang.foundation import backup_key, durable, key_file, master_keys
from samenhang.foundation.destroyed_keys import DestroyedKeys
from samenhang.foundation.errors import Refused
from samenhang.foundation.key_file import WrongMasterKey
from samenhang.foundation.keys import KeyStore, forget_stores, master_source
from samenhang.foundation.master_keys import Given, Kept, MasterKey, NoMasterKey

FILE = "file:"
COPIED_AT, COPIED_UNTIL, VOUCHED, MASTER_KEY = "copied_at", "copied_until", "vouched", "master_key"


class BadCopy(Refused):
    """The copy of the key store is damaged, changed, or something else."""

    code = "bad-key-copy"


class KeysThere(Refused):
    """There are keys already; nothing here overwrites a key."""

    code = "keys-there"


def make(store: KeyStore, path: Path, *, with_master_key: bool) -> int:
    """Write a copy; returns how many keys it holds. Raises KeysThere when the file exists.

    Processes that work on wait for milliseconds at most. with_master_key: who
    finds the file can then read everything.
    """
    if path.exists():
        raise KeysThere(_("%s is there already. Choose another name.") % path)
    backup_key.identity(store)  # a copy that could open no backup would be worth little
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    durable.create(unfinished, b"")
    store.file.connection().execute("VACUUM INTO ?", [str(unfinished)])
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
        master = store.master(_about(copy, "master"))
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        _add_files(copy, store.file.path.parent, master)
        told = {COPIED_AT: moment, MASTER_KEY: master.written() if with_master_key else ""}
        copy.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", told.items())
        copy.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", [VOUCHED, master.vouch(_digest(copy))])
        count, newest = copy.execute("SELECT count(*), coalesce(max(rowid), 0) FROM data_key").fetchone()
    _force(unfinished)
    unfinished.rename(path)
    durable.sync_folder(path.parent)
    store.file.tell(COPIED_AT, moment)
    store.file.tell(COPIED_UNTIL, str(newest))
    return int(count)


def put_back(copy: Path, folder: Path, masters: list[MasterKey], destroyed: DestroyedKeys) -> int:
    """Make the key store of an empty folder from a copy, without the keys destroyed since.

    masters: kept in the folder as well, where that is where this installation
    has them. Returns how many keys were destroyed again. Raises BadCopy,
    KeysThere and WrongMasterKey. Safe to repeat after a crash.
    """
    check(copy, masters)
    target, source = folder / key_file.NAME, master_source()
    if target.exists() and not _is_empty(target):
        raise KeysThere(_("There are keys in %s already. Choose an empty folder.") % folder)
    durable.make_folder(folder)
    unfinished = folder / f".{key_file.NAME}.unfinished"
    unfinished.unlink(missing_ok=True)
    durable.create(unfinished, b"")
    with copy.open("rb") as original, unfinished.open("wb") as file:
        shutil.copyfileobj(original, file, 1 << 20)
    # All of it before the file gets its name: a destroyed key is never there again for a moment.
    with closing(sqlite3.connect(unfinished)) as store, store:
        store.execute("PRAGMA secure_delete = ON")
        store.execute("DELETE FROM about WHERE name IN (?, ?)", [MASTER_KEY, VOUCHED])
        ids = ([one] for one in destroyed.all())
        gone = store.executemany("DELETE FROM data_key WHERE id = ?", ids).rowcount
        _put_back_files(store, folder, {key.id: key for key in masters})
    if isinstance(source, Kept):
        source.write(_needed(copy, masters))
    _force(unfinished)
    unfinished.replace(target)
    durable.sync_folder(folder)
    forget_stores()
    return max(gone, 0)


def master_keys_for(copy: Path, given: Path | None) -> list[MasterKey]:
    """Those in a file that was given, this installation's, and the one in the copy. Raises NoMasterKey."""
    source = master_source()
    keys = Given(path=given).read() if given is not None else []
    if isinstance(source, Given) or source.path.exists():
        keys += source.read()
    keys += _master_key_in(copy)
    if not keys:
        raise NoMasterKey(
            _("This copy opens nothing without its master key. Give that with --master-key FILE.")
        )
    return keys


def check(copy: Path, masters: list[MasterKey]) -> str:
    """Look whether the copy is whole and one of these keys opens it; returns when it was made."""
    try:
        with closing(_reading(copy)) as file:
            if file.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BadCopy(_("This copy of the key store is damaged. Use another."))
            used, vouched, digest = _used(file), _about(file, VOUCHED), _digest(file)
            moment = _about(file, COPIED_AT)
    except sqlite3.DatabaseError as error:
        raise BadCopy(_("This is no copy of a key store, or it is damaged: %s") % copy) from error
    by_id = {key.id: key for key in masters}
    for one in used:
        if one not in by_id:
            raise WrongMasterKey.between(one, ", ".join(by_id))
    if by_id[used[0]].vouch(digest) != vouched:
        raise BadCopy(_("This copy of the key store was changed after it was made. Use another."))
    return moment


def _master_key_in(copy: Path) -> list[MasterKey]:
    """The master key, when the copy was made with it. Raises BadCopy."""
    try:
        with closing(_reading(copy)) as file:
            line = _about(file, MASTER_KEY)
    except sqlite3.DatabaseError as error:
        raise BadCopy(_("This is no copy of a key store, or it is damaged: %s") % copy) from error
    return master_keys.read(line.encode()) if line else []


def _add_files(copy: sqlite3.Connection, folder: Path, master: MasterKey) -> None:
    """What others keep beside the store, such as the keys that sign the log: sealed here, whatever it is."""
    copy.execute("CREATE TABLE file (name TEXT PRIMARY KEY, master TEXT NOT NULL, sealed BLOB NOT NULL)")
    for path in sorted(folder.glob("*/*")):
        if path.is_file() and path.stat().st_size:
            name = path.relative_to(folder).as_posix()
            sealed = master.wrap(f"{FILE}{name}", path.read_bytes())
            copy.execute("INSERT INTO file VALUES (?, ?, ?)", [name, master.id, sealed])


def _put_back_files(store: sqlite3.Connection, folder: Path, masters: dict[str, MasterKey]) -> None:
    for name, master, sealed in store.execute("SELECT name, master, sealed FROM file").fetchall():
        target = folder / name
        durable.make_folder(target.parent)
        durable.replace(target, masters[master].unwrap(f"{FILE}{name}", sealed), mode=0o400)
    store.execute("DROP TABLE file")


def _used(file: sqlite3.Connection) -> list[str]:
    """Which master keys wrap something; the current one first, and during a rotation the one before."""
    current = _about(file, "master")
    others = file.execute("SELECT DISTINCT master FROM data_key WHERE master <> ? ORDER BY master", [current])
    return [current, *(str(row[0]) for row in others)]


def _needed(copy: Path, masters: list[MasterKey]) -> list[MasterKey]:
    by_id = {key.id: key for key in masters}
    with closing(_reading(copy)) as file:
        return [by_id[one] for one in _used(file)]


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _about(file: sqlite3.Connection, name: str) -> str:
    found = file.execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
    return "" if found is None else str(found[0])


def _digest(file: sqlite3.Connection) -> bytes:
    """Over everything but the line that vouches for it."""
    digest = hashlib.sha256()
    for query in (
        "SELECT scope, id, master, wrapped FROM data_key ORDER BY scope",
        "SELECT name, master, sealed FROM file ORDER BY name",
        f"SELECT name, value FROM about WHERE name <> '{VOUCHED}' ORDER BY name",  # noqa: S608 - a constant
    ):
        for row in file.execute(query):
            for value in row:
                content = value if isinstance(value, bytes) else str(value).encode()
                digest.update(len(content).to_bytes(8, "big") + content)
    return digest.digest()


def _is_empty(store: Path) -> bool:
    if store.stat().st_size == 0:
        return True
    with closing(_reading(store)) as file:
        return file.execute("SELECT 1 FROM data_key LIMIT 1").fetchone() is None


def _force(path: Path) -> None:
    with path.open("rb") as file:
        durable.sync(file)

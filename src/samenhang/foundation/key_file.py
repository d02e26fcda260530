"""The file of the key store: wrapped data keys, by scope, with the id of the key that wraps them.

SQLite with a full sync at each commit, written by any number of processes. A
deleted key leaves no trace in free pages; what may linger in blocks of the disk
is still wrapped, and dies with the master key that wrapped it.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from samenhang.foundation import durable
from samenhang.foundation.errors import Refused

NAME = "keys.sqlite3"
VERSION = 1
AT_ONCE = 500
# Sorts behind whatever may follow a prefix.
LAST = "\U0010ffff"
SCHEMA = """
CREATE TABLE data_key (
    scope TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, master TEXT NOT NULL, wrapped BLOB NOT NULL
);
CREATE INDEX data_key_by_master ON data_key (master);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# The first homes had data_key (scope, wrapped) alone.
FROM_THE_FIRST = (
    "INSERT INTO data_key SELECT scope, lower(hex(randomblob(16))), ?, wrapped FROM first_data_key"
)


class WrongMasterKey(Refused):
    """The store was wrapped by another master key."""

    code = "wrong-master-key"

    @classmethod
    def between(cls, wanted: str, given: str) -> "WrongMasterKey":
        words = _("This key store needs master key %(wanted)s, and the one given is %(given)s.")
        return cls(words % {"wanted": wanted, "given": given})


class Row(NamedTuple):
    scope: str
    id: str
    master: str
    wrapped: bytes


class KeyFile:
    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._local = threading.local()
        durable.make_folder(folder)
        if not self.path.exists():
            durable.create(self.path, b"")

    def begin(self, master: str) -> str:
        """Give a new file its tables, under this master key. Returns the current master key's id."""
        with self.changing() as store:
            if self._version(store) < VERSION:
                first = not self.is_new()
                if first:
                    store.execute("ALTER TABLE data_key RENAME TO first_data_key")
                for statement in SCHEMA.split(";"):
                    store.execute(statement)
                if first:
                    store.execute(FROM_THE_FIRST, [master])
                    store.execute("DROP TABLE first_data_key")
                store.execute("INSERT INTO about VALUES ('master', ?)", [master])
                store.execute(f"PRAGMA user_version = {VERSION}")
        return self.about("master")

    def is_new(self) -> bool:
        return not self.connection().execute("SELECT 1 FROM sqlite_master WHERE name = 'data_key'").fetchone()

    def find(self, scope: str) -> Row | None:
        found = self.connection().execute("SELECT * FROM data_key WHERE scope = ?", [scope]).fetchone()
        return None if found is None else Row(*found)

    def scopes(self, prefix: str) -> list[str]:
        # A range, which the key of the table answers: the worker asks every few seconds.
        found = self.connection().execute(
            "SELECT scope FROM data_key WHERE scope >= ? AND scope < ?", [prefix, prefix + LAST]
        )
        return [str(row[0]) for row in found]

    def add(self, scope: str, master: str, wrapped: bytes) -> str:
        """Keep the key, unless there is one or the master key has changed. Returns the current master."""
        with self.changing() as store:
            current = self.about("master")
            if current == master:
                store.execute(
                    "INSERT OR IGNORE INTO data_key VALUES (?, lower(hex(randomblob(16))), ?, ?)",
                    [scope, master, wrapped],
                )
        return current

    def delete(self, ids: Iterable[str]) -> int:
        """Forget these keys, those that are there; returns how many there were."""
        gone, ids = 0, iter(ids)
        while batch := list(islice(ids, AT_ONCE)):
            there = [[one] for one in batch if self._has(one)]
            if there:
                with self.changing() as store:
                    gone += store.executemany("DELETE FROM data_key WHERE id = ?", there).rowcount
        return gone

    def _has(self, one: str) -> bool:
        found = self.connection().execute("SELECT 1 FROM data_key WHERE id = ?", [one])
        return found.fetchone() is not None

    def wrapped_otherwise(self, master: str) -> list[Row]:
        """Up to AT_ONCE keys that another master key wraps."""
        found = self.connection().execute(
            "SELECT * FROM data_key WHERE master <> ? LIMIT ?", [master, AT_ONCE]
        )
        return [Row(*row) for row in found]

    def counts(self) -> dict[str, int]:
        """How many keys each master key wraps."""
        found = self.connection().execute("SELECT master, count(*) FROM data_key GROUP BY master")
        return {str(master): int(count) for master, count in found}

    def made_since(self, rowid: int) -> int:
        found = self.connection().execute("SELECT count(*) FROM data_key WHERE rowid > ?", [rowid])
        return int(found.fetchone()[0])

    def about(self, name: str) -> str:
        """What the store knows of itself; empty when it does not."""
        found = self.connection().execute("SELECT value FROM about WHERE name = ?", [name]).fetchone()
        return "" if found is None else str(found[0])

    def tell_once(self, name: str, value: str) -> None:
        """Unless another process told it before."""
        with self.changing() as store:
            store.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", [name, value])

    def tell(self, name: str, value: str) -> None:
        with self.changing() as store:
            store.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", [name, value])

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other overlaps, on disk at its end."""
        store = self.connection()
        store.execute("BEGIN IMMEDIATE")
        end = "ROLLBACK"
        try:
            yield store
            end = "COMMIT"
        finally:
            store.execute(end)

    def connection(self) -> sqlite3.Connection:
        """One for each thread, and never one from before a fork."""
        if getattr(self._local, "process", None) != os.getpid():
            store = sqlite3.connect(self.path, timeout=20, isolation_level=None)
            store.execute("PRAGMA secure_delete = ON")
            # An emptied journal is synced: it cannot return after a power cut and undo a destruction.
            store.execute("PRAGMA journal_mode = TRUNCATE")
            store.execute("PRAGMA synchronous = FULL")
            self._local.store, self._local.process = store, os.getpid()
        connection: sqlite3.Connection = self._local.store
        return connection

    def _version(self, store: sqlite3.Connection) -> int:
        return int(store.execute("PRAGMA user_version").fetchone()[0])

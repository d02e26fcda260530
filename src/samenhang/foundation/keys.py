"""The key store: one data key per scope, wrapped by a master key, apart from the database.

Whatever must one day become unreadable is sealed under the key of its scope.
Destroying that key destroys the contents in every copy and backup of the
database, because this store is never part of them (docs/decisions/0006).

AES-256-GCM with random nonces. The scope and a context are bound to each
sealed text, so that cells cannot be swapped.
"""

import os
import sqlite3
import threading
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class KeyDestroyed(Exception):
    """The key of this scope was destroyed, or never made: nobody can read the text again."""


class CannotOpen(Exception):
    """The sealed text was altered, moved to another place, or wrapped by another master key."""


class KeyStore:
    """Data keys by scope in a file of its own; every call is its own durable transaction."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._master = AESGCM(_master_key(folder / "master.key"))

    def seal(self, scope: str, text: bytes, *, context: str) -> bytes:
        """Encrypt under the scope's key, which is made when it does not exist yet."""
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self._key(scope, make=True)).encrypt(nonce, text, _bound(scope, context))

    def open(self, scope: str, sealed: bytes, *, context: str) -> bytes:
        """Decrypt. Raises KeyDestroyed or CannotOpen."""
        cipher = AESGCM(self._key(scope, make=False))
        try:
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound(scope, context))
        except InvalidTag as error:
            raise CannotOpen(scope) from error

    def destroy(self, scope: str) -> bool:
        """Forget the key for ever; true when there was one."""
        store = self._store()
        with store:
            return store.execute("DELETE FROM data_key WHERE scope = ?", [scope]).rowcount > 0

    def holds(self, scope: str) -> bool:
        return self._wrapped(scope) is not None

    def scopes(self, prefix: str) -> list[str]:
        """The scopes that begin with this prefix and still have a key."""
        found = self._store().execute(
            "SELECT scope FROM data_key WHERE substr(scope, 1, ?) = ?", [len(prefix), prefix]
        )
        return [str(row[0]) for row in found]

    def _key(self, scope: str, *, make: bool) -> bytes:
        wrapped = self._wrapped(scope)
        if wrapped is None and make:
            nonce = os.urandom(NONCE)
            wrapped = nonce + self._master.encrypt(nonce, AESGCM.generate_key(256), scope.encode())
            store = self._store()
            with store:
                # Two workers may make the key of one scope at once; the first wins.
                store.execute("INSERT OR IGNORE INTO data_key VALUES (?, ?)", [scope, wrapped])
            wrapped = self._wrapped(scope)
        if wrapped is None:
            raise KeyDestroyed(scope)
        try:
            return self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], scope.encode())
        except InvalidTag as error:
            raise CannotOpen(scope) from error

    def _wrapped(self, scope: str) -> bytes | None:
        found = self._store().execute("SELECT wrapped FROM data_key WHERE scope = ?", [scope]).fetchone()
        return None if found is None else bytes(found[0])

    def _store(self) -> sqlite3.Connection:
        store: sqlite3.Connection | None = getattr(self._local, "store", None)
        if store is None:
            store = sqlite3.connect(self._folder / "keys.sqlite3", timeout=20)
            # A deleted key must leave no trace in free pages.
            store.execute("PRAGMA secure_delete = ON")
            store.execute("PRAGMA synchronous = FULL")
            with store:
                store.execute(
                    "CREATE TABLE IF NOT EXISTS data_key (scope TEXT PRIMARY KEY, wrapped BLOB NOT NULL)"
                )
            self._local.store = store
        return store


def _bound(scope: str, context: str) -> bytes:
    return f"{len(scope)}:{scope}{context}".encode()


def _master_key(path: Path) -> bytes:
    """The master key, made once, readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = AESGCM.generate_key(256)
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key


_stores: dict[Path, KeyStore] = {}
_making = threading.Lock()


def key_store() -> KeyStore:
    """The store of this installation (``settings.KEY_STORE``)."""
    folder = Path(settings.KEY_STORE)
    with _making:
        if folder not in _stores:
            _stores[folder] = KeyStore(folder)
        return _stores[folder]


def forget_stores() -> None:
    """Let go of open stores, because their folder is about to go."""
    with _making:
        _stores.clear()

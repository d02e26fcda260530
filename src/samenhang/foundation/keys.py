"""The key store: one data key per scope, wrapped by a master key, apart from the database.

Whatever must one day become unreadable is sealed under the key of its scope.
Destroying that key destroys the contents in every copy and backup of the
database, because this store is never part of them (docs/decisions/0006). That
a key was destroyed is written beside the data, so that an older copy of this
store cannot bring it back (docs/decisions/0090).

AES-256-GCM with random nonces. The scope and a context are bound to each
sealed text, so that cells cannot be swapped.
"""

import os
import threading
from functools import partial
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from samenhang.foundation import key_file
from samenhang.foundation.destroyed_keys import DestroyedKeys
from samenhang.foundation.key_file import KeyFile
from samenhang.foundation.master_keys import Given, Kept, MasterKey

NONCE = 12


class KeyDestroyed(Exception):
    """The key of this scope was destroyed, or never made: nobody can read the text again."""


class CannotOpen(Exception):
    """The sealed text or its key was altered, moved to another place, or wrapped by another master key."""


class Box:
    """The key of one scope, looked up once for several texts.

    Hold it for one transaction and no longer: it still opens what is destroyed meanwhile.
    """

    def __init__(self, key: bytes, scope: str, context: str) -> None:
        self._cipher = AESGCM(key)
        self._bound = _bound(scope, context)
        self._scope = scope

    def seal(self, text: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, text, self._bound)

    def open(self, sealed: bytes) -> bytes:
        """Raises CannotOpen."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound)
        except InvalidTag as error:
            raise CannotOpen(self._scope) from error


class KeyStore:
    """Data keys by scope; every call is its own durable transaction, from any process or thread."""

    def __init__(self, folder: Path, source: Given | Kept, destroyed: Path) -> None:
        """Raises NoMasterKey and WrongMasterKey."""
        self.source = source
        self.file = KeyFile(folder)
        self.destroyed = DestroyedKeys(destroyed)
        self._masters = {key.id: key for key in source.read(new=self.file.is_new())}
        self._current = self.file.begin(next(iter(self._masters)))
        if self._current not in self._masters:
            raise key_file.WrongMasterKey.between(self._current, next(iter(self._masters)))
        # Killed between the two halves of a destruction: now it is finished.
        self.file.delete(self.destroyed.latest())

    def box(self, scope: str, *, context: str, make: bool) -> Box:
        """For several texts of one transaction. make: a key that does not exist yet; else KeyDestroyed."""
        return Box(self._key(scope, make=make), scope, context)

    def seal(self, scope: str, text: bytes, *, context: str) -> bytes:
        """Encrypt under the scope's key, which is made when it does not exist yet."""
        return self.box(scope, context=context, make=True).seal(text)

    def open(self, scope: str, sealed: bytes, *, context: str) -> bytes:
        """Decrypt. Raises KeyDestroyed or CannotOpen."""
        return self.box(scope, context=context, make=False).open(sealed)

    def destroy(self, scope: str) -> bool:
        """Forget the key for ever, here and in whatever older copy returns; true when there was one."""
        row = self.file.find(scope)
        if row is None:
            return False
        # First that it is destroyed, then the deed: after a crash between them it is finished.
        self.destroyed.add(row.id)
        return self.file.delete([row.id]) > 0

    def holds(self, scope: str) -> bool:
        return self.file.find(scope) is not None

    def scopes(self, prefix: str) -> list[str]:
        """The scopes that begin with this prefix and still have a key."""
        return self.file.scopes(prefix)

    def master(self, identity: str) -> MasterKey:
        """The master key with this id, read again when another process changed it. Raises CannotOpen."""
        if identity not in self._masters:
            self._masters = {key.id: key for key in self.source.read()}
        if identity not in self._masters:
            raise CannotOpen(f"wrapped by master key {identity}, which is not given")
        return self._masters[identity]

    def _key(self, scope: str, *, make: bool) -> bytes:
        row = self.file.find(scope)
        while row is None and make:
            wrapped = self.master(self._current).wrap(scope, AESGCM.generate_key(256))
            self._current = self.file.add(scope, self._current, wrapped)
            # Whoever was first made it; and when the master key has changed meanwhile, we try again.
            row = self.file.find(scope)
        if row is None:
            raise KeyDestroyed(scope)
        try:
            return self.master(row.master).unwrap(scope, row.wrapped)
        except InvalidTag as error:
            raise CannotOpen(scope) from error


def _bound(scope: str, context: str) -> bytes:
    return f"{len(scope)}:{scope}{context}".encode()


def master_source() -> Given | Kept:
    """Where this installation's master key comes from."""
    if settings.MASTER_KEY:
        return Given(text=settings.MASTER_KEY)
    if settings.MASTER_KEY_FILE:
        return Given(path=Path(settings.MASTER_KEY_FILE))
    return Kept(Path(settings.KEY_STORE) / "master.key")


def destroyed_folder() -> Path:
    """Where this installation writes which keys were destroyed: with the data."""
    return Path(settings.FILES) / "destroyed-keys"


_stores: dict[tuple[Path, Path], KeyStore] = {}
_making = threading.Lock()


def key_store() -> KeyStore:
    """The store of this installation (``settings.KEY_STORE``)."""
    place = Path(settings.KEY_STORE), destroyed_folder()
    with _making:
        if place not in _stores:
            _stores[place] = KeyStore(place[0], master_source(), place[1])
        return _stores[place]


def destroy_on_commit(scope: str) -> None:
    """The key of this scope goes once the transaction is committed: what is not deleted keeps its key."""
    transaction.on_commit(partial(key_store().destroy, scope))


def forget_stores() -> None:
    """Let go of open stores, because their folder is about to go."""
    with _making:
        _stores.clear()

"""Another master key: every data key is wrapped anew, and no text needs to be.

May be killed at any moment and begun again. What is done so far stands in the
store itself, key by key, so there is nothing else to keep:

1. the new key stands above the old one in the source;
2. the store says that the new one wraps from now on: no process makes a key under the old one again;
3. data keys are wrapped anew, AT_ONCE in a transaction;
4. once none is left under it, the old key goes from the source.

Processes that run meanwhile read the source again when they meet a key they do
not know.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from samenhang.foundation import master_keys
from samenhang.foundation.errors import Refused
from samenhang.foundation.key_file import Row
from samenhang.foundation.keys import KeyStore
from samenhang.foundation.master_keys import Kept, MasterKey


class Rotating(Refused):
    """Another process is wrapping anew."""

    code = "rotating"


class NoNewKey(Refused):
    """The source is the operator's, and holds no new key yet."""

    code = "no-new-key"


def rotate(store: KeyStore) -> Iterator[int]:
    """Do what is left to do; yields how many keys were wrapped anew so far. Raises Rotating and NoNewKey."""
    with _alone(store):
        new = _new_key(store)
        store.file.tell("master", new.id)
        done = 0
        while rows := store.file.wrapped_otherwise(new.id):
            wrapped = [(new.wrap(row.scope, _unwrapped(store, row)), new.id, row.id) for row in rows]
            with store.file.changing() as file:
                file.executemany("UPDATE data_key SET wrapped = ?, master = ? WHERE id = ?", wrapped)
            done += len(rows)
            yield done
        if isinstance(store.source, Kept):
            store.source.write([new])
        yield done


def _new_key(store: KeyStore) -> MasterKey:
    """The key to wrap with: one that waits in the source, or a fresh one where the source is ours."""
    keys = store.source.read()
    begun = len(keys) > 1 or keys[0].id != store.file.about("master")
    if begun or store.file.wrapped_otherwise(keys[0].id):
        return keys[0]
    if not isinstance(store.source, Kept):
        raise NoNewKey(
            _("Put a new master key above the present one in %s first; `samenhang keys new` makes one.")
            % store.source
        )
    new = master_keys.make()
    store.source.write([new, *keys])
    return new


def _unwrapped(store: KeyStore, row: Row) -> bytes:
    return store.master(row.master).unwrap(row.scope, row.wrapped)


@contextmanager
def _alone(store: KeyStore) -> Iterator[None]:
    """The system lets go of the lock of a process that was killed."""
    with (store.file.path.parent / "rotation.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Rotating(_("Another process is wrapping the keys anew. Wait for it.")) from error
        yield

"""The key that backups of the data are encrypted to: it lives in the key store and leaves it never.

An X25519 identity of the age format (age-encryption.org/v1), sealed like
everything else under the key of a scope, so that rotation and copies reach it.
"""

import hmac

from pyrage import x25519

from samenhang.foundation.keys import KeyStore

NAME, SCOPE, CONTEXT = "backup_identity", "backup", "foundation.backup"


def identity(store: KeyStore) -> x25519.Identity:
    """Made at first use. Raises CannotOpen when the store was changed."""
    if not store.file.about(NAME):
        sealed = store.seal(SCOPE, str(x25519.Identity.generate()).encode(), context=CONTEXT)
        store.file.tell_once(NAME, sealed.hex())
    sealed = bytes.fromhex(store.file.about(NAME))
    return x25519.Identity.from_str(store.open(SCOPE, sealed, context=CONTEXT).decode())


def vouch(key: x25519.Identity, digest: bytes) -> str:
    """Says that whoever holds this key made it; encrypting alone anybody can who saw the recipient."""
    return hmac.digest(hmac.digest(str(key).encode(), b"samenhang backup", "sha256"), digest, "sha256").hex()

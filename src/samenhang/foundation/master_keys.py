"""Master keys: what wraps the data keys, where it comes from, and how it is written down.

A master key is 32 random bytes. Its *id* is told from the key, so that a key
typed from paper is recognised or refused. Written down it is one line::

    samenhang-master 5b0c1e9a7f21 ABCD-EFGH-...

A source holds one line or more, the current key first: while a rotation runs,
the key before it stands below.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from samenhang.foundation import durable
from samenhang.foundation.errors import Refused

NONCE, SIZE = 12, 32
WORD = "samenhang-master"


class NoMasterKey(Refused):
    """What should hold the master key holds none, or one that was written down wrongly."""

    code = "no-master-key"


@dataclass(frozen=True)
class MasterKey:
    key: bytes

    @property
    def id(self) -> str:
        """Twelve hexadecimal figures that tell which key this is, and nothing about it."""
        return hmac.digest(self.key, b"samenhang master key", hashlib.sha256)[:6].hex()

    def __repr__(self) -> str:
        return f"MasterKey({self.id})"

    def wrap(self, scope: str, key: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, key, scope.encode())

    def unwrap(self, scope: str, wrapped: bytes) -> bytes:
        """Raises ``cryptography.exceptions.InvalidTag``."""
        return AESGCM(self.key).decrypt(wrapped[:NONCE], wrapped[NONCE:], scope.encode())

    def vouch(self, digest: bytes) -> str:
        """Says of a digest that whoever holds this key made it."""
        own = hmac.digest(self.key, b"samenhang key store copy", hashlib.sha256)
        return hmac.digest(own, digest, hashlib.sha256).hex()

    def written(self) -> str:
        """One line, fit to print and to type."""
        return f"{WORD} {self.id} {in_groups(self.key)}"


def make() -> MasterKey:
    return MasterKey(os.urandom(SIZE))


def read(content: bytes) -> list[MasterKey]:
    """The keys in what a file or the environment holds, current first. Raises NoMasterKey."""
    if len(content) == SIZE:
        return [MasterKey(content)]  # how the first homes kept it
    try:
        lines = [line.split() for line in content.decode("ascii").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise NoMasterKey(_("This is not a master key.")) from error
    keys = [_typed(words) for words in lines]
    if not keys:
        raise NoMasterKey(_("There is no master key here; it should begin with: %s") % WORD)
    return keys


def _typed(words: list[str]) -> MasterKey:
    if len(words) < 3 or words[0] != WORD:
        raise NoMasterKey(_("This is not a master key; it should begin with: %s") % WORD)
    key = MasterKey(from_groups("".join(words[2:])))
    if len(key.key) != SIZE or key.id != words[1]:
        raise NoMasterKey(
            _("The master key %s was not written down rightly. Check it sign by sign.") % words[1]
        )
    return key


def in_groups(content: bytes) -> str:
    """Base 32 in groups of four, which has no 0, 1, 8 and 9 to mistake for letters."""
    text = base64.b32encode(content).decode().rstrip("=")
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def from_groups(text: str) -> bytes:
    """Raises NoMasterKey for signs that base 32 does not have."""
    plain = text.replace("-", "").upper()
    try:
        return base64.b32decode(plain + "=" * (-len(plain) % 8))
    except binascii.Error as error:
        raise NoMasterKey(_("There is a sign here that a key never has. Check it sign by sign.")) from error


@dataclass(frozen=True)
class Given:
    """The master key as the operator gives it: in a file of theirs, or in the environment."""

    text: str = ""
    path: Path | None = None

    # Only the operator can put another key here.
    ours = False

    def __str__(self) -> str:
        return str(self.path) if self.path else "SAMENHANG_MASTER_KEY"

    def read(self, *, new: bool = False) -> list[MasterKey]:
        """Raises NoMasterKey, for a new store too."""
        if self.path is None:
            return read(self.text.replace(",", "\n").encode())
        try:
            return read(self.path.read_bytes())
        except OSError as error:
            raise NoMasterKey(_("The master key cannot be read: %s") % error) from error


@dataclass(frozen=True)
class Kept:
    """The master key as this program keeps it: a file of its own, made when there is none."""

    path: Path

    ours = True

    def __str__(self) -> str:
        return str(self.path)

    def read(self, *, new: bool = False) -> list[MasterKey]:
        """Made when the store is new. Raises NoMasterKey when it went away under a store that has keys."""
        if new and not self.path.exists():
            durable.create(self.path, f"{make().written()}\n".encode(), mode=0o400)
        try:
            return read(self.path.read_bytes())
        except OSError as error:
            raise NoMasterKey(_("The master key cannot be read: %s") % error) from error

    def write(self, keys: list[MasterKey]) -> None:
        durable.replace(self.path, "".join(f"{key.written()}\n" for key in keys).encode(), mode=0o400)

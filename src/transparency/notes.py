"""Signed notes: a text, an empty line, and signature lines (C2SP signed-note, tlog-cosignature).

Two kinds of Ed25519 key: a log signs the text itself (kind 1); a witness signs the text
together with the moment at which it saw it (kind 4). A key is known by its name and its
*id*, the first four bytes of SHA-256 over name, newline, kind and public key. Its written
form is ``name+id+base64(kind, public key)``.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG, WITNESS = 1, 4
DASH = "— "
SIGNATURES = 16  # a note with more is refused
TIME = 8  # bytes of a witness's moment, seconds since 1970, big-endian


class NotANote(ValueError):
    """The text is no signed note, or the key no key."""


class NotSigned(ValueError):
    """No known key signed this note, or a known key's signature is false."""


@dataclass(frozen=True)
class PublicKey:
    """Who may sign: name, kind (LOG or WITNESS) and 32 bytes."""

    name: str
    kind: int
    raw: bytes

    @property
    def id(self) -> bytes:
        return sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.raw).decode()}"

    @classmethod
    def read(cls, written: str) -> "PublicKey":
        """From its written form. Raises NotANote."""
        try:
            # From the right would be wrong: base64 has a plus of its own.
            name, number, encoded = written.strip().split("+", 2)
            material = b64decode(encoded, validate=True)
        except (ValueError, NotBase64) as error:
            raise NotANote("a key is written name+id+base64") from error
        key = cls(name, material[0] if material else 0, material[1:])
        if key.kind not in {LOG, WITNESS} or len(key.raw) != 32 or key.id.hex() != number:
            raise NotANote("the key is damaged, or of a kind that is not known here")
        check_name(name)
        return key


@dataclass(frozen=True)
class SigningKey:
    """A private key; ``seed`` is its 32 bytes."""

    name: str
    kind: int
    seed: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.name, self.kind, self._private().public_key().public_bytes_raw())

    def sign(self, text: str, at: int = 0) -> str:
        """The signature line. at: seconds since 1970, for a witness alone."""
        if self.kind == WITNESS:
            moment = at.to_bytes(TIME, "big")
            signature = moment + self._private().sign(_with_moment(text, at))
        else:
            signature = self._private().sign(text.encode())
        return f"{DASH}{self.name} {b64encode(self.public.id + signature).decode()}\n"

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Signature:
    """One that was found right. at: seconds since 1970, 0 for a log's."""

    key: PublicKey
    at: int


def check_name(name: str) -> None:
    """Raises NotANote."""
    if not name or "+" in name or any(c.isspace() or ord(c) < 32 for c in name):
        raise NotANote("the name of a key has no spaces and no plus")


def split(note: str) -> tuple[str, list[str]]:
    """Text (with its last newline) and signature lines. Raises NotANote."""
    text, gap, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines(keepends=True)
    if not gap or not lines or len(lines) > SIGNATURES:
        raise NotANote("a note is a text, an empty line and one to sixteen signatures")
    if any(not line.startswith(DASH) or not line.endswith("\n") for line in lines):
        raise NotANote("a signature is a line that begins with a dash")
    return text + "\n", lines


def check_signatures(note: str, keys: Iterable[PublicKey]) -> list[Signature]:
    """The signatures by these keys, at least one. Raises NotANote or NotSigned."""
    text, lines = split(note)
    known = {(key.name, key.id): key for key in keys}
    found = []
    for line in lines:
        name, raw = _read_line(line)
        key = known.get((name, raw[:4]))
        if key is not None:
            found.append(_checked(text, key, raw[4:]))
    if not found:
        raise NotSigned("none of the keys that are trusted here signed this")
    return found


def _read_line(line: str) -> tuple[str, bytes]:
    name, gap, encoded = line.removeprefix(DASH).rstrip("\n").partition(" ")
    try:
        raw = b64decode(encoded, validate=True)
    except NotBase64 as error:
        raise NotANote("a signature is written in base64") from error
    if not gap or len(raw) <= 4:
        raise NotANote("a signature has a name, an id and a value")
    return name, raw


def _checked(text: str, key: PublicKey, signature: bytes) -> Signature:
    at, signed = 0, text.encode()
    if key.kind == WITNESS:
        at, signature = int.from_bytes(signature[:TIME], "big"), signature[TIME:]
        signed = _with_moment(text, at)
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, signed)
    except InvalidSignature as error:
        raise NotSigned(f"the signature of {key.name} is false") from error
    return Signature(key, at)


def _with_moment(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()

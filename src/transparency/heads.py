"""Heads of a log as checkpoints: origin, size, root (C2SP tlog-checkpoint)."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass

from transparency.merkle import HASH
from transparency.notes import NotANote, PublicKey, SigningKey, check_signatures, split


@dataclass(frozen=True)
class Head:
    """The size of the log and the root over its leaves; origin tells which log."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def signed(self, *keys: SigningKey) -> str:
        """The checkpoint, signed by each of these keys."""
        return f"{self.text()}\n" + "".join(key.sign(self.text()) for key in keys)

    @classmethod
    def read(cls, text: str) -> "Head":
        """From the text of a note; lines after the third are the log's own affair. Raises NotANote."""
        lines = text.split("\n")
        try:
            origin, size, root = lines[0], lines[1], b64decode(lines[2], validate=True)
        except (IndexError, NotBase64) as error:
            raise NotANote("a checkpoint begins with origin, size and root") from error
        if not origin or not size.isascii() or not size.isdecimal() or str(int(size)) != size:
            raise NotANote("a checkpoint has an origin and a whole number as its size")
        if len(root) != HASH:
            raise NotANote("a root is 32 bytes")
        return cls(origin, int(size), root)


def read_head(note: str) -> Head:
    """The head in a signed note, whoever signed it. Raises NotANote."""
    return Head.read(split(note)[0])


def check_head(note: str, keys: Iterable[PublicKey]) -> Head:
    """The head in a note that one of these keys signed. Raises NotANote or NotSigned."""
    check_signatures(note, keys)
    return read_head(note)

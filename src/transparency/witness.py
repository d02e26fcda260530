"""A witness: keeps the last head of each log it knows, and co-signs only what continues it.

The request and the answers are those of C2SP tlog-witness: ``old SIZE``, the lines of
a consistency proof, an empty line, and the checkpoint. What is kept is one folder:

    witness.key          the seed of the key that co-signs, 32 bytes
    name                 the name of the witness
    logs                 the keys of the logs it knows, one a line
    <id>/heads           every head it co-signed, in order, with both signatures
    <id>/hashes          the leaf hashes up to one of those heads, 32 bytes each
    <id>/refused         what it refused although the log's key had signed it: evidence

``<id>`` is the first 16 digits of SHA-256 over the origin. Leaf hashes are a copy
that nobody at the log can reach; with them the verifier tells what was changed where
even when the log's own list of hashes was changed too. Nothing here says anything
about a person: entries are salted, so their hashes cannot be guessed.
"""

import os
import threading
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from transparency.heads import Head, check_head, read_head
from transparency.merkle import EMPTY, HASH, Frontier, ProofRefused, check_consistency
from transparency.notes import WITNESS, NotANote, NotSigned, PublicKey, SigningKey, check_name, split

PROOF = 63  # lines of a proof at most
LONGEST = 8192  # bytes of a checkpoint with its signatures
END = "\n\n\n"  # between two heads in a file; no head has two empty lines


class Refused(Exception):
    """The witness does not co-sign. status: that of HTTP; body: what the log must know."""

    def __init__(self, status: int, message: str, body: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = body or f"{message}\n"


@dataclass(frozen=True)
class Request:
    """That the log has grown from ``old`` to the head in ``note``."""

    old: int
    proof: Sequence[bytes]
    note: str

    def written(self) -> str:
        lines = "".join(f"{b64encode(part).decode()}\n" for part in self.proof)
        return f"old {self.old}\n{lines}\n{self.note}"

    @classmethod
    def read(cls, written: str) -> "Request":
        """Raises Refused (400)."""
        first, gap, note = written.partition("\n\n")
        size, *lines = first.split("\n")
        number = size.removeprefix("old ")
        try:
            proof = [b64decode(line, validate=True) for line in lines]
        except NotBase64 as error:
            raise Refused(400, "a proof is written in base64") from error
        right = gap and size.startswith("old ") and number.isascii() and number.isdecimal()
        if not right or str(int(number)) != number or len(proof) > PROOF:
            raise Refused(400, "a request is: old SIZE, a proof, an empty line, a checkpoint")
        return cls(int(number), proof, note)


class Witness:
    """The witness of one folder. One process at a time; several threads may ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._frontiers: dict[str, Frontier] = {}
        name = (folder / "name").read_text(encoding="utf-8").strip()
        self.key = SigningKey(name, WITNESS, (folder / "witness.key").read_bytes())

    @classmethod
    def found(cls, folder: Path, name: str) -> "Witness":
        """Make the folder and the key. Raises FileExistsError when there is one."""
        check_name(name)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "witness.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        (folder / "name").write_text(f"{name}\n", encoding="utf-8")
        return cls(folder)

    def trust(self, key: PublicKey) -> None:
        """Know this log from now on; or this key of a log, when it changed its key."""
        if str(key) not in {str(known) for known in self.logs()}:
            _append(self._folder / "logs", f"{key}\n".encode())

    def logs(self) -> list[PublicKey]:
        path = self._folder / "logs"
        lines = path.read_text(encoding="utf-8").split() if path.exists() else []
        return [PublicKey.read(line) for line in lines]

    def last(self, origin: str) -> str:
        """The last head of this log that was co-signed, or "" when there is none."""
        path = self.folder_of(origin) / "heads"
        if not path.exists():
            return ""
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 2 * LONGEST))
            tail = file.read().decode(errors="replace")
        # What follows the last end was being written when the power went: it is no head.
        notes = tail.split(END)[:-1]
        return notes[-1] + "\n" if notes else ""

    def heads(self, origin: str) -> list[str]:
        """All heads of this log that were co-signed, oldest first."""
        path = self.folder_of(origin) / "heads"
        notes = path.read_text(encoding="utf-8").split(END)[:-1] if path.exists() else []
        return [f"{note}\n" for note in notes]

    def add(self, request: Request, at: int) -> str:
        """Check and keep the head; gives the line of the co-signature.

        at: seconds since 1970. Raises Refused: 404 for a log that is not known, 403
        for a head its key did not sign, 409 with the size that is kept when ``old`` is
        another or when there is another root for that size, 422 for a false proof.
        """
        with self._turn:
            head = self._signed(request.note)
            kept = self.last(head.origin)
            before = read_head(kept) if kept else Head(head.origin, 0, EMPTY)
            self._check(request, head, before)
            line = self.key.sign(split(request.note)[0], at)
            if kept and head.size == before.size:
                return line  # the same head again: it is kept already
            folder = self.folder_of(head.origin)
            folder.mkdir(mode=0o700, exist_ok=True)
            _append(folder / "heads", f"{request.note}{line}\n\n".encode())
            return line

    def hashes_kept(self, origin: str) -> int:
        """Of how many entries the leaf hash is kept."""
        path = self.folder_of(origin) / "hashes"
        return path.stat().st_size // HASH if path.exists() else 0

    def add_hashes(self, origin: str, start: int, hashes: bytes) -> int:
        """Keep the leaf hashes from ``start`` up to the last head; gives how many are kept.

        Raises Refused: 409 with the count that is kept when ``start`` is another, 422
        when they do not end at the last head or do not give its root.
        """
        with self._turn:
            kept = self.hashes_kept(origin)
            if start != kept:
                raise Refused(409, "hashes follow those that are kept", f"{kept}\n")
            note = self.last(origin)
            if not note:
                raise Refused(422, "hashes come after the head that they give")
            head = read_head(note)
            if len(hashes) % HASH or start + len(hashes) // HASH != head.size:
                raise Refused(422, "hashes end where the last head does")
            frontier = self._frontier(origin, kept)
            for i in range(0, len(hashes), HASH):
                frontier.append(hashes[i : i + HASH])
            if frontier.root() != head.root:
                del self._frontiers[origin]
                raise Refused(422, "the hashes do not give the root of the head")
            path = self.folder_of(origin) / "hashes"
            if path.exists():
                os.truncate(path, kept * HASH)
            _append(path, hashes)
            return head.size

    def _frontier(self, origin: str, kept: int) -> Frontier:
        """The frontier over the hashes that are kept; read once, then remembered."""
        known = self._frontiers.get(origin)
        if known is None or known.size != kept:
            known = Frontier()
            path = self.folder_of(origin) / "hashes"
            if path.exists():
                with path.open("rb") as file:
                    while known.size < kept:
                        known.append(file.read(HASH))
            self._frontiers[origin] = known
        return known

    def folder_of(self, origin: str) -> Path:
        return self._folder / sha256(origin.encode()).hexdigest()[:16]

    def _signed(self, note: str) -> Head:
        try:
            if len(note) > LONGEST or END in note:
                raise NotANote("a checkpoint is short and has no two empty lines together")
            origin = read_head(note).origin
            keys = [key for key in self.logs() if key.name == origin]
            if not keys:
                raise Refused(404, "this log is not known here")
            return check_head(note, keys)
        except NotANote as error:
            raise Refused(400, str(error)) from error
        except NotSigned as error:
            raise Refused(403, str(error)) from error

    def _check(self, request: Request, head: Head, before: Head) -> None:
        if request.old > head.size:
            raise Refused(400, "the log would have shrunk")
        if request.old != before.size:
            raise Refused(409, "another size is kept", f"{before.size}\n")
        try:
            check_consistency(before.size, head.size, request.proof, before.root, head.root)
        except ProofRefused as error:
            # The log's own key signed it: whoever holds both heads can prove the fork.
            folder = self.folder_of(head.origin)
            folder.mkdir(mode=0o700, exist_ok=True)
            _append(folder / "refused", f"{request.written()}\n\n".encode())
            status = 409 if request.old == head.size else 422
            raise Refused(status, f"this does not continue the head that is kept: {error}") from error


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())

"""A small log with its export and its witness, and a hand that changes it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from transparency.heads import Head
from transparency.merkle import leaf_hash, root_of
from transparency.notes import LOG, SigningKey
from transparency.witness import END

KEY = SigningKey("log.invalid/samenhang", LOG, b"\x05" * 32)
BEGAN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def moment(number: int) -> str:
    return (BEGAN + timedelta(seconds=number)).isoformat(timespec="microseconds")


def entry(number: int, **other: str) -> bytes:
    """As canonical as those of the journal, and never twice the same."""
    fields = {
        "acted_at": moment(number),
        "event": "case.closed",
        "recorded_at": moment(number),
        "salt": sha256(f"salt {number}".encode()).hexdigest()[:32],
        "subject": f"case:{number}",
        **other,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


@dataclass
class Row:
    """As in the database: a position, the times beside the entry, the entry."""

    number: int
    recorded: str
    acted: str
    entry: bytes


def row(number: int, at: int | None = None) -> Row:
    return Row(number if at is None else at, moment(number), moment(number), entry(number))


@dataclass
class World:
    """rows, hashes, heads: what the owner of the database holds. The witness holds the truth."""

    size: int = 40
    every: int = 10  # entries between two heads
    rows: list[Row] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [row(number) for number in range(self.size)]
        self.rehash()
        self.heads = self.sign(self.hashes)
        self.true_hashes, self.true_heads = list(self.hashes), list(self.heads)

    def rehash(self) -> None:
        self.hashes = [leaf_hash(row.entry) for row in self.rows]

    def renumber(self) -> None:
        for number, one in enumerate(self.rows):
            one.number = number

    def sign(self, hashes: list[bytes]) -> list[str]:
        sizes = sorted({*range(self.every, len(hashes), self.every), len(hashes)})
        return [signed(hashes[:size]) for size in sizes if size]

    def export(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        lines = [
            b"%d %b %b %b\n" % (one.number, one.recorded.encode(), one.acted.encode(), one.entry)
            for one in self.rows
        ]
        (folder / "entries").write_bytes(b"".join(lines))
        (folder / "hashes").write_bytes(b"".join(self.hashes))
        write_heads(folder / "heads", self.heads)
        return folder

    def witness(self, folder: Path, *, hashes: bool) -> Path:
        folder.mkdir(exist_ok=True)
        write_heads(folder / "heads", self.true_heads[-1:])
        (folder / "hashes").unlink(missing_ok=True)
        if hashes:
            (folder / "hashes").write_bytes(b"".join(self.true_hashes))
        return folder


def signed(hashes: Iterable[bytes]) -> str:
    hashes = list(hashes)
    return Head(KEY.name, len(hashes), root_of(hashes)).signed(KEY)


def write_heads(path: Path, notes: list[str]) -> None:
    path.write_text("".join(note.rstrip("\n") + END for note in notes), encoding="utf-8")


def flip(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


Deed = Callable[[World, int], None]


def flip_a_bit(world: World, at: int) -> None:
    one = world.rows[at]
    one.entry = flip(one.entry, one.entry.index(b"case:") + 5, 1)


def rewrite(world: World, at: int) -> None:
    world.rows[at].entry = entry(at, event="nothing.happened", subject="case:other")


def delete(world: World, at: int) -> None:
    del world.rows[at]


def insert(world: World, at: int) -> None:
    world.rows.insert(at, row(at + 1000, at))
    world.rows[at].recorded = world.rows[at].acted = moment(at)
    world.rows[at].entry = entry(at, subject="case:invented")


def swap(world: World, at: int) -> None:
    other = (at + 7) % len(world.rows)
    rows = world.rows
    rows[at], rows[other] = rows[other], rows[at]
    rows[at].number, rows[other].number = rows[other].number, rows[at].number


def alter_time_inside(world: World, at: int) -> None:
    world.rows[at].entry = entry(at, recorded_at=moment(at + 1234567))


def alter_time_everywhere(world: World, at: int) -> None:
    alter_time_inside(world, at)
    world.rows[at].recorded = moment(at + 1234567)


def alter_time_beside(world: World, at: int) -> None:
    world.rows[at].acted = moment(at + 99)


def cut_tail(world: World, at: int) -> None:
    del world.rows[at:]


def renumber(world: World, at: int) -> None:
    for one in world.rows[at:]:
        one.number += 1


def put_back(world: World, at: int) -> None:
    """An older database, whole and sound in itself."""
    size = max(world.every, at - at % world.every)
    del world.rows[size:], world.hashes[size:]
    world.heads = world.heads[: size // world.every]


def put_back_and_go_on(world: World, at: int) -> None:
    """And entries after it that the log's own key signs."""
    put_back(world, at)
    for number in range(len(world.rows), world.size + 5):
        world.rows.append(row(number + 5000, number))
    world.rehash()
    world.heads = world.sign(world.hashes)

#!/usr/bin/env python3
"""Checks an export of a Samenhang log, and names what was done to it. One file; needs python3 alone.

    python verify.py EXPORT --head HEAD --key KEY

EXPORT  the folder that ``samenhang log export`` made: ``entries``, ``hashes`` and ``heads``
HEAD    a head that was kept elsewhere: a file with one or more signed heads, or the
        folder of a witness, which may hold ``hashes`` as well; may be given more than once
KEY     the public key of the log, as ``name+id+base64`` or a file with such lines; may be
        given more than once. Signatures need the package ``cryptography``. Without a key
        the heads kept elsewhere are taken at their word and those of the export are not.

Exit status: 0 nothing was found, 1 something was, 2 it could not be checked.
The formats are described in docs/operations/log.md. This file shares no line with the
program that made the log, so that a mistake in one shows in the other.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import combinations, pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import Any

BLOCK = 8 << 20  # bytes of entries that one process holds at a time
LATE = timedelta(hours=1)  # a deed and its entry are one transaction, and none lasts this long
TRIED = 50  # changed entries for which the original is searched, byte by byte
NEAR = 1024  # entries between two heads in which an insertion is searched by leaving each out
RECORDED = re.compile(rb'"recorded_at":"([^"]*)"')
ACTED = re.compile(rb'"acted_at":"([^"]*)"')


@dataclass
class Finding:
    """One thing that is wrong. first, last: positions; -1 where there is none."""

    kind: str
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Head:
    origin: str
    size: int
    root: bytes
    outside: bool  # kept elsewhere; otherwise it came with the export
    believed: bool = True


@dataclass
class Export:
    """What is in the export, entry by entry in the order of the file. Read only when something is wrong."""

    path: Path
    numbers: Any = field(default_factory=lambda: array("q"))
    offsets: Any = field(default_factory=lambda: array("q"))
    digests: bytearray = field(default_factory=bytearray)
    odd: list[int] = field(
        default_factory=list
    )  # places where a time beside the entry is another than inside
    late: dict[int, list[int]] = field(
        default_factory=dict
    )  # for a place: those after it recorded long before it

    def line(self, place: int) -> tuple[bytes, bytes, bytes]:
        """Recorded at, acted at and the entry."""
        with self.path.open("rb") as file:
            file.seek(self.offsets[place])
            parts = file.readline().rstrip(b"\n").split(b" ", 3)
        return (parts[1], parts[2], parts[3]) if len(parts) == 4 else (b"", b"", b"")


# -- the tree of RFC 6962


def cover(start: int, row: list[bytes]) -> list[tuple[int, bytes]]:
    """The roots (level, hash) of the perfect subtrees over leaves that begin at this position."""
    level, left, right = 0, [], []
    while row:
        if start & 1:
            left.append((level, row[0]))
            row, start = row[1:], start + 1
        if len(row) & 1:
            right.append((level, row[-1]))
            row = row[:-1]
        row = [sha256(b"\x01" + a + b).digest() for a, b in zip(row[::2], row[1::2], strict=True)]
        level, start = level + 1, start >> 1
    return left + right[::-1]


class Tree:
    """A tree that grows at its end by subtrees."""

    def __init__(self) -> None:
        self.roots: list[tuple[int, bytes]] = []

    def grow(self, subtrees: Iterable[tuple[int, bytes]]) -> None:
        for level, value in subtrees:
            while self.roots and self.roots[-1][0] == level:
                level, value = level + 1, sha256(b"\x01" + self.roots.pop()[1] + value).digest()
            self.roots.append((level, value))

    def root(self) -> bytes:
        folded = self.roots[-1][1] if self.roots else sha256(b"").digest()
        for _level, value in self.roots[-2::-1]:
            folded = sha256(b"\x01" + value + folded).digest()
        return folded


def pieces(data: bytes | bytearray | memoryview) -> list[bytes]:
    raw = bytes(data)
    return [raw[i : i + 32] for i in range(0, len(raw), 32)]


def roots_at(hashes: bytes | bytearray, sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the first so many leaf hashes, for those sizes that there are."""
    tree, at, found = Tree(), 0, {}
    for size in sorted({size for size in sizes if size * 32 <= len(hashes)}):
        while at < size:
            upto = min(size, (at | 0xFFFF) + 1)
            tree.grow(cover(at, pieces(memoryview(hashes)[at * 32 : upto * 32])))
            at = upto
        found[size] = tree.root()
    return found


# -- heads and their signatures


def read_heads(path: Path) -> list[str]:
    text = (path / "heads" if path.is_dir() else path).read_text(encoding="utf-8")
    return [note.strip("\n") + "\n" for note in text.split("\n\n\n") if note.strip()]


def read_keys(given: list[str]) -> dict[tuple[str, bytes], bytes]:
    """Ed25519 keys by name and id."""
    keys = {}
    for item in given:
        lines = Path(item).read_text(encoding="utf-8").split() if Path(item).exists() else [item]
        for line in lines:
            name, number, encoded = line.split("+", 2)
            material = base64.b64decode(encoded)
            number_is = sha256(name.encode() + b"\n" + material).digest()[:4]
            if material[:1] != b"\x01" or number_is.hex() != number:
                raise ValueError(f"this is no key of a log: {line}")
            keys[name, number_is] = material[1:]
    return keys


def signed_by(text: str, signatures: str, keys: dict[tuple[str, bytes], bytes]) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for line in signatures.splitlines():
        _dash, name, encoded = line.split(" ", 2)
        raw = base64.b64decode(encoded)
        key = keys.get((name, raw[:4]))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(raw[4:], text.encode())
        except InvalidSignature:
            return False
        return True
    return False


def judge_heads(
    notes: list[tuple[str, bool]], keys: dict[tuple[str, bytes], bytes], findings: list[Finding]
) -> tuple[list[Head], list[Head]]:
    """The heads that may be believed, one for each size, and those of the export; says what is wrong."""
    heads: dict[int, Head] = {}
    own = []
    for note, outside in notes:  # those kept elsewhere come first
        where = "kept elsewhere" if outside else "in the export"
        try:
            text, _gap, signatures = note.rpartition("\n\n")
            origin, size, root = text.split("\n")[:3]
            good = signed_by(f"{text}\n", signatures, keys) if keys else outside
            head = Head(origin, int(size), base64.b64decode(root, validate=True), outside, good)
        except ValueError:
            findings.append(Finding("head", -1, -1, f"a head {where} is damaged and cannot be read"))
            continue
        if keys and not good:
            text = f"the head {where} for {size} entries was not signed by the key"
            findings.append(Finding("head", head.size, head.size, text))
        if not outside:
            own.append(head)
        if not good:
            continue
        other = heads.setdefault(head.size, head)
        if other.root != head.root:
            text = f"the key signed two heads for one size, {size} entries: it tells people different things"
            findings.append(Finding("two-heads", head.size, head.size, text))
    return sorted(heads.values(), key=lambda head: head.size), own


# -- the quick way: is everything as it should be?


@dataclass
class Part:
    """What one process found in its block. cuts: the subtrees up to each size at which there is a head."""

    orderly: bool
    first: int = 0
    count: int = 0
    cuts: list[tuple[int, list[tuple[int, bytes]]]] = field(default_factory=list)
    earliest: bytes = b""
    latest: bytes = b""


def survey(task: tuple[Path, int, int, list[int]]) -> Part:
    folder, start, stop, sizes = task
    with (folder / "entries").open("rb") as file:
        file.seek(start)
        lines = file.read(stop - start).split(b"\n")
    if lines.pop():
        return Part(False)
    try:
        first = int(lines[0].split(b" ", 1)[0])
        leaves, moments = [], []
        for number, line in enumerate(lines, first):
            given, recorded, acted, entry = line.split(b" ", 3)
            if given != b"%d" % number or b'"recorded_at":"%b"' % recorded not in entry:
                return Part(False)
            if not entry.startswith(b'{"acted_at":"%b"' % acted):
                return Part(False)
            leaves.append(sha256(b"\x00" + entry).digest())
            moments.append(recorded)
    except ValueError:
        return Part(False)
    with (folder / "hashes").open("rb") as file:
        file.seek(first * 32)
        if file.read(len(leaves) * 32) != b"".join(leaves):
            return Part(False)
    if late(max(moments), min(moments)) and any(late(a, b) for a, b in running(moments)):
        return Part(False)
    cuts, at = [], first
    inside = sizes[bisect_right(sizes, first) : bisect_right(sizes, first + len(leaves))]
    for size in [*inside, first + len(leaves)]:
        cuts.append((size, cover(at, leaves[at - first : size - first])))
        at = size
    return Part(True, first, len(leaves), cuts, min(moments), max(moments))


def running(moments: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each moment after the latest one before it."""
    latest = b""
    for moment in moments:
        yield latest, moment
        latest = max(latest, moment)


def late(before: bytes, moment: bytes) -> bool:
    """Whether it says that it was recorded long before what precedes it."""
    if moment >= before:
        return False
    try:
        gap = datetime.fromisoformat(before.decode()) - datetime.fromisoformat(moment.decode())
    except (ValueError, TypeError):
        return True
    return gap > LATE


def blocks(path: Path) -> Iterator[tuple[int, int]]:
    """Where to cut the file, at ends of lines."""
    size, start = path.stat().st_size, 0
    with path.open("rb") as file:
        while start < size:
            file.seek(min(start + BLOCK, size) - 1)
            file.readline()
            yield start, file.tell()
            start = file.tell()


def is_fine(folder: Path, heads: list[Head], ends: int, processes: int) -> tuple[bool, int]:
    """Whether entries, numbers, hashes, times and heads all agree; and how many entries there are.

    ends: the size of the last head in the export, -1 when it has none.
    """
    sizes = sorted({head.size for head in heads})
    roots = {head.size: head.root for head in heads}
    tasks = ((folder, start, stop, sizes) for start, stop in blocks(folder / "entries"))
    tree, size, latest = Tree(), 0, b""
    found = {0: tree.root()}
    with Pool(processes) as pool:
        for part in pool.imap(survey, tasks):
            if not part.orderly or part.first != size or late(latest, part.earliest):
                pool.terminate()
                return False, size
            for cut, subtrees in part.cuts:
                tree.grow(subtrees)
                if cut in roots:
                    found[cut] = tree.root()
            size, latest = size + part.count, max(latest, part.latest)
    whole = (folder / "hashes").stat().st_size == size * 32 and ends in {size, -1}
    return whole and all(found.get(cut) == wanted for cut, wanted in roots.items()), size


# -- the slow way: what is wrong, and where?


def read_export(path: Path, findings: list[Finding]) -> Export:
    export, offset, latest, peak = Export(path), 0, b"", 0
    with path.open("rb") as file:
        for place, line in enumerate(file):
            parts = line.rstrip(b"\n").split(b" ", 3)
            good = len(parts) == 4 and parts[0].isdigit() and len(parts[0]) < 19 and line.endswith(b"\n")
            if not good:
                text = f"line {place + 1} of the entries is not of the form it should have"
                findings.append(Finding("damaged", place, place, text))
                parts = [b"-1", latest, b"", line]
            export.numbers.append(int(parts[0]))
            export.offsets.append(offset)
            export.digests += sha256(b"\x00" + parts[3]).digest()
            if good and (RECORDED.findall(parts[3]) != [parts[1]] or ACTED.findall(parts[3]) != [parts[2]]):
                export.odd.append(place)
            if late(latest, parts[1]):
                export.late.setdefault(peak, []).append(place)
            elif parts[1] > latest:
                latest, peak = parts[1], place
            offset += len(line)
    return export


def progress(hashes: bytes | bytearray, heads: list[Head]) -> tuple[int, Head | None]:
    """How far these leaf hashes fit the heads, and the first head that they do not fit."""
    roots, proved = roots_at(hashes, [head.size for head in heads]), 0
    for head in heads:
        if roots.get(head.size) != head.root:
            return proved, head
        proved = head.size
    return proved, None


def reference(candidates: list[bytes | bytearray], heads: list[Head]) -> bytes | bytearray:
    """The list of leaf hashes that fits furthest: first the heads kept elsewhere, then all."""
    outside = [head for head in heads if head.outside]
    return max(candidates, key=lambda hashes: (progress(hashes, outside)[0], progress(hashes, heads)[0]))


def same(one: bytes | bytearray, other: bytes | bytearray) -> tuple[int, int]:
    """How many hashes are the same from the front, and how many of the rest from the back."""
    length = min(len(one), len(other)) // 32
    front = bisect_left(range(1, length + 1), True, key=lambda n: one[: n * 32] != other[: n * 32])
    left = length - front
    back = bisect_left(
        range(1, left + 1), True, key=lambda n: one[len(one) - n * 32 :] != other[len(other) - n * 32 :]
    )
    return front, back


def longest_rising(values: list[int]) -> set[int]:
    """The places of a longest rising run among the values; -1 does not count."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        if value < 0:
            continue
        at = bisect_left(tails, value)
        tails[at : at + 1], ends[at : at + 1] = [value], [place]
        before[place] = ends[at - 1] if at else -1
    kept, place = set(), ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def compare(export: Export, true: bytes | bytearray, findings: list[Finding]) -> None:
    """Tell how the entries and their numbers differ from the list of true leaf hashes."""
    front, back = same(export.digests, true)
    count, size = len(export.numbers), len(true) // 32
    here = pieces(memoryview(export.digests)[front * 32 : (count - back) * 32])
    there = pieces(memoryview(true)[front * 32 : (size - back) * 32])
    index = {value: place for place, value in enumerate(there)}
    values, used = [], set()
    for value in here:
        place = index.get(value, -1)
        values.append(-1 if place in used else place)  # the second time it is a copy
        used.add(place)
    kept = longest_rising(values)
    moved = [place for place, value in enumerate(values) if value >= 0 and place not in kept]
    exchanged = set()
    for place in moved:
        other = values[place]
        if len(here) == len(there) and values[other : other + 1] == [place] and place not in exchanged:
            exchanged |= {place, other}
            low, high = sorted((front + place, front + other))
            findings.append(Finding("swap", low, high, f"entries {low} and {high} changed places"))
    for place in moved:
        if place not in exchanged:
            text = f"entry {front + values[place]} was moved: it now stands in place {front + place}"
            findings.append(Finding("swap", front + values[place], front + place, text))
    fixed = [-1, *sorted(kept | exchanged), len(here)]
    for one, two in pairwise(fixed):
        low = place_of(values, one, exchanged) if one >= 0 else -1
        high = place_of(values, two, exchanged) if two < len(here) else len(there)
        foreign = [front + place for place in range(one + 1, two) if values[place] < 0]
        missing = [front + place for place in range(low + 1, high) if place not in used]
        gap(export, true, foreign, missing, findings)
    as_was = {front + place: front + values[place] for place in kept}
    renumbered(export, front, back, size, as_was, findings)


def place_of(values: list[int], place: int, exchanged: set[int]) -> int:
    return place if place in exchanged else values[place]


def renumbered(
    export: Export, front: int, back: int, size: int, as_was: dict[int, int], findings: list[Finding]
) -> None:
    """Entries that are as they were, under another number than they had."""
    count, wrong = len(export.numbers), []
    for place, number in enumerate(export.numbers):
        true = (
            place
            if place < front
            else place + size - count
            if place >= count - back
            else as_was.get(place, -1)
        )
        if true >= 0 and number not in {true, -1}:
            wrong.append(true)
    for first, last in runs(wrong):
        text = f"the entries that had the numbers {first} to {last} were given other numbers"
        findings.append(Finding("renumbering", first, last, text))


def gap(
    export: Export, true: bytes | bytearray, foreign: list[int], missing: list[int], findings: list[Finding]
) -> None:
    """Between two entries that are as they were: unknown ones in place of missing ones."""
    pairs = [(place, place) for place in foreign if export.numbers[place] in missing and place in missing]
    rest_foreign = [place for place in foreign if (place, place) not in pairs]
    rest_missing = [place for place in missing if (place, place) not in pairs]
    pairs += list(zip(rest_foreign, rest_missing, strict=False))
    for place, position in sorted(pairs)[:TRIED]:
        findings.append(explain(export, place, position, bytes(true[position * 32 : position * 32 + 32])))
    for _place, position in sorted(pairs)[TRIED:]:
        findings.append(Finding("altered", position, position, f"entry {position} was changed or replaced"))
    for first, last in runs(rest_foreign[len(rest_missing) :]):
        text = f"{last - first + 1} entries that the log never had stand in place {first}"
        findings.append(Finding("insertion", first, last, text))
    for first, last in runs(rest_missing[len(rest_foreign) :]):
        if last == len(true) // 32 - 1:
            text = f"the last entries are gone: the log had {last + 1} and here ends at {first}"
            findings.append(Finding("cut-tail", first, last, text))
        else:
            text = f"{last - first + 1} entries are gone, from position {first} to {last}"
            findings.append(Finding("deletion", first, last, text))


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1]
            start = at


def explain(export: Export, place: int, position: int, wanted: bytes) -> Finding:
    """What was changed in an entry of which the true hash is known."""
    recorded, acted, entry = export.line(place)
    for pattern, moment in ((RECORDED, recorded), (ACTED, acted)):
        match = pattern.search(entry)
        if (
            match
            and sha256(b"\x00" + entry[: match.start(1)] + moment + entry[match.end(1) :]).digest() == wanted
        ):
            says = match.group(1).decode(errors="replace")
            text = f"a time in entry {position} was altered: it was {moment.decode()} and now says {says}"
            return Finding("altered-time", position, position, text)
    for at in range(len(entry)):
        before = sha256(b"\x00" + entry[:at])
        for byte in range(256):
            trial = before.copy()
            trial.update(bytes([byte]) + entry[at + 1 :])
            if trial.digest() == wanted:
                return one_byte(entry, at, byte, position)
    found = RECORDED.search(entry)
    if found and found.group(1) != recorded:
        text = f"entry {position} was altered, and its time no longer is that of the record beside it"
        return Finding("altered-time", position, position, text)
    text = f"entry {position} was altered in several places, its times perhaps among them, or replaced"
    return Finding("altered", position, position, text)


def one_byte(entry: bytes, at: int, byte: int, position: int) -> Finding:
    was, now = bytes([byte]), entry[at : at + 1]
    times = [match.span(1) for match in (RECORDED.search(entry), ACTED.search(entry)) if match]
    text = f"entry {position} was altered in byte {at} alone: {was!r} became {now!r}"
    if any(first <= at < last for first, last in times):
        return Finding("altered-time", position, position, f"{text}, which is in a time")
    return Finding("bit-flip" if bin(byte ^ now[0]).count("1") == 1 else "altered", position, position, text)


def narrow(
    export: Export, hashes: bytes | bytearray, proved: int, failed: Head, last: int, findings: list[Finding]
) -> None:
    """Nothing tells the true hashes after ``proved``: say between which heads it went wrong, and how.

    last: the size of the largest head that is believed.
    """
    count, upto, numbers = len(hashes) // 32, failed.size, list(export.numbers)
    before = Tree()
    for at in range(0, proved, 1 << 16):
        before.grow(cover(at, pieces(hashes[at * 32 : min(proved, at + (1 << 16)) * 32])))
    leaves = pieces(hashes[proved * 32 : (upto + 1) * 32])

    def fits(row: list[bytes]) -> bool:
        tree = Tree()
        tree.roots = list(before.roots)
        tree.grow(cover(proved, row))
        return tree.root() == failed.root

    for at in range(len(leaves) if len(leaves) <= NEAR else 0):
        if fits(leaves[:at] + leaves[at + 1 :]):
            text = f"one entry that the log never had stands in place {proved + at}: without it the head fits"
            findings.append(Finding("insertion", proved + at, proved + at, text))
            return
    row = leaves[: upto - proved]
    for one, two in combinations(range(len(row) if len(row) <= NEAR // 16 else 0), 2):
        changed = list(row)
        changed[one], changed[two] = row[two], row[one]
        if fits(changed):
            text = f"entries {proved + one} and {proved + two} changed places: put back, the head fits"
            findings.append(Finding("swap", proved + one, proved + two, text))
            return
    gaps = [(one + 1, two - 1) for one, two in pairwise(numbers[proved : upto + 1]) if two - one > 1]
    for first, end in gaps if count < last else []:
        findings.append(
            Finding("deletion", first, end, f"entries are gone: the numbers {first} to {end} are missing")
        )
    if count < last and gaps:
        return
    where = f"from position {proved} to {upto - 1}"
    ask = "the log's own hashes were changed with it, and only those that a witness keeps would tell which"
    gone = ("deletion", "cut-tail", "altered")
    for kind in (
        gone if count < last else ("altered", "bit-flip", "altered-time", "swap", "deletion", "insertion")
    ):
        text = f"this or another of these was done {where}; {ask}"
        findings.append(Finding(kind, proved, upto - 1, text))


def ended_early(count: int, size: int, whole: bool, findings: list[Finding]) -> None:
    """The entries are right as far as they go. whole: they end where the last head of the export does."""
    kind, how = "cut-tail", "the end was cut off"
    if whole:
        kind, how = "rollback", "an older database was put back, or the end was cut off exactly there"
    text = f"the log had {size} entries and here has {count}: {how}"
    findings.append(Finding(kind, count, size - 1, text))


def forked(
    digests: bytearray, true: bytes | bytearray, elsewhere: bool, heads: list[Head], own: list[Head]
) -> int:
    """From where on the key signed another history than it signed elsewhere; -1 when it did not.

    elsewhere: the true hashes are those that a witness kept.
    """
    outside = [head for head in heads if head.outside]
    roots = roots_at(digests, [head.size for head in [*own, *outside]])
    signed = max(
        (head.size for head in own if head.believed and roots.get(head.size) == head.root), default=0
    )
    front, _back = same(digests, true)
    if elsewhere and signed > front:
        return front
    denied = [head.size for head in outside if roots.get(head.size, head.root) != head.root]
    return progress(digests, outside)[0] if denied and signed >= min(denied) else -1


def diagnose(
    folder: Path, trusted: list[Head], own: list[Head], kept: list[Path], findings: list[Finding]
) -> int:
    """Say what is wrong with an export in which something is. Gives how many entries it has."""
    export = read_export(folder / "entries", findings)
    listed = (folder / "hashes").read_bytes()
    listed = listed[: len(listed) // 32 * 32]
    digests, count = export.digests, len(export.numbers)
    true = reference([digests, *(path.read_bytes() for path in kept), listed], trusted)
    elsewhere = true is not digests and true is not listed
    if elsewhere:
        true = continued(true, digests, listed)
    last = max((head.size for head in [*own, *trusted]), default=0)
    whole = len(listed) == count * 32 and count == max((head.size for head in own), default=-1)
    fork = forked(digests, true, elsewhere, trusted, own)
    if fork >= 0:
        text = f"after entry {fork} this is another history than was signed for elsewhere, by the same key: "
        text += "an older database was put back, and the log went on from there"
        findings.append(Finding("rollback", fork, count - 1, text))
    elif same(digests, true)[0] == count < len(true) // 32:
        compare(export, true[: count * 32], findings)
        ended_early(count, len(true) // 32, whole, findings)
    else:
        compare(export, true, findings)
        proved, failed = progress(true, trusted)
        if failed and proved == len(true) // 32:
            ended_early(proved, last, whole, findings)
        elif failed:
            narrow(export, true, proved, failed, last, findings)
        elif last > len(true) // 32:
            ended_early(count, last, False, findings)
    agree = same(listed, true)[0]
    if fork < 0 and agree < min(len(listed), len(true)) // 32:
        text = f"the log's own list of hashes was changed, from {agree} on"
        findings.append(Finding("hashes", agree, agree, text))
    beside(export, findings)
    return count


def continued(true: bytes | bytearray, digests: bytearray, listed: bytes) -> bytes:
    """The list that was kept elsewhere, and what the log has after it."""
    at = digests.rfind(true[-32:])
    if at < 0 or at % 32:
        return bytes(true) + listed[len(true) :]
    later = pieces(digests[at + 32 :])
    known = set(pieces(true)) if later else set()
    return bytes(true) + b"".join(value for value in later if value not in known)


def beside(export: Export, findings: list[Finding]) -> None:
    """Times that do not agree with each other or with their neighbours, where nothing was told yet."""
    told = {n for found in findings for n in range(found.first, min(found.last, found.first + 9999) + 1)}
    for place in export.odd:
        if place not in told:
            text = f"a time beside entry {place} was altered; the entry itself is as it was"
            findings.append(Finding("altered-time", place, place, text))
    changed = {
        found.first: found for found in findings if found.kind == "altered" and found.first == found.last
    }
    for peak, after in export.late.items():
        for place in [peak] if peak in changed or len(after) > 1 else after:
            text = (
                f"the time of entry {place} is out of order with its neighbours: it is false, or a clock was"
            )
            if place in changed:
                changed[place].kind, changed[place].text = (
                    "altered-time",
                    f"entry {place} was altered; {text}",
                )
            elif place not in told:
                findings.append(Finding("altered-time", place, place, text))


# -- the command


def verify(
    folder: Path, kept: list[Path], keys: list[str], processes: int = os.cpu_count() or 1
) -> tuple[int, list[Head], list[Finding]]:
    """How many entries there are, the heads that were believed, and what is wrong."""
    findings: list[Finding] = []
    kept = [one for path in kept for one in (sorted(path.glob("*/")) if (path / "logs").exists() else [path])]
    notes = [(note, True) for path in kept for note in read_heads(path)]
    notes += [(note, False) for note in read_heads(folder)]
    trusted, own = judge_heads(notes, read_keys(keys), findings)
    fine, count = is_fine(folder, trusted, max((head.size for head in own), default=-1), processes)
    if not fine:
        hashes = [path / "hashes" for path in kept if (path / "hashes").is_file()]
        before = len(findings)
        count = diagnose(folder, trusted, own, hashes, findings)
        if len(findings) == before:
            findings.append(
                Finding("damaged", -1, -1, "something does not agree, and this program cannot say what")
            )
    return count, trusted, findings


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Checks an export of a Samenhang log and names what was done to it."
    )
    parser.add_argument("export", type=Path, help="the folder that `samenhang log export` made")
    parser.add_argument(
        "--head", type=Path, action="append", default=[], help="a head kept elsewhere, or a witness's folder"
    )
    parser.add_argument(
        "--key", action="append", default=[], help="public key of the log, or a file with such keys"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    try:
        count, heads, findings = verify(given.export, given.head, given.key, given.processes)
    except (OSError, ValueError, ImportError) as error:
        sys.stderr.write(f"this could not be checked: {error}\n")
        return 2
    outside = max((head.size for head in heads if head.outside), default=0)
    if given.json:
        answer = {"fine": not findings, "entries": count, "vouched_for_elsewhere": outside}
        sys.stdout.write(
            json.dumps({**answer, "findings": [asdict(finding) for finding in findings]}, indent=1) + "\n"
        )
        return 1 if findings else 0
    for finding in findings[:100]:
        sys.stdout.write(f"{finding.kind}: {finding.text}\n")
    if len(findings) > 100:
        sys.stdout.write(f"and {len(findings) - 100} more\n")
    if not findings:
        sys.stdout.write(
            f"{count} entries, nothing was changed. A head kept elsewhere vouches for {outside} of them.\n"
        )
    if not given.key:
        sys.stdout.write("No key was given, so no signature was checked.\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

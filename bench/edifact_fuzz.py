"""Damaged messages, a million of them: does reading ever raise, does it stay linear, whom does it lose?

    python bench/edifact_fuzz.py [--inputs 1000000] [--seed 1] [--samples FOLDER]

Each input is a message (generated, or a sample) with one to six injuries: bytes overwritten,
removed, inserted, doubled; a cut; separators exchanged; line wraps. A passenger counts as kept
when reading still gives surname and given names; only passengers are counted whose own
segments (NAD and those that follow it, or TIF) no injury touched. Exit status 1 when anything
was raised, when a passenger of 200 is lost, or when time per byte explodes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from edifact import Message, read, write
from edifact.envelope import Interchange
from edifact.groups import Group
from edifact.making import Plan, messages
from edifact.scan import Scanned, scan
from edifact.segments import Segment
from edifact.windows import parts

TOKENS = [
    *(b"'", b"+", b":", b"?", b"*", b"/", b"''", b"?'", b"??", b"\r\n", b"\n", b" ", b"\x00", b"\xff"),
    *(b"UNA:+.? '", b"UNB+", b"UNH+1+PAXLST:D:05B:UN'", b"UNT+1'", b"UNZ+1'", b"SRC'", b"TIF+A+B:A:1'"),
    *(b"NAD+FL+++X:Y'", b"DTM+329:", b"LOC+91", b"CNT+42:99'", b"EQN+9'", b"TVL+", b"ABI+1'", b"0", b"99999"),
    *("é’Ş".encode(), b"<PNR>", b"</PNR>", b"&", b"<!DOCTYPE x>"),
]  # fmt: skip
FLOOR = 0.995
WRITTEN = 10  # what was read of one in so many is written and read again
Span = tuple[int, int]
Name = tuple[str, str]


@dataclass(frozen=True)
class Base:
    """A message to injure. people: who is in it, with the bytes that are theirs."""

    data: bytes
    people: tuple[tuple[Name, tuple[Span, ...]], ...]


def base(data: bytes) -> Base:
    names = Counter(name_of(p) for message in read(data) for p in message.passengers)
    spans: dict[Name, list[Span]] = {}
    for part in parts(BytesIO(data)):
        if isinstance(part, tuple):
            continue
        scanned = scan(part.text, part.offset, Interchange(part, None).known)
        owner: Name | None = None
        for index in range(len(scanned.segments)):
            for segment, *span in pieces(scanned, index):
                if segment.tag in ("NAD", "CNT", "UNT", "TDT"):
                    given = segment.elements[3][1:] if len(segment.elements) > 3 else []
                    owner = (segment.at(3), " ".join(x.strip() for x in given if x.strip()))
                elif segment.tag == "TIF":
                    owner = (segment.at(0), segment.at(1))
                elif segment.tag in ("TVL", "SRC", "RCI", "TRI", "IFT"):
                    owner = None
                if owner is not None and owner in names:
                    spans.setdefault(owner, []).append((span[0], span[1]))
    # A name that stands twice proves nothing: either of them may be the one that is found.
    return Base(data, tuple((name, tuple(own)) for name, own in spans.items() if names[name] == 1))


def pieces(scanned: Scanned, index: int) -> Iterator[tuple[Segment, int, int]]:
    """The segments of one that was scanned, itself or those of a group, and where in the file they stand."""
    segment, at = scanned.segments[index], scanned.spans
    if type(segment) is not Group:
        yield segment, *at[index]
        return
    for part, begin, end in segment.parts():
        yield part, at.inside(index, begin), at.inside(index, end)


def name_of(passenger: object) -> Name:
    return passenger.surname, passenger.given_names_raw  # type: ignore[attr-defined]


def injured(whole: bytes, pick: random.Random) -> tuple[bytes, list[Span]]:
    """The message with its injuries, and the bytes of the original that they touched."""
    data, touched, size = bytearray(whole), list[Span](), len(whole)
    places = sorted((pick.randrange(size + 1) for _ in range(pick.randint(1, 6))), reverse=True)
    right = size + 1
    for at in places:
        length = min(pick.choice((0, 1, 1, 2, 3, 8, 30)), right - at)
        match pick.randrange(7):
            case 0 | 1:
                data[at : at + length] = b""
            case 2 | 3:
                data[at : at + length] = pick.choice(TOKENS)
            case 4:
                data[at : at + length] = bytes(pick.randrange(256) for _ in range(length))
            case 5:
                data[at:at] = whole[at : at + 40]
            case _:
                length = min(1, length)
                data[at : at + length] = pick.choice(TOKENS)
        touched.append((at - 1, at + length + 1))
        right = at
    if pick.random() < 0.03:
        cut = pick.randrange(size)
        del data[min(cut, len(data)) :]
        touched.append((0, size + 1))  # the offsets have moved: nobody is counted
    if pick.random() < 0.1:
        width = pick.choice((69, 64, 80, 20))
        return b"\r\n".join(bytes(data[n : n + width]) for n in range(0, len(data), width)), touched
    return bytes(data), touched


def write_again(message: Message) -> None:
    """Whatever was read can be written, and what was written can be read."""
    try:
        again = read(write(message))
    except ValueError as error:
        if not str(error).startswith("no writer"):
            raise
        return
    if again[0].type != message.type:
        raise AssertionError(f"{message.type} became {again[0].type}")


def run(bases: list[Base], inputs: int, seed: int) -> bool:
    """Prints what happened; True when all held."""
    pick = random.Random(seed)
    kept = untouched = size = 0
    slowest = (0.0, b"")
    lost: Counter[str] = Counter()
    begin = time.process_time()
    for number in range(1, inputs + 1):
        one = pick.choice(bases)
        data, touched = injured(one.data, pick)
        size += len(data)
        before = time.process_time()
        try:
            found_all = read(data)
            if number % WRITTEN == 0:
                for message in found_all:
                    write_again(message)
        except Exception as error:
            print(f"RAISED {error!r} at input {number} of seed {seed}: {data!r}")
            return False
        took = (time.process_time() - before) / (len(data) + 2000)
        if took > slowest[0]:
            slowest = (took, data)
        found = {name_of(person) for message in found_all for person in message.passengers}
        for name, own in one.people:
            if not any(a < end and offset < b for a, b in touched for offset, end in own):
                untouched += 1
                kept += name in found
                if name not in found:
                    lost[found_all[0].type] += 1
        if number % max(1, inputs // 20) == 0:
            print(
                f"{number} inputs, {size / 1e6:.0f} MB, {time.process_time() - begin:.0f} s, "
                f"kept {kept} of {untouched} untouched passengers ({100 * kept / max(1, untouched):.3f} %), "
                f"slowest {slowest[0] * 1e6:.1f} µs a byte",
                flush=True,
            )
    print("lost, by the type of the first message:", dict(lost))
    return kept >= FLOOR * untouched


def bases_from(folder: Path) -> Iterator[Base]:
    for file in sorted(found for found in folder.rglob("*") if found.is_file()):
        if file.suffix not in (".csv", ".md") and file.stat().st_size < 8000:
            yield base(file.read_bytes())


def invented() -> Iterator[Base]:
    """Made messages of every sort, bookings as XML too."""
    for made in messages(Plan(flights=3, people=12, seed=5)):
        yield base(made.data)
        (message,) = read(made.data)
        if message.type == "PNRGOV":
            yield base(write(replace(message, version="XML 2.000")))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inputs", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--samples", type=Path)
    chosen = arguments.parse_args()
    bases = [*invented(), *(bases_from(chosen.samples) if chosen.samples else ())]
    held = run(bases, chosen.inputs, chosen.seed)
    print("held" if held else "DID NOT HOLD")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

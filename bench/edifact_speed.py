"""How fast the edifact library reads. Run: uv run --with pydifact python bench/edifact_speed.py [megabytes].

Prints MB/s of reading to records, for generated PAXLST and PNRGOV in which no two people are alike, beside
pydifact's cutting into segments where that is installed (it is not a dependency); then whether reading bad
input stays linear.
"""

import importlib.util
import random
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from edifact import Document, Flight, Passenger, Record, read, write_paxlst, write_pnrgov

PAIRS = 9
PYDIFACT = importlib.util.find_spec("pydifact") is not None
FLIGHT = Flight("XX", "123", "AMS", "IST", datetime(2026, 3, 1, 9, 15), datetime(2026, 3, 1, 14, 40))  # noqa: DTZ001
SENT = datetime(2026, 3, 1, 8, 0)  # noqa: DTZ001
ONE = Passenger(
    surname="VOORBEELD",
    given_names="TESTJE MARIA",
    birth_date=date(1980, 2, 3),
    sex="F",
    nationality="UTO",
    documents=(Document("P", "SPECI2014", "UTO", date(2031, 1, 1)),),
    record_locator="ABC123",
    seat="12A",
    bag_count=1,
)


def anybody(number: int, pick: random.Random) -> Passenger:
    """No two alike: what is read once and remembered must not flatter the figure."""
    letters = "".join(pick.choices("ABCDEFGHIJKLMNOPRSTUVW", k=8))
    return replace(
        ONE,
        surname=f"VOORBEELD{letters[:4]}",
        given_names=f"TEST{letters[4:]}",
        birth_date=date(1940, 1, 1) + timedelta(days=pick.randrange(30_000)),
        documents=(Document("P", f"SPECI{pick.randrange(10**6)}", "UTO", date(2031, 1, 1)),),
        record_locator=f"A{number:05d}",
        reference=f"REF{number}",
        seat=f"{pick.randrange(1, 60)}A",
    )


def paxlst(megabytes: float = 0.25) -> bytes:
    pick = random.Random(1)
    people = [anybody(n, pick) for n in range(int(megabytes * 4200))]
    return write_paxlst(FLIGHT, people, SENT, "XX", "BENCH")


def pnrgov(megabytes: float = 0.25) -> bytes:
    legs = (FLIGHT, replace(FLIGHT, number="124", departure_airport="IST", arrival_airport="AMS"))
    pick = random.Random(1)
    records = [
        Record(
            locator=f"A{n:05d}",
            carrier="XX",
            passengers=(replace(anybody(n, pick), reference="1"), replace(anybody(n, pick), reference="2")),
            itinerary=legs,
            contacts=(f"CTCM 316{n:08d}",),
        )
        for n in range(int(megabytes * 1800))
    ]
    return write_pnrgov(FLIGHT, records, SENT, "XX", "BENCH")


def took(what: Callable[[bytes], Any], data: bytes) -> float:
    """CPU seconds: other work on the machine must not count."""
    begin = time.process_time()
    what(data)
    return time.process_time() - begin


def segments(data: bytes) -> None:
    """What pydifact does: it only cuts segments."""
    from pydifact.segmentcollection import RawSegmentCollection

    RawSegmentCollection.from_str(data.decode())


def compare(name: str, data: bytes) -> None:
    """One after the other, many times, so that both meet the same machine."""
    few = data[: data.rindex(b"'", 0, 40_000) + 1]  # pydifact takes no half segment
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(PAIRS):
        ours.append(took(read, data) / len(data))
        if PYDIFACT:
            theirs.append(took(segments, few) / len(few))
    print(f"{name}: {1e-6 / min(ours):.1f} MB/s to records")
    if theirs:
        ratios = [other / own for own, other in zip(ours, theirs, strict=True)]
        print(f"  pydifact to segments {1e-6 / min(theirs):.2f} MB/s; median ratio {median(ratios):.1f}")


# Each as bad as its sort can be; reading must stay linear. (name, what comes before, what is repeated)
BAD = (
    ("persons without an end", b"UNH+1+PAXLST:D:05B:UN'", b"NAD+FL+++A:B'ATT+2++F"),
    ("persons, each with a fault", b"UNH+1+PAXLST:D:05B:UN'", b"NAD+FL+++A:B'DTM+329:19800230'"),
    ("releases", b"UNH+1+PAXLST:D:05B:UN'NAD+FL+++", b"?'??"),
    ("glued persons", b"UNH+1+PAXLST:D:05B:UN'", b"NAD+FL+++ANAD+FL+++B"),
    ("envelopes", b"", b"UNB+UNOA:4+A+B'"),
    ("wraps", b"UNH+1+PAXLST:D:05B:UN'", b"N\r\nAD+FL\r\n+++A:B'"),
    ("records without an end", b"UNH+1+PNRGOV:13:1:IA'SRC'RCI+A:B'", b"TIF+A+B:A:1'SSR+DOCS:HK:1:XX:::::/P'"),
    ("no segments", b"UNH+1+PAXLST:D:05B:UN'", b"nothing of the kind "),
)


def linear() -> None:
    """Twice as much should take twice as long."""
    for name, head, block in BAD:
        once, twice = (
            min(took(read, head + block * (size // len(block))) for _ in range(3))
            for size in (200_000, 400_000)
        )
        print(f"{name}: twice the input takes {twice / once:.1f} times as long ({once * 5:.2f} s a MB)")


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 0.25
    released = paxlst(megabytes).replace(b"VOORBEELD", b"VOOR?'BEE")
    compare("PAXLST", paxlst(megabytes))
    compare("PAXLST, released characters", released)
    compare("PNRGOV", pnrgov(megabytes))
    linear()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()

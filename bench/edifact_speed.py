"""How fast the edifact library reads. Run: python bench/edifact_speed.py [megabytes].

Prints MB/s of reading to records, for generated PAXLST and PNRGOV.
Where pydifact is installed, its speed too (it is not a dependency).
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from edifact import Document, Flight, Passenger, Record, read, write_paxlst, write_pnrgov

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


def speed(what: Callable[[bytes], Any], data: bytes, times: int = 3) -> float:
    """MB/s, the best of some runs: CPU time, as other work on the machine must not count."""
    best = float("inf")
    for _ in range(times):
        begin = time.process_time()
        what(data)
        best = min(best, time.process_time() - begin)
    return len(data) / best / 1e6


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    for name, data in (
        ("PAXLST", paxlst(megabytes)),
        ("PAXLST, released characters", paxlst(megabytes).replace(b"VOORBEELD", b"VOOR?'BEE")),
        ("PNRGOV", pnrgov(megabytes)),
    ):
        records = speed(read, data)
        print(f"{name}: {len(data) / 1e6:.1f} MB, records {records:.1f} MB/s")
        try:
            from pydifact.segmentcollection import RawSegmentCollection
        except ImportError:
            continue
        whole = data[: data.rindex(b"'", 0, 500_000) + 1].decode()  # pydifact takes no half segment
        other = speed(lambda text: RawSegmentCollection.from_str(text.decode()), whole.encode(), times=1)
        print(f"  pydifact segments {other:.2f} MB/s: {records / other:.1f} times slower")


if __name__ == "__main__":
    main()

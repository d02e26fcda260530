"""A file of 1 GB in bounded memory. Run: python bench/edifact_memory.py [megabytes].

Writes PAXLST interchanges, then PNRGOV interchanges, then one PAXLST message without end, each to a
file in the temporary folder, streams it, and prints MB/s and the largest resident memory of the process.
"""

import resource
import sys
import tempfile
import time

from edifact_speed import paxlst, pnrgov

from edifact import stream


def main() -> None:
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 1000
    listed = paxlst(0.25)
    first, last = listed.index(b"NAD+"), listed.index(b"CNT+")
    endless = (listed[:first], listed[first:last], listed[last:])
    for name, head, block, tail in (
        ("PAXLST, many interchanges", b"", listed, b""),
        ("PNRGOV, many interchanges", b"", pnrgov(0.25), b""),
        ("PAXLST, one message", *endless),
    ):
        with tempfile.TemporaryFile() as file:
            file.write(head)
            for _ in range(int(megabytes * 1e6 / len(block))):
                file.write(block)
            file.write(tail)
            size = file.tell()
            file.seek(0)
            begin = time.process_time()
            people = sum(len(message.passengers) for message in stream(file))
            took = time.process_time() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name}: {size / 1e6:.0f} MB, {people} passengers, {size / took / 1e6:.1f} MB/s, "
            f"peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()

"""How fast the log is appended to and verified. Run: python bench/log.py append|verify [count].

append: entries of the journal, each in its own transaction, with the sequencer running;
how long until a signed head covers each; and how fast a backlog is appended. In a home
of its own on SQLite, or on the database that DATABASE_URL names (an empty one).

verify: an export of so many entries (10,000,000), made here in a temporary folder and
thrown away, checked by the stand-alone verifier; beside the bare rate of SHA-256.
"""

import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from transparency import verify
from transparency.heads import Head
from transparency.merkle import Frontier, leaf_hash
from transparency.notes import LOG, SigningKey
from transparency.witness import END

KEY = SigningKey("bench.invalid/log", LOG, b"\x09" * 32)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# As an entry of the journal is; 40 % of them are about a page that showed a few records.
TEXT = (
    b'{"acted_at":"%b","authentication":"webauthn","basis":"","case":"K-7QX4-M2DZ",'
    b'"event":"page.GET.cases:case","mandate":"M-0042","operation":"consultation",'
    b'"organisation":"O-7QX4-M2DZ-AAAA","outcome":"200","purpose":"case-work","reason":"",'
    b'"reason_scope":"","recipients":[],"recorded_at":"%b","references":[%b],"salt":"%032x",'
    b'"session":"S-AAAA-BBBB-CCCC","simulated":false,"software":"0.1.0","subject":"",'
    b'"user":"U-1234-5678-ABCD","version":"samenhang-entry/1"}'
)


def make_export(folder: Path, count: int) -> float:
    """Write an export with a head for every 500 entries; gives its size in gigabytes."""
    folder.mkdir()
    frontier, notes = Frontier(), []
    references = [b"", b'"P-1111-2222-3333","P-4444-5555-6666","P-7777-8888-9999"']
    with (folder / "entries").open("wb") as entries, (folder / "hashes").open("wb") as hashes:
        for start in range(0, count, 500):
            moment = (BEGAN + timedelta(seconds=start)).isoformat(timespec="microseconds").encode()
            lines = []
            for number in range(start, min(count, start + 500)):
                text = TEXT % (moment, moment, references[number % 5 < 2], number * 0x9E3779B97F4A7C15)
                leaf = leaf_hash(text)
                frontier.append(leaf)
                hashes.write(leaf)
                lines.append(b"%d %b %b %b\n" % (number, moment, moment, text))
            entries.write(b"".join(lines))
            notes.append(Head(KEY.name, frontier.size, frontier.root()).signed(KEY).rstrip() + END)
    (folder / "heads").write_text("".join(notes), encoding="utf-8")
    (folder.parent / "kept").write_text(notes[-1], encoding="utf-8")
    return (folder / "entries").stat().st_size / 1e9


def bare_rate(size: int) -> float:
    """SHA-256 of so many bytes, a second, on one core and nothing else."""
    data, count = b"x" * size, 300_000
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        for _ in range(count):
            sha256(data).digest()
        best = max(best, count / (time.process_time() - begun))
    return best


def measure_verify(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="samenhang-log-"))
    try:
        gigabytes = make_export(folder / "export", count)
        mean = gigabytes * 1e9 / count
        print(f"made {count:,} entries, {gigabytes:.2f} GB, {mean:.0f} bytes a line")
        leaf, node = bare_rate(int(mean) - 75), bare_rate(65)
        ideal = count / leaf + count / node
        print(
            f"bare SHA-256: {leaf:,.0f}/s of an entry, {node:,.0f}/s of a node; {ideal:.1f} s of CPU for all"
        )
        processes = os.cpu_count() or 1
        before, begun = cpu_seconds(), time.monotonic()
        export, kept = folder / "export", [folder / "kept"]
        found, _heads, findings = verify.verify(export, kept, [str(KEY.public)], processes)
        wall, used = time.monotonic() - begun, cpu_seconds() - before
        assert (found, findings) == (count, []), findings
        print(
            f"{processes} processes: {wall:.1f} s, {used:.1f} s of CPU, {used / ideal:.1f} times"
            f" the bare hashing; {count / used:,.0f} entries per second of CPU; load {os.getloadavg()[0]:.1f}"
        )
        print(f"most memory of one process: {peak_megabytes():.0f} MB")
    finally:
        shutil.rmtree(folder)


def cpu_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def peak_megabytes() -> float:
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )


def fsync_rate(folder: Path) -> float:
    """Durable commits a second of one row in a bare SQLite file here: the most that single entries can do."""
    store = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    store.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x BLOB);")
    begun, count = time.monotonic(), 2000
    for _ in range(count):
        store.execute("INSERT INTO t VALUES (?)", [b"x" * 500])
    return count / (time.monotonic() - begun)


def measure_append(count: int) -> None:
    home = Path(tempfile.mkdtemp(prefix="samenhang-log-"))
    os.environ["SAMENHANG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        bare, load = fsync_rate(home), os.getloadavg()[0]
        print(f"{connection.vendor}; bare durable commits of SQLite here: {bare:,.0f}/s; load {load:.1f}")
        for writers in (1, 4):
            _write_and_follow(count, writers, home)
        _backlog(count)
        connection.close()
    finally:
        shutil.rmtree(home)


def _write_and_follow(count: int, writers: int, home: Path) -> None:
    from django.db import connection

    from samenhang.journal import sequencer, tree
    from samenhang.journal.models import Leaf

    before = tree.head().size if tree.head() else 0
    covered: list[tuple[float, int]] = []
    plain = sequencer.append_batch

    def timed() -> int:
        appended = plain()
        if appended:
            covered.append((time.time(), (covered[-1][1] if covered else before) + appended))
        return appended

    sequencer.append_batch = timed
    stop = threading.Event()
    follower = threading.Thread(target=sequencer.keep_appending, args=[stop])
    follower.start()
    begun = time.monotonic()
    threads = [threading.Thread(target=_write, args=[count // writers]) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - begun
    while not covered or covered[-1][1] < before + count // writers * writers:
        time.sleep(0.05)
    stop.set()
    follower.join()
    sequencer.append_batch = plain
    moments = (
        Leaf.objects.filter(position__gte=before)
        .order_by("position")
        .values_list("entry__recorded_at", flat=True)
    )
    lags, at = [], 0
    for position, moment in enumerate(moments, before):
        while covered[at][1] <= position:
            at += 1
        lags.append(covered[at][0] - moment.timestamp())
    lags.sort()
    p50, p99 = lags[len(lags) // 2], lags[int(len(lags) * 0.99)]
    print(
        f"{writers} writer(s), one transaction an entry, sequencer beside: {len(lags) / wall:,.0f} entries/s;"
        f" head behind by {p50 * 1000:.0f} ms (median), {p99 * 1000:.0f} ms (p99)"
    )
    connection.close()


def _write(count: int, together: int = 1) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from samenhang.journal import Actor, record

    by = Actor(
        user="U-1",
        organisation="O-1",
        authority="POL",
        roles=frozenset(),
        purpose="oversight",
        now=timezone.now(),
    )
    for start in range(0, count, together):
        with transaction.atomic():
            for number in range(start, min(count, start + together)):
                record("case.closed", f"K-{number:04}-AAAA", by=by)
    connection.close()


def _backlog(count: int) -> None:
    from samenhang.journal import sequencer, tree

    begun = time.monotonic()
    _write(count, together=500)
    print(f"500 entries a transaction: {count / (time.monotonic() - begun):,.0f} entries/s written")
    begun, used = time.monotonic(), time.process_time()
    appended = sequencer.append_waiting()
    wall = time.monotonic() - begun
    print(
        f"a backlog of {appended:,}: {appended / wall:,.0f} entries/s appended, signed and durable"
        f" ({appended / (time.process_time() - used):,.0f} per second of CPU)"
    )
    begun = time.monotonic()
    head = tree.head()
    assert tree.recomputed_root(head.size) == bytes(head.root)
    print(f"root recomputed from the database: {head.size / (time.monotonic() - begun):,.0f} entries/s")


if __name__ == "__main__":
    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what in {"verify", "all"}:
        measure_verify(number or 10_000_000)
    if what in {"append", "all"}:
        measure_append(number or 10_000)

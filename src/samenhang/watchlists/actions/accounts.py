"""Comparing a bank's account holders with lists, on the bank's own machine."""

import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction

from samenhang.access import policy
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.watchlists.accounts.against import Against
from samenhang.watchlists.accounts.columns import Holder, holders, recognise
from samenhang.watchlists.accounts.reading import Table, Unread
from samenhang.watchlists.accounts.results import Results
from screening import VERSION, Candidate, Index, Query
from screening.executors import Executor, InProcess, Processes, Task

# Holders that a worker takes at a time.
PORTION = 2_048
# More than can be true of one person: no list holds a person so often.
LIMIT = 100


@dataclass(frozen=True, slots=True)
class ScreenedAccounts:
    """What was done. reference: of the entry in the journal. in_part: compared without a date of birth."""

    reference: str
    holders: int
    matches: int
    not_compared: int
    in_part: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to compare. columns: headings by what they are; threshold: in bits; out: where results go."""

    out: Path
    threshold: float
    columns: Mapping[str, str]
    workers: int = 1
    progress: Callable[[int], object] = lambda _position: None


def screen_accounts(table: Table, compared: Against, wanted: Wanted, *, by: Actor) -> ScreenedAccounts:
    """Compare all rows, and let the results appear whole, after the entry in the journal.

    Holds a few portions of rows at a time. Raises NotYours, UnclearColumns and NotReadable, after
    which there are no results.
    """
    policy.require_function(by, "account.screen")
    at = recognise(table.headings, wanted.columns)
    task = Task(compared.index, wanted.threshold, Index.search_many, LIMIT)
    with _new_file(wanted.out) as making:
        # With a mark, so that a spreadsheet knows its letters.
        with making.open("w", encoding="utf-8-sig", newline="") as out:
            results = Results(out)
            with Processes(task, wanted.workers) if wanted.workers > 1 else InProcess(task) as executor:
                count = _compare(_rows(table, at), executor, results, lambda: wanted.progress(table.position))
        done = ScreenedAccounts(
            new_reference("AS"), count, results.matches, results.not_compared, results.in_part
        )
        with transaction.atomic():
            record(
                "accounts.screened",
                done.reference,
                by=by,
                operation=Operation.COMBINATION,
                reason=_told(done, compared, wanted.threshold),
            )
        making.replace(wanted.out)
    return done


def _told(done: ScreenedAccounts, compared: Against, threshold: float) -> str:
    """The counts and what was compared with what; of nobody a name."""
    return (
        f"lists: {', '.join(compared.sources)}; persons: {compared.persons}; library: {VERSION}; "
        f"threshold: {threshold}; holders: {done.holders}; matches: {done.matches}; "
        f"not compared: {done.not_compared}; in part: {done.in_part}"
    )


def _rows(table: Table, at: Mapping[str, int]) -> Iterator[Holder | Unread]:
    for row in table.rows(set(at.values())):
        if isinstance(row, Unread):
            yield row
        else:
            yield from holders(row, at)


def _compare(
    rows: Iterator[Holder | Unread],
    executor: Executor[list[Candidate]],
    results: Results,
    progress: Callable[[], object],
) -> int:
    """Write what is found in the order of the file; how many holders were compared."""
    flying: deque[list[Holder | Unread]] = deque()
    done = 0

    def batches() -> Iterator[list[Query]]:
        while portion := list(islice(rows, PORTION)):
            flying.append(portion)
            yield [one.query for one in portion if isinstance(one, Holder)]

    for so_far, answers in executor.run(batches()):
        done, found = so_far, iter(answers)
        for one in flying.popleft():
            if isinstance(one, Unread):
                results.unread(one)
                continue
            if one.doubt:
                results.doubtful(one)
            for candidate in next(found):
                results.match(one, candidate)
        progress()
    return done


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file beside it that only its owner reads; gone when it did not take its place."""
    folder = Path(tempfile.mkdtemp(dir=path.absolute().parent, prefix=".screening-"))
    try:
        making = folder / "results"
        making.touch(0o600)
        yield making
    finally:
        shutil.rmtree(folder)

"""Executors: the answers of one process from many, in order, each once, whatever happens to a worker."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from screening import Candidate, Entry, Index, Query, executors
from screening.executors import InProcess, Processes, Task, WorkersLost

Asked = Task[list[Candidate]]
Expected = list[list[list[Candidate]]]

LISTED = [
    Entry(f"L{i}", (name,), ("1981-02-03",))
    for i, name in enumerate(["Molly PHANTOMSSON", "Fantasio VERZONNEN"])
]
ASKED = [
    [Query(f"{i}-1", ("MOLLY FANTOMSON",), "1981-02-03"), Query(f"{i}-2", ("BRAM BEDACHT",))]
    for i in range(9)
]


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Task(
        Index.build(LISTED).save(tmp_path_factory.mktemp("index")), threshold=6.0, ask=Index.search_many
    )


@pytest.fixture(scope="module")
def expected(task: Asked) -> Expected:
    index = Index.load(task.index)
    return [index.search_many(batch, threshold=task.threshold) for batch in ASKED]


def test_threads_give_the_same_answers_in_the_same_order(task: Asked, expected: Expected) -> None:
    with InProcess(task, 2) as executor:
        told = list(executor.run(ASKED))

    assert [answers for _, answers in told] == expected
    assert [done for done, _ in told] == [2 * (i + 1) for i in range(9)]
    assert expected[0][0][0].entry_key == "L0"


def test_input_is_read_no_further_ahead_than_the_window(task: Asked) -> None:
    taken = 0

    def batches() -> Iterator[list[Query]]:
        nonlocal taken
        for batch in ASKED:
            taken += 1
            yield batch

    with InProcess(task, 2) as executor:
        ahead = [taken - given for given, _ in enumerate(executor.run(batches()))]

    assert max(ahead) == executor.window == 4


def test_a_worker_killed_with_a_batch_in_hand_loses_and_doubles_nothing(
    task: Asked, expected: Expected
) -> None:
    with Processes(task, 1) as executor:
        [first] = executor.pids

        def batches() -> Iterator[list[Query]]:
            yield from ASKED[:3]
            # It can no longer answer, yet gets the next batch; then it is gone.
            os.kill(first, signal.SIGSTOP)
            threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
            yield from ASKED[3:]

        told = list(executor.run(batches()))

        [second] = executor.pids
        next(executor.run(ASKED))  # and it is ended in the middle of its work
    assert [answers for _, answers in told] == expected
    assert first != second
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_a_batch_that_kills_every_worker_is_told(task: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    # Dies of what it is given.
    monkeypatch.setattr(executors, "_work", os.abort)
    monkeypatch.setattr(executors, "LOSSES", 1)

    with Processes(task, 1) as executor, pytest.raises(WorkersLost, match="lost its worker"):
        list(executor.run(ASKED))


def test_what_a_worker_raised_is_raised_where_it_was_asked(task: Asked) -> None:
    missing = Task(task.index / "nothing", threshold=6.0, ask=Index.search_many)

    with Processes(missing, 1) as executor, pytest.raises(FileNotFoundError):
        list(executor.run(ASKED))

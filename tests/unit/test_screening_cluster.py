"""The same answers from a cluster, also when a worker dies with a batch in hand."""

import os
import signal
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from screening import Candidate, Entry, Index, Query
from screening.cluster import Cluster, NoCluster
from screening.executors import Task

Asked = Task[list[Candidate]]

ASKED = [
    [Query(f"{i}-1", ("MOLLY FANTOMSON",), "1981-02-03"), Query(f"{i}-2", ("BRAM BEDACHT",))]
    for i in range(9)
]


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    entries = [Entry("L0", ("Molly PHANTOMSSON",), ("1981-02-03",)), Entry("L1", ("Fantasio VERZONNEN",))]
    return Task(
        Index.build(entries).save(tmp_path_factory.mktemp("index")), threshold=6.0, ask=Index.search_many
    )


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A cluster that keeps nothing outside a folder of its own, whose name is short enough for a socket."""
    with TemporaryDirectory(prefix="ray") as folder:
        monkeypatch.setenv("RAY_AUTH_TOKEN", token_hex(32))
        # On a busy machine beginning may take longer than Ray waits.
        monkeypatch.setenv("RAY_raylet_start_wait_time_s", "120")
        monkeypatch.setenv("RAY_worker_register_timeout_seconds", "120")
        yield {"object_store_memory": 80 << 20, "_temp_dir": folder}


def workers_below(pid: int) -> list[int]:
    """Ray's workers among the processes that this one began."""
    below = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        below += workers_below(int(child))
        # They bear the name of the task at hand, or none while they wait for one.
        if Path(f"/proc/{child}/cmdline").read_bytes().startswith((b"ray::work", b"ray::IDLE")):
            below.append(int(child))
    return below


@pytest.mark.skipif(
    find_spec("ray") is None,
    reason="Ray is not installed, so the cluster was NOT tried: uv sync --extra cluster, and again",
)
def test_a_worker_of_the_cluster_killed_with_a_batch_in_hand_loses_and_doubles_nothing(
    task: Asked, options: dict[str, Any]
) -> None:
    index = Index.load(task.index)
    killed: list[int] = []

    with Cluster(task, 1, **options) as executor:

        def batches() -> Iterator[list[Query]]:
            yield from ASKED[:4]
            # They can no longer answer, yet get the next batch; then they are gone.
            killed.extend(workers_below(os.getpid()))
            for pid in killed:
                os.kill(pid, signal.SIGSTOP)
                threading.Timer(1, os.kill, (pid, signal.SIGKILL)).start()
            yield from ASKED[4:]

        told = list(executor.run(batches()))

    assert killed
    assert [answers for _, answers in told] == [index.search_many(batch, threshold=6.0) for batch in ASKED]


def test_without_ray_a_cluster_says_how_to_get_it(task: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.cluster.find_spec", lambda _name: None)

    with pytest.raises(NoCluster, match=r"pip install 'samenhang\[cluster\]'"):
        Cluster(task, 1)

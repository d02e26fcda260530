"""Many machines: the same `Executor` on Ray. Needs `pip install samenhang[cluster]`.

Each machine must find the index under the same path, as on a read-only volume; it is mapped there
and shared by all workers of the machine, so nothing of it goes through Ray. Ray runs what it is
sent: a cluster is one trusted zone, which nobody else may reach.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from screening.executors import LOSSES, Executor, Task, WorkersLost
from screening.index import Answer, Index
from screening.records import Query


class NoCluster(RuntimeError):
    """Ray is not installed; the message tells how to."""


class Cluster(Executor[Answer]):
    """Workers wherever Ray has a processor free. A lost worker's or machine's batches are begun again."""

    def __init__(
        self, task: Task[Answer], workers: int, *, address: str | None = None, **options: Any
    ) -> None:
        """address: of a running cluster, or "auto" for the one of this job; none begins one on this machine.

        options: for ray.init. What runs already in this process is used as it is, and left running.
        Raises NoCluster.
        """
        super().__init__(workers)
        if find_spec("ray") is None:
            raise NoCluster("Ray is not installed. Install it with: pip install 'samenhang[cluster]'")
        # Nothing is told to anybody outside, and under `uv run` Ray would send the folder it is begun in
        # to all workers; they have the product themselves.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        import ray

        self._ray, self._task = ray, task
        self._began = not ray.is_initialized()
        if self._began:
            here = {} if address else {"num_cpus": workers, "include_dashboard": False}
            ray.init(address=address, **{"log_to_driver": False, **here, **options})
        # A batch that was answered counts once: a reference gets one value, whoever made it.
        self._work = ray.remote(num_cpus=1, max_retries=LOSSES - 1)(work)
        self._pool = ThreadPoolExecutor(self.window)

    def _submit(self, batch: Sequence[Query]) -> "Future[list[Answer]]":
        reference = self._work.remote(self._task, batch)
        return self._pool.submit(self._answer, reference, len(batch))

    def _answer(self, reference: Any, size: int) -> list[Answer]:
        try:
            answers: list[Answer] = self._ray.get(reference)
        except (self._ray.exceptions.WorkerCrashedError, self._ray.exceptions.NodeDiedError) as fault:
            raise WorkersLost(f"A batch of {size} queries lost its worker {LOSSES} times.") from fault
        return answers

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._began:
            self._ray.shutdown()


def work(task: Task[Answer], batch: Sequence[Query]) -> list[Answer]:
    """One batch, in a worker of Ray."""
    return task.answer(_mapped(str(task.index)), batch)


@lru_cache(maxsize=2)
def _mapped(index: str) -> Index:
    """An index, kept from batch to batch: a worker of Ray lives on."""
    return Index.load(Path(index))

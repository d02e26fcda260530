"""Who does the work: this process, other processes on this machine, or (in cluster) many machines.

All of them take batches of queries and give the answers in their order, each batch once. What is
shared is an index in files (`Index.save`): every worker maps it, so a machine holds it once.
"""

import multiprocessing
import signal
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Generic, Self

from screening.index import Answer, Index
from screening.records import Query

# Batches that wait for each worker, so that none idles while results are read.
AHEAD = 2
# Workers a single batch may lose before it is taken to be what kills them.
LOSSES = 4


class WorkersLost(RuntimeError):
    """The same batch lost its worker again and again; nothing after it was given."""


@dataclass(frozen=True)
class Task(Generic[Answer]):
    """What is asked of every worker.

    index: the folder that Index.save told; ask: Index.search_many or Index.search_written
    """

    index: Path
    threshold: float
    ask: Callable[..., list[Answer]]
    limit: int = 10

    def answer(self, index: Index, batch: Sequence[Query]) -> list[Answer]:
        return self.ask(index, batch, threshold=self.threshold, limit=self.limit)


class Executor(ABC, Generic[Answer]):
    """Screens batches with some workers. Close it, or use it as a context, to end them."""

    def __init__(self, workers: int) -> None:
        if workers < 1:
            raise ValueError("There must be at least one worker.")
        self.workers = workers
        self.window = workers * AHEAD

    def run(self, batches: Iterable[Sequence[Query]]) -> Iterator[tuple[int, list[Answer]]]:
        """How many queries are done, and the answers of the batch since: `Index.search_stream` over workers.

        In the order of the batches. They are read only as results are taken, never more than
        `window` of them beyond the last one that was given. Raises what a worker raised, and
        WorkersLost; a worker's loss alone changes no answer.
        """
        flying: deque[tuple[int, Future[list[Answer]]]] = deque()
        waiting, done = iter(batches), 0
        try:
            while True:
                while len(flying) < self.window and (batch := next(waiting, None)) is not None:
                    flying.append((len(batch), self._submit(batch)))
                if not flying:
                    return
                size, future = flying.popleft()
                answers = future.result()
                done += size
                yield done, answers
        finally:
            for _, future in flying:
                future.cancel()

    @abstractmethod
    def _submit(self, batch: Sequence[Query]) -> "Future[list[Answer]]":
        """Begin a batch. Called for at most `window` batches whose results were not yet taken."""

    @abstractmethod
    def close(self) -> None:
        """End the workers. Batches under way are dropped."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class InProcess(Executor[Answer]):
    """Threads of this process. Compiled code runs beside each other; reading and explaining does not."""

    def __init__(self, task: Task[Answer], workers: int = 1) -> None:
        super().__init__(workers)
        self._task, self._index = task, Index.load(task.index)
        self._pool = ThreadPoolExecutor(workers)

    def _submit(self, batch: Sequence[Query]) -> "Future[list[Answer]]":
        return self._pool.submit(self._task.answer, self._index, batch)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


class Processes(Executor[Answer]):
    """Processes on this machine, each with a line of its own: who dies can hold no lock of another."""

    def __init__(self, task: Task[Answer], workers: int) -> None:
        super().__init__(workers)
        self._free: SimpleQueue[_Worker[Answer]] = SimpleQueue()
        self._all = [_Worker(task) for _ in range(workers)]
        for worker in self._all:
            self._free.put(worker)
        self._pool = ThreadPoolExecutor(workers)

    @property
    def pids(self) -> list[int]:
        """The processes that work now."""
        return [worker.pid for worker in self._all]

    def _submit(self, batch: Sequence[Query]) -> "Future[list[Answer]]":
        return self._pool.submit(self._ask, batch)

    def _ask(self, batch: Sequence[Query]) -> list[Answer]:
        worker = self._free.get()
        try:
            return worker.ask(batch)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        for worker in self._all:
            worker.end()
        self._pool.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.leave()


class _Worker(Generic[Answer]):
    """A process, and another in its place when it is lost. Asked by one thread at a time."""

    def __init__(self, task: Task[Answer]) -> None:
        self._task = task
        self._ended = False
        self._lock = threading.Lock()
        self._start()

    def _start(self) -> None:
        # Not a fork: a copy of a process that has threads may wait for one that it does not have.
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, self._task), daemon=True)
        self._process.start()
        # Now the process alone holds that end, so its death closes the line.
        other.close()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def ask(self, batch: Sequence[Query]) -> list[Answer]:
        """The answers. Who is lost on the way is replaced, and asked the whole batch again."""
        for _ in range(LOSSES):
            # An answer that was cut short raises too, and counts for nothing.
            with suppress(EOFError, OSError):
                self._line.send(batch)
                answer: list[Answer] | Exception = self._line.recv()
                break
            with self._lock:
                if self._ended:
                    raise WorkersLost("The workers were ended before they were done.")
                self._leave()
                self._start()
        else:
            raise WorkersLost(
                f"A batch of {len(batch)} queries lost its worker {LOSSES} times. Is there memory enough?"
            )
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Whoever asks gets WorkersLost."""
        with self._lock:
            self._ended = True
            self._process.kill()

    def leave(self) -> None:
        """To be called when nobody asks any more."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()


def _work(line: Connection, task: Task[Answer]) -> None:
    """What a process does: answer each batch, or give back what was raised, until the line is closed."""
    # Ctrl+C reaches all processes of a terminal; whoever began this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    index: Index | None = None
    while True:
        try:
            batch = line.recv()
        except EOFError:
            return
        try:
            index = index or Index.load(task.index)
            answer: list[Answer] | Exception = task.answer(index, batch)
        except Exception as fault:
            answer = fault
        line.send(answer)

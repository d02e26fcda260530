"""The other story, made and served by a process of its own beside this one."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from samenhang.desk.demonstration import SCENARIOS
from samenhang.foundation.home import USUAL, home, of_demonstration


@contextmanager
def other_served(scenario: str, bind: str, *, alone: bool, with_parent: bool) -> Iterator[str]:
    """Yields where the other story will be, or nothing; it ends with this process, however that ends."""
    if with_parent:
        os.nice(10)  # whoever waits, waits for the story that was asked for
        threading.Thread(target=_end_with_parent, daemon=True).start()
    if alone or with_parent or "DATABASE_URL" in os.environ:
        yield ""
        return
    mine = os.getpid()
    other = next(name for name in sorted(SCENARIOS) if name != scenario)
    address, port = bind.rsplit(":", 1)
    beside = f"{address}:{int(port) + 1}"
    child = _start(other, beside)
    try:
        yield beside
    finally:
        if os.getpid() == mine:
            child.terminate()


def _start(scenario: str, bind: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "SAMENHANG_HOME": str(of_demonstration(USUAL))}
    command = [sys.executable, sys.argv[0], "run", "--scenario", scenario, "--bind", bind, "--with-parent"]
    with (home() / "other-story.log").open("wb") as log:
        # Its input is a pipe from here: when this process is gone, however it went, the pipe ends.
        return subprocess.Popen(  # noqa: S603 (this very program, with words of its own)
            command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT
        )


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)

"""Commands as processes of their own, forked from one that has loaded their libraries already.

Loading them takes seconds each time; what a command does of itself, with its settings, its home and
its database, happens in its own process, which can be killed like any other.
"""

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

ROOT = Path(__file__).parents[1]
# Only what reads no settings, as rules never do. One line for each command: program, arguments, environment,
# folder for what it says. Answers with the process, and then with how it ended.
PROGRAM = """
import json, os, sys, traceback
import cryptography.hazmat.primitives.serialization, django.db.models, django.forms, fido2.server, holidays
import jsonschema, openpyxl, pydantic, screening, edifact, transparency
import axes, csp, joserfc, pycountry, pyrage, segno, typst, whitenoise
import gc, importlib, pathlib
gc.set_threshold(20_000, 20, 50)
source = pathlib.Path(screening.__file__).parents[1]
for file in sorted([*source.glob("samenhang/*/rules.py"), *source.glob("samenhang/*/rules/**/*.py")]):
    importlib.import_module(".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__"))
gc.freeze()
for line in sys.stdin:
    program, arguments, environment, folder = json.loads(line)
    process = os.fork()
    if process == 0:
        os.environ.clear()
        os.environ.update(environment)
        for number, name in ((1, "out"), (2, "errors")):
            os.dup2(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = ["samenhang", *arguments]
        code = 0
        try:
            exec(compile(program, "program", "exec"), {"__name__": "__main__"})
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            if not isinstance(end.code, int | None):
                print(end.code, file=sys.stderr)
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    print(process, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@dataclass
class Running:
    """A command that was started; the next may start when this one has ended."""

    process: int
    answers: int
    folder: Path
    returncode: int | None = field(default=None)

    def poll(self) -> int | None:
        return self._ended(0)

    def communicate(self, timeout: float = 300) -> tuple[str, str]:
        """What it said, and its complaints. Raises TimeoutError."""
        if self._ended(timeout) is None:
            raise TimeoutError
        return self.out.read_text(), self.errors.read_text()

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def errors(self) -> Path:
        return self.folder / "errors"

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.process, signal.SIGKILL)

    def _ended(self, within: float) -> int | None:
        if self.returncode is None and select.select([self.answers], [], [], within)[0]:
            self.returncode = int(_line(self.answers))
        return self.returncode


class Nursery:
    """``with Nursery() as nursery: nursery.start(program, words, environment)``."""

    def __enter__(self) -> "Nursery":
        self._folder = TemporaryDirectory(prefix="samenhang-nursery-")
        path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def start(self, program: str, words: list[str], environment: dict[str, str]) -> Running:
        assert self._process.stdin
        assert self._process.stdout
        answers = self._process.stdout.fileno()
        line = json.dumps([program, words, environment, self._folder.name])
        self._process.stdin.write(line.encode() + b"\n")
        return Running(int(_line(answers)), answers, Path(self._folder.name))


def _line(file: int) -> bytes:
    """One line and not a byte more, so that ``select`` tells of the next."""
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(file, 1)
        assert part, "the nursery ended"
        line += part
    return line

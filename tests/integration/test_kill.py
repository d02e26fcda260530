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

ALERTS = """
from datetime import date
from samenhang.foundation.clock import now
from samenhang.organisations import actions
from samenhang.watchlists.actions import issue
from samenhang.watchlists.rules.alerts import Listed, Request
by = actions.installer(now())
police = actions.found("POL", "Police", by=by)
user = actions.open_account("nobody", "Nobody", police, password="x", by=by)
actions.give_mandate(user, "police-analyst", starts_on=date(2020, 1, 1), by=by)
analyst = actions.actor_for(user, purpose="investigation", now=now())
for number in (1, 5, 11, 101, 105, 111, 201, 205, 301, 305):
    issue(
        Listed(names=(f"VERZONNEN{number:05} PERSOON",), documents=(f"XX{number:07}",)),
        Request(kind="SIS-36", action="discreet-check", criteria=("intends-or-commits",), contact="nobody",
                review_on=analyst.today.replace(year=analyst.today.year + 1, day=1)),
        by=analyst,
    )
"""
SCREENED = """
import json
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import Alert, Hit, Judgement
hits = Hit.objects.unscoped("a test compares")
alerts = dict(Alert.objects.unscoped("a test compares").values_list("pk", "names"))
people = dict(Passenger.objects.unscoped("a test compares").values_list("pk", "surname"))
print(json.dumps({
    "hits": sorted([people[hit.passenger_id], alerts[hit.alert_id], hit.status] for hit in hits),
    "waiting": Passenger.objects.unscoped("a test compares").awaiting_screening().count(),
    "screened": Passenger.objects.unscoped("a test").filter(screened_at__isnull=False).count(),
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

    def becomes_new(self) -> None:
        """From now on ``renew`` goes back to how it is at this moment."""
        shutil.rmtree(self.template)
        shutil.copytree(self.folder, self.template)
        if self.database:
            self._administer("DROP DATABASE {} WITH (FORCE)", f"{self.database}_new")
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

    def snapshot(self, question: str = SNAPSHOT) -> dict[str, object]:
        told = self.run("shell", "--verbosity", "0", "-c", question)
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


def _disturbed(home: Home, command: tuple[str, ...], question: str, draw: random.Random, idle: float) -> None:
    """Kill the command at random moments and start it again: the end equals that of an undisturbed run."""
    begun = time.monotonic()
    home.run(*command).check_returncode()
    whole = time.monotonic() - begun
    undisturbed = home.snapshot(question)

    kills = finished = 0
    home.renew()
    while kills < KILLS or not finished:
        process = home.start(*command)
        try:
            # Once enough were killed, the last one may finish.
            process.communicate(timeout=draw.uniform(idle * 0.6, whole) if kills < KILLS else 300)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
            continue
        assert process.returncode == 0
        assert home.snapshot(question) == undisturbed, f"after {kills} kills"
        finished += 1
        home.renew()


def _idle(home: Home) -> float:
    begun = time.monotonic()
    home.run("receive", str(home.nothing)).check_returncode()
    return time.monotonic() - begun


def test_killed_at_random_while_receiving_nothing_is_lost_and_nothing_is_done_twice(home: Home) -> None:
    sys.stdout.write(f"SAMENHANG_KILL_SEED={SEED}\n")  # pytest shows it when this fails
    idle = _idle(home)
    home.renew()

    _disturbed(home, ("receive", str(home.inbox)), SNAPSHOT, random.Random(SEED), idle)

    home.run("receive", str(home.inbox)).check_returncode()
    told = home.snapshot()
    assert len(told["passengers"]) > 2_100  # type: ignore[arg-type]
    assert told["left in the spool"] == []


def test_killed_at_random_while_screening_no_hit_is_lost_and_none_is_found_twice(home: Home) -> None:
    sys.stdout.write(f"SAMENHANG_KILL_SEED={SEED}\n")
    idle = _idle(home)
    (home.inbox / "5-crowd.edi").unlink()
    home.run("receive", str(home.inbox)).check_returncode()
    home.run("shell", "--verbosity", "0", "-c", ALERTS).check_returncode()
    home.becomes_new()

    _disturbed(home, ("work", "--once"), SCREENED, random.Random(SEED), idle)

    home.run("work", "--once").check_returncode()
    told = home.snapshot(SCREENED)
    assert len(told["hits"]) >= 10  # type: ignore[arg-type]
    assert told["waiting"] == 0

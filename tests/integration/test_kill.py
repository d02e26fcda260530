"""A process that is killed at any moment loses nothing and does nothing twice.

``samenhang receive`` runs over generated messages, and ``samenhang work --once``
screens their passengers, in a home of its own; both are killed (SIGKILL) at random
moments, and the next run goes on where the last one stopped. What stands in the
database in the end must equal what an undisturbed run makes. Twenty kills in all;
``SAMENHANG_KILLS=200`` for more. ``SAMENHANG_KILL_SEED`` repeats a run.
"""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

import edifact
from edifact import Document, Flight, Passenger, Record
from tests import migrated

pytestmark = pytest.mark.django_db  # so that there is a migrated database to copy

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
from samenhang.watchlists.models import Hit
messages = Message.objects.unscoped("a test compares")
passengers = Passenger.objects.unscoped("a test compares")
held = set(messages.in_quarantine().values_list("reference", flat=True))
names = {row.pk: [row.told["surname"], row.told["given_names"], str(row.flight)] for row in passengers}
hits = Hit.objects.unscoped("a test compares")
events = Entry.objects.filter(event__in=[
    "message.received", "message.read", "message.unreadable", "hit.found"])
print(json.dumps({
    "messages": sorted(messages.values_list("digest", "state", "kind", "passengers", "records")),
    "passengers": sorted(json.dumps([*row.told.values(), str(row.flight), str(row.flight.departs_on)])
                         for row in passengers),
    "observations": Observation.objects.count(),
    "flights": Flight.objects.count(),
    "waiting": passengers.awaiting_screening().count(),
    "hits": sorted([*names[hit.passenger_id], hit.listed["names"], hit.resemblance, hit.status]
                   for hit in hits),
    "told once": sorted(events.values_list("event").annotate(Count("pk"))),
    "left in the spool": sorted(spool.references() - held),
    "sealed in quarantine": sum(spool.holds(reference) for reference in held),
}))
"""
# Alerts on one in forty of the travellers.
ISSUE = """
from datetime import date, timedelta
from django.utils import timezone
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import actor_for, installer
from samenhang.watchlists import actions
from tests.integration.test_kill import traveller
from tests.watchlists import listed, request
by = installer(timezone.now())
police = organisations.found("POL", "Police", by=by)
user = organisations.open_account("imaginary.analyst", "I. Maginary", police, password="x" * 20, by=by)
organisations.give_mandate(user, "police-analyst", starts_on=date(2025, 1, 1), by=by)
actor = actor_for(user, purpose="investigation", now=timezone.now())
for number in [*range(0, 400, 40), *range(10_000, 12_100, 40)]:
    one = traveller(number)
    person = listed(
        names=(f"{one.given_names} {one.surname}",),
        birth_dates=(one.birth_date.isoformat(),),
        sex=one.sex,
        documents=(one.documents[0].number,),
    )
    actions.issue(person, request(review_on=actor.today + timedelta(days=90)), by=actor)
"""
# Loads the program once and forks it for each command, so that the time goes to the work that is killed.
# Writes the process, and then how it ended, as a line each.
NURSERY = """
import json, os, pathlib, signal, sys, traceback
from datetime import timedelta
import django
django.setup()
from django.core.management import call_command, get_commands, load_command_class
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from samenhang.foundation.keys import KeyStore
from samenhang.travel import rules
rules.LEASE = timedelta(0)  # the next worker need not wait until the claim of the killed one lapses

# A step is whatever outlives the process: a statement, a commit, a key, a name or the content of a file.
STEPS = [
    (BaseDatabaseWrapper, "_commit"), (KeyStore, "seal"), (KeyStore, "destroy"),
    (os, "fsync"), (pathlib.Path, "rename"), (pathlib.Path, "unlink"),
]
def count_steps(die_before):
    taken = 0
    def step():
        nonlocal taken
        taken += 1
        if taken == die_before:
            os.kill(os.getpid(), signal.SIGKILL)
    def counted(original):
        def deed(*args, **options):
            step()
            return original(*args, **options)
        return deed
    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
    connection.execute_wrappers.append(counted(lambda execute, *args: execute(*args)))
    return lambda: taken
for command in ("receive", "work"):
    load_command_class(get_commands()[command], command)
for line in sys.stdin:
    command, out, die_before = json.loads(line)
    process = os.fork()
    if process == 0:
        file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1), os.dup2(file, 2)
        taken = count_steps(die_before) if die_before is not None else None
        try:
            call_command(*command)
            if taken:
                sys.stdout.write(f"{taken()} steps\\n")
            sys.stdout.flush()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    print(process, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""
# A home without a legal basis receives nothing.
ALLOW = """
from django.utils import timezone
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from tests.bases import travel_data_allowed
travel_data_allowed(User.objects.get(pk=service_account("receiving", now=timezone.now()).user_id))
"""
# Two pushes for one flight, received and not read.
SPOOL = """
from pathlib import Path
from django.utils import timezone
from samenhang.organisations.acting import service_account
from samenhang.travel import actions
for name in ("0-2-check-in.edi", "0-3-closure.edi"):
    by = service_account("receiving", now=timezone.now())
    actions.receive((Path(INBOX) / name).read_bytes(), name=name, by=by)
"""
ROOT = Path(__file__).resolve().parents[2]


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
            self._administer("CREATE DATABASE {} TEMPLATE {}", self.database, migrated.template())
        else:
            migrated.copied_into(self.folder / "samenhang.sqlite3")
        self.nothing = self.folder.with_name("nothing")
        self.nothing.mkdir()
        self.out = self.folder.with_name("out")
        self.nursery: subprocess.Popen[bytes] | None = None
        begin = [sys.executable, "-c", "from samenhang.config.cli import main; main()", "receive"]
        subprocess.run([*begin, str(self.nothing)], env=self.environment(), check=True, capture_output=True)
        self.tell(ALLOW)
        self.keep_as_new()
        self.run("receive", str(self.nothing))  # what comes after is measured without the nursery's start

    def keep_as_new(self) -> None:
        """From now on ``renew`` goes back to how the home is at this moment."""
        shutil.rmtree(self.template, ignore_errors=True)
        shutil.copytree(self.folder, self.template)
        if self.database:
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{self.database}_new")
            self._administer("CREATE DATABASE {} TEMPLATE {}", f"{self.database}_new", self.database)

    def renew(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.template, self.folder)
        if self.database:
            self._administer("DROP DATABASE {} WITH (FORCE)", self.database)
            self._administer("CREATE DATABASE {} TEMPLATE {}", self.database, f"{self.database}_new")

    def remove(self) -> None:
        if self.nursery is not None:
            self.nursery.kill()
            self.nursery.communicate()
        for name in filter(None, (self.database, self.database and f"{self.database}_new")):
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def run(self, *command: str, kill_after: float | None = None, die_before: int | None = None) -> int:
        """Exit status of the command; negative when it was killed after so many seconds, or before a step.

        die_before: counted from 1; with 0 the steps are counted in the output and nothing dies.
        """
        if self.nursery is None:
            self.nursery = subprocess.Popen(
                [sys.executable, "-c", NURSERY],
                env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            )  # fmt: skip
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.write(json.dumps([command, str(self.out), die_before]).encode() + b"\n")
        process = int(self.nursery.stdout.readline())
        if not select.select([self.nursery.stdout], [], [], 300 if kill_after is None else kill_after)[0]:
            assert kill_after is not None, f"{command} takes too long"
            # It may end at this very moment: then there is nothing to kill.
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return int(self.nursery.stdout.readline())

    def tell(self, program: str) -> str:
        assert self.run("shell", "--verbosity", "0", "-c", program) == 0, self.out.read_text()
        return self.out.read_text()

    def snapshot(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.tell(SNAPSHOT))
        return found

    def lasts(self, *command: str) -> float:
        """Seconds that the undisturbed command takes."""
        begun = time.monotonic()
        assert self.run(*command) == 0, self.out.read_text()
        return time.monotonic() - begun

    def environment(self) -> dict[str, str]:
        env = {**os.environ, "SAMENHANG_HOME": str(self.folder), "SAMENHANG_LOG": "ERROR"}
        env["DJANGO_SETTINGS_MODULE"] = "samenhang.config.settings"
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
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


SYLLABLES = ("BA", "CO", "DI", "FU", "GE", "HO", "JA", "KI", "LU", "MO", "NE", "PA", "RI", "SO", "TU", "WE")


def traveller(number: int) -> Passenger:
    """Somebody invented; the first 65536 have surnames that differ enough not to be taken for one another."""
    mixed = number * 40503 % 65536
    surname = "".join(SYLLABLES[mixed >> shift & 15] for shift in (12, 8, 4, 0))
    return Passenger(
        surname=f"VAN {surname}",
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
        people = [traveller(100 * flight_number + i) for i in range(draw.randrange(20, 60))]
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
    crowd = [traveller(10_000 + i) for i in range(2_100)]
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
    command = ("receive", str(home.inbox))
    idle, whole = home.lasts("receive", str(home.nothing)), home.lasts(*command)
    undisturbed = home.snapshot()
    assert len(undisturbed["passengers"]) > 2_100
    assert (undisturbed["left in the spool"], undisturbed["sealed in quarantine"]) == ([], 1)

    kill_until_enough(home, command, idle, whole, undisturbed)


def test_killed_at_random_while_screening_nobody_is_missed_and_no_hit_is_doubled(home: Home) -> None:
    home.lasts("receive", str(home.inbox))
    home.tell(ISSUE)
    home.keep_as_new()
    command = ("work", "--once")
    whole = home.lasts(*command)
    undisturbed = home.snapshot()
    assert undisturbed["waiting"] == 0
    assert len(undisturbed["hits"]) > 50
    idle = home.lasts(*command)

    kill_until_enough(home, command, idle, whole, undisturbed)


def test_killed_before_any_step_of_the_worker_nothing_is_lost_and_nothing_is_done_twice(home: Home) -> None:
    """The messages are nowhere but in the spool: whoever loses them there loses them for ever."""
    home.tell(f"INBOX = {str(home.inbox)!r}\n{SPOOL}")
    home.tell(ISSUE)
    home.keep_as_new()
    assert home.run("work", "--once", die_before=0) == 0, home.out.read_text()
    steps = int(home.out.read_text().split()[-2])
    undisturbed = home.snapshot()
    assert (undisturbed["waiting"], len(undisturbed["messages"])) == (0, 2)
    assert undisturbed["hits"]

    draw = random.Random(SEED)
    # Twice as many as kills by the clock, since each is quick; on demand every step there is.
    for step in sorted(draw.sample(range(1, steps + 1), min(steps, 2 * KILLS))):
        home.renew()
        assert home.run("work", "--once", die_before=step) == -signal.SIGKILL
        assert home.run("work", "--once") == 0, home.out.read_text()
        assert home.run("work", "--once") == 0, home.out.read_text()
        assert home.snapshot() == undisturbed, f"killed before step {step} of {steps}"


def kill_until_enough(
    home: Home, command: tuple[str, ...], idle: float, whole: float, undisturbed: dict[str, Any]
) -> None:
    """Kill the command at random moments of its work, start it again, and compare what it made.

    idle: seconds of the command without work to do.
    """
    sys.stdout.write(
        f"SAMENHANG_KILL_SEED={SEED}, {idle:.1f} s of {whole:.1f} s idle\n"
    )  # shown when this fails
    draw = random.Random(SEED)
    kills = finished = 0
    home.renew()
    while kills < KILLS / 2 or not finished:
        # Once enough were killed, the last one may finish.
        ended = home.run(*command, kill_after=draw.uniform(idle, whole) if kills < KILLS / 2 else None)
        if ended == -signal.SIGKILL:
            kills += 1
            continue
        assert ended == 0, home.out.read_text()
        assert home.snapshot() == undisturbed, f"after {kills} kills"
        finished += 1
        home.renew()

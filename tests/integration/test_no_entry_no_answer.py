"""With the journal unwritable, nothing is read and nothing is written: 503, and an empty hand."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from samenhang.journal.actions import record_reading
from samenhang.journal.models import Entry
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import User
from tests.cast import PASSWORD, ClientOf, World

pytestmark = pytest.mark.django_db(transaction=True)

# A page that shows, a page that changes, the door, and an address that does not exist.
READS = ["/task/", "/sign-in/", "/readyz", "/no-such-page/"]


@contextmanager
def _trigger() -> Iterator[None]:
    """The table itself refuses."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER no_entry BEFORE INSERT ON journal_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_entry() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_entry BEFORE INSERT ON journal_entry "
                "FOR EACH ROW EXECUTE FUNCTION no_entry()"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("DROP TRIGGER no_entry")
            else:
                cursor.execute("DROP TRIGGER no_entry ON journal_entry")
                cursor.execute("DROP FUNCTION no_entry()")


@contextmanager
def _full_disk() -> Iterator[None]:
    """SQLite has no page left to write on: its own "database or disk is full"."""
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is played with SQLite; PostgreSQL gives the same kind of error")
    with connection.cursor() as cursor:
        free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
        cursor.execute("CREATE TABLE filler (text TEXT)")
        # Fill what is left over inside the file, then forbid it to grow.
        for _ in range(free + 1):
            cursor.execute("INSERT INTO filler VALUES (?)", ["x" * 4000])
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    # A connection that failed is replaced: the new one finds the same full disk.
    options = connection.settings_dict["OPTIONS"]
    before = options["init_command"]
    options["init_command"] = f"{before}PRAGMA max_page_count = {pages};"
    _fill()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            options["init_command"] = before
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")


def _fill() -> None:
    """Use up the last free room, with entries like those of the pages asked below."""
    user = User.objects.get(username="imaginary.police")
    by = actor_for(user, purpose="investigation", now=timezone.now())
    for actor in (by, replace(by, user="", organisation="", mandate="", purpose="", session="")) * 2:
        for references in (["Q-0000-0000-0000"] * 9, []):
            with suppress(DatabaseError):
                for _ in range(2000):
                    record_reading(references, by=actor, event="page.GET.x", outcome="200")


@contextmanager
def _lock() -> Iterator[None]:
    """Somebody else holds the journal and does not let go."""
    held, done = threading.Event(), threading.Event()
    holder = threading.Thread(target=_hold, args=[connection.settings_dict.copy(), held, done])
    holder.start()
    held.wait(10)
    try:
        yield
    finally:
        done.set()
        holder.join()


def _hold(database: dict[str, object], held: threading.Event, done: threading.Event) -> None:
    if connection.vendor == "sqlite":
        other = sqlite3.connect(str(database["NAME"]), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        done.wait(60)
        other.execute("ROLLBACK")
        other.close()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE journal_entry IN ACCESS EXCLUSIVE MODE")
        held.set()
        done.wait(60)
    connection.close()


FAULTS = [_trigger, _full_disk, _lock]


@pytest.mark.parametrize("fault", FAULTS, ids=["trigger", "full disk", "lock"])
def test_every_answer_is_503_and_shows_nothing(
    fault: Callable[[], "contextmanager[None]"], world: World, client_of: ClientOf
) -> None:
    client = client_of(world.police)
    client.raise_request_exception = False

    with fault():
        answers = {path: client.get(path) for path in READS}

    for path, answer in answers.items():
        assert answer.status_code == 503, path
        assert world.police.name not in answer.content.decode()
        assert answer["Retry-After"]


@pytest.mark.parametrize("fault", FAULTS, ids=["trigger", "full disk", "lock"])
def test_nothing_is_written_either(fault: Callable[[], "contextmanager[None]"], world: World) -> None:
    client = Client(raise_request_exception=False)

    with fault():
        answer = client.post("/sign-in/", {"username": world.police.username, "password": PASSWORD})

    assert answer.status_code == 503
    assert "_auth_user_id" not in client.session
    assert not Entry.objects.filter(event="sign-in.accepted").exists()


def test_livez_still_answers(world: World) -> None:
    with _trigger():
        answer = Client().get("/livez")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_afterwards_all_is_well_again(world: World, client_of: ClientOf) -> None:
    with _trigger():
        pass

    assert client_of(world.police).get("/task/").status_code == 200
    assert User.objects.filter(pk=world.police.pk).exists()

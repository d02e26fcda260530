"""The drill: a demonstration is backed up, its machine is lost, and an empty one gets all of it back.

Runs the commands that operators run, each in a process of its own, on the
database that the suite runs on.
"""

import base64
import hashlib
import json
import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from samenhang.config.backup import archive, making
from samenhang.foundation import backup_key, unfinished
from samenhang.foundation.destroyed_keys import DestroyedKeys
from samenhang.foundation.keys import KeyStore
from samenhang.foundation.master_keys import Kept
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Organisation
from tests import migrated
from tests.cast import World
from tests.conftest import MOMENT
from tests.integration.test_kill import _url as url_of
from tests.nursery import Nursery, Running
from transparency import heads
from transparency.notes import LOG, SigningKey

pytestmark = pytest.mark.django_db  # so that there is a migrated database to copy
ROOT = Path(__file__).resolve().parents[2]
COMMAND = """
import os, sys, django
from samenhang.config import cli
cli._home_first(sys.argv[1:])
django.setup()
from django.utils import translation
translation.activate("en")
if "MIGRATES" not in os.environ:
    from tests import migrated
    migrated.instead_of_executing()
cli.main(sys.argv[1:])
"""
# What a reader of the original and of the restored home must find alike.
LOOK = """
import json
from django.apps import apps
from django.db.models import QuerySet
from tests.cast import signed_in
from samenhang.access.sentinel import suspended
from samenhang.journal.models import Entry
from samenhang.measures.models import Document
from samenhang.organisations.models import User
own = ["backup.made", "backup.restored"]
entries = Entry.objects.exclude(event__in=own).exclude(event__startswith="page.").order_by("pk")
with suspended("a test compares"):
    models = [model for model in apps.get_models(include_auto_created=True)
              if model._meta.app_label not in ("journal", "sessions") and model.__name__ != "Session"]
    counts = {model._meta.label: QuerySet(model).count() for model in models}
    letters = [str(document.reference) for document in QuerySet(Document).order_by("reference")]
client = signed_in(User.objects.get(username="politie1"), "investigation")
pages = {address: client.get(address) for address in ("/", "/alerts/", "/readyz")}
print(json.dumps({
    "counts": counts,
    "letters": letters,
    "pages": {address: page.status_code for address, page in pages.items()},
    "entries": [bytes(envelope).hex() for envelope in entries.values_list("envelope", flat=True)],
}))
"""
HEAD = "from samenhang.journal import tree; print(tree.head().note, end='')"
NAMES = """
import json
from django.db.models import QuerySet
from samenhang.access.sentinel import suspended
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import Alert
with suspended("a test looks for names"):
    names = {name for row in QuerySet(Passenger) for name in (row.told["surname"], row.told["given_names"])}
    names |= {name for alert in QuerySet(Alert) for name in alert.names}
    names |= {user.name for user in QuerySet(User)}
print(json.dumps(sorted(name for name in names if len(name) > 4)))
"""


@dataclass
class Place:
    """A machine: a home, and a database of its own where the suite runs on PostgreSQL."""

    home: Path
    nursery: Nursery
    database: str = ""
    migrates: bool = False  # in earnest; else its tables are copied

    def __post_init__(self) -> None:
        if settings.DATABASES["default"]["HOST"]:
            self.database = f"drill_{uuid4().hex[:12]}"
            administer("CREATE DATABASE {} TEMPLATE {}", self.database, migrated.template())
            with psycopg.connect(url_of(self.database)) as fresh:
                fresh.execute(migrated.OUT_OF_SIGHT)

    def remove(self) -> None:
        if self.database:
            administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.database)

    def start(self, *command: str | Path) -> Running:
        env = {
            **os.environ,
            "SAMENHANG_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "samenhang.config.settings",
        }
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        env["SAMENHANG_HOSTS"] = "testserver"
        env.pop("DATABASE_URL", None)
        if self.database:
            env["DATABASE_URL"] = url_of(self.database)
        env |= {"MIGRATES": "1"} if self.migrates else {}
        return self.nursery.start(COMMAND, [str(word) for word in command], env)

    def run(self, *command: str | Path) -> str:
        process = self.start(*command)
        out, errors = process.communicate()
        assert process.returncode == 0, out + errors
        return out

    def refuses(self, *command: str | Path) -> str:
        process = self.start(*command)
        _out, errors = process.communicate()
        assert process.returncode == 1, errors
        assert "Traceback" not in errors, errors
        return errors

    def look(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("shell", "--verbosity", "0", "-c", LOOK))
        return found

    def keys(self) -> KeyStore:
        folder = self.home / "keys"
        return KeyStore(folder, Kept(folder / "master.key"), self.home / "files" / "destroyed-keys")


def administer(statement: str, *names: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass
class Saved:
    """The original, and what was carried away from it in time."""

    place: Place
    backup: Path
    keys: Path
    master: Path
    head: str
    look: dict[str, Any]


@pytest.fixture(scope="module")
def nursery(django_db_setup: None) -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture(scope="module")
def saved(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saved]:
    folder = tmp_path_factory.mktemp("original")
    place = Place(folder / "home", nursery)
    place.run("demo", "--no-serve", "--json")
    place.run("work", "--once")
    backup, keys, master = folder / "data.backup", folder / "keys.copy", folder / "master.txt"
    place.run("backup", backup)
    place.run("keys", "backup", keys)
    master.write_bytes((place.home / "keys" / "master.key").read_bytes())
    head = place.run("shell", "--verbosity", "0", "-c", HEAD)
    yield Saved(place, backup, keys, master, head, place.look())
    place.remove()


@pytest.fixture
def empty(nursery: Nursery, tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "home", nursery)
    yield place
    place.remove()


def test_an_empty_machine_gets_everything_back(saved: Saved, empty: Place) -> None:
    empty.migrates = True
    told = json.loads(
        empty.run("restore", saved.backup, "--keys", saved.keys, "--master-key", saved.master, "--json")
    )

    after = empty.look()
    assert after["counts"] == saved.look["counts"]
    assert after["entries"] == saved.look["entries"]
    assert after["pages"] == {"/": 200, "/alerts/": 200, "/readyz": 200}
    assert told["rows"] > 1000
    assert told["log_size"] == heads.read_head(told["head"]).size > 100
    for reference in after["letters"]:
        sealed = (empty.home / "files" / "documents" / reference).read_bytes()
        assert empty.keys().open(reference, sealed, context="measures.document").startswith(b"%PDF-")
    assert not unfinished.is_marked(empty.home)


def test_a_backup_without_the_key_store_reveals_no_name(saved: Saved) -> None:
    names = json.loads(saved.place.run("shell", "--verbosity", "0", "-c", NAMES))
    carried = saved.backup.read_bytes() + saved.keys.read_bytes()

    assert len(names) > 200
    assert [name for name in names if name.encode() in carried or name.upper().encode() in carried] == []
    if not saved.place.database:  # the search itself finds them where they are
        database = (saved.place.home / "samenhang.sqlite3").read_bytes()
        assert any(name.encode() in database for name in names)


def test_without_the_right_keys_nothing_is_restored(saved: Saved, empty: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other", saved.place.nursery)
    other.run("keys", "backup", tmp_path / "other.keys", "--with-master-key")
    other.remove()

    no_master = empty.refuses("restore", saved.backup, "--keys", saved.keys)
    no_keys = empty.refuses("restore", saved.backup, "--keys", saved.backup, "--master-key", saved.master)
    wrong_master = empty.refuses(
        "restore", saved.backup, "--keys", saved.keys, "--master-key", other.home / "keys" / "master.key"
    )
    wrong_keys = empty.refuses("restore", saved.backup, "--keys", tmp_path / "other.keys")

    assert "opens nothing without its master key" in no_master
    assert "no copy of a key store" in no_keys
    assert "needs master key" in wrong_master
    assert "was made for key age1" in wrong_keys
    assert not (empty.home / "samenhang.sqlite3").exists()
    assert not list((empty.home / "files").rglob("*"))


def test_a_restore_of_an_altered_backup_serves_nothing_and_a_good_one_then_fills_the_same_home(
    saved: Saved, empty: Place, tmp_path: Path
) -> None:
    content = bytearray(saved.backup.read_bytes())
    content[-1000] ^= 1
    altered = tmp_path / "altered.backup"
    altered.write_bytes(content)
    keys = ["--keys", saved.keys, "--master-key", saved.master]

    assert "altered or cut off" in empty.refuses("restore", altered, *keys)
    assert "did not come to its end" in empty.refuses("report", "progress", "--format", "json")
    empty.run("restore", saved.backup, *keys)

    assert empty.look()["entries"] == saved.look["entries"]


def test_a_restore_killed_at_any_moment_can_be_begun_again(saved: Saved, empty: Place) -> None:
    command = ["restore", saved.backup, "--keys", saved.keys, "--master-key", saved.master]
    dice = random.Random(11)
    for _time in range(3):
        process = empty.start(*command)
        while not unfinished.is_marked(empty.home) and process.poll() is None:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 2.5))
        process.kill()
        process.communicate()

    if unfinished.is_marked(empty.home):
        empty.run(*command)

    assert empty.look()["entries"] == saved.look["entries"]


def test_nothing_is_overwritten(saved: Saved) -> None:
    refusal = saved.place.refuses("restore", saved.backup, "--keys", saved.keys)

    assert "not empty" in refusal
    assert saved.place.look()["counts"] == saved.look["counts"]


# --- what was destroyed stays destroyed


def test_what_was_destroyed_later_stays_destroyed(saved: Saved, empty: Place, tmp_path: Path) -> None:
    """A before the backup and after the copy of the keys; B after both, and told by a list kept elsewhere."""
    store, old_keys, newer = saved.place.keys(), tmp_path / "old.keys", DestroyedKeys(tmp_path / "newer")
    for scope in ("X-DESTROYED-A", "X-DESTROYED-B", "X-KEPT"):
        store.seal(scope, b"text", context="a test")
    saved.place.run("keys", "backup", old_keys)
    store.destroy("X-DESTROYED-A")
    saved.place.run("backup", tmp_path / "new.backup")
    row = store.file.find("X-DESTROYED-B")
    assert row
    newer.add(row.id)

    told = json.loads(
        empty.run(
            "restore",
            tmp_path / "new.backup",
            "--keys",
            old_keys,
            "--master-key",
            saved.master,
            "--destroyed",
            newer.folder,
            "--json",
        )
    )

    assert told["destroyed_again"] == 2
    assert [empty.keys().holds(scope) for scope in ("X-DESTROYED-A", "X-DESTROYED-B", "X-KEPT")] == [
        False,
        False,
        True,
    ]
    assert all(empty.keys().holds(letter) for letter in saved.look["letters"])


# --- the log


def test_a_head_kept_elsewhere_tells_that_an_older_state_was_put_back(
    saved: Saved, empty: Place, tmp_path: Path
) -> None:
    later = tmp_path / "later.head"
    saved.place.run("keys", "backup", tmp_path / "before.keys")
    saved.place.run("work", "--once")  # what was looked at since the backup is appended and signed
    later.write_text(saved.place.run("shell", "--verbosity", "0", "-c", HEAD))
    keys = ["--keys", tmp_path / "before.keys", "--master-key", saved.master]

    refusal = empty.refuses("restore", saved.backup, *keys, "--head", later)
    told = json.loads(
        empty.run("restore", saved.backup, *keys, "--head", later, "--accept-loss", "a drill", "--json")
    )
    empty.run("work", "--once")
    anew = empty.run("shell", "--verbosity", "0", "-c", HEAD)

    assert "are lost" in refusal
    assert told["lost"] == heads.read_head(later.read_text()).size - told["log_size"] > 0
    assert heads.read_head(anew).origin != heads.read_head(later.read_text()).origin
    assert heads.read_head(anew).size > told["log_size"]


def test_a_head_of_another_log_is_refused(saved: Saved, empty: Place, tmp_path: Path) -> None:
    forged_head = heads.read_head(saved.head)
    other = SigningKey(forged_head.origin, LOG, bytes(32))
    (tmp_path / "other.head").write_text(forged_head.signed(other))

    refusal = empty.refuses(
        "restore", saved.backup, "--keys", saved.keys, "--master-key", saved.master,
        "--head", tmp_path / "other.head",
    )  # fmt: skip

    assert "was not signed by this log" in refusal


# --- backups that somebody made up


def forged(saved: Saved, path: Path, *, vouched: bool = True, **changes: Any) -> Path:
    """The backup again, with another header or without some members, by somebody who has the key or not."""
    key = backup_key.identity(saved.place.keys())
    drop, header = changes.pop("drop", ""), {}
    with archive.reading(saved.backup, key) as members, archive.writing(path, key) as writer:
        for name, stream in members:
            content = stream.read()
            if name == making.HEADER:
                header = json.loads(content) | changes
                content = head = json.dumps(header).encode()
            if name == making.MANIFEST:
                manifest = content
            if name == making.VOUCHED and vouched:
                content = backup_key.vouch(key, making.digest(head, manifest)).encode()
            if not drop or not name.startswith(drop):
                writer.add(name, content)
    return path


def test_a_backup_of_newer_software_names_the_version_that_is_needed(
    saved: Saved, empty: Place, tmp_path: Path
) -> None:
    made = forged(saved, tmp_path / "x", software="9.9", migrations=[["journal", "0999_from_the_future"]])

    refusal = empty.refuses("restore", made, "--keys", saved.keys, "--master-key", saved.master)

    assert "Version 9.9 made this backup and knows journal.0999_from_the_future" in refusal


@pytest.mark.parametrize("drop", ["files/documents", "manifest.json"])
def test_a_missing_part_is_told(saved: Saved, empty: Place, tmp_path: Path, drop: str) -> None:
    made = forged(saved, tmp_path / "x", drop=drop)

    refusal = empty.refuses("restore", made, "--keys", saved.keys, "--master-key", saved.master)

    told = {"manifest.json": "no list of contents"}.get(drop, "did not come back as it was")
    assert told in refusal


def test_what_the_key_store_does_not_vouch_for_is_refused(saved: Saved, empty: Place, tmp_path: Path) -> None:
    """Whoever knows the public half can encrypt; only the key store can vouch."""
    made = forged(saved, tmp_path / "x", vouched=False, software="0.0.1")

    refusal = empty.refuses("restore", made, "--keys", saved.keys, "--master-key", saved.master)

    assert "no list of contents that this key store vouches for" in refusal


# --- one moment, while people work


@pytest.mark.django_db(transaction=True)
def test_a_backup_sees_one_moment_and_holds_up_no_writer(world: World, tmp_path: Path) -> None:
    written: list[str] = []

    def step(_table: str) -> None:
        """A colleague founds an organisation before the turn of each table."""
        writer = threading.Thread(target=found, args=[f"Body {len(written)}"])
        writer.start()
        writer.join(5)
        assert not writer.is_alive()

    def found(name: str) -> None:
        organisations.found("SCHOOL", name, region=name, by=installer(MOMENT))
        written.append(name)
        connection.close()

    before = Organisation.objects.count()

    told = making.make(tmp_path / "x.backup", at=MOMENT, step=step)

    assert len(written) == len(told["tables"]) + 1
    assert told["tables"]["organisations_organisation"]["rows"] == before
    assert Organisation.objects.count() == before + len(written)


def test_an_entry_that_was_changed_before_the_backup_is_told_by_the_log(
    saved: Saved, empty: Place, tmp_path: Path
) -> None:
    """Somebody who had the database and its keys changed one entry and everything that vouches for it."""
    key = backup_key.identity(saved.place.keys())
    made = tmp_path / "x"
    with archive.reading(saved.backup, key) as members, archive.writing(made, key) as writer:
        for name, stream in members:
            content = stream.read()
            if name == making.HEADER:
                head = content
            if name.endswith("-journal_entry/000001.jsonl"):
                content = bent(content)
                digest = hashlib.sha256(content).hexdigest()
            if name == making.MANIFEST:
                manifest = json.loads(content)
                manifest["tables"]["journal_entry"]["sha256"] = digest
                content = told = json.dumps(manifest).encode()
            if name == making.VOUCHED:
                content = backup_key.vouch(key, making.digest(head, told)).encode()
            writer.add(name, content)

    refusal = empty.refuses("restore", made, "--keys", saved.keys, "--master-key", saved.master)

    assert "Position 2 of the log is not what it was" in refusal


def bent(content: bytes) -> bytes:
    """One bit of the third envelope is another."""
    rows = content.splitlines(keepends=True)
    row = json.loads(rows[2])
    place = max(range(len(row)), key=lambda column: len(str(row[column])))
    envelope = bytearray(base64.b64decode(row[place]))
    envelope[40] ^= 1
    row[place] = base64.b64encode(envelope).decode()
    rows[2] = (json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()
    return b"".join(rows)

"""G37: altering a row breaks verification.

Whoever owns the database can change it, triggers or not: the export and a head kept elsewhere tell.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samenhang.access.sentinel import suspended
from samenhang.journal import Actor, record, sequencer, signing, tree
from samenhang.journal.models import Entry, Leaf
from samenhang.journal.witnessing import show
from tests.conftest import GUARDS
from transparency.witness import Witness

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by(moment: datetime) -> Actor:
    return Actor(user="", organisation="", authority="", roles=frozenset(), purpose="oversight", now=moment)


@pytest.fixture
def witness(by: Actor, tmp_path: Path) -> Path:
    """A log of twelve entries under four heads, and a witness that saw it all."""
    folder = tmp_path / "witness"
    Witness.found(folder, "witness.invalid/one").trust(signing.public_keys()[-1])
    for batch in range(4):
        for number in range(3):
            record("case.closed", f"case:{batch * 3 + number}", by=by)
        sequencer.append_waiting()
    assert show(str(folder)) == 12
    return folder


@pytest.fixture
def sql() -> Iterator[Callable[..., None]]:
    """Runs a statement as the owner of the database: without triggers and foreign keys."""
    guards = [import_module(f"samenhang.journal.migrations.{name}") for name in GUARDS]

    def run(statement: str, *parameters: Any) -> None:
        with suspended("the owner of the database"), connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    with suspended("the owner of the database"), connection.schema_editor() as editor:
        for guard in guards:
            guard.release(None, editor)
    with connection.constraint_checks_disabled():
        if connection.vendor == "postgresql":
            run("SET session_replication_role = replica")
        yield run
        # What was changed would not pass the checks, and the tables are emptied afterwards anyway.
        for table in ("cosignature", "head", "node", "leaf", "waiting", "entry"):
            run(f"DELETE FROM journal_{table}")
        if connection.vendor == "postgresql":
            run("SET session_replication_role = origin")
    with suspended("the owner of the database"), connection.schema_editor() as editor:
        for guard in guards:
            guard.protect(None, editor)


def told(witness: Path) -> list[tuple[str, int, int]]:
    """What `samenhang log verify` finds against the witness."""
    out = StringIO()
    with suppress(CommandError):
        call_command("log", "verify", "--as-is", "--json", "--head", str(witness), stdout=out)
    return [(one["kind"], one["first"], one["last"]) for one in json.loads(out.getvalue())["findings"]]


def entry_at(position: int) -> Entry:
    return Leaf.objects.select_related("entry").get(position=position).entry


def test_what_nobody_touched_is_fine(witness: Path) -> None:
    assert told(witness) == []


def test_a_flipped_bit(witness: Path, sql: Callable[..., None]) -> None:
    entry = entry_at(4)
    text = bytes(entry.envelope)
    at = text.index(b"case:4") + 5

    sql("UPDATE journal_entry SET envelope = %s WHERE id = %s", text[:at] + b"5" + text[at + 1 :], entry.pk)

    assert told(witness) == [("bit-flip", 4, 4)]


def test_a_time_that_was_altered_in_the_entry_or_beside_it(witness: Path, sql: Callable[..., None]) -> None:
    entry, other = entry_at(4), entry_at(7)
    earlier = other.acted_at - timedelta(days=1)

    text = bytes(entry.envelope).replace(b'"acted_at":"2026', b'"acted_at":"1999')
    sql("UPDATE journal_entry SET envelope = %s WHERE id = %s", text, entry.pk)
    sql("UPDATE journal_entry SET acted_at = %s WHERE id = %s", earlier, other.pk)

    assert told(witness) == [("altered-time", 4, 4), ("altered-time", 7, 7)]


def test_what_no_longer_is_of_its_type_is_told_and_stops_nothing(
    witness: Path, sql: Callable[..., None]
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps a value of another type in a column")
    text = bytes(entry_at(4).envelope).decode().replace("case:4", "case:5")
    sql("UPDATE journal_entry SET envelope = %s WHERE id = %s", text, entry_at(4).pk)
    sql("UPDATE journal_entry SET recorded_at = 'yesterday' WHERE id = %s", entry_at(7).pk)
    sql("UPDATE journal_leaf SET hash = 'short' WHERE position = 9")

    found = told(witness)

    assert ("bit-flip", 4, 4) in found
    assert ("altered-time", 7, 7) in found
    assert ("hashes", 9, 9) in found


def test_a_deleted_entry_with_and_without_its_leaf(witness: Path, sql: Callable[..., None]) -> None:
    sql("DELETE FROM journal_entry WHERE id = %s", entry_at(4).pk)
    without_leaf = told(witness)
    sql("DELETE FROM journal_leaf WHERE position = 4")

    assert without_leaf == [("deletion", 4, 4)]
    assert ("deletion", 4, 4) in told(witness)


def test_a_deleted_entry_behind_which_all_was_renumbered(witness: Path, sql: Callable[..., None]) -> None:
    sql("DELETE FROM journal_entry WHERE id = %s", entry_at(4).pk)
    sql("DELETE FROM journal_leaf WHERE position = 4")
    for position in range(5, 12):
        sql("UPDATE journal_leaf SET position = %s WHERE position = %s", position - 1, position)

    found = told(witness)

    assert ("deletion", 4, 4) in found
    assert ("renumbering", 5, 11) in found


def test_an_inserted_entry(witness: Path, sql: Callable[..., None]) -> None:
    for position in range(11, 3, -1):
        sql("UPDATE journal_leaf SET position = %s WHERE position = %s", position + 1, position)
    model = entry_at(3)
    columns = 'event, operation, subject, "user", organisation, purpose, "case", acted_at, recorded_at'
    sql(
        f"INSERT INTO journal_entry (envelope, simulated, {columns}) "
        f"SELECT %s, simulated, {columns} FROM journal_entry WHERE id = %s",
        bytes(model.envelope).replace(b"case:3", b"case:99"),
        model.pk,
    )
    made = Entry.objects.latest("pk")
    sql("INSERT INTO journal_leaf (position, entry_id, hash) VALUES (4, %s, %s)", made.pk, b"\x01" * 32)

    assert ("insertion", 4, 4) in told(witness)


def test_two_entries_that_changed_places(witness: Path, sql: Callable[..., None]) -> None:
    one, two = entry_at(4), entry_at(9)

    sql("UPDATE journal_leaf SET entry_id = -1 WHERE position = 4")
    sql("UPDATE journal_leaf SET entry_id = %s WHERE position = 9", one.pk)
    sql("UPDATE journal_leaf SET entry_id = %s WHERE position = 4", two.pk)

    assert told(witness) == [("swap", 4, 9)]


def test_entries_that_were_given_other_numbers(witness: Path, sql: Callable[..., None]) -> None:
    for position in range(11, 7, -1):
        sql("UPDATE journal_leaf SET position = %s WHERE position = %s", position + 1, position)

    assert told(witness) == [("renumbering", 8, 11)]


def test_an_end_that_was_cut_off(witness: Path, sql: Callable[..., None]) -> None:
    sql("DELETE FROM journal_entry WHERE id >= %s", entry_at(7).pk)
    sql("DELETE FROM journal_leaf WHERE position >= 7")

    assert told(witness) == [("cut-tail", 7, 11)]


def test_an_entry_that_was_kept_out_of_the_log(by: Actor, witness: Path, sql: Callable[..., None]) -> None:
    record("case.closed", "case:hidden", by=by)

    assert told(witness) == [("never-logged", Entry.objects.latest("pk").pk, -1)]


def test_an_older_database_that_was_put_back_cannot_go_on_and_is_named(
    by: Actor, witness: Path, sql: Callable[..., None]
) -> None:
    sql("DELETE FROM journal_entry WHERE id >= %s", entry_at(6).pk)
    for table, column in (("cosignature", "head_id"), ("head", "size"), ("leaf", "position")):
        sql(f"DELETE FROM journal_{table} WHERE {column} > 6 OR {column} = 6 AND 'leaf' = %s", table)
    record("case.closed", "case:new", by=by)
    sql("INSERT INTO journal_waiting (entry_id) VALUES (%s)", Entry.objects.latest("pk").pk)

    with pytest.raises(signing.RolledBack):
        sequencer.append_waiting()
    found = told(witness)

    assert found == [("rollback", 6, 11)]


def test_an_older_database_that_went_on_with_the_older_key_store_is_named_and_its_witness_refuses(
    by: Actor, witness: Path, sql: Callable[..., None], settings: Any
) -> None:
    sql("DELETE FROM journal_entry WHERE id >= %s", entry_at(6).pk)
    for table, column in (("cosignature", "head_id"), ("head", "size"), ("leaf", "position")):
        sql(f"DELETE FROM journal_{table} WHERE {column} > 6 OR {column} = 6 AND 'leaf' = %s", table)
    (Path(settings.KEY_STORE) / "log" / "last").unlink()
    for number in range(6):
        record("case.closed", f"case:new-{number}", by=by)
        sql("INSERT INTO journal_waiting (entry_id) VALUES (%s)", Entry.objects.latest("pk").pk)
    sequencer.append_waiting()

    found = told(witness)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("log", "show", str(witness), stdout=out)

    assert {kind for kind, _first, _last in found} == {"rollback", "two-heads"}
    assert ("rollback", 6, 11) in found
    assert tree.head().size == 12


def test_an_export_is_for_an_empty_folder_and_leaves_an_entry_in_itself(
    witness: Path, tmp_path: Path
) -> None:
    call_command("log", "export", str(tmp_path / "export"))
    with pytest.raises(CommandError):
        call_command("log", "export", str(tmp_path / "export"))

    lines = (tmp_path / "export" / "entries").read_text().splitlines()
    assert len(lines) == 13
    assert '"event":"log.exported"' in lines[-1]
    shutil.rmtree(tmp_path / "export")


def test_a_proof_holds_for_its_entry_and_no_other(witness: Path, tmp_path: Path) -> None:
    out = StringIO()
    call_command("log", "prove", "4", stdout=out)
    (tmp_path / "proof").write_text(out.getvalue())
    (tmp_path / "false").write_text(out.getvalue().replace("case:4", "case:5"))

    call_command("log", "prove", "--check", str(tmp_path / "proof"), stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("log", "prove", "--check", str(tmp_path / "false"), stdout=StringIO())

"""Every entry gets its place in the log, once, and a signed head says so."""

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from samenhang.journal import Actor, record, sequencer, signing, tree
from samenhang.journal.models import Entry, Head, Leaf, Waiting
from transparency import merkle
from transparency.heads import check_head
from transparency.notes import check_signatures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by(moment: datetime) -> Actor:
    return Actor(user="", organisation="", authority="", roles=frozenset(), purpose="oversight", now=moment)


def happen(count: int, by: Actor) -> None:
    for number in range(count):
        record("case.closed", f"case:{number}", by=by)


def envelopes() -> list[bytes]:
    return [
        bytes(text) for text in Entry.objects.order_by("leaf__position").values_list("envelope", flat=True)
    ]


def test_entries_get_positions_and_the_head_is_their_root(by: Actor) -> None:
    happen(5, by)

    appended = sequencer.append_waiting()

    head = tree.head()
    assert (appended, head.size) == (5, 5)
    assert list(Leaf.objects.order_by("pk").values_list("pk", flat=True)) == [0, 1, 2, 3, 4]
    assert check_head(head.note, signing.public_keys()).root == merkle.root_of(
        merkle.leaf_hash(text) for text in envelopes()
    )
    assert not Waiting.objects.exists()


def test_a_log_that_grows_in_pieces_is_the_log_that_grew_at_once(
    by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 37)
    for count in (1, 300, 0, 290):
        happen(count, by)
        sequencer.append_waiting()

    head = tree.head()

    assert head.size == 591
    assert bytes(head.root) == merkle.root_of(merkle.leaf_hash(text) for text in envelopes())
    assert tree.recomputed_root(591) == bytes(head.root)
    assert tree.frontier(591).root() == bytes(head.root)


def test_without_new_entries_nothing_is_written(by: Actor) -> None:
    happen(2, by)
    sequencer.append_waiting()

    assert sequencer.append_waiting() == 0
    assert Head.objects.count() == 1


def test_an_entry_whose_deed_is_undone_never_waits(by: Actor) -> None:
    with transaction.atomic():
        happen(1, by)
        transaction.set_rollback(True)

    assert sequencer.append_waiting() == 0


def test_a_batch_that_breaks_off_leaves_nothing_behind(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(3, by)
    monkeypatch.setattr(Head.objects, "create", lambda **_fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sequencer.append_batch()
    monkeypatch.undo()

    assert (Leaf.objects.count(), Waiting.objects.count(), signing.last_signed()) == (0, 3, None)
    assert sequencer.append_waiting() == 3


@pytest.mark.parametrize("table", ["leaf", "head"])
@pytest.mark.parametrize("deed", ["UPDATE journal_{0} SET {1} = {1}", "DELETE FROM journal_{0}"])
def test_the_database_refuses_to_change_or_remove_what_the_log_holds(
    by: Actor, table: str, deed: str
) -> None:
    happen(1, by)
    sequencer.append_waiting()
    column = {"leaf": "hash", "head": "root"}[table]

    with pytest.raises(DatabaseError, match="the log is never changed"), connection.cursor() as cursor:
        cursor.execute(deed.format(table, column))


def test_an_entry_that_commits_late_is_not_skipped(by: Actor) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer: entries commit in the order of their numbers")
    inserted, commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            record("case.opened", "case:late", by=by)
            inserted.set()
            commit.wait(20)
        connection.close()

    late = threading.Thread(target=slowly)
    late.start()
    inserted.wait(20)
    happen(3, by)
    first = sequencer.append_waiting()
    commit.set()
    late.join()

    assert (first, sequencer.append_waiting()) == (3, 1)
    assert Entry.objects.get(subject="case:late").leaf.position == 3
    assert Entry.objects.get(subject="case:late").pk < Entry.objects.get(subject="case:0").pk


def test_two_sequencers_at_once_append_each_entry_once(by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 7)
    happen(120, by)
    faults: list[Exception] = []

    def append() -> None:
        try:
            while Waiting.objects.exists():
                sequencer.append_batch()
        except Exception as error:  # told below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=append) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(Leaf.objects.values_list("pk", flat=True)) == list(range(120))
    assert tree.recomputed_root(120) == bytes(tree.head().root)


def test_a_database_that_was_put_back_may_not_go_on_under_the_same_name(by: Actor, tmp_path: Path) -> None:
    happen(3, by)
    sequencer.append_waiting()
    later = tree.as_checkpoint(tree.head())
    signing.remember(type(later)(later.origin, 9, b"\x00" * 32))  # what was signed after the backup
    happen(1, by)

    with pytest.raises(signing.RolledBack):
        sequencer.append_batch()

    assert tree.head().size == 3
    signing.begin_anew()
    assert sequencer.append_waiting() == 1
    assert tree.as_checkpoint(tree.head()).origin != later.origin


def test_a_new_key_is_told_by_a_head_that_both_signed(by: Actor) -> None:
    notes = []
    for _ in range(3):
        happen(1, by)
        sequencer.append_waiting()
        notes.append(tree.head().note)
        if len(notes) == 1:
            signing.rotate()
    old, new = signing.public_keys()

    signed = [[signature.key for signature in check_signatures(note, [old, new])] for note in notes]

    assert signed == [[old], [old, new], [new]]


def test_the_key_is_readable_by_its_owner_alone_and_stands_in_no_row(by: Actor) -> None:
    happen(1, by)
    sequencer.append_waiting()

    (path,) = (Path(settings.KEY_STORE) / "log").glob("*.key")

    assert path.stat().st_mode & 0o777 == 0o400
    assert path.read_text().split()[1] not in tree.head().note


def test_a_root_is_not_recomputed_from_changed_entries(by: Actor, guards_down: None) -> None:
    happen(3, by)
    sequencer.append_waiting()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET envelope = %s WHERE subject = 'case:1'", [b"{}"])

    with pytest.raises(tree.LogIncomplete, match="1"):
        tree.recomputed_root(3)


@pytest.fixture
def guards_down() -> Iterator[None]:
    """As somebody who owns the database would: the triggers are gone."""
    from importlib import import_module

    guards = [
        import_module(f"samenhang.journal.migrations.{name}")
        for name in ("0002_entries_stay", "0004_the_log_stays")
    ]
    with connection.schema_editor() as editor:
        guards[0].release(None, editor)
    yield
    with connection.schema_editor() as editor:
        guards[0].protect(None, editor)

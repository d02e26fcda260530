"""The key store: what it seals opens again, and what it destroyed never returns."""

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from samenhang.foundation import durable, key_copies, key_file, key_rotation, master_keys, shares
from samenhang.foundation.keys import CannotOpen, KeyDestroyed, KeyStore, forget_stores
from samenhang.foundation.master_keys import Given, Kept

CONTEXT = "a test"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place"


def opened(place: Path, keys: str = "keys") -> KeyStore:
    """As another process would see it."""
    return KeyStore(place / keys, Kept(place / keys / "master.key"), place / "files" / "destroyed-keys")


def filled(place: Path, count: int = 3) -> tuple[KeyStore, dict[str, bytes]]:
    """Keys made in one transaction, because a disk on which eight others write is slow."""
    store = opened(place)
    master = store.master(store.file.about("master"))
    rows = [
        (f"S-{n}", os.urandom(16).hex(), master.id, master.wrap(f"S-{n}", os.urandom(32)))
        for n in range(count)
    ]
    with store.file.changing() as file:
        file.executemany("INSERT INTO data_key VALUES (?, ?, ?, ?)", rows)
    return store, {
        f"S-{n}": store.seal(f"S-{n}", f"text {n}".encode(), context=CONTEXT) for n in range(count)
    }


def assert_all_open(place: Path, sealed: dict[str, bytes]) -> None:
    store = opened(place)
    for scope, text in sealed.items():
        assert store.open(scope, text, context=CONTEXT) == f"text {scope[2:]}".encode()


def test_what_was_sealed_opens_in_another_process_and_only_in_its_own_place(place: Path) -> None:
    _store, sealed = filled(place)

    assert_all_open(place, sealed)
    with pytest.raises(CannotOpen):
        opened(place).open("S-0", sealed["S-0"], context="another place")
    with pytest.raises(CannotOpen):
        opened(place).open("S-1", sealed["S-0"], context=CONTEXT)


def test_nobody_else_on_the_machine_can_read_the_files(place: Path) -> None:
    filled(place)

    assert stat.S_IMODE((place / "keys").stat().st_mode) == 0o700
    for path in (place / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_twenty_threads_that_begin_at_once_make_one_master_key_and_one_key(place: Path) -> None:
    sealed: list[bytes] = []

    def begin() -> None:
        sealed.append(opened(place).seal("S", b"text", context=CONTEXT))

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [opened(place).open("S", one, context=CONTEXT) for one in sealed] == [b"text"] * 20


def test_a_destroyed_key_is_gone_from_every_byte_of_the_store_and_of_later_copies(place: Path) -> None:
    store, sealed = filled(place, 50)
    row = store.file.find("S-7")
    assert row

    store.destroy("S-7")
    key_copies.make(store, place / "copy.keys", with_master_key=False)

    with pytest.raises(KeyDestroyed):
        opened(place).open("S-7", sealed["S-7"], context=CONTEXT)
    for path in (place / "keys" / key_file.NAME, place / "copy.keys"):
        assert row.wrapped not in path.read_bytes()
    del sealed["S-7"]
    assert_all_open(place, sealed)


def test_an_older_copy_does_not_bring_back_a_destroyed_key(place: Path, settings: Any) -> None:
    settings.KEY_STORE, settings.FILES = place / "keys", place / "files"
    store, sealed = filled(place, 5)
    key_copies.make(store, place / "old.keys", with_master_key=True)
    store.destroy("S-2")
    # The same scope under another key: it was destroyed once, not for ever.
    again = store.seal("S-2", b"text 2", context=CONTEXT)
    lost(place / "keys")

    call_command("keys", "restore", str(place / "old.keys"), stdout=StringIO())

    with pytest.raises(KeyDestroyed):
        opened(place).open("S-2", sealed["S-2"], context=CONTEXT)
    with pytest.raises(KeyDestroyed):
        opened(place).open("S-2", again, context=CONTEXT)  # made after the copy, so lost with the store
    del sealed["S-2"]
    assert_all_open(place, sealed)


def test_a_destruction_that_was_cut_off_halfway_is_finished_at_the_next_start(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sealed = filled(place)
    monkeypatch.setattr(key_file.KeyFile, "delete", cut_off)
    with pytest.raises(Killed):
        store.destroy("S-1")
    monkeypatch.undo()

    with pytest.raises(KeyDestroyed):
        opened(place).open("S-1", sealed["S-1"], context=CONTEXT)


def test_a_line_that_a_crash_cut_off_hides_no_other(place: Path) -> None:
    store, _sealed = filled(place)
    ids = {scope: row.id for scope in ("S-0", "S-1") if (row := store.file.find(scope))}
    store.destroy("S-0")
    (month,) = (place / "files" / "destroyed-keys").iterdir()
    month.write_bytes(month.read_bytes() + b"\n0123456789abcdef")

    store.destroy("S-1")

    assert list(store.destroyed.all()) == list(ids.values())


# --- rotation


class Killed(BaseException):
    """Ends a deed as SIGKILL would: nothing cleans up behind it."""


def cut_off(*_args: object, **_options: object) -> None:
    raise Killed


def test_after_a_rotation_everything_opens_and_the_old_master_key_opens_nothing(place: Path) -> None:
    store, sealed = filled(place, 1203)
    old = store.source.read()

    steps = list(key_rotation.rotate(store))

    assert steps == [500, 1000, 1203, 1203]
    assert_all_open(place, sealed)
    assert store.file.counts() == {opened(place).source.read()[0].id: 1203}
    with pytest.raises(key_file.WrongMasterKey):
        KeyStore(place / "keys", Given(text=old[0].written()), place / "files" / "destroyed-keys")


STEPS = 10  # durable changes in a rotation of eight keys, two in a transaction


def test_the_steps_below_are_all_there_are(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "AT_ONCE", 2)
    filled(place, 8)
    left = count_down(STEPS, monkeypatch)

    list(key_rotation.rotate(opened(place)))

    assert left == [0]


@pytest.mark.parametrize("step", range(STEPS))
def test_a_rotation_cut_off_before_any_step_goes_on_where_it_was(
    place: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "AT_ONCE", 2)
    _store, sealed = filled(place, 8)
    beside = opened(place)  # another process, which began before
    steps = count_down(step, monkeypatch)
    with pytest.raises(Killed):
        for _done in key_rotation.rotate(opened(place)):
            pass
    assert steps == [-1]
    monkeypatch.undo()
    sealed["S-8"] = beside.seal("S-8", b"text 8", context=CONTEXT)
    assert_all_open(place, sealed)

    for _done in key_rotation.rotate(opened(place)):
        pass
    sealed["S-9"] = beside.seal("S-9", b"text 9", context=CONTEXT)

    assert_all_open(place, sealed)
    assert len(opened(place).source.read()) == 1
    assert list(opened(place).file.counts().values()) == [10]


def count_down(step: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Before the step-th durable change of a rotation, the process is gone."""
    left = [step]

    def counted(change: Any) -> Any:
        def changed(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return change(*args, **options)

        return changed

    monkeypatch.setattr(durable, "replace", counted(durable.replace))
    monkeypatch.setattr(durable, "sync_folder", counted(durable.sync_folder))
    monkeypatch.setattr(key_file.KeyFile, "changing", counted(key_file.KeyFile.changing))
    return left


ROTATE = """
import django
django.setup()
from django.core.management import call_command
print("begins", flush=True)
call_command("keys", "rotate")
"""


def test_a_rotation_killed_at_random_moments_loses_no_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    place = home
    store, sealed = filled(place, 4000)
    environment = os.environ | {
        "SAMENHANG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "samenhang.config.settings",
    }
    dice, finished, kills = random.Random(3), False, 0
    while not finished:
        process = subprocess.Popen([sys.executable, "-c", ROTATE], env=environment, stdout=subprocess.PIPE)
        assert process.stdout
        assert process.stdout.readline() == b"begins\n"
        if kills < 5:
            time.sleep(dice.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
        finished = process.wait(60) == 0
        kills += not finished
        number = f"S-{4000 + kills}"
        sealed[number] = store.seal(number, f"text {number[2:]}".encode(), context=CONTEXT)

    assert_all_open(place, sealed)
    assert len(opened(place).source.read()) == 1
    assert len(opened(place).file.counts()) == 1


def test_two_rotations_at_once_are_refused(place: Path) -> None:
    filled(place, 3)
    first = key_rotation.rotate(opened(place))
    next(first)

    with pytest.raises(key_rotation.Rotating):
        next(key_rotation.rotate(opened(place)))


def test_an_operator_who_gives_the_master_key_puts_the_new_one_above_the_old(
    place: Path, tmp_path: Path
) -> None:
    secret, old, new = tmp_path / "secret", master_keys.make(), master_keys.make()
    secret.write_text(old.written())
    folders = place / "keys", Given(path=secret), place / "files" / "destroyed-keys"
    store = KeyStore(*folders)
    sealed = store.seal("S", b"text", context=CONTEXT)
    with pytest.raises(key_rotation.NoNewKey):
        next(key_rotation.rotate(store))
    secret.write_text(f"{new.written()}\n{old.written()}\n")

    list(key_rotation.rotate(store))
    secret.write_text(new.written())

    assert KeyStore(*folders).open("S", sealed, context=CONTEXT) == b"text"
    assert not (place / "keys" / "master.key").exists()


# --- the master key, on paper and in parts


def test_a_slip_of_the_pen_in_a_master_key_is_told() -> None:
    line = master_keys.make().written()
    wrong = line[:-1] + ("A" if line[-1] != "A" else "Q")

    assert [key.written() for key in master_keys.read(line.lower().encode())] == [line]
    with pytest.raises(master_keys.NoMasterKey, match="sign by sign"):
        master_keys.read(wrong.encode())


def test_any_two_of_three_parts_give_the_master_key_back() -> None:
    key = master_keys.make()
    one, two, three = shares.split(key, needed=2, parts=3)

    assert shares.join([one, two]) == shares.join([three, one]) == shares.join([three, two, one]) == key


def test_parts_that_are_too_few_wrong_or_of_different_splittings_are_told() -> None:
    key = master_keys.make()
    one, two, _three = shares.split(key, needed=2, parts=3)
    of_another_splitting = shares.split(key, needed=2, parts=3)[2]
    of_another_key = shares.split(master_keys.make(), needed=2, parts=3)[1]
    words = two.split()
    words[4] = ("B" if words[4][0] != "B" else "C") + words[4][1:]
    for lines, told in (
        ([one], "not enough"),
        ([one, one], "not enough"),
        ([one, of_another_splitting], "different splittings"),
        ([one, of_another_key], "belong together"),
        ([one, " ".join(words)], "Part 2"),
        ([one, "hello"], "six words"),
        ([], "belong together"),
    ):
        with pytest.raises(shares.BadParts, match=told):
            shares.join(lines)


def test_a_store_never_gets_a_new_master_key_when_the_old_one_is_lost(place: Path) -> None:
    filled(place)
    (place / "keys" / "master.key").unlink()

    with pytest.raises(master_keys.NoMasterKey):
        opened(place)

    assert not (place / "keys" / "master.key").exists()


# --- copies


def lost(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    forget_stores()


@pytest.fixture
def copied(place: Path, settings: Any) -> Iterator[tuple[Path, Path, dict[str, bytes]]]:
    """A copy without master key, the master key in a file of its own, and a home that lost its keys."""
    settings.KEY_STORE, settings.FILES = place / "keys", place / "files"
    store, sealed = filled(place, 20)
    copy, master = place / "copy.keys", place / "master.txt"
    key_copies.make(store, copy, with_master_key=False)
    master.write_bytes((place / "keys" / "master.key").read_bytes())
    lost(place / "keys")
    yield copy, master, sealed
    forget_stores()


def test_a_copy_and_its_master_key_make_the_store_anew(
    copied: tuple[Path, Path, dict[str, bytes]], place: Path
) -> None:
    copy, master, sealed = copied

    call_command("keys", "restore", str(copy), "--master-key", str(master), stdout=StringIO())

    assert_all_open(place, sealed)


def test_a_copy_without_the_right_master_key_is_refused_and_leaves_nothing(
    copied: tuple[Path, Path, dict[str, bytes]], place: Path
) -> None:
    copy, _master, _sealed = copied
    other = place / "other.txt"
    other.write_text(master_keys.make().written())

    with pytest.raises(CommandError, match="opens nothing without its master key"):
        call_command("keys", "restore", str(copy))
    with pytest.raises(CommandError, match="needs master key"):
        call_command("keys", "restore", str(copy), "--master-key", str(other))

    assert list((place / "keys").iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM data_key WHERE scope = 'S-3'",
        "UPDATE data_key SET id = lower(hex(randomblob(16))) WHERE scope = 'S-3'",
        "UPDATE data_key SET wrapped = zeroblob(60) WHERE scope = 'S-3'",
        "UPDATE about SET value = '2020-01-01' WHERE name = 'copied_at'",
    ],
)
def test_a_changed_copy_is_told(
    copied: tuple[Path, Path, dict[str, bytes]], place: Path, change: str
) -> None:
    copy, master, _sealed = copied
    with closing(sqlite3.connect(copy)) as file, file:
        assert file.execute(change).rowcount == 1

    with pytest.raises(CommandError, match="changed after it was made"):
        call_command("keys", "restore", str(copy), "--master-key", str(master))


def test_something_else_than_a_copy_is_told(copied: tuple[Path, Path, dict[str, bytes]], place: Path) -> None:
    copy, master, _sealed = copied
    copy.write_bytes(b"something else" * 1000)

    with pytest.raises(CommandError, match="no copy of a key store"):
        call_command("keys", "restore", str(copy), "--master-key", str(master))


def test_restoring_over_keys_is_refused(place: Path, settings: Any) -> None:
    settings.KEY_STORE, settings.FILES = place / "keys", place / "files"
    store, sealed = filled(place)
    key_copies.make(store, place / "copy.keys", with_master_key=True)

    with pytest.raises(CommandError, match=r"keys in .* already"):
        call_command("keys", "restore", str(place / "copy.keys"))

    assert_all_open(place, sealed)


def test_status_tells_what_was_never_copied_and_what_others_can_read(place: Path, settings: Any) -> None:
    settings.KEY_STORE, settings.FILES = place / "keys", place / "files"
    store, _sealed = filled(place)
    (place / "keys" / "master.key").chmod(0o644)
    before = StringIO()
    call_command("keys", "status", stdout=before)
    key_copies.make(store, place / "copy.keys", with_master_key=False)
    store.seal("S-new", b"text", context=CONTEXT)

    after = StringIO()
    call_command("keys", "status", stdout=after)

    assert "No copy was ever made" in before.getvalue()
    assert "master.key" in before.getvalue().splitlines()[-1]
    assert "keys made since: 1" in after.getvalue()


def test_a_store_of_the_first_homes_is_taken_over(place: Path) -> None:
    store, sealed = filled(place)
    master = store.source.read()[0]
    rows = [(row.scope, row.wrapped) for scope in sealed if (row := store.file.find(scope))]
    for path in (place / "keys").iterdir():
        path.unlink()
    (place / "keys" / "master.key").write_bytes(master.key)
    with closing(sqlite3.connect(place / "keys" / key_file.NAME)) as file, file:
        file.execute("CREATE TABLE data_key (scope TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
        file.executemany("INSERT INTO data_key VALUES (?, ?)", rows)

    assert_all_open(place, sealed)
    list(key_rotation.rotate(opened(place)))
    assert_all_open(place, sealed)

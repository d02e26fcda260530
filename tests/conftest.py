"""What every test of the product may use."""

import gc
import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from _pytest.terminal import TerminalReporter
from django.core.signals import setting_changed
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.utils import ConnectionHandler
from django.utils import translation
from hypothesis import settings as hypothesis

from samenhang.access import counting
from samenhang.access.sentinel import suspended
from samenhang.foundation.key_file import KeyFile
from tests import databases, migrated
from tests.cast import actor_of, client_of, clock, receiving, world

__all__ = ["actor_of", "client_of", "clock", "receiving", "world"]  # fixtures for every test

# A busy machine is slow, not wrong; a failure comes with what repeats it.
hypothesis.register_profile("samenhang", deadline=None, print_blob=True)
hypothesis.load_profile("samenhang")

# The migrations whose triggers keep the journal and its log as they are.
GUARDS = ("0002_entries_stay", "0004_the_log_stays")
# Of these one file lasts minutes: begun last, as pytest-django would, all but one worker would wait for it.
LONG = ("access_matrix", "browser", "journeys")
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Migrate once for every state of the migrations, not once for every process that tests."""
    with migrated.instead_of_migrating():
        yield


@pytest.fixture
def moment() -> datetime:
    """The moment at which the tests play: Monday 23 November 2026, 09:00."""
    return MOMENT


@pytest.fixture(autouse=True, scope="session")
def _test_databases_may_be_emptied() -> Iterator[None]:
    """Between tests the guards stand aside: triggers of the journal, sentinel of the policy.

    What the migrations were followed by, once, stays and is not made again.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_args: None)
    guards = [import_module(f"samenhang.journal.migrations.{name}") for name in GUARDS]
    empty = BaseDatabaseOperations.execute_sql_flush

    def flush(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        # To delete the few rows of a test is quicker than to truncate a hundred tables.
        tables = dict.fromkeys(re.findall(r'"(\w+)"', " ".join(statements)))
        deletes = [f'DELETE FROM "{table}"' for table in tables if table not in migrated.AFTERWARDS]
        if connection.vendor == "postgresql":
            deletes = ["; ".join(deletes)]
        with suspended("emptying a test database"), connection.schema_editor() as editor:
            for guard in guards:
                guard.release(None, editor)
        with suspended("emptying a test database"):
            empty(operations, deletes)
        with suspended("emptying a test database"), connection.schema_editor() as editor:
            for guard in guards:
                guard.protect(None, editor)

    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _the_disk_need_not_follow() -> Iterator[None]:
    """Nothing of a test must outlive a power cut, and while it waits for the disk a processor stands still.

    The databases of the tests do not wait either, and the key store, where each new key waited some twenty
    milliseconds. What must survive is asked of processes of their own, which are killed between any two steps
    and do wait (``integration/test_kill.py``).
    """
    connect = KeyFile.connection

    def connection(file: KeyFile) -> sqlite3.Connection:
        known = getattr(file._local, "process", None) == os.getpid()
        store = connect(file)
        if not known:
            store.execute("PRAGMA synchronous = OFF")
        return store

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        patch.setattr(KeyFile, "connection", connection)
        yield


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Every test begins in the language of the settings: a page that was asked for leaves its own behind."""
    translation.deactivate()


@pytest.fixture
def no_collecting() -> Iterator[None]:
    """A collection of everything that earlier tests left behind is no time of what is measured."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    """Every test has a key store of its own."""
    settings.KEY_STORE = tmp_path / "keys"
    settings.FILES = tmp_path / "files"


def _forget_texts(*, setting: str, **_change: Any) -> None:
    """A text says the settings of when it was written, but none the two above, which differ in each test."""
    if setting not in {"KEY_STORE", "FILES"}:
        counting.forget()


setting_changed.connect(_forget_texts)


@pytest.fixture(autouse=True)
def _no_database_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not run on every database sees none."""
    if databases.knows_none(request.node):
        monkeypatch.setattr(ConnectionHandler, "__getitem__", databases.refuse)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest begin first. What knows no database was run on SQLite, and says the same on PostgreSQL."""
    items.sort(key=lambda item: item.path.relative_to(databases.HERE).parts[0] not in LONG)
    if left_out := databases.left_out_here(items):
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not databases.knows_none(item)]


def pytest_collection_finish() -> None:
    """What was loaded until here stays: nobody need look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say in a box what was not tested, so that a green run is never taken for more than it is."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if hasattr(report, "longrepr")]
    reasons: dict[str, int] = {}
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    if not reasons:
        return
    lines = [f"{count} not run: {reason}" for reason, count in sorted(reasons.items())]
    width = max(len(line) for line in [*lines, "NOT EVERYTHING WAS TESTED"])
    edge = "+" + "-" * (width + 2) + "+"
    terminalreporter.write_line("")
    terminalreporter.write_line(edge, yellow=True, bold=True)
    for line in ["NOT EVERYTHING WAS TESTED", *lines]:
        terminalreporter.write_line(f"| {line:<{width}} |", yellow=True, bold=True)
    terminalreporter.write_line(edge, yellow=True, bold=True)

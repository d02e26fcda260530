"""Restoring into an empty home and an empty database, and proving that all of it came back.

Until the end the home says that it is unfinished and nothing serves it. A restore
that stopped halfway is begun again: what it left behind is taken away first.
PostgreSQL is filled in one transaction; the database file of SQLite is made anew.
"""

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from samenhang.access.sentinel import suspended
from samenhang.config.backup import archive, log, making, tables
from samenhang.config.backup.tables import AnyModel
from samenhang.foundation import backup_key, durable, key_copies, unfinished
from samenhang.foundation.destroyed_keys import DestroyedKeys
from samenhang.foundation.errors import Refused
from samenhang.foundation.keys import destroyed_folder, forget_stores, key_store
from samenhang.foundation.master_keys import MasterKey
from samenhang.foundation.migrating import Executor
from samenhang.journal import signing
from transparency.heads import Head


class NotEmpty(Refused):
    """A restore overwrites nothing."""

    code = "home-not-empty"


class NewerSoftware(Refused):
    """The backup knows migrations that this version does not."""

    code = "newer-software"


class NotWhole(Refused):
    """Something is missing or other than the backup says."""

    code = "not-whole"


@dataclass
class Restored:
    """What came back.

    header, manifest: of the backup. destroyed_again: keys. log_size: entries whose root is the
    signed one. lost: entries that were signed later, and that somebody accepted to lose.
    """

    header: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    destroyed_again: int = 0
    log_size: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Elsewhere:
    """What was kept apart: a list of destroyed keys, a signed head of the log; and what somebody decided."""

    destroyed: Path | None = None
    head: Path | None = None
    accept_loss: bool = False


def restore(
    path: Path, keys: Path, masters: list[MasterKey], elsewhere: Elsewhere, *, step: Callable[[str], None]
) -> Restored:
    """Make this home from a backup and a copy of the key store.

    Raises AnotherLog, BadArchive, BadCopy, EntriesLost, KeysThere, NewerSoftware,
    NotEmpty, NotWhole, OtherKey and WrongMasterKey; afterwards the home may be tried
    again with another backup or other keys.
    """
    # What can be told without touching the home is told first.
    made_for = archive.recipient(path)
    key_copies.check(keys, masters)
    _begin(Path(settings.HOME))
    key_copies.put_back(keys, Path(settings.KEY_STORE), masters, DestroyedKeys(destroyed_folder()))
    store = key_store()
    if not store.file.about(backup_key.NAME):
        words = _("This copy of the key store is older than the backup: key %s is not in it.")
        raise archive.OtherKey(words % made_for)
    key = backup_key.identity(store)
    archive.check_key(made_for, key)
    restored, known = Restored(), log.known_elsewhere(elsewhere.head)
    with suspended("a restore fills every table"), _all_or_nothing():
        with archive.reading(path, key) as members:
            reader = _Reader(restored, step)
            for name, content in members:
                if name != making.HEADER:
                    reader.take(name, content)
                    continue
                reader.begin(content)
                restored.lost = _lost(restored.header["head"], known, elsewhere)
        step("verify")
        reader.verify(key)
        call_command("migrate", verbosity=0, interactive=False)
        restored.log_size = log.check(restored.header["head"], known)
    if elsewhere.destroyed is not None:
        store.destroyed.add(*DestroyedKeys(elsewhere.destroyed).all())
    restored.destroyed_again = store.file.delete(store.destroyed.all())
    if restored.lost:
        signing.begin_anew()
    os.sync()
    unfinished.end(Path(settings.HOME))
    return restored


class _Reader:
    """Takes the members of an archive in their order, and then says whether all came and came whole."""

    def __init__(self, restored: Restored, step: Callable[[str], None]) -> None:
        self._restored, self._step = restored, step
        self._models: dict[str, AnyModel] = {}
        self._filled: set[str] = set()
        self._files: dict[str, dict[str, Any]] = {}
        self._head = self._manifest = self._vouched = b""

    def begin(self, content: IO[bytes]) -> None:
        self._head = content.read()
        self._restored.header = json.loads(self._head)

    def take(self, name: str, content: IO[bytes]) -> None:
        if not self._models:
            self._models = _prepared(self._restored.header)
        if name.startswith(making.TABLES):
            self._fill(PurePosixPath(name).parent.name.partition("-")[2], content)
        elif name.startswith(making.FILES):
            relative = name.removeprefix(making.FILES)
            self._files[relative] = _written(relative, content)
        elif name == making.MANIFEST:
            self._manifest = content.read()
        elif name == making.VOUCHED:
            self._vouched = content.read()

    def verify(self, key: Any) -> None:
        """Raises NotWhole."""
        digest = making.digest(self._head, self._manifest)
        if not hmac.compare_digest(backup_key.vouch(key, digest).encode(), self._vouched):
            raise NotWhole(_("This backup has no list of contents that this key store vouches for."))
        manifest = self._restored.manifest = json.loads(self._manifest)
        for table, model in self._models.items():
            if table not in self._filled:
                tables.empty(model)
        connection.check_constraints()
        for statement in connection.ops.sequence_reset_sql(no_style(), list(self._models.values())):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        for table, model in self._models.items():
            told = tables.told(tables.lines(model, self._restored.header["tables"][table]))
            if told != manifest["tables"].get(table):
                raise NotWhole(_("Table %s did not come back as it was.") % table)
        if self._files != manifest["files"]:
            different = sorted(
                name
                for name in self._files.keys() | manifest["files"].keys()
                if self._files.get(name) != manifest["files"].get(name)
            )
            raise NotWhole(_("File %s did not come back as it was.") % different[0])

    def _fill(self, table: str, content: IO[bytes]) -> None:
        model = self._models[table]
        if table not in self._filled:
            self._step(table)
            tables.empty(model)
            self._filled.add(table)
        with transaction.atomic():
            tables.load(model, self._restored.header["tables"][table], content)


def _lost(note: str, known: list[Head], elsewhere: Elsewhere) -> int:
    """How many signed entries the backup lacks, when somebody accepted that. Raises EntriesLost."""
    try:
        log.check_size(note, known)
    except log.EntriesLost as loss:
        if not elsewhere.accept_loss:
            raise
        return loss.lost
    return 0


def _prepared(header: dict[str, Any]) -> dict[str, AnyModel]:
    """Bring the empty database to the tables of the backup; gives the models of that time by table.

    Raises NewerSoftware.
    """
    executor = Executor(connection)
    applied = {(app, name) for app, name in header["migrations"]}
    known = executor.loader.graph.nodes.keys()
    if unknown := sorted(applied - known):
        words = _("Version %(version)s made this backup and knows %(unknown)s. Install that version.")
        raise NewerSoftware(words % {"version": header["software"], "unknown": ".".join(unknown[0])})
    graph = executor.loader.graph
    last = [
        node
        for node in sorted(applied)
        if not any(
            child.key[0] == node[0] and child.key in applied for child in graph.node_map[node].children
        )
    ]
    state = executor.migrate(last)
    state.clear_delayed_apps_cache()  # with what points to each model
    models = {model._meta.db_table: model for model in tables.in_order(state.apps)}
    if models.keys() != header["tables"].keys():
        raise NotWhole(_("The tables of this backup are not those of its version."))
    return models


def _written(relative: str, content: IO[bytes]) -> dict[str, Any]:
    """Write one file of the archive where it belongs; its size and SHA-256."""
    place = PurePosixPath(relative)
    if place.is_absolute() or ".." in place.parts:
        raise NotWhole(_("File %s would not be in this home.") % relative)
    target = Path(settings.FILES) / place
    durable.make_folder(target.parent)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, durable.NEW_FILE, 0o600), "wb") as file:
        while part := content.read(1 << 20):
            digest.update(part)
            size += file.write(part)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _begin(home: Path) -> None:
    """Refuse what is not empty, or take away what an unfinished restore left. Raises NotEmpty."""
    forget_stores()
    if unfinished.is_marked(home):
        _clear()
    if _has_database() and connection.introspection.table_names():
        raise NotEmpty(_("The database is not empty. Give an empty one; nothing is overwritten."))
    if any(path.is_file() for path in Path(settings.FILES).rglob("*")):
        raise NotEmpty(_("%s is not empty. Choose an empty folder with --home.") % settings.FILES)
    unfinished.mark(home)


def _has_database() -> bool:
    """Looking into SQLite makes a file, and a restore that is refused leaves none."""
    return connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).exists()


def _clear() -> None:
    """What a restore makes; the master key may be the operator's."""
    connection.close()
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
    shutil.rmtree(settings.FILES, ignore_errors=True)
    for path in Path(settings.KEY_STORE).glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "master.key":
            path.unlink()


def _all_or_nothing() -> AbstractContextManager[Any]:
    """SQLite cannot change tables inside a transaction; there the whole file is thrown away instead."""
    return transaction.atomic(durable=True) if connection.vendor == "postgresql" else nullcontext()

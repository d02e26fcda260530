"""Making a backup while people work on: one moment of the database, and the files that belong to it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from samenhang.access.sentinel import suspended
from samenhang.config.backup import archive, log, tables
from samenhang.config.backup.archive import Writer
from samenhang.foundation import backup_key
from samenhang.foundation.keys import key_store

HEADER, MANIFEST, VOUCHED = "header.json", "manifest.json", "manifest.vouched"
TABLES, FILES = "tables/", "files/"
PART = 4 * 1024 * 1024


def make(path: Path, *, at: datetime, step: Callable[[str], None]) -> dict[str, Any]:
    """Write the backup; returns its manifest. Raises FileThere.

    step: called with the name of each table and "files" before its turn. Not
    inside a transaction: the snapshot is one of its own, which holds up no writer.
    """
    key = backup_key.identity(key_store())
    models = tables.in_order(apps)
    with archive.writing(path, key) as writer, suspended("a backup reads every table"), _one_moment():
        header = {
            "made_at": at.isoformat(),
            "software": version("samenhang"),
            "database": connection.vendor,
            "head": log.head_note(),
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "tables": {model._meta.db_table: tables.columns(model) for model in models},
        }
        head = _json(header)
        writer.add(HEADER, head)
        manifest: dict[str, Any] = {"tables": {}, "files": {}}
        for number, model in enumerate(models):
            table = model._meta.db_table
            step(table)
            parts = _Parts(writer, f"{TABLES}{number:03}-{table}")
            manifest["tables"][table] = tables.told(parts.through(tables.lines(model, tables.columns(model))))
        # After the rows, so that no row of theirs misses its file; what came later does no harm.
        step("files")
        for file in _files():
            if told := _add(writer, file):
                manifest["files"][file.relative_to(settings.FILES).as_posix()] = told
        content = _json(manifest)
        writer.add(MANIFEST, content)
        writer.add(VOUCHED, backup_key.vouch(key, digest(head, content)).encode())
        return header | manifest | {"bytes": writer.size}


def digest(header: bytes, manifest: bytes) -> bytes:
    """What the key of backups vouches for."""
    return hashlib.sha256(hashlib.sha256(header).digest() + manifest).digest()


class _Parts:
    """Lines of a table in members of a few megabytes, because a tar must know sizes before contents."""

    def __init__(self, writer: Writer, folder: str) -> None:
        self._writer, self._folder, self._number = writer, folder, 0

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        held: list[bytes] = []
        size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= PART:
                self._add(held)
                held, size = [], 0
            yield line
        self._add(held)

    def _add(self, held: list[bytes]) -> None:
        if held:
            self._number += 1
            self._writer.add(f"{self._folder}/{self._number:06}.jsonl", b"".join(held))


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that reads the database as it is now, whatever others write meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    # IMMEDIATE would hold up every writer until the end.
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def _files() -> list[Path]:
    """Sealed letters and messages, and which keys were destroyed; not what is being written."""
    found = (path for path in Path(settings.FILES).rglob("*") if path.is_file())
    return sorted(path for path in found if not path.name.startswith(".") and path.suffix != ".part")


def _add(writer: Writer, file: Path) -> dict[str, Any] | None:
    """Its size and SHA-256; None for a message that was read, and so forgotten, meanwhile."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    writer.add(FILES + file.relative_to(settings.FILES).as_posix(), content)
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()

"""A migrated database is made once for every state of the migrations, and copied for whoever tests.

To migrate takes a quarter of a minute of computing, to copy nothing. What was made is kept in the
user's cache folder (SQLite) or beside the test databases (PostgreSQL), for later runs as well.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).parents[1]
PREFIX = "samenhang_migrated_"

_migrating: Callable[..., str] = BaseDatabaseCreation.create_test_db


@cache
def template() -> str:
    """The name of the migrated database of these migrations, with the packages of this lock file."""
    digest = hashlib.sha256()
    for source in [ROOT / "uv.lock", *sorted(ROOT.glob("src/samenhang/*/migrations/*.py"))]:
        digest.update(source.name.encode() + source.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def create(
    creation: Any, verbosity: int = 1, autoclobber: bool = False, serialize: bool = True, keepdb: bool = False
) -> str:
    """In the place of Django's ``create_test_db``, which migrates each time."""
    if serialize or keepdb:
        return _migrating(creation, verbosity, autoclobber, serialize, keepdb)
    kept: Any = _File() if creation.connection.vendor == "sqlite" else _Database(creation)
    with kept.alone():
        if not kept.exists():
            made = _migrating(creation, verbosity, autoclobber, serialize, keepdb)
            creation.connection.close()
            kept.keep(made)
        else:
            made = str(kept.copy(verbosity, creation))
            creation.connection.close()
            settings.DATABASES[creation.connection.alias]["NAME"] = made
            creation.connection.settings_dict["NAME"] = made
    creation.connection.ensure_connection()
    return made


def copied_into(file: Path) -> None:
    """Give a home its migrated SQLite database. The database of the tests must have been made before."""
    shutil.copyfile(_File().path, file)


class _File:
    """One file in the cache folder for each state of the migrations."""

    def __init__(self) -> None:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        if not os.access(base if base.exists() else base.parent, os.W_OK):
            base = Path(gettempdir())
        self.folder = base / "samenhang" / "migrated"
        self.path = self.folder / f"{template()}.sqlite3"

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def exists(self) -> bool:
        return self.path.exists()

    def keep(self, made: str) -> None:
        for old in sorted(self.folder.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-20]:
            old.unlink()
        half = self.path.with_suffix(".half")
        shutil.copyfile(made, half)
        half.replace(self.path)

    def copy(self, verbosity: int, creation: Any) -> str:
        name = str(creation._create_test_db(verbosity, autoclobber=True))
        for beside in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(name + beside).unlink()
        shutil.copyfile(self.path, name)
        return name


class _Database:
    """One database on the server for each state of the migrations, from which PostgreSQL makes copies."""

    def __init__(self, creation: Any) -> None:
        self.creation = creation
        self.cursor: Any = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.creation._nodb_cursor() as self.cursor:
            self.cursor.execute("SET lock_timeout = 0")  # who comes second waits for the first to migrate
            self.cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
            yield  # the lock ends with the session

    def exists(self) -> bool:
        return bool(self.creation._database_exists(self.cursor, template()))

    def keep(self, made: str) -> None:
        self.cursor.execute(f'CREATE DATABASE {template()} TEMPLATE "{made}"')

    def copy(self, verbosity: int, creation: Any) -> str:
        creation.connection.settings_dict["TEST"]["TEMPLATE"] = template()
        return str(creation._create_test_db(verbosity, autoclobber=True))


@contextmanager
def instead_of_migrating() -> Iterator[None]:
    """Test databases are copies from here on."""
    creation: Any = type(connection.creation)
    creation.create_test_db = create
    yield
    del creation.create_test_db


# What makes of a copy of the template a database that looks empty until its tables are wanted.
OUT_OF_SIGHT = f"ALTER SCHEMA public RENAME TO {PREFIX}; CREATE SCHEMA public"

# What the command fills after the migrations.
AFTERWARDS = ("auth_permission", "django_content_type")


def instead_of_executing() -> None:
    """In a process of its own: an empty database gets its tables as a copy, and not by each migration."""
    execute = MigrationExecutor.migrate

    def migrate(executor: Any, targets: Any, *args: Any, **options: Any) -> Any:
        database = executor.connection
        if database.introspection.table_names():
            return execute(executor, targets, *args, **options)
        if database.vendor == "sqlite":
            database.close()
            copied_into(Path(database.settings_dict["NAME"]))
        else:
            with database.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA public; ALTER SCHEMA {PREFIX} RENAME TO public")
        with database.cursor() as cursor:
            for table in AFTERWARDS:
                cursor.execute(f"DELETE FROM {table}")
        return executor.loader.project_state(targets)

    MigrationExecutor.migrate = migrate  # type: ignore[assignment, method-assign]

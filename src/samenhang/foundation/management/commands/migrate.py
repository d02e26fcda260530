"""``samenhang migrate``: Django's own command, with an executor that is quick on a new home."""

from django.core.management.commands import migrate

from samenhang.foundation.migrating import Executor

# Django lets it be chosen nowhere else.
migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]
Command = migrate.Command

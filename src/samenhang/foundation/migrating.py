"""Migrating without rendering, at each change, every model that hangs together with the one that changed.

Here nearly all models do, by organisations and users. Django renders them all again for each constraint
that is added, and a new home waited a minute for that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import operations as changes
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

# These need their own model and the names of the tables that it points to, and no model that points to it.
# What runs code gets all models rendered afresh: Django sees to that itself (``is_delayed``).
ADDING = (
    changes.AddConstraint,
    changes.AddField,
    changes.AddIndex,
    changes.AlterModelOptions,
    changes.CreateModel,
    changes.RemoveConstraint,
    changes.RemoveIndex,
    changes.RunPython,
    changes.RunSQL,
)


class Executor(MigrationExecutor):
    """Django's, but for how much is rendered of what is only added to."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        if all(_of_one_model(change, migration, state) for change in migration.operations):
            with _one_model_at_a_time():
                return super().apply_migration(state, migration, fake, fake_initial)
        state.clear_delayed_apps_cache()
        return super().apply_migration(state, migration, fake, fake_initial)


def _of_one_model(change: Any, migration: Migration, state: ProjectState) -> bool:
    """A changed field can matter to another model when it points there, or is unique and pointed to."""
    if isinstance(change, ADDING):
        return True
    if not isinstance(change, changes.AlterField | changes.RemoveField | changes.RenameField):
        return False
    model = state.models.get((migration.app_label, change.model_name_lower))
    before = model and model.fields.get(change.name)
    fields = [before, getattr(change, "field", None) or before]
    return all(field is not None and not field.is_relation and not field.unique for field in fields)


@contextmanager
def _one_model_at_a_time() -> Iterator[None]:
    """A Django that finds them by another name renders them all, and is as slow as it was."""
    states: Any = ProjectState
    usual = getattr(states, "_find_reload_model", None)

    def itself(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    states._find_reload_model = itself
    try:
        yield
    finally:
        states._find_reload_model = usual

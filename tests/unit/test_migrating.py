"""A new home is migrated without rendering every model again at every change."""

import sys
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from samenhang.foundation.migrating import Executor

pytestmark = pytest.mark.django_db  # what is rendered asks the database what it can
HAS_A_NAME = models.CheckConstraint(condition=~models.Q(name=""), name="a_case_has_a_name")


class Change(migrations.Migration):
    """Changes the state only: there is no database here."""

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        return project_state


class Nowhere:
    """A connection to no database."""

    def schema_editor(self, atomic: bool) -> "Nowhere":
        return self

    def __enter__(self) -> "Nowhere":
        self.deferred_sql = ["none"]
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def state() -> ProjectState:
    """A case of an organisation, a note on that case, and an organisation that knows its first case."""
    key = ("id", models.AutoField(primary_key=True))
    made = ProjectState()
    made.add_model(ModelState("places", "Organisation", [key, ("code", models.CharField(unique=True))]))
    case = [
        key,
        ("name", models.CharField()),
        ("of", models.ForeignKey("places.Organisation", models.PROTECT)),
    ]
    made.add_model(ModelState("places", "Case", case))
    note = [key, ("case", models.ForeignKey("places.Case", models.PROTECT))]
    made.add_model(ModelState("places", "Note", note))
    assert made.apps
    return made


def rendered_by(change: Any, state: ProjectState, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were rendered for this change, and for whoever looks at all of them afterwards."""
    names: list[str] = []
    render = ModelState.render

    def noting(model: ModelState, apps: Any) -> Any:
        names.append(model.name)
        return render(model, apps)

    monkeypatch.setattr(ModelState, "render", noting)
    executor = Executor.__new__(Executor)
    executor.connection, executor.progress_callback = Nowhere(), None  # type: ignore[assignment]
    monkeypatch.setattr(executor, "record_migration", lambda _migration: None)
    made = Change("0002_change", "places")
    made.operations = [change]
    executor.apply_migration(state, made)
    assert state.apps
    return sorted(names)


@pytest.mark.parametrize(
    "change",
    [
        migrations.AddConstraint("case", HAS_A_NAME),
        migrations.AddField("case", "at", models.DateField(null=True)),
        migrations.AlterField("case", "name", models.TextField()),
        migrations.RenameField("case", "name", "title"),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_concerns_one_model_renders_that_one(
    change: Any, state: ProjectState, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rendered_by(change, state, monkeypatch) == ["Case"]


@pytest.mark.parametrize(
    "change",
    [
        migrations.AlterField("organisation", "code", models.IntegerField(unique=True)),
        migrations.AlterField("case", "of", models.ForeignKey("places.Note", models.PROTECT)),
        migrations.RemoveField("case", "of"),
        migrations.RenameModel("case", "file"),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_may_concern_other_models_renders_them_too(
    change: Any, state: ProjectState, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(rendered_by(change, state, monkeypatch)) > 1


def test_code_that_runs_finds_all_models_as_they_are_by_then(
    state: ProjectState, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered_by(migrations.AddConstraint("case", HAS_A_NAME), state, monkeypatch)

    state.clear_delayed_apps_cache()  # as RunPython does before it hands over the models

    case, note = state.apps.get_model("places.case"), state.apps.get_model("places.note")
    assert note._meta.get_field("case").related_model is case


def test_whoever_migrates_gets_this_executor() -> None:
    command = load_command_class(get_commands()["migrate"], "migrate")

    assert sys.modules[type(command).__module__].MigrationExecutor is Executor

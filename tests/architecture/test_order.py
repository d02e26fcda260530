"""What stands first is never chance: every order ends in what no two rows share.

Where rows tie the database chooses, today so and tomorrow otherwise; and a change of place could tell that
something was written that the reader may not see. What is read without any order no source can show: that is
asked of the pages themselves, in ``journeys``.
"""

import ast
from pathlib import Path

from django.apps import apps
from django.db.models import Model, UniqueConstraint

from tests.architecture.house import SRC, Fault, none_of, python_files, tree_of
from tests.architecture.test_names import beyond

# Of whatever has such a field, no two have the same.
UNIQUE = {"pk", "reference", "username"}


def ties(folder: Path) -> list[Fault]:
    """Every order that is written out and ends in something that two rows may share."""
    return [
        Fault(
            file,
            node.lineno,
            f"order_by(…, {ast.unparse(node.args[-1])}): where these tie, chance decides; add pk",
        )
        for file in python_files(folder)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "order_by"
        and node.args
        and not _ends_uniquely(node.args[-1])
    ]


def _ends_uniquely(key: ast.expr) -> bool:
    if isinstance(key, ast.Constant):
        return str(key.value).lstrip("-").rpartition("__")[2] in UNIQUE
    return isinstance(key, ast.Name)  # only in a copy of everything, which goes by the key of each table


def tied_by_default(model: type[Model]) -> bool:
    """Whether the model's own order ends in something that two rows may share."""
    order = [str(key).lstrip("-") for key in model._meta.ordering or ()]
    if not order or order[-1] == "pk" or model._meta.get_field(order[-1]).unique:  # type: ignore[union-attr]
        return False
    unique = [set(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return not any(fields and fields <= set(order) for fields in unique)


def test_every_order_ends_in_what_no_two_rows_share() -> None:
    faults = beyond(ties(SRC), "ties")

    assert not faults, none_of(faults)


def test_the_own_order_of_every_model_ends_in_what_no_two_rows_share() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("samenhang.")]

    assert [model._meta.label for model in ours if tied_by_default(model)] == []


def test_the_check_objects_to_an_order_that_ends_in_a_name_or_a_day(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('rows.order_by("name")\n')
    (tmp_path / "b.py").write_text('rows.order_by("pk", F("due_on").desc())\n')
    (tmp_path / "fine.py").write_text('rows.order_by("name", "pk").order_by("-one__reference").order_by()\n')

    assert {fault.file.name for fault in ties(tmp_path)} == {"a.py", "b.py"}

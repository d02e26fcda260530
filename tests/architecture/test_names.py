"""No module is named for being left over, and nothing happens behind the reader's back."""

import ast
from pathlib import Path

from tests.architecture.house import (
    ROOT,
    SRC,
    Fault,
    exceptions,
    imports_of,
    none_of,
    python_files,
    tree_of,
)

LEFT_OVER = {"utils", "helpers", "common", "core", "managers", "signals", "services", "selectors"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals")
SIGNALS_OF_APPS = ("django.contrib.auth.signals", "django.test.signals")


def left_over_names(folder: Path) -> list[Fault]:
    places = [*folder.rglob("*.py"), *(path for path in folder.rglob("*") if path.is_dir())]
    return [
        Fault(path, 1, f"{path.stem}: name it for what it holds")
        for path in places
        if path.stem in LEFT_OVER and "node_modules" not in path.parts
    ]


def signals(folder: Path) -> list[Fault]:
    return [
        Fault(file, line, f"{name}: call downwards, leave state upwards; no signals")
        for file in python_files(folder)
        for line, name in imports_of(tree_of(file))
        if name.startswith(SIGNALS + SIGNALS_OF_APPS)
    ]


def broad_excepts(folder: Path) -> list[Fault]:
    return [
        Fault(file, node.lineno, "a bug must crash: name what you can handle")
        for file in python_files(folder)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node.type)
    ]


def catches_everything(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(catches_everything(part) for part in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def beyond(faults: list[Fault], rule: str) -> list[Fault]:
    """The faults that no exception covers; a needless exception is a fault as well."""
    allowed = set(exceptions(rule))
    used = {str(fault.file.relative_to(ROOT)) for fault in faults} & allowed
    needless = [Fault(ROOT / place, 1, f"needless exception to {rule}") for place in allowed - used]
    return [fault for fault in faults if str(fault.file.relative_to(ROOT)) not in used] + needless


def test_no_module_is_named_for_being_left_over() -> None:
    faults = left_over_names(SRC)

    assert not faults, none_of(faults)


def test_nothing_listens_to_signals() -> None:
    faults = beyond(signals(SRC), "signals")

    assert not faults, none_of(faults)


def test_only_a_workers_outer_loop_catches_everything() -> None:
    faults = beyond(broad_excepts(SRC) + broad_excepts(ROOT / "scripts"), "broad-except")

    assert not faults, none_of(faults)


def test_the_checks_object_to_a_left_over_module_a_signal_and_a_broad_except(tmp_path: Path) -> None:
    (tmp_path / "utils.py").write_text("")
    (tmp_path / "services").mkdir()
    (tmp_path / "a.py").write_text("from django.db.models.signals import post_save\n")
    (tmp_path / "b.py").write_text("from django.dispatch import receiver\n")
    for name, caught in {"c": "Exception", "d": "(OSError, BaseException)", "e": ""}.items():
        (tmp_path / f"{name}.py").write_text(f"try:\n    x = 1\nexcept {caught}:\n    x = 2\n")
    (tmp_path / "fine.py").write_text("try:\n    x = 1\nexcept ValueError:\n    x = 2\n")

    assert {fault.file.name for fault in left_over_names(tmp_path)} == {"utils.py", "services"}
    assert {fault.file.name for fault in signals(tmp_path)} == {"a.py", "b.py"}
    assert {fault.file.name for fault in broad_excepts(tmp_path)} == {"c.py", "d.py", "e.py"}

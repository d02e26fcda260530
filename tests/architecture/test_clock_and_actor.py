"""Rule 6: every action says who acts, and the moment comes with the actor: nothing else reads a clock."""

import ast
from pathlib import Path

from tests.architecture.house import (
    PRODUCT,
    ROOT,
    SRC,
    Fault,
    aliases_of,
    exceptions,
    named,
    none_of,
    python_files,
    resolved,
    tree_of,
)
from tests.architecture.test_names import beyond

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.db.models.functions.Now",
    "samenhang.foundation.clock.now",
    "samenhang.foundation.clock.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
# These read the clock only when no moment is given to them.
CONVERTERS = {"django.utils.timezone.localdate", "django.utils.timezone.localtime"}
LIBRARIES = ("edifact", "screening", "transparency", "imprint")


def clocks(file: Path) -> list[Fault]:
    """Every mention, called or handed on: `default=timezone.now` reads the clock as well."""
    tree = tree_of(file)
    names = aliases_of(tree)
    mentions = [
        Fault(file, node.lineno, f"{resolved(node, names)}: the moment comes with the actor")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and resolved(node, names) in CLOCKS
    ]
    mentions += [
        Fault(file, node.lineno, f"{resolved(node.func, names)}(): the moment comes with the actor")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and resolved(node.func, names) in CONVERTERS and not node.args
    ]
    automatic = [
        Fault(file, node.value.lineno, f"{node.arg}: the moment comes with the actor")
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    return mentions + automatic


def files_without_clock(source: Path) -> list[Path]:
    product = [file for file in python_files(source) if named(file, "rules", "actions", "models", "acting")]
    libraries = [file for name in LIBRARIES for file in python_files(source / name)]
    return product + libraries


def actions_without_actor(folder: Path) -> list[Fault]:
    faults = []
    for file in python_files(folder):
        if not named(file, "actions"):
            continue
        for node in tree_of(file).body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_"
            if public and not takes_actor(node):
                faults.append(Fault(file, node.lineno, f"{node.name}: an action takes `*, by: Actor`"))
    return faults


def takes_actor(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Keyword-only, without a default: nobody acts by accident."""
    by = {
        argument.arg: (argument.annotation, default)
        for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    }.get("by")
    return bool(by and by[0] and dotted_end(by[0]) == "Actor" and by[1] is None)


def dotted_end(annotation: ast.expr) -> str:
    if isinstance(annotation, ast.Constant):
        return str(annotation.value).rpartition(".")[2]
    return ast.unparse(annotation).rpartition(".")[2]


def test_rules_actions_models_and_libraries_read_no_clock() -> None:
    faults = beyond([fault for file in files_without_clock(SRC) for fault in clocks(file)], "clock")

    assert not faults, none_of(faults)


def test_every_public_action_says_by_whom() -> None:
    allowed = exceptions("actions")
    faults = [
        fault
        for fault in actions_without_actor(PRODUCT)
        if f"{fault.file.relative_to(ROOT)}:{fault.what.partition(':')[0]}" not in allowed
    ]

    assert not faults, none_of(faults)


def test_the_check_sees_a_clock_under_any_name(tmp_path: Path) -> None:
    bad = {
        "a": "from django.utils import timezone\nx = timezone.now()\n",
        "b": "from django.utils.timezone import now as moment\nx = moment()\n",
        "c": "import datetime as dt\nx = dt.datetime.now(dt.UTC)\n",
        "d": "from datetime import date\nx = Field(default=date.today)\n",
        "e": "import time\nx = time.time()\n",
        "f": "x = DateTimeField(auto_now_add=True)\n",
        "g": "from django.utils import timezone\nx = timezone.localdate()\n",
    }
    for name, text in bad.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "fine.py").write_text(
        "from django.utils import timezone\n"
        "def close(case, *, by):\n    case.closed_on = timezone.localdate(by.now)\n"
    )

    assert all(clocks(tmp_path / f"{name}.py") for name in bad)
    assert clocks(tmp_path / "fine.py") == []


def test_the_check_objects_to_an_action_without_actor(tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text(
        "def nobody(case): ...\n"
        "def positional(case, by: Actor): ...\n"
        "def untyped(case, *, by): ...\n"
        "def optional(case, *, by: Actor = NOBODY): ...\n"
        "def good(case, *, by: Actor): ...\n"
        "def _private(case): ...\n"
    )

    faults = actions_without_actor(tmp_path)

    assert [fault.what.partition(":")[0] for fault in faults] == [
        "nobody",
        "positional",
        "untyped",
        "optional",
    ]

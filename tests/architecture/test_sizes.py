"""Files, functions and parameter lists stay small enough to read at one sitting."""

import ast
from pathlib import Path

from tests.architecture.house import ROOT, SRC, Fault, exceptions, none_of, python_files, tree_of

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
PARAMETERS = 6


def too_large(folder: Path) -> list[Fault]:
    faults = []
    for file in python_files(folder):
        lines = file.read_text(encoding="utf-8").count("\n")
        if lines > LINES_OF_A_FILE:
            faults.append(Fault(file, 1, f"{lines} lines: split the file"))
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                faults += oversized(file, node)
    return faults


def oversized(file: Path, function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Fault]:
    faults = []
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if length > LINES_OF_A_FUNCTION:
        faults.append(Fault(file, function.lineno, f"{function.name}: {length} lines: split the function"))
    given = [a.arg for a in function.args.posonlyargs + function.args.args + function.args.kwonlyargs]
    # `by` does not count: every action has it (rule 6), and it is itself the noun that was missing.
    count = len([name for name in given if name not in {"self", "cls", "by"}])
    if count > PARAMETERS:
        faults.append(Fault(file, function.lineno, f"{function.name}: {count} parameters: a noun is missing"))
    return faults


def test_nothing_in_the_source_is_too_large() -> None:
    allowed = exceptions("sizes")
    faults = [
        fault
        for fault in too_large(SRC) + too_large(ROOT / "scripts")
        if f"{fault.file.relative_to(ROOT)}:{fault.what.partition(':')[0]}" not in allowed
    ]

    assert not faults, none_of(faults)


def test_the_check_objects_to_a_long_file_a_long_function_and_many_parameters(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    (tmp_path / "function.py").write_text("def f() -> None:\n" + "    x = 1\n" * 60)
    (tmp_path / "wide.py").write_text("def f(a, b, c, *, d, e, f, g) -> None: ...\n")

    assert [fault.file.name for fault in too_large(tmp_path)] == ["function.py", "long.py", "wide.py"]


def test_the_check_leaves_what_is_just_small_enough(tmp_path: Path) -> None:
    (tmp_path / "fine.py").write_text("def f(self, a, b, c, *, d, e, f, by) -> None:\n" + "    x = 1\n" * 59)

    assert too_large(tmp_path) == []

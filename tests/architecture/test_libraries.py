"""Rule 3: libraries are pure. `edifact` needs the standard library and nothing else."""

import sys
from pathlib import Path

from tests.architecture.house import SRC, Fault, imports_of, none_of, python_files, tree_of

# What each library may import beside itself and the standard library.
NEEDS = {
    "edifact": set[str](),
    # ray: for the extra `cluster` alone, imported when a cluster is asked for.
    "screening": {"anyascii", "numba", "numpy", "ray"},
    "transparency": {"cryptography"},
    "imprint": {"numpy", "PIL"},
}


def foreign_imports(folder: Path, allowed: set[str]) -> list[Fault]:
    return [
        Fault(file, line, f"{name}: a library stays pure")
        for file in python_files(folder)
        for line, name in imports_of(tree_of(file))
        if name.partition(".")[0] not in sys.stdlib_module_names | allowed | {folder.name}
    ]


def test_libraries_import_only_what_they_are_made_of() -> None:
    faults = [fault for name, needs in NEEDS.items() for fault in foreign_imports(SRC / name, needs)]

    assert not faults, none_of(faults)


def test_the_check_objects_to_a_foreign_import(tmp_path: Path) -> None:
    folder = tmp_path / "edifact"
    folder.mkdir()
    (folder / "a.py").write_text("import re\nfrom edifact import b\nimport numpy\n")

    assert [fault.line for fault in foreign_imports(folder, set())] == [3]

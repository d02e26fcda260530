"""Rule 4: everyone writes the journal through journal.record(); only oversight reads it."""

import ast
from pathlib import Path

from tests.architecture.house import PRODUCT, Fault, area_of, imports_of, none_of, python_files, tree_of

MAY_READ = {"journal", "oversight", "config"}


def readers(product: Path) -> list[Fault]:
    """Imports of the journal's models, and its entries fetched by name from the registry."""
    faults = []
    for file in python_files(product):
        if area_of(file, product) in MAY_READ:
            continue
        tree = tree_of(file)
        faults += [
            Fault(file, line, f"{name}: only oversight reads the journal")
            for line, name in imports_of(tree)
            if name.startswith("samenhang.journal.models")
        ]
        faults += [
            Fault(file, node.lineno, f"{node.value}: only oversight reads the journal")
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and str(node.value).lower() in {"journal.entry", "journal_entry"}
        ]
    return faults


def test_only_oversight_reads_the_journal() -> None:
    faults = readers(PRODUCT)

    assert not faults, none_of(faults)


def test_the_check_objects_to_another_reader(tmp_path: Path) -> None:
    for area in ("cases", "oversight"):
        (tmp_path / area).mkdir()
        (tmp_path / area / "a.py").write_text("from samenhang.journal.models import Entry\n")
    (tmp_path / "cases" / "b.py").write_text("Entry = apps.get_model('journal.Entry')\n")
    (tmp_path / "cases" / "c.py").write_text("from samenhang.journal import record\n")

    assert [fault.file.name for fault in readers(tmp_path)] == ["a.py", "b.py"]

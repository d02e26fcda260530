"""The tree says what it is, and nothing of the machine it was written on."""

import re
import subprocess
from pathlib import Path

from tests.architecture.house import PRODUCT, ROOT, Fault, none_of

# Somebody's own folders; a home in an example is written as ~ or as a variable.
OWN_FOLDER = re.compile(r"""(?<![\w.$}~/-])/(?:work|root|home|Users)/\w""")
REGISTRY = re.compile(r"https?://[\w.-]*\b(?:pypi|pythonhosted|npmjs|deb\.debian|registry)\.[\w.-]+")
# Written by their tools, which name where a package came from.
LOCK_FILES = {"uv.lock", "package-lock.json"}
# A path inside a container image is no path of a maker's machine.
INSIDE_A_CONTAINER = {"deploy/Containerfile", "compose.yaml"}
EXPECTED = (
    *("README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md", "GOVERNANCE.md", "LICENSE"),
    *("publiccode.yml", "Makefile", "pyproject.toml", "uv.lock", "manage.py", "compose.yaml"),
    *("docs/architecture.md", "docs/glossary.md", "docs/decisions", "docs/changelog"),
)


def files_of_the_project() -> list[Path]:
    """What git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def traces_of_a_machine(files: list[Path], root: Path) -> list[Fault]:
    faults = []
    for file in files:
        name = str(file.relative_to(root))
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            if OWN_FOLDER.search(line) and name not in INSIDE_A_CONTAINER:
                faults.append(Fault(file, number, "names a folder of somebody's own machine"))
            if REGISTRY.search(line) and name not in LOCK_FILES:
                faults.append(Fault(file, number, "names a package registry; the clients know theirs"))
    return faults


def test_nothing_names_the_machine_it_was_written_on_or_a_registry() -> None:
    faults = traces_of_a_machine(files_of_the_project(), ROOT)

    assert not faults, none_of(faults)


def test_the_tree_has_what_a_reader_looks_for() -> None:
    missing = [name for name in EXPECTED if not (ROOT / name).exists()]

    assert missing == []


def test_every_area_says_what_it_is_for() -> None:
    silent = [
        file.parent.name
        for file in sorted(PRODUCT.glob("*/__init__.py"))
        if not file.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]

    assert silent == []


def test_the_check_objects_to_a_path_of_a_machine_and_to_a_registry(tmp_path: Path) -> None:
    bad, fine = tmp_path / "bad.md", tmp_path / "fine.md"
    bad.write_text("see /" + "work/main\nhttps://" + "pypi" + ".org/simple\n")
    fine.write_text("see ~/work/main, https://example.org/work/x and pypi\n")

    assert [fault.line for fault in traces_of_a_machine([bad, fine], tmp_path)] == [1, 2]

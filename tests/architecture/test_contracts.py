"""Rules 1 to 3: the import contracts of pyproject.toml hold, and object when they should."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.house import LAYERS, PRODUCT, ROOT, heights, settings_of_the_tools

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout


def test_the_layer_contract_is_exhaustive_and_names_the_whole_tree() -> None:
    contracts = settings_of_the_tools()["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["name"] == LAYERS)
    areas = {path.parent.name for path in PRODUCT.glob("*/__init__.py")}

    assert layers["exhaustive"] is True
    assert "ignore_imports" not in layers
    assert areas <= set(heights())


# Each entry: what is written where, and the contract that must then break.
BREACHES = {
    "upwards": ({"foundation/a.py": "import samenhang.cases"}, LAYERS),
    "siblings": ({"travel/a.py": "import samenhang.exchange", "exchange/__init__.py": ""}, LAYERS),
    "undeclared": ({"gadgets/__init__.py": ""}, LAYERS),
    "rules-to-models": (
        {"cases/rules.py": "import samenhang.cases.models", "cases/models.py": ""},
        "Inside an area",
    ),
    "models-to-actions": (
        {"cases/models.py": "import samenhang.cases.actions", "cases/actions.py": ""},
        "Inside an area",
    ),
    "form-to-models": (
        {"cases/forms.py": "import samenhang.cases.models", "cases/models.py": ""},
        "Forms clean",
    ),
    "library-to-django": ({"../edifact/a.py": "import django"}, "Libraries know neither"),
    "library-to-product": ({"../edifact/a.py": "import samenhang.cases"}, "Libraries know neither"),
    "library-to-library": ({"../edifact/a.py": "import screening"}, "Libraries do not know"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_breaks_its_contract(breach: str, tmp_path: Path) -> None:
    files, contract = BREACHES[breach]
    sound_tree(tmp_path)
    for name, text in files.items():
        write(tmp_path / "samenhang" / name, text + "\n" if text else "")

    answer = lint(tmp_path)

    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert any(line.startswith(contract) for line in broken), answer.stdout


def test_the_tree_that_the_breaches_are_made_in_is_sound(tmp_path: Path) -> None:
    sound_tree(tmp_path)

    assert lint(tmp_path).returncode == 0


def sound_tree(folder: Path) -> None:
    """A small product under our own contracts."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    write(folder / "pyproject.toml", settings[settings.index("[tool.importlinter]") :])
    for package in tomllib.loads(settings)["tool"]["importlinter"]["root_packages"]:
        write(folder / package / "__init__.py", "")
    for area in ("foundation", "cases", "travel"):
        write(folder / "samenhang" / area / "__init__.py", "")


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)

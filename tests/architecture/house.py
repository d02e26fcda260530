"""What the architecture tests share: the tree, the layers, the exceptions, and a fault to report."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PRODUCT = SRC / "samenhang"
EXCEPTIONS = Path(__file__).with_name("exceptions.toml")
LAYERS = "Areas build on one another in one direction"


@dataclass(frozen=True)
class Fault:
    """One place where a rule is broken, written so that a reader finds it at once."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        file = self.file.relative_to(ROOT) if self.file.is_relative_to(ROOT) else self.file
        return f"{file}:{self.line}: {self.what}"


def none_of(faults: list[Fault]) -> str:
    """The message for an assertion that there are no faults."""
    return "\n" + "\n".join(str(fault) for fault in sorted(faults, key=str))


def python_files(folder: Path, *, but: tuple[str, ...] = ("migrations",)) -> Iterator[Path]:
    """Every Python file under the folder, in order, outside the folders named in `but`."""
    for file in sorted(folder.rglob("*.py")):
        if not set(but) & set(file.relative_to(folder).parts):
            yield file


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def named(file: Path, *names: str) -> bool:
    """Whether this is the module, or lies in the package, of one of the names: models.py, models/x.py."""
    return file.stem in names or file.parent.name in names


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute; "" of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported; `from a import b` gives `a.b`. Absolute imports only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def aliases_of(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for, so that `from time import time` is seen through."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def resolved(node: ast.AST, names: dict[str, str]) -> str:
    """The full dotted name of an expression, its first part replaced by what was imported under it."""
    first, _, rest = dotted(node).partition(".")
    start = names.get(first, first)
    return f"{start}.{rest}" if rest else start


@cache
def settings_of_the_tools() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def heights() -> dict[str, int]:
    """The height of each area in the one layer contract: higher may import lower; equals may not."""
    contracts = settings_of_the_tools()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == LAYERS)
    return {
        name.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for name in layer.replace(":", "|").split("|")
    }


def may_know(area: str, other: str) -> bool:
    """Whether the layer contract lets `area` refer to `other`."""
    return area == other or heights()[area] > heights()[other]


def area_of(file: Path, product: Path = PRODUCT) -> str:
    """The area a file belongs to; "" for files directly in the product."""
    parts = file.relative_to(product).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def exceptions(rule: str) -> dict[str, str]:
    """The places that may break a rule, each with its reason."""
    table: dict[str, str] = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8")).get(rule, {})
    return table

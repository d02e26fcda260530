"""Reference data of an area: tables in its ``data/``, each checked against its schema in ``data/schema/``.

area: the package that has them, such as ``samenhang.grounds``, which checks itself what no schema can say.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker


def read(area: str, path: str) -> Any:
    return json.loads(files(area).joinpath("data", path).read_text(encoding="utf-8"))


def schema_faults(area: str, name: str, table: Any, *, called: str = "") -> Iterator[str]:
    """What is wrong with one table by itself, each fault with its place. called: if not by its name."""
    validator = Draft202012Validator(read(area, f"schema/{name}.json"), format_checker=FormatChecker())
    for error in validator.iter_errors(table):
        yield f"{called or name}{error.json_path.removeprefix('$')}: {error.message}"


def doubles(name: str, codes: Iterable[str]) -> Iterator[str]:
    """Codes that stand in a table more than once."""
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{name}: {code} stands there {times} times"

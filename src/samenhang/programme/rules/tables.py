"""Reading a checked table of ``data/``: against its schema first, then what no schema can say."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

DATA = Path(__file__).parent.parent / "data"


def table(name: str) -> Any:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def breaches(name: str, told: Any) -> Iterator[str]:
    """Each way in which it is not as its schema says."""
    schema = json.loads((DATA / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(told):
        yield f"{name}{error.json_path.removeprefix('$')}: {error.message}"


def twice(name: str, codes: list[str]) -> Iterator[str]:
    yield from (f"{name}: {code} stands there twice" for code in sorted({*codes}) if codes.count(code) > 1)


def in_both(row: Mapping[str, str]) -> Mapping[str, str]:
    """The text of a row by language."""
    return {"en": row["en"], "nl": row["nl"]}

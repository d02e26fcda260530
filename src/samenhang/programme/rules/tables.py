"""Reading a checked table of ``data/``: against its schema first, then what no schema can say."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from samenhang.foundation import reference_data

AREA = "samenhang.programme"
schema_faults = partial(reference_data.schema_faults, AREA)


def table(name: str) -> Any:
    return reference_data.read(AREA, f"{name}.json")


def twice(name: str, codes: list[str]) -> Iterator[str]:
    yield from (f"{name}: {code} stands there twice" for code in sorted({*codes}) if codes.count(code) > 1)


def in_both(row: Mapping[str, str]) -> Mapping[str, str]:
    """The text of a row by language."""
    return {"en": row["en"], "nl": row["nl"]}

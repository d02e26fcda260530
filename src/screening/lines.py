"""Files of one JSON object a line: listed persons and queries, as strangers write them.

What is meant without doubt is taken as it is meant: a number for an id, one text for a list of one, null
for nothing, a date without dashes. What is not is a BadLine, so that no line is ever left out in silence.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from screening.records import Entry, Query

_DATE = re.compile(r"(\d{4})(?:[-/.]?(\d\d)[-/.]?(\d\d)(?:[T ].*)?)?")
SEXES = frozenset({"M", "F"})

Row = TypeVar("Row")


class BadLine(ValueError):
    """A line that cannot be read, with its place in words."""


def read(path: Path, make: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
    """One record a line. Raises BadLine, naming file, line and fault; empty lines are passed over."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise TypeError("this is no JSON object.")
                yield make(row)
            except KeyError as fault:
                raise BadLine(f"{path}, line {number}: the field {fault} is missing.") from None
            except RecursionError:
                raise BadLine(f"{path}, line {number}: too deep.") from None
            except (ValueError, TypeError, AttributeError) as fault:
                raise BadLine(f"{path}, line {number}: {fault}") from None


def entry(row: dict[str, Any]) -> Entry:
    """A listed person: id, names, and perhaps dobs, sex, nats and documents."""
    return Entry(
        _text(row["id"], "id"),
        _texts(row["names"], "names"),
        tuple(map(_date, _texts(row.get("dobs") or [], "dobs"))),
        _sex(row),
        _texts(row.get("nats") or [], "nats"),
        _texts(row.get("documents") or [], "documents"),
    )


def query(row: dict[str, Any], birth_date: bool = True) -> Query:
    """Somebody to look up: qid, name (or given and surname), and perhaps dob, sex, nat and documents."""
    return Query(
        _text(row["qid"], "qid"),
        (_name(row),),
        (_date(_text(row.get("dob") or "", "dob")) or None) if birth_date else None,
        _sex(row),
        _text(row.get("nat") or "", "nat") or None,
        _texts(row.get("documents") or [], "documents"),
    )


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """As they stand, but the lines of one id as one person: some lists have a line for each alias."""
    found: dict[str, Entry] = {}
    for one in entries:
        known = found.setdefault(one.key, one)
        if known is not one:
            found[one.key] = replace(
                known,
                names=_both(known.names, one.names),
                birth_dates=_both(known.birth_dates, one.birth_dates),
                sex=known.sex if one.sex in (known.sex, None) else one.sex if known.sex is None else None,
                nationalities=_both(known.nationalities, one.nationalities),
                documents=_both(known.documents, one.documents),
            )
    return list(found.values())


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def _name(row: dict[str, Any]) -> str:
    whole = "name" in row or not (row.get("given") or row.get("surname"))
    parts = [row["name"]] if whole else [row.get("given"), row.get("surname")]
    return " ".join(_text(part, "name") for part in parts if part is not None)


def _sex(row: dict[str, Any]) -> str | None:
    sex = _text(row.get("sex") or "", "sex")
    return sex if sex in SEXES else sex.strip().upper()[:1] or None


def _date(text: str) -> str:
    """With dashes and without the time of day, where it is a date; else as it stands, which tells nothing."""
    found = _DATE.fullmatch(text) if len(text) != 10 or text[4] != "-" else None
    return "-".join(part for part in found.groups() if part) if found else text


def _text(value: object, field: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(f"the field '{field}' is not a text.")
    return value


def _texts(value: object, field: str) -> tuple[str, ...]:
    if isinstance(value, str | int):
        value = [value]
    if not isinstance(value, list):
        raise TypeError(f"the field '{field}' is not a list of texts.")
    return tuple(_text(one, field) for one in value if one is not None)

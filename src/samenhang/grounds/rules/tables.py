"""Reading the tables of `data/`: against their schemas, then against each other."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from samenhang.foundation import reference_data

NAMES = ("vocabulary", "authorities", "disclosure_rules", "measures", "measure_authorities", "english")
Tables = Mapping[str, Any]
Row = Mapping[str, Any]

read = partial(reference_data.read, "samenhang.grounds")
schema_faults = partial(reference_data.schema_faults, "samenhang.grounds")


class LawFault(Exception):
    """The tables of the law are unsound, so nothing may be answered from them. A bug, not a refusal."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_tables() -> Tables:
    """The checked tables by name. Raises LawFault with every fault found."""
    tables = {name: read(f"{name}.json") for name in NAMES}
    faults = [fault for name in NAMES for fault in schema_faults(name, tables[name])]
    # Cross checks read fields that only a valid row has.
    if faults or (faults := list(cross_faults(tables))):
        raise LawFault(faults)
    return tables


def cross_faults(tables: Tables) -> Iterator[str]:
    """What is wrong between tables and rows: unknown codes, doubles, disordered dates, gaps."""
    yield from _doubles(tables)
    yield from _unknown_words(tables)
    yield from _unknown_authorities(tables)
    yield from _disordered(tables)
    yield from _bad_measures(tables)
    yield from _without_english(tables)


def _doubles(tables: Tables) -> Iterator[str]:
    keys = {"authorities": "code", "measures": "code", "disclosure_rules": "id", "measure_authorities": "id"}
    for name, key in keys.items():
        yield from reference_data.doubles(name, (row[key] for row in tables[name]))


def _unknown_words(tables: Tables) -> Iterator[str]:
    words = tables["vocabulary"]
    for row in tables["disclosure_rules"]:
        for field, known in (("data_category", "data_categories"), ("purpose", "purposes")):
            if row[field] not in words[known]:
                yield f"{row['id']}: unknown {field} {row[field]}"
        for condition in row["conditions"]:
            if condition not in words["conditions"]:
                yield f"{row['id']}: unknown condition {condition}"
    for row in tables["authorities"]:
        if row["kind"] not in words["kinds"]:
            yield f"{row['code']}: unknown kind {row['kind']}"


def _unknown_authorities(tables: Tables) -> Iterator[str]:
    words = tables["vocabulary"]
    codes = {row["code"] for row in tables["authorities"]}
    sides = codes | set(words["groups"]) | {f"kind:{row['kind']}" for row in tables["authorities"]}
    named: list[tuple[str, str | None, set[str]]] = []
    for row in tables["disclosure_rules"]:
        named += [(row["id"], row[side], sides) for side in ("provider", "recipient")]
    for row in tables["measure_authorities"]:
        roles = ("proposers", "decides", "executes", "consulted")
        named += [(row["id"], code, codes) for role in roles for code in row[role]]
    for row in tables["authorities"]:
        named += [(row["code"], row[field], codes) for field in ("successor", "parent")]
    for old, new in words["aliases"].items():
        named += [(f"alias {old}", code, codes) for code in (old, new)]
    for name, group in words["groups"].items():
        named += [(name, code, codes) for code in group["members"]]
    for place, code, known in named:
        if code is not None and code not in known:
            yield f"{place}: unknown authority {code}"


def _without_english(tables: Tables) -> Iterator[str]:
    """Sentences need their English; a citation may read the same in both languages."""
    for row in tables["measures"]:
        for field in ("remedy", "notification"):
            if row[field] not in tables["english"]:
                yield f"{row['code']}: its {field} has no English"


def _disordered(tables: Tables) -> Iterator[str]:
    rows: list[tuple[str, str | None, str | None]] = []
    rows += [(row["code"], row["from"], row["until"]) for row in tables["authorities"]]
    for name in ("disclosure_rules", "measure_authorities"):
        rows += [(row["id"], row["valid_from"], row["valid_until"]) for row in tables[name]]
    rows += [(m["code"], v["from"], v["until"]) for m in tables["measures"] for v in m["versions"]]
    for place, since, until in rows:
        if since and until and until < since:  # ISO dates sort as text
            yield f"{place}: ends {until}, before it begins {since}"


def _bad_measures(tables: Tables) -> Iterator[str]:
    competences: dict[str, list[Row]] = {}
    for row in tables["measure_authorities"]:
        competences.setdefault(row["measure_code"], []).append(row)
    kinds = {row["code"]: row for row in tables["measures"]}
    for code in competences.keys() - kinds.keys():
        yield f"measure_authorities: unknown measure {code}"
    for code, kind in kinds.items():
        yield from _version_faults(code, kind["versions"])
        for version in kind["versions"]:
            if not _is_covered(version, competences.get(code, [])):
                yield f"{code}: nobody decides it for the whole of {version['from']} to {version['until']}"


def _version_faults(code: str, versions: list[Row]) -> Iterator[str]:
    for earlier, later in pairwise(versions):
        if earlier["until"] is None or earlier["until"] >= later["from"]:
            yield f"{code}: version from {later['from']} begins before the earlier one ends"


def _is_covered(version: Row, rows: list[Row]) -> bool:
    """Whether rows with a decider follow one another without a gap over the whole version."""
    day = date.fromisoformat(version["from"])
    last = date.fromisoformat(version["until"] or "9999-12-31")
    for row in sorted((r for r in rows if r["decides"]), key=lambda r: str(r["valid_from"])):
        since = date.fromisoformat(row["valid_from"])
        until = date.fromisoformat(row["valid_until"] or "9999-12-31")
        if since <= day <= until:
            if until >= last:
                return True
            day = date.fromordinal(until.toordinal() + 1)
    return False

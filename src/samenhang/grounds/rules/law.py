"""The law as frozen records: read once from the tables in `data/`, checked, then shared."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import product
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from samenhang.grounds.rules.tables import LawFault, read_tables

__all__ = [
    "Authority",
    "Basis",
    "Competence",
    "Condition",
    "Law",
    "LawFault",
    "MeasureKind",
    "Rule",
    "Word",
    "law",
]

T = TypeVar("T")
Exchange = tuple[str, str, str, str]  # provider, recipient, category, purpose


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both counted; None is open."""

    since: date | None
    until: date | None

    def covers(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Authority:
    """A body under the name of one period. Parents are told, never inherited from.

    name: as it heads a list. spoken: as it stands in a sentence, article included.
    """

    code: str
    kind: str
    name_nl: str
    name_en: str
    spoken_nl: str
    spoken_en: str
    level: str | None
    period: Period
    successor: str | None
    parent: str | None
    mark: str
    source: str
    note: str


@dataclass(frozen=True)
class Word:
    """A term of the closed vocabulary: how a user reads it, and what it means exactly."""

    code: str
    en: str
    nl: str
    meaning: str = ""


@dataclass(frozen=True)
class Condition:
    code: str
    type: Literal["precondition", "form", "effect"]
    en: str
    nl: str

    @property
    def must_be_met(self) -> bool:
        """Preconditions and forms decide; an effect is attached to what was decided."""
        return self.type != "effect"


@dataclass(frozen=True)
class Rule:
    """One provider, recipient, category, purpose and period (provider and recipient may be a kind)."""

    id: str
    provider: str
    recipient: str
    category: str
    purpose: str
    period: Period
    basis: str
    duty: bool
    conditions: tuple[str, ...]
    special_category: bool
    mark: str
    source: str
    note: str
    flow: str

    @property
    def wildcards(self) -> int:
        """How many of its two sides name a kind or group rather than one body."""
        return sum(side.startswith("kind:") for side in (self.provider, self.recipient))


@dataclass(frozen=True)
class Basis:
    """The ground a kind of measure had in one period."""

    basis: str
    period: Period
    mark: str
    note: str


@dataclass(frozen=True)
class MeasureKind:
    """A kind of measure and its grounds through time; without versions it never existed in law."""

    code: str
    name_nl: str
    name_en: str
    pillar: int
    kind: str
    voluntary: bool
    versions: tuple[Basis, ...]
    max_duration: str | None
    lapses_with_law: bool
    review_interval: str | None
    competent_authority: str
    proposer: str
    grounds: str
    notification: str
    remedy: str
    ends_when: str
    reported_figure: str
    mark: str
    note: str
    sources: tuple[str, ...]
    # The person hears of it at a later deed, or not while it must be secret: telling it now tips them off.
    told_later: bool = False


@dataclass(frozen=True)
class Competence:
    """Who may propose, decide and execute a kind of measure in one period."""

    id: str
    measure_code: str
    period: Period
    proposers: tuple[str, ...]
    decides: tuple[str, ...]
    executes: tuple[str, ...]
    consulted: tuple[str, ...]
    mark: str
    source: str
    note: str


@dataclass(frozen=True)
class Law:
    """All tables together. Mappings are by code; nothing in it can be changed."""

    authorities: Mapping[str, Authority]
    rules: tuple[Rule, ...]
    measures: Mapping[str, MeasureKind]
    competences: tuple[Competence, ...]
    kinds: Mapping[str, Word]
    """What a side of a rule is called that stands for many: a kind of body, or a group."""
    categories: Mapping[str, Word]
    purposes: Mapping[str, Word]
    conditions: Mapping[str, Condition]
    groups: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]
    english: Mapping[str, str]
    """A text of the law in Dutch, its own language, to English; only where the two differ."""

    def canonical(self, code: str) -> str:
        """The code under which rules know a body that once had another name (VENJ: JENV)."""
        return self.aliases.get(code, code)

    def expand(self, side: str) -> frozenset[str]:
        """The canonical codes that a side of a rule stands for: a group, a kind or one body."""
        if side in self.groups:
            codes: Iterable[str] = self.groups[side]
        elif side.startswith("kind:"):
            codes = (a.code for a in self.authorities.values() if a.kind == side.removeprefix("kind:"))
        else:
            codes = (side,)
        return frozenset(map(self.canonical, codes))

    @cached_property
    def by_tuple(self) -> Mapping[Exchange, tuple[Rule, ...]]:
        """Rules of any date by canonical provider, canonical recipient, category and purpose."""
        found: dict[Exchange, list[Rule]] = {}
        for rule in self.rules:
            for provider, recipient in product(self.expand(rule.provider), self.expand(rule.recipient)):
                found.setdefault((provider, recipient, rule.category, rule.purpose), []).append(rule)
        return MappingProxyType({key: tuple(rules) for key, rules in found.items()})

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """Every day on which a period begins or has just ended, in order."""
        periods = [a.period for a in self.authorities.values()]
        periods += [rule.period for rule in self.rules]
        periods += [version.period for kind in self.measures.values() for version in kind.versions]
        periods += [competence.period for competence in self.competences]
        days = {p.since for p in periods if p.since}
        days |= {p.until + timedelta(days=1) for p in periods if p.until}
        return tuple(sorted(days))

    def epoch(self, on: date) -> date:
        """The first day of the stretch around `on` in which nothing changes, so answers can be kept."""
        place = bisect_right(self.changes, on)
        return self.changes[place - 1] if place else date.min


@lru_cache(maxsize=1)
def law() -> Law:
    """The law, read and checked once. Raises LawFault, with every fault, when the tables are unsound."""
    return build(read_tables())


def build(tables: Mapping[str, Any]) -> Law:
    """Frozen records from checked tables."""
    words = tables["vocabulary"]
    return Law(
        authorities=_frozen({row["code"]: _authority(row) for row in tables["authorities"]}),
        rules=tuple(map(_rule, tables["disclosure_rules"])),
        measures=_frozen({row["code"]: _measure(row) for row in tables["measures"]}),
        competences=tuple(map(_competence, tables["measure_authorities"])),
        kinds=_words({**words["kinds"], **_named_groups(words["groups"])}),
        categories=_words(words["data_categories"]),
        purposes=_words(words["purposes"]),
        conditions=_frozen({code: Condition(code=code, **row) for code, row in words["conditions"].items()}),
        groups=_frozen({code: tuple(group["members"]) for code, group in words["groups"].items()}),
        aliases=_frozen(words["aliases"]),
        english=_frozen(tables["english"]),
    )


def _frozen(mapping: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(mapping))


def _words(rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, Word]:
    return _frozen({code: Word(code=code, **row) for code, row in rows.items()})


def _named_groups(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    return {
        code.removeprefix("kind:"): {"en": group["en"], "nl": group["nl"]} for code, group in groups.items()
    }


def _period(since: str | None, until: str | None) -> Period:
    return Period(date.fromisoformat(since) if since else None, date.fromisoformat(until) if until else None)


def _authority(row: Mapping[str, Any]) -> Authority:
    same = ("code", "kind", "name_nl", "name_en", "spoken_nl", "spoken_en", "level", "source", "note")
    return Authority(
        **{key: row[key] for key in (*same, "successor", "parent")},
        mark=row["verified"],
        period=_period(row["from"], row["until"]),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    same = ("id", "provider", "recipient", "purpose", "basis", "special_category", "source", "note", "flow")
    return Rule(
        **{key: row[key] for key in same},
        category=row["data_category"],
        period=_period(row["valid_from"], row["valid_until"]),
        duty=row["mode"] == "duty",
        conditions=tuple(row["conditions"]),
        mark=row["verified"],
    )


def _measure(row: Mapping[str, Any]) -> MeasureKind:
    versions = tuple(
        Basis(v["basis"], _period(v["from"], v["until"]), v["mark"], v["note"] or "") for v in row["versions"]
    )
    return MeasureKind(**{**row, "versions": versions, "sources": tuple(row["sources"])})


def _competence(row: Mapping[str, Any]) -> Competence:
    return Competence(
        id=row["id"],
        measure_code=row["measure_code"],
        period=_period(row["valid_from"], row["valid_until"]),
        proposers=tuple(row["proposers"]),
        decides=tuple(row["decides"]),
        executes=tuple(row["executes"]),
        consulted=tuple(row["consulted"]),
        mark=row["verified"],
        source=row["source"],
        note=row["note"],
    )

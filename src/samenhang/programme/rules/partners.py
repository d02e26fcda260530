"""What a partner does in the approach, by chapter of the letter, and what is often asked and never given.

Checked, dated data with its source. What a partner may give and get is not here: the law tables say that, and
`samenhang.grounds.rules.bodies` reads them for a day.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from samenhang.grounds.rules import UnknownTerm, ask, law
from samenhang.grounds.rules.law import Period
from samenhang.programme.rules import tables


class PartnerFault(Exception):
    """The table is unsound, so nothing may be shown from it. A bug, not a refusal."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a partner does, as one chapter of the letter has it. text: by language."""

    chapter: int
    text: Mapping[str, str]
    period: Period
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is often asked: of whom, by whom, what, what for; and why not. text: by language."""

    provider: str
    recipient: str
    category: str
    purpose: str
    text: Mapping[str, str]
    since: date | None
    source: str
    read: str

    @property
    def question(self) -> tuple[str, str, str, str]:
        return self.provider, self.recipient, self.category, self.purpose


@dataclass(frozen=True, slots=True)
class Table:
    """Who sat at the case conferences before an Act said so, as the letter tells."""

    members: frozenset[str]
    period: Period
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class Partners:
    roles: Mapping[str, tuple[Role, ...]]
    asked: tuple[Asked, ...]
    table: Table


def roles_of(code: str, on: date) -> list[Role]:
    """By chapter; nothing for a body of which nobody wrote a role down."""
    mine = partners().roles.get(law().canonical(code), ())
    return [role for role in mine if role.period.covers(on)]


def refused_to_or_by(code: str, on: date, enabled: Collection[str] = ()) -> list[tuple[Asked, str]]:
    """What is often asked of it or by it and that day's law refuses, each with the law's own sentence."""
    mine, found = law().canonical(code), []
    for one in partners().asked:
        if mine in (one.provider, one.recipient) and (one.since is None or one.since <= on):
            answer = ask(*one.question, on, enabled=enabled)
            if not answer.permitted:
                found.append((one, answer.sentence))
    return found


@cache
def partners() -> Partners:
    """The whole table, checked. Raises PartnerFault with every fault found."""
    return read(tables.table("partners"))


def read(told: Any) -> Partners:
    """Raises PartnerFault."""
    if faults := list(faults_of(told)):
        raise PartnerFault("\n".join(faults))
    seats = told["table"]
    return Partners(
        roles={row["code"]: tuple(map(_role, row["roles"])) for row in told["partners"]},
        asked=tuple(map(_asked, told["asked"])),
        table=Table(frozenset(seats["members"]), _period(seats), seats["source"], seats["read"]),
    )


def faults_of(told: Any) -> Iterator[str]:
    """Against its schema; then partners that stand there twice, and words that the law does not know."""
    if broken := list(tables.schema_faults("partners", told)):
        yield from broken
        return
    codes = [row["code"] for row in told["partners"]]
    yield from tables.twice("partners", codes)
    for code in [*codes, *told["table"]["members"]]:
        if code not in law().authorities:
            yield f"partners: the law knows no body {code}"
    for row in told["asked"]:
        try:
            ask(*_asked(row).question, date.max)
        except UnknownTerm as fault:
            yield f"partners: {fault}"


def _role(row: Mapping[str, Any]) -> Role:
    return Role(row["chapter"], tables.in_both(row), _period(row), row["source"], row["read"])


def _asked(row: Mapping[str, Any]) -> Asked:
    terms = (row["provider"], row["recipient"], row["category"], row["purpose"])
    return Asked(*terms, tables.in_both(row), _period(row).since, row["source"], row["read"])


def _period(row: Mapping[str, Any]) -> Period:
    since, until = row.get("from"), row.get("until")
    return Period(since and date.fromisoformat(since), until and date.fromisoformat(until))

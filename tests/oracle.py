"""Who may read what, told a second time: plain loops, written from the words of the contract.

Knows nothing of ``access.policy``, of querysets or of the database. Whoever
changes the policy changes this too, by hand, and two people then disagree or
not. The law is asked one question at a time.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from samenhang.grounds import rules as law

TABLE = Path(__file__).parents[1] / "src/samenhang/access/data/functions.json"
FUNCTIONS = json.loads(TABLE.read_text(encoding="utf-8"))
# Bodies in which organisations sit together and which receive as one.
SAT_IN_TOGETHER = {"WEEG", "CASUS", "DERDE"}


@dataclass(frozen=True)
class Body:
    """An organisation: its code in the law, and which of that code."""

    authority: str
    region: str = ""


@dataclass(frozen=True)
class Somebody:
    """A person at work, at a moment, for a purpose ("" when none was chosen)."""

    name: str
    body: Body
    roles: frozenset[str]
    purpose: str
    now: datetime
    today: date
    clearance: int = 0


@dataclass(frozen=True)
class Kept:
    """A protected record. model: as in ``functions.json``."""

    name: str
    scope: str
    body: Body
    category: str
    purposes: tuple[str, ...]
    model: str = "persons.Person"
    classification: int = 0
    withdrawn: bool = False


@dataclass(frozen=True)
class Given:
    """A grant to a body, or to one person of it."""

    scope: str
    body: Body
    category: str
    capacity: str
    starts_at: datetime
    ends_at: datetime | None = None
    person: str = ""


@dataclass(frozen=True)
class Barred:
    """A block of a scope: for everyone, for a body, or for a person. What is shielded opens to oversight."""

    scope: str
    starts_at: datetime
    ends_at: datetime | None = None
    body: Body | None = None
    person: str = ""
    kind: str = "hold"


@dataclass(frozen=True)
class Facts:
    """All that a question depends on. enabled: rules from general knowledge that a lawyer enabled."""

    kept: tuple[Kept, ...] = ()
    given: tuple[Given, ...] = ()
    barred: tuple[Barred, ...] = ()
    enabled: frozenset[str] = field(default_factory=frozenset)


def may_read(facts: Facts, who: Somebody, record: Kept) -> bool:
    """Role, purpose, own or lawfully given, clearance, no block, not withdrawn: all of them."""
    role_reads = False
    for role in who.roles:
        if role in FUNCTIONS["read"].get(record.model, []):
            role_reads = True
    if not role_reads:
        return False
    if who.purpose == "":
        return False
    looks = looks_into(facts, who, record)
    if who.purpose not in record.purposes and not looks:
        return False
    if record.classification > who.clearance:
        return False
    for bar in facts.barred:
        if bar.scope == record.scope and in_force(bar, who.now) and hits(bar, who):
            if bar.kind == "shielded" and looks:
                continue
            return False
    own = record.body == who.body
    if record.withdrawn and not own:
        return False
    return own or lawfully_given(facts, who, record)


def looks_into(facts: Facts, who: Somebody, record: Kept) -> bool:
    """Whoever oversees, with a right of their own, for any category, in this scope."""
    if who.purpose != "oversight":
        return False
    for grant in facts.given:
        theirs = grant.body == who.body and grant.person == who.name
        if theirs and grant.scope == record.scope and in_force(grant, who.now):
            return True
    return False


def may_do(facts: Facts, who: Somebody, record: Kept, deed: str) -> bool:
    """A deed on a record needs that it may be read, and a role for the deed."""
    if not may_read(facts, who, record):
        return False
    return any(role in FUNCTIONS["deeds"][deed] for role in who.roles)


def lawfully_given(facts: Facts, who: Somebody, record: Kept) -> bool:
    for grant in facts.given:
        if grant.scope != record.scope or grant.category != record.category or grant.body != who.body:
            continue
        if grant.person not in ("", who.name) or not in_force(grant, who.now):
            continue
        if grant.capacity != who.body.authority and grant.capacity not in SAT_IN_TOGETHER:
            continue
        # What a joint body made itself belongs to those who sit in it.
        if grant.capacity == record.body.authority or law_permits(facts, who, record, grant.capacity):
            return True
    return False


def law_permits(facts: Facts, who: Somebody, record: Kept, capacity: str) -> bool:
    """Today still; identity may go along with something else that may go."""
    if answer(facts, who, record, capacity, record.category).permitted:
        return True
    if record.category != "identity":
        return False
    for category in law.law().categories:
        told = answer(facts, who, record, capacity, category)
        if told.permitted and told.identity_accompanies:
            return True
    return False


def answer(facts: Facts, who: Somebody, record: Kept, capacity: str, category: str) -> law.Answer:
    return law.ask(record.body.authority, capacity, category, who.purpose, who.today, enabled=facts.enabled)


def in_force(dated: Given | Barred, moment: datetime) -> bool:
    if moment < dated.starts_at:
        return False
    return dated.ends_at is None or moment < dated.ends_at


def hits(bar: Barred, who: Somebody) -> bool:
    if bar.person:
        return bar.person == who.name
    return bar.body is None or bar.body == who.body

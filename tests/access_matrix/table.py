"""What ``routes.toml`` says, as rows: an address, a method, the thing behind it, who stands how to it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROUTES = Path(__file__).with_name("routes.toml")
METHODS = ("GET", "POST")
# Who may, when it is not one deed of one role.
OPEN, NOBODY_AT_ALL, SIGNED_IN, READ, ELSEWHERE = "open", "nobody", "signed-in", "read", "elsewhere"
NOWHERE = "SCHOOL Nergenshuizen"  # a body that was given nothing


@dataclass(frozen=True)
class Thing:
    """Something behind an address. See the head of routes.toml for the words."""

    name: str
    record: str
    purposes: tuple[str, ...]
    given_for: tuple[str, ...]
    provider: str = ""
    parties: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def bodies(self) -> Iterator[tuple[str, str]]:
        """(relation, body) of everybody worth asking: who has it, who got it, and who did not."""
        if self.provider:
            yield "provider", self.provider
        for party in self.parties:
            yield "party", party
        for party in self.without:
            yield "party without it", party
        first = self.provider or self.parties[-1]
        yield "same kind elsewhere", f"{first.partition(' ')[0]} Elderstad"
        yield "stranger", NOWHERE
        yield "another purpose", first
        yield "blocked", first


@dataclass(frozen=True)
class Route:
    """One address, perhaps with one of the values it takes, and one thing behind it."""

    path: str
    on: str = ""
    may: dict[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    purpose: str = ""
    hidden: tuple[str, ...] = ()
    lists: bool = False
    fills: dict[str, str] = field(default_factory=dict)
    query: str = ""
    content: dict[str, Any] | str = field(default_factory=dict)
    at: tuple[str, ...] = ("POL",)
    tested_by: str = ""

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in self.fills.items())
        return f"{self.path} {told}{self.on and f' [{self.on}]'}".replace("  ", " ")


@dataclass(frozen=True)
class Row:
    """One line of the matrix: all its cells differ in the role alone."""

    route: Route
    method: str
    relation: str
    body: str
    thing: Thing | None

    def words(self) -> tuple[str, str, str, str, str]:
        fills = " ".join(f"{name}={value}" for name, value in self.route.fills.items())
        behind = self.thing.name if self.thing else ""
        return f"{self.route.path} {fills}".strip(), self.method, behind, self.relation, self.body


@cache
def things() -> dict[str, Thing]:
    return {name: _thing(name, **said) for name, said in _file()["thing"].items()}


@cache
def routes() -> tuple[Route, ...]:
    return tuple(_route(**said) for said in _file()["route"])


def waiting() -> list[str]:
    """Addresses that have no row yet."""
    return list(_file()["waiting"])


def rows(route: Route) -> Iterator[Row]:
    """Every line of one route. Nothing behind it: one line for each body that is asked."""
    thing = things()[route.on] if route.on else None
    for method in METHODS:
        if route.may.get(method, ELSEWHERE) == ELSEWHERE:
            continue
        bodies = thing.bodies() if thing else (("-", body) for body in route.at)
        for relation, body in bodies:
            yield Row(route, method, relation, body, thing)


def _file() -> dict[str, Any]:
    return tomllib.loads(ROUTES.read_text(encoding="utf-8"))


def _thing(name: str, record: str, purposes: list[str], **more: Any) -> Thing:
    given_for = tuple(more.pop("given_for", purposes))
    bodies = {key: tuple(more.pop(key, ())) for key in ("parties", "without")}
    return Thing(name, record, tuple(purposes), given_for, **bodies, **more)


def _route(path: str, **more: Any) -> Route:
    may = {method: more.pop(method) for method in METHODS if method in more}
    several = {key: tuple(more.pop(key)) for key in ("at", "only", "hidden") if key in more}
    return Route(path, may=may, **several, **more)

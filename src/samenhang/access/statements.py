"""Reads SQL just far enough to know which protected tables it reaches without a mark.

A mark ``/*scoped:TABLE:ALIAS*/`` vouches for one occurrence of a table: the one
with that alias in the same SELECT, UPDATE or DELETE, and only where it must
hold for every row (in WHERE, in each branch of an OR, never under NOT). So a
second, unmarked occurrence of the same table in a join or a subquery is seen.
Text in quotes and in other comments vouches for nothing. What this reader does
not understand it takes for unmarked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<mark>/\*scoped:\w+:\w+\*/)
    |--[^\n]*|/\*.*?\*/|%s|%\(\w+\)s
    |(?P<text>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*')
    |"(?P<quoted>(?:[^"]|"")*)"|`(?P<ticked>[^`]*)`|\[(?P<boxed>\w+)\]
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>[().,;=])""",
    re.X | re.S,
)
# Where SQLite takes a text in single quotes for the name of a table.
_BEFORE_A_TABLE = frozenset({"from", "join", "update", "into", ","})
_AFTER_A_TABLE = frozenset(
    {"as", "where", "inner", "left", "right", "full", "cross", "natural", "join", "on", "using", "set"}
    | {"order", "group", "having", "limit", "offset", "union", "intersect", "except", "for", "returning"}
    | {"window", "values", "default", "select", "not", "indexed", "tablesample", "with"}
)
_OPENS_A_STATEMENT = frozenset({"select", "update", "delete", "insert", "with", "values", "table", "merge"})
_CHANGES_THE_SCHEMA = frozenset(
    {"create", "alter", "drop", "comment", "pragma", "analyze", "vacuum", "reindex"}
)
_BY_KEY_SUBQUERY = re.compile(r"select (?:distinct )?(\w+) \. id (?:as \w+ )?from ")
_UPDATE_BY_KEY = re.compile(
    r'\s*UPDATE "([A-Za-z0-9_]+)" SET (?!.*(?:\b(?i:select)\b|;)).* WHERE "\1"\."id" = %s\s*$', re.S
)
# SQLite changes a table by copying it: Django's own migration statement.
_REMADE = re.compile(r'\s*INSERT INTO "new__([A-Za-z0-9_]+)" .* FROM "\1"\s*$', re.S)


class Use(NamedTuple):
    """One occurrence of a table, or the mark for it."""

    table: str
    alias: str


class Token(NamedTuple):
    """A piece of SQL. kind: mark, text, name (in quotes) or word or sign; value in lower case."""

    kind: str
    value: str


@dataclass
class _Level:
    """What stands between one pair of brackets."""

    begins: int = 0
    negated: bool = False
    holder: str = ""  # the alias whose key is compared: ``"t"."id" IN (…)``
    statement: bool = False
    uses: set[Use] = field(default_factory=set)
    marks: set[Use] = field(default_factory=set)
    branches: list[set[Use]] = field(default_factory=list)

    def forget_marks(self) -> None:
        self.marks, self.branches = set(), []

    def branch(self) -> None:
        self.branches.append(self.marks)
        self.marks = set()

    def certain(self) -> set[Use]:
        """The marks that hold in every branch of an OR."""
        return set() if self.negated else self.marks.intersection(*self.branches)


def unmarked(sql: str, protected: frozenset[str]) -> frozenset[str]:
    """The protected tables that this statement reaches in some place without a mark of that place."""
    if _UPDATE_BY_KEY.match(sql) or _REMADE.match(sql):
        return frozenset()
    tokens = list(_tokens(sql))
    if _changes_the_schema_alone(tokens):
        return frozenset()
    return frozenset(use.table for use in _Reader(tokens, protected).missing())


class _Reader:
    """Walks the tokens once, with a stack of brackets."""

    def __init__(self, tokens: list[Token], protected: frozenset[str]) -> None:
        self._tokens, self._protected = tokens, protected
        self._stack = [_Level(statement=True)]
        self._missing: set[Use] = set()

    def missing(self) -> set[Use]:
        for place, token in enumerate(self._tokens):
            self._read(place, token)
        while self._stack:
            self._close(len(self._tokens))
        return self._missing

    def _read(self, place: int, token: Token) -> None:
        level = self._stack[-1]
        match token:
            case ("mark", value):
                _scoped, table, alias = value.strip("/*").split(":")
                level.marks.add(Use(table, alias))
            case ("sign", "("):
                self._stack.append(self._opened(place))
            case ("sign", ")") if len(self._stack) > 1:
                self._close(place)
            case ("sign", ";") | ("word", "union" | "intersect" | "except"):
                self._settle(level)
            case ("word", "where"):
                # Marks count as conditions of WHERE alone, not in what is selected or joined.
                level.forget_marks()
            case ("word", "or"):
                level.branch()
            case ("word", word) if word in _OPENS_A_STATEMENT and place == level.begins:
                level.statement = True
            case ("name" | "word" | "text", value) if value in self._protected:
                self._name(place, token)

    def _name(self, place: int, token: Token) -> None:
        before, after = self._at(place - 1), self._at(place + 1)
        if token.kind == "text" and before.value not in _BEFORE_A_TABLE:
            return
        if after == ("sign", ".") or before == ("word", "of"):
            return  # a column of it; FOR UPDATE OF it
        if before == ("word", "into") and self._inserts_only():
            return
        self._stack[-1].uses.add(Use(token.value, self._alias(place + 1) or token.value))

    def _alias(self, place: int) -> str:
        token = self._at(place)
        if token == ("word", "as"):
            token = self._at(place + 1)
        named = token.kind == "name" or (token.kind == "word" and token.value not in _AFTER_A_TABLE)
        return token.value if named else ""

    def _inserts_only(self) -> bool:
        """An INSERT that leaves the rows that are there as they are."""
        words = [token.value for token in self._tokens if token.kind == "word"]
        return words[0] == "insert" and "replace" not in words[:3] and "update" not in words

    def _opened(self, place: int) -> _Level:
        before = [self._at(place - back) for back in (4, 3, 2, 1)]
        by_key = [token.value for token in before[1:]] == [".", "id", "in"]
        return _Level(
            begins=place + 1,
            negated=before[-1] == ("word", "not"),
            holder=before[0].value if by_key else "",
        )

    def _close(self, place: int) -> None:
        level = self._stack.pop()
        if not level.statement:
            # Brackets in a condition or round a join: part of what surrounds them.
            self._stack[-1].uses |= level.uses
            self._stack[-1].marks |= level.certain()
            return
        if level.holder:
            words = " ".join(token.value for token in self._tokens[level.begins : place])
            picked = _BY_KEY_SUBQUERY.match(words)
            # ``t.id IN (SELECT U0.id FROM t U0 WHERE mark of U0)`` vouches for t too.
            self._stack[-1].marks |= {
                Use(mark.table, level.holder)
                for mark in level.certain()
                if picked and picked[1] == mark.alias and mark in level.uses
            }
        self._settle(level)

    def _settle(self, level: _Level) -> None:
        self._missing |= level.uses - level.certain()
        level.uses = set()
        level.forget_marks()

    def _at(self, place: int) -> Token:
        return self._tokens[place] if 0 <= place < len(self._tokens) else Token("", "")


def _tokens(sql: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(sql):
        match found.lastgroup:
            case None:
                continue
            case "quoted" | "ticked" | "boxed":
                yield Token("name", found[found.lastgroup].lower())
            case "text":
                yield Token("text", found["text"].lstrip("eE").strip("'").lower())
            case "word" | "mark" | "sign" as kind:
                yield Token(kind, found[0].lower())


def _changes_the_schema_alone(tokens: list[Token]) -> bool:
    words = [token.value for token in tokens if token.kind == "word"]
    if words[:3] == ["set", "constraints", "immediate"]:
        words = words[3:]  # PostgreSQL: how Django begins to drop a foreign key.
    if not words or words[0] not in _CHANGES_THE_SCHEMA:
        return False
    # A trigger speaks of rows that are being changed; a view or a copied table gives rows away.
    return "select" not in words or words[1:2] in (["trigger"], ["function"])

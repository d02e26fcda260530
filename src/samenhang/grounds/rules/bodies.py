"""The law of a day about one body: what it gives and gets, where it sits, in which measures it has a hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samenhang.grounds.rules.disclosure import Answer, ask, is_on, preference
from samenhang.grounds.rules.law import Rule, law
from samenhang.grounds.rules.measures import AvailableMeasure, executors, measures_available
from samenhang.grounds.rules.vocabulary import names_in_use

APPROACH = "person-centred-approach"
# The joint bodies: where a signal is weighed, and where a case is discussed.
PANEL, TABLE = "WEEG", "CASUS"
# Who weighs a signal together, and by which article.
WEIGHERS, WEIGHED_BY = ("POL", "OM", "BURG"), "Wet PGA art. 5(3)"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as it stands on that day. in_use: read in its source, or approved by a named lawyer."""

    rule: Rule
    in_use: bool


def gives(code: str, on: date, enabled: Collection[str] = ()) -> list[Line]:
    """Every rule by which this body may or must give something that day. Raises UnknownTerm."""
    return _lines(code, on, enabled, giving=True)


def gets(code: str, on: date, enabled: Collection[str] = ()) -> list[Line]:
    """Every rule by which it may or must be given something that day. Raises UnknownTerm."""
    return _lines(code, on, enabled, giving=False)


def _lines(code: str, on: date, enabled: Collection[str], *, giving: bool) -> list[Line]:
    """Well-read rules first. Nothing for a body, or to one, that did not exist that day."""
    known = law()
    if not names_in_use(code, on):
        return []
    mine = known.canonical(code)
    found = []
    for rule in known.rules:
        own, other = (rule.provider, rule.recipient) if giving else (rule.recipient, rule.provider)
        if rule.period.covers(on) and mine in known.expand(own) and _exists(other, on):
            found.append(Line(rule, is_on(rule, enabled)))
    return sorted(found, key=lambda line: preference(line.rule))


def _exists(side: str, on: date) -> bool:
    return any(names_in_use(code, on) for code in law().expand(side))


def of_the_day(on: date) -> list[str]:
    """The canonical code of each body that exists that day, one for each, in the order of the table."""
    return [code for code in law().authorities if law().canonical(code) == code and names_in_use(code, on)]


def called(code: str, on: date) -> str:
    """The code under which the body went that day: VENJ for JENV in 2014; its own when it did not exist."""
    return next(reversed(names_in_use(code, on)), code)


def by_the_act(on: date) -> bool:
    """Whether an Act says who sits where: from the day on which the triage panel exists in law."""
    return law().authorities[PANEL].period.covers(on)


def at_the_case(code: str, on: date) -> Answer:
    """Whether this body may be given the plan of a case conference that day. Raises UnknownTerm."""
    return ask(TABLE, code, "plan", APPROACH, on)


def seated_by_law(on: date) -> list[str]:
    """Who may sit at a case conference by law that day."""
    return [code for code in law().expand("kind:participant") if at_the_case(code, on).permitted]


def hands_in(code: str, on: date, approved: Collection[str] = ()) -> list[tuple[AvailableMeasure, list[str]]]:
    """The kinds of measure that it decides, proposes or executes that day, with which of those it does."""
    mine = law().canonical(code)
    found = []
    for kind in measures_available(on, approved):
        hands = {"decides": kind.deciders, "proposes": kind.proposers, "executes": executors(kind.code, on)}
        deeds = [deed for deed, who in hands.items() if mine in map(law().canonical, who)]
        if deeds:
            found.append((kind, deeds))
    return found

"""Which kinds of measure the law has on a day, on what ground, decided by whom, for how long."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from samenhang.grounds.rules.durations import Duration
from samenhang.grounds.rules.law import Basis, Competence, MeasureKind, law
from samenhang.grounds.rules.vocabulary import UnknownTerm, names_in_use


@dataclass(frozen=True)
class AvailableMeasure:
    """A kind of measure as the law has it on the day asked.

    since, until: the days between which this ground holds; None is open.
    approved: a named lawyer approved the kind. Outside a demonstration home a
        kind without approval cannot be used.
    """

    code: str
    name_nl: str
    name_en: str
    kind: str
    basis: str
    since: date | None
    until: date | None
    mark: str
    note: str
    approved: bool
    proposers: frozenset[str]
    deciders: frozenset[str]
    competences: tuple[Competence, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "basis": self.basis,
            "name_nl": self.name_nl,
            "name_en": self.name_en,
            "mark": self.mark,
            "approved": self.approved,
            "from": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "deciders": sorted(self.deciders),
        }


def measure(code: str) -> MeasureKind:
    """The kind of measure with this code, in force or not. Raises UnknownTerm."""
    try:
        return law().measures[code]
    except KeyError:
        raise UnknownTerm(_("kind of measure"), code, law().measures) from None


def basis_on(measure_code: str, on: date) -> Basis | None:
    """The ground of the kind on that day, its predecessor's where that held then. Raises UnknownTerm."""
    versions = measure(measure_code).versions
    return next((version for version in versions if version.period.covers(on)), None)


def is_available(measure_code: str, on: date) -> bool:
    """Whether the law has this kind on that day. Raises UnknownTerm."""
    return basis_on(measure_code, on) is not None


def measures_available(on: date, approved: Collection[str] = ()) -> tuple[AvailableMeasure, ...]:
    """Every kind the law has on that day, in the order of the catalogue.

    `approved` holds the codes that a named lawyer has approved.
    """
    return _available(law().epoch(on), frozenset(approved))


def available_as_json(on: date, approved: Collection[str] = ()) -> list[dict[str, Any]]:
    """The kinds of that day as plain objects: code, basis, names, mark, approved, from, until, deciders."""
    return [available.to_json() for available in measures_available(on, approved)]


@lru_cache(maxsize=512)
def _available(epoch: date, approved: frozenset[str]) -> tuple[AvailableMeasure, ...]:
    return tuple(
        _described(kind, basis, epoch, kind.code in approved)
        for kind in law().measures.values()
        if (basis := basis_on(kind.code, epoch))
    )


def _described(kind: MeasureKind, basis: Basis, on: date, approved: bool) -> AvailableMeasure:
    return AvailableMeasure(
        code=kind.code,
        name_nl=kind.name_nl,
        name_en=kind.name_en,
        kind=kind.kind,
        basis=basis.basis,
        since=basis.period.since,
        until=basis.period.until,
        mark=basis.mark,
        note=basis.note or kind.note,
        approved=approved,
        proposers=proposers(kind.code, on),
        deciders=deciders(kind.code, on),
        competences=competences(kind.code, on),
    )


def competences(measure_code: str, on: date) -> tuple[Competence, ...]:
    """The rows on who proposes, decides and executes that day; none when the kind has no ground then.

    Raises UnknownTerm.
    """
    if not is_available(measure_code, on):
        return ()
    return tuple(c for c in law().competences if c.measure_code == measure_code and c.period.covers(on))


def deciders(measure_code: str, on: date) -> frozenset[str]:
    """The codes of the bodies that may decide that day, under every name in use then. Raises UnknownTerm."""
    return _existing((code for c in competences(measure_code, on) for code in c.decides), on)


def proposers(measure_code: str, on: date) -> frozenset[str]:
    """The codes of the bodies that propose that day: practice, unless the row's note says law.

    Raises UnknownTerm.
    """
    return _existing((code for c in competences(measure_code, on) for code in c.proposers), on)


def executors(measure_code: str, on: date) -> frozenset[str]:
    """The codes of the bodies that execute that day. Raises UnknownTerm."""
    return _existing((code for c in competences(measure_code, on) for code in c.executes), on)


def _existing(codes: Iterable[str], on: date) -> frozenset[str]:
    return frozenset(name for code in codes for name in names_in_use(code, on))


def term(measure_code: str, start: date) -> date | None:
    """The day on which a measure that starts on `start` has lapsed: in force through the day before.

    The maximum of the law in calendar months, never lengthened for a weekend
    (a ceiling, not a time to act), and cut short where the measure falls with
    its Act. None where the law sets no maximum. Raises UnknownTerm.
    """
    kind = measure(measure_code)
    ends = [Duration.read(kind.max_duration).after(start)] if kind.max_duration else []
    basis = basis_on(measure_code, start)
    if kind.lapses_with_law and basis and basis.period.until:
        ends.append(basis.period.until + timedelta(days=1))
    return min(ends, default=None)

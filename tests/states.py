"""A small world of measures with days of their own, for counting by hand.

Only rows: how measures come to be is told by the tests of measures and by the
scenarios. Every person here is a number.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from samenhang.access.rules import pack
from samenhang.cases.models import Case
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person

ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass
class States:
    """Makes persons and measures in one case."""

    case: Case
    body: Organisation

    def person(self, *, born: str = "1990-01-01") -> Person:
        row = Person(
            scope="P-states", provider=self.body, category="identity", purposes=pack(["weighing"]),
            birth_date=born, opened_at=datetime(2012, 1, 1, tzinfo=ZONE),
        )  # fmt: skip
        row.save()
        return row

    def imposed(self, kind: str, on: str, person: Person | None = None) -> Measure:
        """A measure decided on that day, and in force since."""
        day = date.fromisoformat(on)
        return self._measure(
            kind, person, status=Status.IN_FORCE, suggested_on=day, decided_on=day, starts_on=day
        )

    def suggested(self, kind: str, on: str, *, decided_on: str = "", ended_on: str = "") -> Measure:
        """A measure in preparation since that day, and how it went on."""
        days = {"suggested_on": date.fromisoformat(on)}
        if decided_on:
            days |= dict.fromkeys(("decided_on", "starts_on"), date.fromisoformat(decided_on))
        if ended_on:
            days["ended_on"] = date.fromisoformat(ended_on)
        status = Status.IN_FORCE if decided_on else Status.WITHDRAWN if ended_on else Status.CHECKED
        return self._measure(kind, None, status=status, **days)

    def _measure(self, kind: str, person: Person | None, **fields: object) -> Measure:
        row = Measure(
            scope="M-states", provider=self.body, category="measure-decision", purposes=pack(["weighing"]),
            kind=kind, basis="test", case=self.case, person=person or self.person(), necessity="test",
            subsidiarity="test", suggested_by="U-test", **fields,
        )  # fmt: skip
        row.save()
        return row


def withdrawn(measure: Measure, on: str) -> None:
    """As if it should not have been."""
    Measure.objects.unscoped("test").filter(pk=measure.pk).update(
        status=Status.WITHDRAWN, ended_on=date.fromisoformat(on)
    )

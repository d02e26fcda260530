"""A small world of measures with days of their own, for counting by hand.

Only rows: how measures come to be is told by the tests of measures and by the
scenarios. Every person here is a number.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.access.rules import pack
from samenhang.cases.models import Case
from samenhang.exchange.models import Movement, OfficialMessage
from samenhang.measures.models import Arrest, Custody, Measure
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

    def moved(self, person: Person, status: str, on: str, *, known: str = "", until: str = "") -> Movement:
        """Where a person was from that day on; written down that day, and perhaps corrected later."""
        row = Movement(
            scope="T-states", provider=self.body, category="police-data", purposes=pack(["weighing"]),
            person=person, status=status, true_on=date.fromisoformat(on), basis="test", recorded_by="U-test",
            known_at=_noon(known or on), superseded_at=_noon(until) if until else None,
        )  # fmt: skip
        row.save()
        return row

    def message(self, number: str, on: str, *, service: str = "AIVD") -> OfficialMessage:
        provider = Organisation.objects.get_or_create(authority=service, region="", name=service)[0]
        row = OfficialMessage(
            scope="L-states", provider=provider, category="official-message", purposes=pack(["prosecution"]),
            number=number, dated_on=date.fromisoformat(on), addressee=self.body, topic="there", text="test",
            reliability="test", purpose="prosecution", rule="test", basis="test", registered_at=_noon(on),
            registered_by="U-test",
        )  # fmt: skip
        row.save()
        return row

    def arrested(self, person: Person, on: str) -> Arrest:
        row = Arrest(
            scope="X-states", provider=self.body, category="police-data", purposes=pack(["investigation"]),
            person=person, arrested_on=date.fromisoformat(on), place="test", offences="test",
            suspected_of="test", reported_at=_noon(on), reported_by="U-test",
        )  # fmt: skip
        row.save()
        return row

    def held(self, arrest: Arrest, stage: str, on: str, days: int) -> Custody:
        day = date.fromisoformat(on)
        row = Custody(
            scope="X-states", provider=self.body, category="judicial-data", purposes=pack(["investigation"]),
            arrest=arrest, stage=stage, decided_on=day, days=days, starts_on=day,
            ends_on=day + timedelta(days=days), recorded_at=_noon(on), recorded_by="U-test",
        )  # fmt: skip
        row.save()
        return row

    def _measure(self, kind: str, person: Person | None, **fields: object) -> Measure:
        row = Measure(
            scope="M-states", provider=self.body, category="measure-decision", purposes=pack(["weighing"]),
            kind=kind, basis="test", case=self.case, person=person or self.person(), necessity="test",
            subsidiarity="test", suggested_by="U-test", **fields,
        )  # fmt: skip
        row.save()
        return row


def _noon(on: str) -> datetime:
    return datetime.fromisoformat(f"{on}T12:00").replace(tzinfo=ZONE)


def withdrawn(measure: Measure, on: str) -> None:
    """As if it should not have been."""
    Measure.objects.unscoped("test").filter(pk=measure.pk).update(
        status=Status.WITHDRAWN, ended_on=date.fromisoformat(on)
    )

"""Invented alerts and travellers for the tests of the watchlists. Nobody here resembles a living person."""

from datetime import date, datetime
from typing import Any

import edifact
from samenhang.journal import Actor
from samenhang.judging.rules import Why
from samenhang.organisations.acting import service_account
from samenhang.travel import actions as travel
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.models import Alert, Hit
from samenhang.watchlists.rules.alerts import Listed, Request

REVIEW = date(2027, 5, 1)


def listed(**changes: Any) -> Listed:
    fields: dict[str, Any] = {
        "names": ("Fantasio van der Verzonnen",),
        "birth_dates": ("1991-05-12",),
        "sex": "M",
        "nationalities": ("NLD",),
        "documents": ("X0000001",),
    }
    return Listed(**{**fields, **changes})


def request(**changes: Any) -> Request:
    fields: dict[str, Any] = {
        "kind": "SIS-36",
        "action": "discreet-check",
        "criteria": ("intends-or-commits",),
        "contact": "Invented desk, 000-0000",
        "review_on": REVIEW,
    }
    return Request(**{**fields, **changes})


def alert(by: Actor, **changes: Any) -> Alert:
    """An alert on the invented Fantasio van der Verzonnen, changed as said."""
    return actions.issue(listed(**changes), request(), by=by)


def every_alert() -> Any:
    return Alert.objects.unscoped("a test looks at the state")


FLIGHT = edifact.Flight(
    carrier="XX",
    number="123",
    departure_airport="IST",
    arrival_airport="AMS",
    departs_at=datetime.fromisoformat("2026-11-23T07:10"),
    arrives_at=datetime.fromisoformat("2026-11-23T11:40"),
)
# Resembles the invented alert.
FANTASIO = edifact.Passenger(
    surname="VAN DER VERZONNEN",
    given_names="FANTASIO",
    birth_date=date(1991, 5, 12),
    sex="M",
    nationality="NLD",
    documents=(edifact.Document("P", "X0000001", "NLD", date(2030, 1, 1)),),
    record_locator="AAAAAA",
)
# Resembles nobody.
BRAM = edifact.Passenger(
    surname="BEDACHT",
    given_names="BRAM",
    birth_date=date(1970, 1, 2),
    sex="M",
    nationality="NLD",
    documents=(edifact.Document("P", "Z9999999", "NLD", None),),
    record_locator="BBBBBB",
)


def arrive(
    *people: edifact.Passenger, now: datetime, flight: edifact.Flight = FLIGHT, reference: str = "1"
) -> list[Passenger]:
    """The people as a carrier sends them, received and read; everybody who is known, oldest first."""
    by = service_account("receiving", now=now)
    assert flight.departs_at
    data = edifact.write_paxlst(flight, people, flight.departs_at, "XX", reference)
    travel.read(travel.receive(data, name="file.edi", by=by).message, by=by)
    return list(Passenger.objects.unscoped("a test looks").select_related("flight").order_by("pk"))


def screener(now: datetime) -> Actor:
    return service_account("screening", now=now)


def every_hit() -> Any:
    return Hit.objects.unscoped("a test looks at the state").order_by("pk")


def one_hit(police: Actor, **changes: Any) -> Hit:
    """An invented passenger who resembles the invented alert, screened."""
    alert(police, **changes)
    arrive(FANTASIO, BRAM, now=police.now)
    actions.screen_waiting(by=screener(police.now))
    hit: Hit = every_hit().get()
    return hit


MATCH = Why("same-name-and-birth")
NO_MATCH = Why("other-name")
UNDECIDED = Why("too-little")
ASK = Why("issuer-knows-more")

"""What is compared with what: alerts and passengers as the screening library takes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from screening import Candidate, Entry, Query

# One transaction's worth of passengers.
BATCH = 500
# A flight lands within a day of leaving; times are local and perhaps unknown.
LANDED_AFTER = timedelta(days=1)


def entry(alert: Any) -> Entry:
    """An alert as it is compared. Nationality is left out on purpose: see ``query``."""
    return Entry(
        key=alert.reference,
        names=tuple(alert.names),
        birth_dates=tuple(alert.birth_dates),
        sex=alert.sex or None,
        documents=tuple(alert.documents),
    )


def query(passenger: Any) -> Query:
    """A passenger as they are compared.

    Nationality is never given: not even a weak weight may tip whom a reviewer sees
    (Directive (EU) 2016/681 art. 6(4), 7(6); CJEU C-817/19, 197). It is shown beside
    the alert's for the reviewer, who identifies by it and selects nobody.
    """
    told = passenger.told
    names = [_whole(told), *map(_whole, told["other_names"])]
    return Query(
        key=str(passenger.pk),
        names=tuple(dict.fromkeys(filter(None, names))),
        birth_date=told["birth_date"] or None,
        sex=told["sex"] if told["sex"] in ("M", "F") else None,
        documents=tuple(filter(None, (one.get("number", "") for one in told["documents"]))),
    )


def explanation(found: Candidate) -> dict[str, Any]:
    """The comparison, part by part, as it is stored with a hit."""
    return {
        "listed_name": found.listed_name,
        "parts": [
            {"query": p.query, "listed": p.listed, "how": p.how, "weight": p.weight} for p in found.parts
        ],
        "evidence": [
            {"kind": e.kind, "verdict": e.verdict, "query": e.query, "listed": e.listed, "weight": e.weight}
            for e in found.evidence
        ],
    }


def shown_of(alert: Any) -> dict[str, Any]:
    """What the reviewer may see of an alert that belongs to another organisation."""
    fields = ("names", "birth_dates", "sex", "nationalities", "documents", "action", "contact", "legal_basis")
    return {name: getattr(alert, name) for name in fields}


def under_way_since(on: date) -> date:
    """Flights of this day or later may still be under way; those before are completed."""
    return on - LANDED_AFTER


def arrival_of(flight: Any) -> str:
    """When it arrives, as ISO text that sorts; its day of departure when that is all there is."""
    return flight.arrives_at or (flight.departs_on.isoformat() if flight.departs_on else "")


def check_batch(passengers: Iterable[Any]) -> None:
    """A larger batch would hold the database for too long: a bug of the caller."""
    if len(list(passengers)) > BATCH:
        raise ValueError(f"At most {BATCH} passengers at once.")


def _whole(name: Mapping[str, Any]) -> str:
    return f"{name.get('given_names', '')} {name.get('surname', '')}".strip()

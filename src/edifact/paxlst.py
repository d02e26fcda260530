"""PAXLST: passenger and crew lists (WCO/IATA/ICAO guide; D.02B to D.15B share one structure).

Groups are told apart by the segment that opens them (TDT flight, NAD person, DOC document),
never by their place, so that segments out of order cost a problem and not a passenger.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from edifact import dates, names
from edifact.envelope import Body
from edifact.flights import Stop, legs
from edifact.records import Document, Passenger
from edifact.scan import Segment

KINDS = {
    "FL": "passenger",
    "FM": "crew",
    "DDT": "crew in transit",
    "DDU": "passenger in transit",
}
POUND = 0.45359237  # kg in LBR
MOST_TAGS = 99  # a carrier cannot check in more bags for one passenger than this


@dataclass
class _Reading:
    """What is being gathered while the segments pass."""

    body: Body
    head: dict[str, Any] = field(default_factory=dict)
    flights: list[tuple[Segment, list[Stop]]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    person: dict[str, Any] | None = None

    def sent(self) -> date | None:
        """The day that resolves two-digit years: of sending, else of the flight."""
        if self.body.sent is None:
            for _, stops in self.flights:
                for stop in stops:
                    try:
                        self.body.sent = dates.moment(stop.departs or stop.arrives).date()
                    except ValueError:
                        continue
                    return self.body.sent
        return self.body.sent


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a PAXLST fills."""
    reading = _Reading(body)
    for segment in body.segments:
        if (reader := READERS.get(segment.tag)) is not None:
            reader(reading, segment)
    _close(reading)
    flights = [leg for tdt, stops in reading.flights for leg in legs(tdt, stops, body)]
    return reading.head | {
        "flights": tuple(flights),
        "passengers": tuple(Passenger(**person) for person in reading.people),
    }


def _bgm(reading: _Reading, segment: Segment) -> None:
    reading.head["code"] = segment.code(0)
    reading.head["function"] = segment.code(1)


def _tdt(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    reading.flights.append((segment, []))


def _nad(reading: _Reading, segment: Segment) -> None:
    qualifier = segment.code(0)
    _close(reading)
    kind = KINDS.get(qualifier)
    if kind is None:
        if qualifier != "MS":  # who reports the list
            reading.body.problem(segment, f"NAD of kind {qualifier!r} names nobody on board")
        return
    parts = segment.elements[3] if len(segment.elements) > 3 else []
    if not any(part.strip() for part in parts):
        # Some carriers leave elements out: the name is then the first that holds text.
        parts = next((e for e in segment.elements[1:] if any(part.strip() for part in e)), [])
    surname, *given = [part.strip() for part in parts] or [""]
    raw = " ".join(part for part in given if part)
    reading.person = {
        "kind": kind,
        "surname": surname,
        "given_names_raw": raw,
        "given_names": names.cleaned(raw, glued=False),
    }
    reading.people.append(reading.person)
    reading.documents = []
    if not surname:
        reading.body.problem(segment, "a person without a surname")


def _close(reading: _Reading) -> None:
    """End the group of a person, so that what follows is not taken for theirs."""
    person = reading.person
    if person is not None:
        person["documents"] = tuple(
            Document(**document) for document in reading.documents if any(document.values())
        )
        reading.person, reading.documents = None, []


def _att(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None and segment.code(0) in ("2", ""):
        reading.person["sex"] = segment.code(2)


def _dtm(reading: _Reading, segment: Segment) -> None:
    qualifier, text = segment.code(0), segment.at(0, 1)
    if qualifier in ("189", "232"):
        if not reading.flights or not reading.flights[-1][1]:
            reading.body.problem(segment, "a time without an airport")
            return
        stop = reading.flights[-1][1][-1]
        setattr(stop, "departs" if qualifier == "189" else "arrives", text)
        return
    if reading.person is None or not text:
        return
    if qualifier == "329":
        reading.person["birth_text"] = text
        reading.person["birth_date"] = _date(reading, segment, text, dates.birth_date)
    elif qualifier == "36":
        if not reading.documents:
            reading.body.problem(segment, "a date of expiry without a document")
            return
        reading.documents[-1]["expiry"] = _date(reading, segment, text, dates.expiry_date)


def _date(
    reading: _Reading, segment: Segment, text: str, read_date: Callable[[str, date | None], date]
) -> date | None:
    try:
        return read_date(text, reading.sent())
    except ValueError:
        reading.body.problem(segment, "unreadable date")
        return None


def _loc(reading: _Reading, segment: Segment) -> None:
    qualifier, place = segment.code(0), segment.code(1)
    if reading.person is None:
        qualifier = AMERICAN.get(qualifier, qualifier)
        if reading.flights and qualifier in ("125", "87", "92"):
            reading.flights[-1][1].append(Stop(qualifier, place[2:] if len(place) == 5 else place))
    elif qualifier == "91":
        if reading.documents:
            reading.documents[-1]["issuer"] = place
        elif place:
            reading.body.problem(segment, "an issuing country without a document")
    elif qualifier in PLACES:
        reading.person[PLACES[qualifier]] = place


AMERICAN = {"005": "125", "008": "87"}  # places of US-EDIFACT: the country stands before the airport
PLACES = {"22": "border_crossing", "178": "embarkation", "179": "debarkation"}


def _rff(reading: _Reading, segment: Segment) -> None:
    qualifier, value = segment.code(0), segment.at(0, 1)
    if reading.person is None:
        if qualifier == "TN":
            reading.head["transaction"] = value
    elif qualifier == "YZY":
        reading.person["tickets"] = (*reading.person.get("tickets", ()), value)
    elif qualifier in REFERENCES:
        reading.person[REFERENCES[qualifier]] = value


REFERENCES = {"AVF": "record_locator", "ABO": "reference", "SEA": "seat"}


def _nat(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None and segment.code(0) in ("2", ""):
        reading.person["nationality"] = segment.code(1)


def _doc(reading: _Reading, segment: Segment) -> None:
    if reading.person is None:
        return
    reading.documents.append({"type": segment.code(0), "number": segment.at(1)})


def _mea(reading: _Reading, segment: Segment) -> None:
    if reading.person is None:
        return
    qualifier = segment.code(0)
    # The value stands after its unit (C174); some leave the empty element out.
    value = next((v for v in (segment.at(2, 1), segment.at(1, 1), segment.at(2)) if v), "")
    try:
        number = float(value)
        if not 0 <= number < 100_000:
            raise ValueError(value)
    except ValueError:
        if value:
            reading.body.problem(segment, "unreadable number of bags or weight")
        return
    if qualifier == "CT":
        reading.person["bag_count"] = int(number)
    elif qualifier == "WT":
        reading.person["bag_weight_kg"] = round(number * POUND if segment.code(2) == "LBR" else number)


def _ftx(reading: _Reading, segment: Segment) -> None:
    if reading.person is None or segment.code(0) != "BAG":
        return
    for element in segment.elements[3:]:
        tag = element[0].strip()
        if tag and tag.upper() not in ("NULL", "NIL"):
            count = element[1].strip() if len(element) > 1 else "1"
            reading.person["bag_tags"] = (*reading.person.get("bag_tags", ()), *_tags(tag, count))


def _tags(tag: str, count: str) -> list[str]:
    """UA123456:3 means three tags with consecutive numbers."""
    number = re.search(r"[0-9]{1,12}$", tag)
    if number is None or not (count.isascii() and count.isdigit() and 1 < int(count[:9]) <= MOST_TAGS):
        return [tag]
    digits = number[0]
    stem = tag[: -len(digits)]
    return [f"{stem}{int(digits) + n:0{len(digits)}d}" for n in range(int(count))]


def _gei(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None:
        codes = (*reading.person.get("capture_codes", ()), ":".join(e[0].strip() for e in segment.elements))
        reading.person["capture_codes"] = codes


def _cnt(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    said = segment.at(0, 1)
    kinds = {"42": ("passenger", "passenger in transit"), "41": ("crew", "crew in transit")}
    if segment.code(0) not in kinds or not said:
        return
    real = sum(person["kind"] in kinds[segment.code(0)] for person in reading.people)
    if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) != real:
        reading.body.problem(segment, f"CNT says {said!r} {kinds[segment.code(0)][0]}, {real} found")


def _pdt(reading: _Reading, segment: Segment) -> None:
    """US-EDIFACT has a passenger in one segment:

    PDT+type/number:expiry:issuer+surname:given:middle:birth:sex+PAX or CRW+from:to
    """
    _close(reading)
    surname, *given = (segment.at(1, n) for n in range(3))
    raw = " ".join(part for part in given if part)
    birth, sex = segment.at(1, 3), segment.code(1, 4)
    reading.person = {
        "kind": "crew" if segment.code(2).startswith("CR") else "passenger",
        "surname": surname,
        "given_names_raw": raw,
        "given_names": names.cleaned(raw, glued=False),
        "birth_text": birth,
        "birth_date": _date(reading, segment, birth, dates.birth_date) if birth else None,
        "sex": sex,
        "embarkation": segment.code(3)[-3:],
        "debarkation": segment.code(3, 1)[-3:],
    }
    reading.people.append(reading.person)
    kind, _, number = segment.at(0).rpartition("/")
    expiry = segment.at(0, 1)
    reading.documents = [
        {
            "type": kind.upper(),
            "number": number,
            "issuer": segment.code(0, 2),
            "expiry": _date(reading, segment, expiry, dates.expiry_date) if expiry else None,
        }
    ]
    _close(reading)


READERS: dict[str, Callable[[_Reading, Segment], None]] = {
    "BGM": _bgm, "TDT": _tdt, "NAD": _nad, "ATT": _att, "DTM": _dtm, "LOC": _loc, "RFF": _rff,
    "NAT": _nat, "DOC": _doc, "MEA": _mea, "FTX": _ftx, "GEI": _gei, "CNT": _cnt, "PDT": _pdt,
}  # fmt: skip

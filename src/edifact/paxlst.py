"""PAXLST: passenger and crew lists (WCO/IATA/ICAO guide; D.02B to D.15B share one structure).

Groups are told apart by the segment that opens them (TDT flight, NAD person, DOC document),
never by their place, so that segments out of order cost a problem and not a passenger.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from edifact import dates, names
from edifact.envelope import Body
from edifact.flights import Stop, legs
from edifact.groups import Group, NotPlain
from edifact.paxlst_tables import AMERICAN, DOCUMENT, KINDS, PERSON
from edifact.paxlst_values import address, contacts, several
from edifact.plain_person import passenger
from edifact.records import Address, Document, Passenger
from edifact.segments import Segment

STOPS = {"125": "125", "87": "87", "92": "92", "005": "125", "5": "125", "008": "87", "8": "87"}
DEPARTS, ARRIVES = frozenset({"189", "136"}), frozenset({"232", "132"})
POUND = 0.45359237  # kg in LBR


class Meaning(NamedTuple):
    """What a segment tells, whoever it tells it of: the same text need not be read twice.

    person, document: fields of the person or document that is open. lists: values that come
    on top of those that a field of the person has. problem: what is wrong with it.
    step: what to do where that depends on what is open.
    """

    person: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    lists: dict[str, tuple[Any, ...]] | None = None
    problem: str = ""
    step: "Callable[[_Reading, Segment], None] | None" = None


@dataclass
class _Reading:
    """What is being gathered while the segments pass."""

    body: Body
    head: dict[str, Any] = field(default_factory=dict)
    flights: list[tuple[Segment, int, list[Stop]]] = field(default_factory=list)
    people: list[Passenger] = field(default_factory=list)
    listed: list[Passenger] = field(default_factory=list)  # in PDT segments
    documents: list[dict[str, Any]] = field(default_factory=list)
    person: dict[str, Any] | None = None

    def sent(self) -> date | None:
        """The day that resolves two-digit years: of sending, else of the flight."""
        if self.body.sent is None:
            for _, _, stops in self.flights:
                for stop in stops:
                    try:
                        self.body.sent = dates.moment(stop.departs or stop.arrives).date()
                    except ValueError:
                        continue
                    return self.body.sent
        return self.body.sent


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a PAXLST fills."""
    problems = len(body.problems)
    try:
        return _read(body)
    except NotPlain:
        del body.problems[problems:]
        body.take_apart()
        return _read(body)


def _read(body: Body) -> dict[str, Any]:
    reading = _Reading(body)
    meanings = body.meanings
    person: dict[str, Any] | None = None
    segments = body.segments
    for body.at, segment in enumerate(segments):
        if type(segment) is Group:
            if person is not None:
                _close(reading)
                person = None
            reading.people.append(passenger(segment, reading.sent))
            continue
        meaning = meanings.get(segment)
        if meaning is None:
            meaning = meanings[segment] = _meaning(reading, segment)
        told, document, lists, problem, step = meaning
        if step is not None:
            step(reading, segment)
            person = reading.person
        elif person is not None:
            if told is not None:
                person.update(told)
            elif lists is not None:
                for name, values in lists.items():
                    person[name] = person.get(name, ()) + values
            elif document is not None:
                _add(reading, document)
        if problem:
            body.problem(problem)
    _close(reading)
    flights = [leg for tdt, at, stops in reading.flights for leg in legs(tdt, stops, body, at)]
    return reading.head | {
        "flights": tuple(flights) or body.flights,
        "passengers": tuple(reading.people),
        "listed_in_pdt": tuple(reading.listed),
    }


def _meaning(reading: _Reading, segment: Segment) -> Meaning:
    qualifier = segment.code(0)
    if (step := STEPS.get((segment.tag, qualifier)) or STEPS.get((segment.tag, ""))) is not None:
        return Meaning(step=step)
    if (lists := several(segment)) is not None:
        return Meaning(lists=lists)
    if (row := DOCUMENT.find(segment)) is not None:
        values = row.read(segment)
        if "expiry" not in values:
            return Meaning(document={n: v if n == "number" else v.upper() for n, v in values.items()})
        expiry, problem = _date(reading, values["expiry"], dates.expiry_date)
        return Meaning(document={"expiry": expiry}, problem=problem)
    if segment.tag == "MEA":
        return _measure(segment)
    row = PERSON.find(segment)
    if row is None and qualifier == "" and segment.tag in ("ATT", "NAT"):  # some leave the 2 out
        row = next(row for row in PERSON if row.tag == segment.tag)
    if row is None:
        return Meaning()
    values = row.read(segment)
    if "birth_date" in values:
        text = values["birth_date"]
        born, problem = _date(reading, text, dates.birth_date)
        return Meaning(person={"birth_text": text, "birth_date": born} if text else {}, problem=problem)
    if segment.tag in ("LOC", "NAT"):  # a code, or else the name of a place or a country
        values = {name: value or segment.at(1, 3) for name, value in values.items()}
    capitals = segment.tag in ("LOC", "NAT", "ATT")
    return Meaning(person={name: value.upper() if capitals else value for name, value in values.items()})


def _date(
    reading: _Reading, text: str, read_date: Callable[[str, date | None], date]
) -> tuple[date | None, str]:
    try:
        return (read_date(text, reading.sent()) if text else None), ""
    except ValueError:
        return None, "unreadable date"


def _measure(segment: Segment) -> Meaning:
    # The value stands after its unit (C174); some leave the empty element out.
    value = next((v for v in (segment.at(2, 1), segment.at(1, 1), segment.at(2)) if v), "")
    try:
        number = float(value or 0)
        if not 0 <= number < 100_000:
            raise ValueError(value)
    except ValueError:
        return Meaning(problem="unreadable number of bags or weight")
    match segment.code(0):
        case "CT" if value:
            return Meaning(person={"bag_count": int(number)})
        case "WT" if value:
            kilos = number * POUND if segment.code(2) == "LBR" else number
            return Meaning(person={"bag_weight_kg": round(kilos)})
    return Meaning()


def _bgm(reading: _Reading, segment: Segment) -> None:
    reading.head |= {"code": segment.code(0), "function": segment.code(1)}


def _transaction(reading: _Reading, segment: Segment) -> None:
    if reading.person is None:
        reading.head["transaction"] = segment.at(0, 1)


def _com(reading: _Reading, segment: Segment) -> None:
    told, whose = contacts(segment), reading.head if reading.person is None else reading.person
    name = "reporting_contacts" if reading.person is None else "contacts"
    if told and (reading.person is not None or not reading.flights):
        whose[name] = whose.get(name, ()) + told


def _tdt(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    reading.flights.append((segment, reading.body.at, []))


def _loc(reading: _Reading, segment: Segment) -> None:
    if reading.person is None and reading.flights:
        place = segment.code(1)  # US-EDIFACT puts the country before the airport
        place = place[2:] if len(place) == 5 else place
        reading.flights[-1][2].append(Stop(STOPS[segment.code(0)], place))


def _time(reading: _Reading, segment: Segment) -> None:
    if not reading.flights or not reading.flights[-1][2]:
        reading.body.problem("a time without an airport")
        return
    stop = reading.flights[-1][2][-1]
    # US-EDIFACT has the parts as elements: DTM+136+020131+1030.
    text = segment.at(0, 1) or segment.at(1) + segment.at(2)
    if segment.code(0) in DEPARTS:
        stop.departs = text
    else:
        stop.arrives = text


def _nad(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    qualifier = segment.code(0)
    kind = KINDS.get(qualifier)
    if kind is None:
        if qualifier == "MS":  # who reports the list
            name = " ".join(part.strip() for part in segment.elements[3]) if len(segment.elements) > 3 else ""
            reading.head["reporting_party"] = name.strip() or segment.at(1)
        else:
            reading.body.problem(f"NAD of kind {qualifier!r} names nobody on board")
        return
    elements = segment.elements
    parts = elements[3] if len(elements) > 3 else []
    addresses: tuple[Address, ...] = ()
    if not any(part.strip() for part in parts):
        # Some carriers leave elements out: the name is then the first that holds text.
        parts = next((e for e in elements[1:] if any(part.strip() for part in e)), [])
    elif len(elements) > 4:
        addresses = address(segment)
    surname, raw = names.parted(parts)
    reading.person = {
        "kind": kind,
        "surname": surname,
        "given_names_raw": raw,
        "given_names": names.cleaned(raw, glued=False),
        "addresses": addresses,
    }
    if not surname:
        reading.body.problem("a person without a surname")


def _add(reading: _Reading, told: dict[str, Any]) -> None:
    """DOC opens a document; its expiry and issuer follow."""
    if "number" in told:
        reading.documents.append(told.copy())
    elif reading.documents:
        reading.documents[-1].update(told)
    elif any(told.values()):
        reading.body.problem("belongs to a document, and there is none")


def _close(reading: _Reading) -> None:
    """End the group of a person, so that what follows is not taken for theirs."""
    person = reading.person
    if person is not None:
        documents = reading.documents
        if documents:
            person["documents"] = tuple(
                [Document(**document) for document in documents if any(document.values())]
            )
            reading.documents = []
        reading.people.append(Passenger(**person))
        reading.person = None


def _cnt(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    said = segment.at(0, 1)
    kinds = {"42": ("passenger", "passenger in transit"), "41": ("crew", "crew in transit")}
    if segment.code(0) not in kinds or not said or reading.body.partial:
        return
    real = sum(person.kind in kinds[segment.code(0)] for person in reading.people)
    if not (said.isascii() and said.isdigit()) or len(said) > 9 or int(said) != real:
        reading.body.problem(f"CNT says {said!r} {kinds[segment.code(0)][0]}, {real} found")


def _pdt(reading: _Reading, segment: Segment) -> None:
    _close(reading)
    (row,) = AMERICAN
    told = row.read(segment)
    raw = " ".join(filter(None, (told["given"], told["middle"])))
    born, problem = _date(reading, told["birth_date"], dates.birth_date)
    expiry, other = _date(reading, told["expiry"], dates.expiry_date)
    kind, _, number = told["document"].rpartition("/")
    person: dict[str, Any] = {
        "kind": "crew" if told["kind"].upper().startswith("CR") else "passenger",
        "surname": told["surname"],
        "given_names_raw": raw,
        "given_names": names.cleaned(raw, glued=False),
        "birth_text": told["birth_date"],
        "birth_date": born,
        "sex": told["sex"].upper(),
        "embarkation": told["from"].upper()[-3:],
        "debarkation": told["to"].upper()[-3:],
    }
    document = Document(kind.upper(), number, told["issuer"].upper(), expiry)
    documents = () if document == Document() else (document,)
    reading.listed.append(Passenger(**person, documents=documents))
    if problem or other:
        reading.body.problem(problem or other)


# By tag and qualifier; "" stands for any that the tables do not name.
STEPS: dict[tuple[str, str], Callable[[_Reading, Segment], None]] = {
    ("BGM", ""): _bgm, ("RFF", "TN"): _transaction, ("TDT", ""): _tdt, ("NAD", ""): _nad,
    ("COM", ""): _com, ("CNT", ""): _cnt, ("PDT", ""): _pdt,
    **{("LOC", code): _loc for code in STOPS},
    **{("DTM", code): _time for code in DEPARTS | ARRIVES},
}  # fmt: skip

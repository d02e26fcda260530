"""PNRGOV: passenger name records (IATA/ICAO/WCO guide, PADIS; releases 10.1 to 16.1).

SRC opens a record. Inside it the meaning of a TIF hangs on what opened its group: before
the first TVL it is a passenger, after TRI somebody checking in (already known, or not),
after ABI or SAC history, which names nobody who travels.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edifact import dates, ssr
from edifact.envelope import Body
from edifact.flights import travelled
from edifact.persons import Draft, drafts, finish
from edifact.records import Flight, Record, Service
from edifact.scan import Segment

POUND = 0.45359237  # kg in a pound (TBD unit 701)


@dataclass
class _Reading:
    """One record in the making."""

    body: Body
    push: Flight | None  # the flight the message is about: seats and bags of other legs are left
    opened: Segment
    lead: str = "record"  # which segment opened the group: record, person, leg, check-in, ...
    fields: dict[str, Any] = field(default_factory=dict)
    people: list[Draft] = field(default_factory=list)
    person: Draft | None = None
    legs: list[Flight] = field(default_factory=list)
    docs: list[tuple[ssr.Docs, Draft | None]] = field(default_factory=list)
    later: list[tuple[Segment, Draft | None]] = field(default_factory=list)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    history: int = 0

    def keep(self, name: str, value: Any) -> None:
        if value and value not in (kept := self.lists.setdefault(name, [])):
            kept.append(value)

    def on_push(self) -> bool:
        if not self.legs or self.push is None:
            return False
        leg, push = self.legs[-1], self.push
        return (leg.departure_airport, leg.arrival_airport) == (push.departure_airport, push.arrival_airport)


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a PNRGOV fills."""
    head: dict[str, Any] = {"flights": ()}
    records: list[Record] = []
    reading: _Reading | None = None
    expected: Segment | None = None
    for segment in body.segments:
        tag = segment.tag
        push = head["flights"][0] if head["flights"] else None
        if tag == "SRC" or (reading is None and tag in ("RCI", "TIF")):
            if reading is not None:
                records.append(_record(reading))
            reading = _Reading(body, push, segment)
            if tag == "SRC":
                continue
            body.problem(segment, "a record without SRC before it")
        if reading is not None:
            if (reader := READERS.get(tag)) is not None:
                reader(reading, segment)
        elif tag == "TVL":
            head["flights"] = (*head["flights"], travelled(segment, body))
        elif tag == "MSG":
            head["function"] = segment.code(0, 1) or segment.code(0)
        elif tag == "EQN":
            expected = segment
    if reading is not None:
        records.append(_record(reading))
    _check_count(body, expected, len(records))
    people = tuple(person for record in records for person in record.passengers)
    return head | {"records": tuple(records), "passengers": people}


def _check_count(body: Body, expected: Segment | None, real: int) -> None:
    # In a message of several parts the count is that of all parts together.
    if expected is None or body.unh.at(3):
        return
    said = expected.at(0)
    if said and (said.lstrip("0") or "0") != str(real):
        body.problem(expected, f"EQN says {said!r} records, {real} found")


def _record(reading: _Reading) -> Record:
    unassigned = finish(reading.people, reading.docs, reading.later, reading.body)
    lists: dict[str, Any] = {name: tuple(values) for name, values in reading.lists.items()}
    locator = reading.fields.get("locator", "")
    if not locator:
        reading.body.problem(reading.opened, "a record without a locator")
    return Record(
        offset=reading.opened.offset,
        passengers=tuple(draft.passenger(locator) for draft in reading.people),
        itinerary=tuple(reading.legs),
        unassigned_documents=tuple(unassigned),
        history_entries=reading.history,
        **reading.fields,
        **lists,
    )


def _rci(reading: _Reading, segment: Segment) -> None:
    if reading.lead == "split":
        for index in range(len(segment.elements)):
            reading.keep("split_locators", segment.code(index, 1))
    elif reading.lead in ("record", "person") and "locator" not in reading.fields:
        reading.fields |= {"locator": segment.code(0, 1), "carrier": segment.code(0)}
        reading.fields["created_at"] = _created(reading.body, segment)
        for index in range(1, len(segment.elements)):
            reading.keep("other_locators", segment.code(index, 1))


def _created(body: Body, segment: Segment) -> datetime | None:
    parts = [segment.at(0, n) for n in range(2, 6)]
    day = next((i for i, part in enumerate(parts) if len(part) == 6), None)
    if day is None:
        return None
    clock = parts[day + 1] if day + 1 < len(parts) else ""
    try:
        on = dates.travel_date(parts[day], body.sent)
        return datetime.combine(on, dates.clock_time(clock or "0000"))
    except ValueError:
        body.problem(segment, "unreadable date of the record")
        return None


def _tif(reading: _Reading, segment: Segment) -> None:
    if reading.lead == "history":
        return
    found = drafts(segment)
    if reading.lead in ("record", "person"):
        reading.lead = "person"
        reading.people += found
        reading.person = found[0]
        if not found[0].surname:
            reading.body.problem(segment, "a passenger without a surname")
        return
    for draft in found:
        known = next((person for person in reading.people if person.is_same(draft)), None)
        if known is None:
            reading.body.problem(segment, "a passenger who is named only at check-in")
            reading.people.append(draft)
        reading.person = known or draft


def _tvl(reading: _Reading, segment: Segment) -> None:
    if reading.lead in ("history", "land"):
        return
    reading.lead, reading.person = "leg", None
    leg = travelled(segment, reading.body)
    if not leg.departure_airport and not leg.arrival_airport and reading.legs:
        # TVL+++++474:U after a code share gives the operating number. It is one flight.
        last = reading.legs[-1]
        reading.legs[-1] = _operated(last, leg)
    else:
        reading.legs.append(leg)


def _operated(marketed: Flight, operated: Flight) -> Flight:
    return Flight(
        marketed.carrier,
        marketed.number,
        marketed.departure_airport,
        marketed.arrival_airport,
        marketed.departs_at,
        marketed.arrives_at,
        operated.carrier or marketed.operating_carrier,
        operated.number,
    )


def _tra(reading: _Reading, segment: Segment) -> None:
    if reading.lead == "leg" and reading.legs:
        operated = Flight(carrier=segment.code(0), number=segment.code(1).lstrip("0"))
        reading.legs[-1] = _operated(reading.legs[-1], operated)


def _ssr(reading: _Reading, segment: Segment) -> None:
    if reading.lead == "history":
        return
    code = segment.code(0)
    if code == "DOCS":
        docs = ssr.read_docs(segment, reading.body.sent)
        if docs.unreadable:
            reading.body.problem(segment, "unreadable date in SSR DOCS")
        reading.docs.append((docs, reading.person if reading.lead == "person" else None))
    elif code in ("DOCO", "INFT"):
        reading.later.append((segment, reading.person if reading.lead == "person" else None))
    elif code == "SEAT":
        _seats(reading, segment)
    elif code in ("CTCM", "CTCE", "CTCR", "DOCA"):
        reading.keep("contacts", f"{code} {ssr.text_of(segment)}")
    else:
        reading.keep("services", Service(code, ssr.text_of(segment)))


def _seats(reading: _Reading, segment: Segment) -> None:
    if not reading.on_push():
        return
    for element in segment.elements[1:]:
        key = element[2].strip() if len(element) > 2 else ""
        for draft in reading.people:
            if key and draft.key == key:
                draft.take_seat(element[0])


def _ssd(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None and reading.lead == "check-in" and reading.on_push():
        reading.person.take_seat(segment.at(0))


def _tbd(reading: _Reading, segment: Segment) -> None:
    person = reading.person
    if person is None or reading.lead != "check-in" or not reading.on_push():
        return
    count, weight = segment.at(1), segment.at(1, 1)
    if count.isascii() and count.isdigit():
        person.values["bag_count"] = int(count[:4])
    if weight.isascii() and weight.isdigit():
        kilos = int(weight[:6]) * (POUND if segment.at(1, 2) == "701" else 1)
        person.values["bag_weight_kg"] = round(kilos)
    tags = [
        e[0].strip() + e[1].strip() for e in segment.elements[2:] if len(e) > 1 and e[1].strip().isalnum()
    ]
    person.add("bag_tags", *(tag for tag in tags if tag[-3:].isdigit()))


def _ift(reading: _Reading, segment: Segment) -> None:
    if reading.lead in ("history", "land"):
        return
    text = " ".join(part for element in segment.elements[1:] for part in element if part.strip())
    if text.lstrip().upper().startswith("CTC"):
        reading.keep("contacts", text)
    elif segment.at(0, 1) == "43":
        reading.keep("payments", text)
    else:
        reading.keep("remarks", text)


def _lead(name: str) -> Callable[[_Reading, Segment], None]:
    def turn(reading: _Reading, segment: Segment) -> None:
        reading.lead, reading.person = name, None
        reading.history += segment.tag == "ABI"

    return turn


def _eqn(reading: _Reading, segment: Segment) -> None:
    # EQN in GR.5 counts seats of a leg; GR.8 begins with one too, and RCI decides.
    if reading.lead in ("leg", "check-in"):
        reading.lead, reading.person = "split", None


def _raw(name: str) -> Callable[[_Reading, Segment], None]:
    def store(reading: _Reading, segment: Segment) -> None:
        if reading.lead != "history":
            reading.keep(name, segment.text())

    return store


def _org(reading: _Reading, segment: Segment) -> None:
    if reading.lead == "record" and "agency" not in reading.fields:
        reading.fields["agency"] = segment.text()


def _of_person(name: str) -> Callable[[_Reading, Segment], None]:
    def add(reading: _Reading, segment: Segment) -> None:
        if reading.person is not None and reading.lead == "person":
            value = segment.at(0) if name == "tickets" else f"{segment.at(0)} {segment.at(0, 1)}".strip()
            reading.person.add(name, value)

    return add


READERS: dict[str, Callable[[_Reading, Segment], None]] = {
    "RCI": _rci, "TIF": _tif, "TVL": _tvl, "TRA": _tra, "SSR": _ssr, "SSD": _ssd, "TBD": _tbd,
    "IFT": _ift, "EQN": _eqn, "ORG": _org, "ADD": _raw("contacts"), "FOP": _raw("payments"),
    "TKT": _of_person("tickets"), "FTI": _of_person("frequent_flyer"), "TRI": _lead("check-in"),
    "MSG": _lead("land"), "ABI": _lead("history"), "SAC": _lead("history"),
}  # fmt: skip

"""PNRGOV: passenger name records (IATA/ICAO/WCO guide, PADIS; releases 10.1 to 18.1).

SRC opens a record. Inside it the meaning of a segment hangs on what opened its group: a TIF
is a passenger before the first TVL, after TRI somebody checking in (already known, or not),
and after ABI or SAC history, which names nobody who travels. GROUPS is that part of the
specification; a segment that its group does not have is read as ANYWHERE says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from edifact import dates, history, ssr
from edifact.envelope import Body
from edifact.flights import travelled
from edifact.persons import MOST, Beside, Draft, drafts, finish
from edifact.records import Flight, Record, Service
from edifact.segments import Segment
from edifact.separators import USUAL
from edifact.table import segment_text

TAKEN = frozenset({"DOCO", "DOCA", "INFT", "CTCE", "CTCM"})  # read for a passenger


@dataclass
class _Reading:
    """One record in the making. group: the segments of the group that is open."""

    body: Body
    push: Flight | None  # the flight the message is about: seats and bags of other legs are left
    opened_at: int
    group: "Group" = field(default_factory=lambda: RECORD)
    fields: dict[str, Any] = field(default_factory=dict)
    people: list[Draft] = field(default_factory=list)
    person: Draft | None = None
    legs: list[Flight] = field(default_factory=list)
    docs: list[tuple[ssr.Docs, int, Beside]] = field(default_factory=list)
    later: list[tuple[Segment, int, Beside]] = field(default_factory=list)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    kept: dict[str, dict[Any, None]] = field(default_factory=dict)  # each value once, in order
    checked_in_at: datetime | None = None
    boarding: str = ""

    def keep(self, name: str, value: Any) -> None:
        if value:
            self.kept.setdefault(name, {})[value] = None

    def on_push(self) -> bool:
        if not self.legs or self.push is None:
            return False
        leg, push = self.legs[-1], self.push
        return (leg.departure_airport, leg.arrival_airport) == (push.departure_airport, push.arrival_airport)

    def raw(self, segment: Segment) -> str:
        """The segment as it stands in the message, in the usual separators whatever those are."""
        if self.body.usual:
            return segment.text
        return segment_text(segment.tag, segment.elements, USUAL)[:-1]

    def entries(self) -> history.Entries:
        return self.lists.setdefault("history", [])

    def beside(self) -> Beside:
        return self.person if self.group is PERSON else None


Act = Callable[[_Reading, Segment], None]
Group = dict[str, Act]


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a PNRGOV fills."""
    head: dict[str, Any] = {"flights": body.flights}
    records: list[Record] = []
    reading: _Reading | None = None
    expected: tuple[str, int] = "", 0
    segments = body.segments
    for body.at, segment in enumerate(segments):
        tag = segment.tag
        if tag == "SRC" or (reading is None and tag in ("RCI", "TIF")):
            if reading is not None:
                records.append(_record(reading))
            reading = _Reading(body, head["flights"][0] if head["flights"] else None, body.at)
            if tag == "SRC":
                continue
            body.problem("a record without SRC before it")
        if reading is not None:
            act = reading.group.get(tag) or ANYWHERE.get(tag, _other)
            act(reading, segment)
        elif tag == "TVL":
            flight = travelled(segment, body)
            head["flights"] = (*head["flights"], flight)
            if body.sent is None and flight.departs_at is not None:
                body.sent = flight.departs_at.date()
        elif tag == "MSG":
            head["function"] = segment.code(0, 1) or segment.code(0)
        elif tag == "EQN":
            expected = segment.at(0), body.at
    if reading is not None:
        records.append(_record(reading))
    _check_count(body, *expected, len(records))
    people = tuple([person for record in records for person in record.passengers])
    return head | {"records": tuple(records), "passengers": people}


def _check_count(body: Body, said: str, at: int, real: int) -> None:
    # In a message of several parts the count is that of all parts together.
    if body.unh.at(3) or body.partial:
        return
    if said and (said.lstrip("0") or "0") != str(real):
        body.problem(f"EQN says {said!r} records, {real} found", at)


def _record(reading: _Reading) -> Record:
    unassigned = finish(reading.people, reading.docs, reading.later, reading.body)
    lists: dict[str, Any] = {name: tuple(values) for name, values in (reading.lists | reading.kept).items()}
    locator = reading.fields.get("locator", "")
    if not locator:
        reading.body.problem("a record without a locator", reading.opened_at)
    offset, _ = reading.body.scanned.spans[reading.body.first + reading.opened_at]
    return Record(
        offset=offset,
        passengers=tuple([draft.passenger(locator) for draft in reading.people]),
        itinerary=tuple(reading.legs),
        unassigned_documents=tuple(unassigned),
        **reading.fields,
        **lists,
    )


# --- the record -------------------------------------------------------------------------------


def _locator(reading: _Reading, segment: Segment) -> None:
    if "locator" not in reading.fields:
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
    return _moment(body, parts[day], clock, "unreadable date of the record")


def _moment(body: Body, day: str, clock: str, complaint: str) -> datetime | None:
    try:
        return datetime.combine(dates.travel_date(day, body.sent), dates.clock_time(clock or "0000"))
    except ValueError:
        body.problem(complaint)
        return None


def _agency(reading: _Reading, segment: Segment) -> None:
    reading.fields.setdefault("agency", segment.line())


def _contact(reading: _Reading, segment: Segment) -> None:
    reading.keep("contacts", segment.line())


def _payment(reading: _Reading, segment: Segment) -> None:
    reading.keep("payments", segment.line())


def _text(reading: _Reading, segment: Segment) -> None:
    text = segment.line(1)
    if text.lstrip().upper().startswith("CTC"):
        reading.keep("contacts", text)
    elif segment.at(0, 1) == "43":
        reading.keep("payments", text)
    else:
        reading.keep("remarks", text)


def _other(reading: _Reading, segment: Segment) -> None:
    reading.lists.setdefault("other_segments", []).append(reading.raw(segment))


def _nothing(_reading: _Reading, _segment: Segment) -> None:
    """Said already, or elsewhere."""


# --- passengers -------------------------------------------------------------------------------


def _passenger(reading: _Reading, segment: Segment) -> None:
    reading.group = PERSON
    found = reading.body.meanings[segment] = drafts(segment)
    reading.people += found
    reading.person = found[0]
    if not found[0].surname:
        reading.body.problem("a passenger without a surname")


def _frequent_flyer(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None:
        reading.person.add("frequent_flyer", f"{segment.at(0)} {segment.at(0, 1)}".strip())


def _ticket(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None:
        reading.person.add("tickets", segment.at(0))


def _service(reading: _Reading, segment: Segment) -> None:
    code = segment.code(0)
    if code == "DOCS":
        body = reading.body
        docs = body.meanings.get(segment)
        if docs is None:
            docs = body.meanings[segment] = ssr.read_docs(segment, body.sent)
        if docs.unreadable:
            body.problem("unreadable date in SSR DOCS")
        reading.docs.append((docs, body.at, reading.beside()))
    elif code == "SEAT":
        _seats(reading, segment)
    elif code in TAKEN:
        reading.later.append((segment, reading.body.at, reading.beside()))
    else:
        reading.keep("services", Service(code, ssr.text_of(segment)))


def _seats(reading: _Reading, segment: Segment) -> None:
    if not reading.on_push():
        return
    for element in segment.elements[1:]:
        key = element[2].strip() if len(element) > 2 else ""
        for draft in reading.people[:MOST]:
            if key and draft.key == key:
                draft.take_seat(element[0])


# --- legs -------------------------------------------------------------------------------------


def _leg(reading: _Reading, segment: Segment) -> None:
    reading.group, reading.person, reading.checked_in_at = LEG, None, None
    leg = _travelled(reading.body, segment)
    if not leg.departure_airport and not leg.arrival_airport and reading.legs:
        # TVL+++++474:U after a code share gives the operating number. It is one flight.
        _operate(reading, leg.carrier, leg.number)
    else:
        reading.legs.append(leg)


def _travelled(body: Body, segment: Segment) -> Flight:
    """The same leg stands in hundreds of records: it is read once."""
    known = body.meanings.get(segment)
    if known is None:
        problems = len(body.problems)
        known = travelled(segment, body)
        if len(body.problems) == problems:
            body.meanings[segment] = known
    leg: Flight = known
    return leg


def _operate(reading: _Reading, carrier: str, number: str) -> None:
    leg = reading.legs[-1]
    operator = carrier or leg.operating_carrier
    reading.legs[-1] = replace(leg, operating_carrier=operator, operating_number=number)


def _traffic(reading: _Reading, segment: Segment) -> None:
    if reading.legs:
        _operate(reading, segment.code(0), segment.code(1).lstrip("0"))


def _status(reading: _Reading, segment: Segment) -> None:
    status = segment.code(1)
    if reading.legs and status and not reading.legs[-1].status:
        reading.legs[-1] = replace(reading.legs[-1], status=status)


# --- check-in ---------------------------------------------------------------------------------


def _check_in(reading: _Reading, segment: Segment) -> None:
    reading.group, reading.person = CHECK_IN, None
    reading.boarding = segment.at(1)


def _check_in_time(reading: _Reading, segment: Segment) -> None:
    """DAT opens a check-in (GR.6), empty where the time is not known."""
    reading.checked_in_at = None
    if segment.at(0) == "2" and segment.at(0, 1):
        at = _moment(reading.body, segment.at(0, 1), segment.at(0, 2), "unreadable time of check-in")
        reading.checked_in_at = at


def _checked_in(reading: _Reading, segment: Segment) -> None:
    named: list[Draft] = reading.body.meanings.get(segment) or drafts(segment)
    for index, draft in enumerate(named):
        for person in reading.people[:MOST]:
            if person is draft or person.is_same(draft):
                break
        else:
            reading.body.problem("a passenger who is named only at check-in")
            person = drafts(segment)[index]
            reading.people.append(person)
        reading.person = person
        if reading.on_push():
            values = reading.person.values
            if reading.boarding:
                values["boarding_number"] = reading.boarding
            if reading.checked_in_at is not None:
                values["checked_in_at"] = reading.checked_in_at


def _seat(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None and reading.on_push():
        reading.person.take_seat(segment.at(0))


def _bags(reading: _Reading, segment: Segment) -> None:
    if reading.person is not None and reading.on_push():
        reading.person.take_bags(segment)


# --- splits, other transport, history ---------------------------------------------------------


def _split(reading: _Reading, _segment: Segment) -> None:
    # EQN in GR.5 counts seats of a leg; GR.8 begins with one too, and RCI decides.
    if reading.group is not HISTORY and reading.group is not LAND and "locator" in reading.fields:
        reading.group, reading.person = SPLIT, None


def _split_locator(reading: _Reading, segment: Segment) -> None:
    for index in range(len(segment.elements)):
        reading.keep("split_locators", segment.code(index, 1))


def _land(reading: _Reading, segment: Segment) -> None:
    reading.group, reading.person = LAND, None
    _other(reading, segment)


def _history(reading: _Reading, segment: Segment) -> None:
    reading.group, reading.person = HISTORY, None
    history.opened(reading.entries(), reading.raw(segment))


def _history_time(reading: _Reading, segment: Segment) -> None:
    at = _moment(reading.body, segment.at(0, 1), segment.at(0, 2), "unreadable time in the history")
    history.timed(reading.entries(), at)


def _action(reading: _Reading, segment: Segment) -> None:
    reading.group, reading.person = HISTORY, None
    history.acted(reading.entries(), segment.code(2) or segment.code(0))


def _changed(reading: _Reading, segment: Segment) -> None:
    history.changed(reading.entries(), reading.raw(segment))


# --- the specification ------------------------------------------------------------------------

RECORD: Group = {  # GR.1
    "RCI": _locator, "ORG": _agency, "ADD": _contact, "IFT": _text, "SSR": _service, "TIF": _passenger,
}  # fmt: skip
PERSON: Group = {  # GR.2 to GR.4
    "TIF": _passenger, "FTI": _frequent_flyer, "IFT": _text, "SSR": _service, "ADD": _contact,
    "TKT": _ticket, "FOP": _payment, "RCI": _locator,
}  # fmt: skip
LEG: Group = {  # GR.5
    "TVL": _leg, "TRA": _traffic, "RPI": _status, "SSR": _service, "RCI": _nothing, "IFT": _text,
    "DAT": _check_in_time, "TRI": _check_in, "TIF": _checked_in,
}  # fmt: skip
CHECK_IN: Group = {  # GR.6 and GR.7
    "DAT": _check_in_time, "TRI": _check_in, "TIF": _checked_in, "SSD": _seat, "TBD": _bags,
}  # fmt: skip
SPLIT: Group = {"RCI": _split_locator, "TIF": _checked_in}  # GR.8
LAND: Group = {"TVL": _other, "IFT": _other, "RCI": _other, "TIF": _checked_in}  # GR.9
HISTORY: Group = {  # GR.10 to GR.12
    "ABI": _history, "DAT": _history_time, "SAC": _action, "TIF": _changed, "SSR": _changed,
    "IFT": _changed, "TBD": _changed, "TVL": _changed, "RPI": _changed, "RCI": _changed, "FOP": _changed,
    "ADD": _changed, "ORG": _changed, "TRA": _changed, "EQN": _changed, "TKT": _changed, "FTI": _changed,
}  # fmt: skip
ANYWHERE: Group = {
    "TVL": _leg, "TRA": _traffic, "TRI": _check_in, "EQN": _split, "MSG": _land, "ABI": _history,
    "SAC": _action, "SSR": _service, "IFT": _text, "ADD": _contact, "FOP": _payment, "FTI": _nothing,
    "TKT": _nothing, "SSD": _nothing, "TBD": _nothing, "DAT": _nothing, "ORG": _nothing, "RCI": _nothing,
}  # fmt: skip

"""PNRGOV: passenger name records (IATA/ICAO/WCO guide, PADIS; releases 10.1 to 18.1).

SRC opens a record. Inside it the meaning of a segment hangs on what opened its group: a TIF
is a passenger before the first TVL, after TRI somebody checking in (already known, or not),
and after ABI or SAC history, which names nobody who travels. GROUPS is that part of the
specification; a segment that its group does not have is read as ANYWHERE says.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from edifact import dates, history, ssr
from edifact.booking import Booking
from edifact.envelope import Body
from edifact.flights import travelled
from edifact.groups import Group
from edifact.persons import KINDS, MOST, Beside, Draft, drafts
from edifact.plain_booking import Patterns, patterns
from edifact.records import Flight, Record, Service
from edifact.segments import Segment

TAKEN = frozenset({"DOCO", "DOCA", "INFT", "CTCE", "CTCM", "CHLD"})  # read for a passenger


Act = Callable[[Booking, Segment], None]
Acts = dict[str, Act]


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a PNRGOV fills."""
    head: dict[str, Any] = {"flights": body.flights}
    records: list[Record] = []
    reading: Booking | None = None
    expected: tuple[str, int] = "", 0
    quick: Patterns | None = None
    segments = body.segments
    for body.at, segment in enumerate(segments):
        tag = segment.tag
        if tag == "SRC" or (reading is None and tag in ("RCI", "TIF")):
            if reading is not None:
                records.append(reading.record())
            reading = Booking(body, RECORD, head["flights"][0] if head["flights"] else None)
            if type(segment) is Group:
                quick = quick or patterns(segment.known.marks)
                _plain(reading, segment, quick)
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
        records.append(reading.record())
    _check_count(body, *expected, len(records))
    people = tuple([person for record in records for person in record.passengers])
    return head | {"records": tuple(records), "passengers": people}


def _check_count(body: Body, said: str, at: int, real: int) -> None:
    # In a message of several parts the count is that of all parts together.
    if body.unh.at(3) or body.partial:
        return
    if said and (said.lstrip("0") or "0") != str(real):
        body.problem(f"EQN says {said!r} records, {real} found", at)


# --- the record -------------------------------------------------------------------------------


def _locator(reading: Booking, segment: Segment) -> None:
    told = reading.told
    if not reading.located:
        reading.located = True
        told.locator, told.carrier = segment.code(0, 1), segment.code(0)
        if segment.elements and len(segment.elements[0]) > 2:
            told.created_at = _created(reading.body, segment)
        for index in range(1, len(segment.elements)):
            reading.keep("other_locators", segment.code(index, 1))
    else:
        _other_locators(reading, segment)


def _other_locators(reading: Booking, segment: Segment) -> None:
    """Of other carriers, who have their own record of the same journey."""
    for index in range(len(segment.elements)):
        if (locator := segment.code(index, 1)) != reading.told.locator:
            reading.keep("other_locators", locator)


def _created(body: Body, segment: Segment) -> datetime | None:
    parts = [part.strip() for part in segment.elements[0][2:6]]
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


def _agency(reading: Booking, segment: Segment) -> None:
    reading.told.agency = reading.told.agency or segment.line()


def _contact(reading: Booking, segment: Segment) -> None:
    reading.keep("contacts", segment.line())


def _payment(reading: Booking, segment: Segment) -> None:
    reading.keep("payments", segment.line())


def _text(reading: Booking, segment: Segment) -> None:
    reading.take_text(segment.line(1), segment.at(0, 1))


def _other(reading: Booking, segment: Segment) -> None:
    reading.others.append(reading.raw(segment))


def _nothing(_reading: Booking, _segment: Segment) -> None:
    """Said already, or elsewhere."""


def _plain(reading: Booking, group: Group, quick: Patterns) -> None:
    """The segments of a record that has nothing to mend, the most frequent ones from their text alone."""
    body, known, often = reading.body, group.known, OFTEN
    pieces = iter(group.pieces())
    next(pieces)  # SRC
    for body.inside, piece in enumerate(pieces, 1):
        tag = piece[:3]
        act = often.get(tag)
        if act is not None and reading.group is not HISTORY:
            text = piece if piece.isascii() else known.decoded(piece)
            if act(reading, text, quick):
                continue
        segment = known[piece]
        if segment is not None:
            (reading.group.get(tag) or ANYWHERE.get(tag, _other))(reading, segment)
    body.inside = 0


def _plain_locator(reading: Booking, piece: str, quick: Patterns) -> bool:
    if reading.located or (reading.group is not RECORD and reading.group is not PERSON):
        return False
    if (found := quick.locator(piece)) is None:
        return False
    reading.located = True
    reading.told.carrier, reading.told.locator = found.groups()
    return True


def _plain_text(reading: Booking, piece: str, quick: Patterns) -> bool:
    if reading.group is LAND or (found := quick.text(piece)) is None:
        return False
    reading.take_text(found[2], found[1])
    return True


def _plain_traveller(reading: Booking, piece: str, quick: Patterns) -> bool:
    if reading.group is not RECORD and reading.group is not PERSON:
        if known := reading.named.get(piece):
            reading.take_check_ins(known)
        return known is not None
    if (found := quick.traveller(piece)) is None:
        return False
    surname, raw, kind, key = found.groups("")
    reading.group = PERSON
    reading.take_passengers(piece, [Draft(surname, raw, key, KINDS.get(kind, "passenger"))])
    return True


def _plain_docs(reading: Booking, piece: str, quick: Patterns) -> bool:
    if (found := quick.docs(piece)) is None:
        return False
    *values, surname, first, second, key = found.groups("")
    name = None if second or first == "H" or reading.person is None else reading.person.named(surname, first)
    name = name or ssr.named(surname, (first, second))
    reading.take_docs(
        ssr.plain_docs(values, name, (key,) if key else (), reading.body.sent), _beside(reading)
    )
    return True


OFTEN = {"RCI": _plain_locator, "IFT": _plain_text, "TIF": _plain_traveller, "SSR": _plain_docs}


# --- passengers -------------------------------------------------------------------------------


def _passenger(reading: Booking, segment: Segment) -> None:
    reading.group = PERSON
    reading.take_passengers(segment.text, drafts(segment))


def _frequent_flyer(reading: Booking, segment: Segment) -> None:
    if reading.person is not None:
        for index in range(len(segment.elements)):
            number = f"{segment.at(index)} {segment.at(index, 1)}".strip()
            reading.person.add("frequent_flyer", number)


def _ticket(reading: Booking, segment: Segment) -> None:
    if reading.person is not None:
        reading.person.add("tickets", segment.at(0))


def _service(reading: Booking, segment: Segment) -> None:
    code = segment.code(0)
    if code == "DOCS":
        body = reading.body
        docs = body.meanings.get(segment)
        if docs is None:
            docs = body.meanings[segment] = ssr.read_docs(segment, body.sent)
        reading.take_docs(docs, _beside(reading))
    elif code == "SEAT":
        _seats(reading, segment)
    elif code in TAKEN:
        reading.later.append((segment, (reading.body.at, reading.body.inside), _beside(reading)))
    else:
        reading.keep("services", Service(code, ssr.text_of(segment)))


def _beside(reading: Booking) -> Beside:
    return reading.person if reading.group is PERSON else None


def _seats(reading: Booking, segment: Segment) -> None:
    if not reading.on_push:
        return
    for element in segment.elements[1:]:
        key = element[2].strip() if len(element) > 2 else ""
        for draft in reading.people[:MOST]:
            if key and draft.told.reference == key:
                draft.take_seat(element[0])


# --- legs -------------------------------------------------------------------------------------


def _leg(reading: Booking, segment: Segment) -> None:
    reading.group, reading.person, reading.checked_in_at = LEG, None, None
    leg = reading.body.meanings.get(segment) or _travelled(reading.body, segment)
    if not leg.departure_airport and not leg.arrival_airport and reading.legs:
        # TVL+++++474:U after a code share gives the operating number. It is one flight.
        _operate(reading, leg.carrier, leg.number)
    else:
        reading.take_leg(leg)


def _travelled(body: Body, segment: Segment) -> Flight:
    """The same leg stands in hundreds of records: it is read once."""
    problems = len(body.problems)
    leg = travelled(segment, body)
    if len(body.problems) == problems:
        body.meanings[segment] = leg
    return leg


def _operate(reading: Booking, carrier: str, number: str) -> None:
    leg = reading.legs[-1]
    operator = carrier or leg.operating_carrier
    reading.legs[-1] = replace(leg, operating_carrier=operator, operating_number=number)


def _traffic(reading: Booking, segment: Segment) -> None:
    if reading.legs:
        _operate(reading, segment.code(0), segment.code(1).lstrip("0"))


def _status(reading: Booking, segment: Segment) -> None:
    status = segment.code(1)
    if reading.legs and status and not reading.legs[-1].status:
        reading.legs[-1] = replace(reading.legs[-1], status=status)


# --- check-in ---------------------------------------------------------------------------------


def _check_in(reading: Booking, segment: Segment) -> None:
    reading.group, reading.person = CHECK_IN, None
    reading.boarding = segment.at(1)


def _check_in_time(reading: Booking, segment: Segment) -> None:
    """DAT opens a check-in (GR.6), empty where the time is not known."""
    reading.checked_in_at = None
    if segment.elements and segment.at(0) == "2" and segment.at(0, 1):
        at = _moment(reading.body, segment.at(0, 1), segment.at(0, 2), "unreadable time of check-in")
        reading.checked_in_at = at


def _checked_in(reading: Booking, segment: Segment) -> None:
    reading.take_check_ins(reading.named.get(segment.text) or drafts(segment))


def _seat(reading: Booking, segment: Segment) -> None:
    if reading.person is not None and reading.on_push:
        reading.person.take_seat(segment.at(0))


def _bags(reading: Booking, segment: Segment) -> None:
    if reading.person is not None and reading.on_push:
        reading.person.take_bags(segment)


# --- splits, other transport, history ---------------------------------------------------------


def _split(reading: Booking, _segment: Segment) -> None:
    # EQN in GR.5 counts seats of a leg; GR.8 begins with one too, and RCI decides.
    if reading.group is not HISTORY and reading.group is not LAND and reading.located:
        reading.group, reading.person = SPLIT, None


def _split_locator(reading: Booking, segment: Segment) -> None:
    for index in range(len(segment.elements)):
        reading.keep("split_locators", segment.code(index, 1))


def _land(reading: Booking, segment: Segment) -> None:
    reading.group, reading.person = LAND, None
    _other(reading, segment)


def _history(reading: Booking, segment: Segment) -> None:
    reading.group, reading.person = HISTORY, None
    history.opened(reading.entries, reading.raw(segment))


def _history_time(reading: Booking, segment: Segment) -> None:
    at = _moment(reading.body, segment.at(0, 1), segment.at(0, 2), "unreadable time in the history")
    history.timed(reading.entries, at)


def _action(reading: Booking, segment: Segment) -> None:
    reading.group, reading.person = HISTORY, None
    history.acted(reading.entries, segment.code(2) or segment.code(0))


def _changed(reading: Booking, segment: Segment) -> None:
    history.changed(reading.entries, reading.raw(segment))


# --- the specification ------------------------------------------------------------------------

RECORD: Acts = {  # GR.1
    "RCI": _locator, "ORG": _agency, "ADD": _contact, "IFT": _text, "SSR": _service, "TIF": _passenger,
}  # fmt: skip
PERSON: Acts = {  # GR.2 to GR.4
    "TIF": _passenger, "FTI": _frequent_flyer, "IFT": _text, "SSR": _service, "ADD": _contact,
    "TKT": _ticket, "FOP": _payment, "RCI": _locator,
}  # fmt: skip
LEG: Acts = {  # GR.5
    "TVL": _leg, "TRA": _traffic, "RPI": _status, "SSR": _service, "RCI": _other_locators, "IFT": _text,
    "DAT": _check_in_time, "TRI": _check_in, "TIF": _checked_in,
}  # fmt: skip
CHECK_IN: Acts = {  # GR.6 and GR.7
    "DAT": _check_in_time, "TRI": _check_in, "TIF": _checked_in, "SSD": _seat, "TBD": _bags,
}  # fmt: skip
SPLIT: Acts = {"RCI": _split_locator, "TIF": _checked_in}  # GR.8
LAND: Acts = {"TVL": _other, "IFT": _other, "RCI": _other, "TIF": _checked_in}  # GR.9
HISTORY: Acts = {  # GR.10 to GR.12
    "ABI": _history, "DAT": _history_time, "SAC": _action, "TIF": _changed, "SSR": _changed,
    "IFT": _changed, "TBD": _changed, "TVL": _changed, "RPI": _changed, "RCI": _changed, "FOP": _changed,
    "ADD": _changed, "ORG": _changed, "TRA": _changed, "EQN": _changed, "TKT": _changed, "FTI": _changed,
}  # fmt: skip
ANYWHERE: Acts = {
    "TVL": _leg, "TRA": _traffic, "TRI": _check_in, "EQN": _split, "MSG": _land, "ABI": _history,
    "SAC": _action, "SSR": _service, "IFT": _text, "ADD": _contact, "FOP": _payment, "FTI": _nothing,
    "TKT": _nothing, "SSD": _nothing, "TBD": _nothing, "DAT": _nothing, "ORG": _nothing, "RCI": _nothing,
}  # fmt: skip

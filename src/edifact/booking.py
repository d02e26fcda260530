"""One record of a PNRGOV in the making: what its segments say, until record() closes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from edifact import history, ssr
from edifact.envelope import Body
from edifact.persons import MOST, Beside, Draft, Place, finish
from edifact.records import Flight, Record, closed, open_twin
from edifact.segments import Segment
from edifact.separators import USUAL
from edifact.table import segment_text

Open = open_twin(Record)


class Booking:
    """told: the record, open. group: the segments of the group that is open.

    push: the flight the message is about; seats and bags of other legs are left. on_push: whether
    the last leg is that. named: whom a TIF of that text named. kept: each value of a field once,
    in order.
    """

    __slots__ = (
        "at", "boarding", "body", "checked_in_at", "docs", "entries", "group", "kept", "later", "legs",
        "located", "named", "on_push", "others", "people", "person", "push", "told",
    )  # fmt: skip

    def __init__(self, body: Body, group: Mapping[str, Any], push: Flight | None) -> None:
        self.body = body
        self.push = push
        self.at = body.at
        self.told = Open()
        self.located = False
        self.group = group
        self.people: list[Draft] = []
        self.person: Draft | None = None
        self.named: dict[str, list[Draft]] = {}
        self.legs: list[Flight] = []
        self.on_push = False
        self.docs: list[tuple[ssr.Docs, Place, Beside]] = []
        self.later: list[tuple[Segment, Place, Beside]] = []
        self.kept: dict[str, dict[Any, None]] = {}
        self.entries: history.Entries = []
        self.others: list[str] = []
        self.checked_in_at: datetime | None = None
        self.boarding = ""

    def record(self) -> Record:
        told, body = self.told, self.body
        told.unassigned_documents, loose = finish(self.people, self.docs, self.later, body)
        for text in loose:
            self.keep("contacts", text)
        for name, values in self.kept.items():
            setattr(told, name, tuple(values))
        if not told.locator:
            body.problem("a record without a locator", self.at)
        told.offset, _ = body.scanned.spans[body.first + self.at]
        told.passengers = tuple([draft.passenger(told.locator) for draft in self.people])
        told.itinerary = tuple(self.legs)
        told.history, told.other_segments = tuple(self.entries), tuple(self.others)
        return closed(told, Record)

    def raw(self, segment: Segment) -> str:
        """The segment as it stands in the message, in the usual separators whatever those are."""
        if self.body.usual:
            return segment.text
        return segment_text(segment.tag, segment.elements, USUAL)[:-1]

    def keep(self, name: str, value: Any) -> None:
        if value:
            self.kept.setdefault(name, {})[value] = None

    def take_text(self, text: str, kind: str) -> None:
        """Free text: a way to reach somebody, a payment (43) or a remark."""
        if text.lstrip()[:3].upper() == "CTC":
            self.keep("contacts", text)
        elif kind == "43":
            self.keep("payments", text)
        else:
            self.keep("remarks", text)

    def take_leg(self, leg: Flight) -> None:
        push = self.push
        self.legs.append(leg)
        self.on_push = (
            push is not None
            and leg.departure_airport == push.departure_airport
            and leg.arrival_airport == push.arrival_airport
        )

    def take_passengers(self, text: str, found: list[Draft]) -> None:
        """Those whom a TIF of that text names."""
        self.named[text] = found
        self.people += found
        self.person = found[0]
        if not found[0].told.surname:
            self.body.problem("a passenger without a surname")

    def take_docs(self, docs: ssr.Docs, beside: Beside) -> None:
        body = self.body
        if docs.unreadable:
            body.problem("unreadable date in SSR DOCS")
        self.docs.append((docs, (body.at, body.inside), beside))

    def take_check_ins(self, named: list[Draft]) -> None:
        """What was said of the check-in is of the passengers who are named so."""
        people = self.people
        for draft in named:
            for person in people if len(people) <= MOST else people[:MOST]:
                if person is draft or person.is_same(draft):
                    break
            else:
                self.body.problem("a passenger who is named only at check-in")
                person = draft.again()
                people.append(person)
            self.person = person
            if self.on_push:
                if self.boarding:
                    person.told.boarding_number = self.boarding
                if self.checked_in_at is not None:
                    person.told.checked_in_at = self.checked_in_at

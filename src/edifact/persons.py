"""Passengers of a PNR: TIF names them, SSR DOCS and INFT say more, wherever in the record.

GTAS and others look for DOCS beside the passenger only; carriers also put it on the record
or on a leg, with or without the passenger's key. Here name and key decide together.
"""

from dataclasses import replace
from typing import Any

from edifact import names, ssr
from edifact.envelope import Body
from edifact.paxlst_values import tags_in_row
from edifact.records import Document, Passenger, closed, open_twin
from edifact.segments import Segment
from edifact.ssr import Docs, Named, make_name

KINDS = {"IN": "infant"}
Open = open_twin(Passenger)
POUND = 0.45359237  # kg in a pound (TBD unit 701)
MOST = 1000  # people of one record whose names are compared: bounds the time of a record without end
NO_SEATS = frozenset({"XXX", ""})


class Draft:
    """A passenger in the making: told is open until passenger() closes it."""

    __slots__ = ("squeezed", "told")

    def __init__(self, surname: str, raw: str, key: str = "", kind: str = "passenger") -> None:
        self.told = told = Open(surname, names.cleaned(raw, glued=True), raw)
        told.reference = key
        told.kind = kind
        self.squeezed = names.squeezed(surname), names.squeezed(told.given_names)

    def add(self, name: str, *new: Any) -> None:
        kept = getattr(self.told, name)
        setattr(self.told, name, (*kept, *(value for value in new if value and value not in kept)))

    def take_seat(self, seat: str) -> None:
        seat = seat.strip()
        if seat.upper() not in NO_SEATS:
            self.told.seat = seat

    def take_bags(self, segment: Segment) -> None:
        """TBD: number, weight and tags of what was checked in."""
        elements = segment.elements
        if len(elements) < 2:
            return
        count, weight, unit, *_ = [*elements[1], "", "", ""]
        count, weight = count.strip(), weight.strip()
        if count.isascii() and count.isdigit():
            self.told.bag_count = int(count[:4])
        if weight.isascii() and weight.isdigit():
            kilos = int(weight[:6]) * (POUND if unit.strip() == "701" else 1)
            self.told.bag_weight_kg = round(kilos)
        if len(elements) > 2:
            tags = [
                ([*(part.strip() for part in e[:2])], e[2].strip() if len(e) > 2 else "")
                for e in elements[2:]
                if len(e) > 1 and e[1].strip().isalnum()
            ]
            # A tag may stand for several in a row. Some have another number there: all must add up.
            said = [int(number) if number.isdecimal() else 1 for _, number in tags]
            in_rows = sum(said) == self.told.bag_count
            for (stem, tag), number in tags:
                if tag[-3:].isdigit():
                    self.add("bag_tags", *tags_in_row(stem + tag, number if in_rows else "1"))

    def is_same(self, other: "Draft") -> bool:
        """Whether a TIF at check-in names this passenger."""
        key = self.told.reference
        if key and key == other.told.reference:
            return self.squeezed[0] == other.squeezed[0] or self.squeezed[1] == other.squeezed[1]
        return self.squeezed == other.squeezed

    def likeness(self, squeezed: tuple[str, str]) -> int:
        """How well a squeezed name fits: 3 same, 2 same surname and one given name begins the other,
        1 given names alone (a maiden name, a cut surname), 0 not at all."""
        surname, given = squeezed
        own_surname, own_given = self.squeezed
        given_fits = bool(given and own_given) and (
            given.startswith(own_given) or own_given.startswith(given)
        )
        if surname == own_surname and given == own_given:
            return 3
        if surname == own_surname and given_fits:
            return 2
        return 1 if given_fits else 0

    def named(self, surname: str, given: str) -> Named | None:
        """The name of a document, when it is just as that of this passenger."""
        told = self.told
        if told.surname != surname or told.given_names_raw != given:
            return None
        return make_name(surname, told.given_names), self.squeezed, given

    def again(self) -> "Draft":
        """Another of the same name."""
        told = self.told
        return Draft(told.surname, told.given_names_raw, told.reference, told.kind)

    def passenger(self, locator: str) -> Passenger:
        told = self.told
        told.record_locator = locator
        return closed(told, Passenger)

    def learn(self, docs: Docs) -> None:
        """Take from a DOCS what is not known yet. The first reading of a field stays."""
        told = self.told
        if docs.infant and told.kind == "passenger":
            told.kind = "infant"
        told.birth_text = told.birth_text or docs.birth_text
        told.birth_date = told.birth_date or docs.birth_date
        told.sex = told.sex or docs.sex
        told.nationality = told.nationality or docs.nationality
        self.learn_document(docs.document)
        if docs.squeezed == self.squeezed or not docs.name.surname or self.likeness(docs.squeezed) == 3:
            return
        if docs.squeezed not in [names.both(name) for name in told.other_names]:
            told.other_names += (docs.name,)

    def learn_document(self, document: Document) -> None:
        if not document.number and not document.type and not document.issuer:
            return
        documents = self.told.documents
        for index, known in enumerate(documents):
            if known.number == document.number and known.type in (document.type, ""):
                more = replace(
                    known,
                    type=known.type or document.type,
                    issuer=known.issuer or document.issuer,
                    expiry=known.expiry or document.expiry,
                )
                self.told.documents = (*documents[:index], more, *documents[index + 1 :])
                return
        self.told.documents = (*documents, document)


def drafts(tif: Segment) -> list[Draft]:
    """The travellers of a TIF: one surname, then one element for each."""
    surname, own = names.parted([tif.at(0)]) if len(tif.elements) < 2 else (tif.at(0), "")
    found: list[Draft] = []
    for element in tif.elements[1:] or [[own]]:
        raw, kind, key = ([*(part.strip() for part in element), "", "", ""])[:3]
        if not found or raw:
            found.append(Draft(surname, raw, key, KINDS.get(kind.upper(), "passenger")))
    return found


Place = tuple[int, int]  # among the segments of the body, and inside that when it is a group
Beside = Draft | None  # the passenger whose group a service request stands in


def finish(
    people: list[Draft],
    docs: list[tuple[Docs, Place, Beside]],
    later: list[tuple[Segment, Place, Beside]],
    body: Body,
) -> tuple[tuple[Document, ...], list[str]]:
    """Give each service request to its passenger. Returns the documents that fit nobody, and how
    somebody of the record can be reached where it does not say who.

    docs, later: the requests with their places among the segments of body.
    """
    unassigned: dict[Document, None] = {}
    first = people[:MOST]
    exactly: dict[tuple[str, str], Beside] = {}  # None: two of that name
    for person in first:
        exactly[person.squeezed] = None if person.squeezed in exactly else person
    for one, at, beside in docs:
        owner = exactly.get(one.squeezed) or owner_of(first, one, beside)
        if owner is None and one.infant and one.name.surname:
            body.problem("an infant who is named only in SSR DOCS", *at)
            owner = Draft(one.name.surname, one.given_names_raw, kind="infant")
            people.append(owner)
            first = people[:MOST]
            exactly[owner.squeezed] = None  # counted with them; there are few of these
        if owner is not None:
            owner.learn(one)
        else:
            body.problem("SSR DOCS fits no passenger of the record", *at)
            unassigned[one.document] = None
    loose: list[str] = []
    for segment, at, beside in later:
        if segment.code(0) == "INFT":
            _infant(people, segment, body, at)
            continue
        keys = ssr.references(segment)
        owner = next((p for p in people[:MOST] if p.told.reference and p.told.reference in keys), beside)
        if owner is None and len(people) == 1:
            owner = people[0]
        if owner is None and (text := _reached(segment)):
            loose.append(text)
        else:
            _learn_more(owner, segment, body, at)
    return tuple(unassigned), loose


def _reached(segment: Segment) -> str:
    """The address, number or mail address of a request; "" where it is of something else."""
    if segment.code(0) == "DOCA":
        return ssr.text_of(segment)
    contact = ssr.read_contact(segment) if segment.code(0) in ("CTCE", "CTCM") else None
    return contact.value if contact is not None else ""


def _learn_more(owner: Draft | None, segment: Segment, body: Body, at: Place) -> None:
    code = segment.code(0)
    if owner is None:
        if code in ("DOCO", "CHLD"):
            body.problem(f"SSR {code} fits no passenger of the record", *at)
    elif code == "CHLD":
        day, born = ssr.read_child(segment, body.sent)
        if not owner.told.birth_text:
            owner.told.birth_text, owner.told.birth_date = day, born
        if day and born is None:
            body.problem("unreadable date in SSR CHLD", *at)
    elif code == "DOCO":
        birth_place, visa = ssr.read_doco(segment)
        if birth_place:
            owner.told.birth_place = owner.told.birth_place or birth_place
        if visa is not None:
            owner.learn_document(visa)
    elif code == "DOCA":
        if (address := ssr.read_doca(segment)) is not None:
            owner.add("addresses", address)
    elif (contact := ssr.read_contact(segment)) is not None:
        owner.add("contacts", contact)


def owner_of(people: list[Draft], docs: Docs, beside: Draft | None) -> Draft | None:
    """The best name; among equals the one with the key, then the one it stands beside, then the one
    who has no other date of birth.

    Without any likeness the key decides, then the place; but the document of an infant
    is never given to the adult it travels with.
    """
    best, score = None, (0, False, False, False)
    for person in people:
        likeness = person.likeness(docs.squeezed)
        if not likeness or (likeness == 1 and docs.infant and person.told.kind != "infant"):
            continue
        born = person.told.birth_date
        mine = (
            likeness,
            bool(person.told.reference) and person.told.reference in docs.references,
            person is beside,
            born is None or docs.birth_date in (None, born),  # a father and a son of one name
        )
        if mine > score:
            best, score = person, mine
    if best is not None:
        return best
    if docs.infant:
        infants = [
            person for person in people if person.told.kind == "infant" and person.told.birth_date is None
        ]
        return infants[0] if len(infants) == 1 else None
    keyed = [
        person for person in people if person.told.reference and person.told.reference in docs.references
    ]
    if len(keyed) == 1:
        return keyed[0]
    if beside is not None:
        return beside
    return people[0] if len(people) == 1 else None


def _infant(people: list[Draft], segment: Segment, body: Body, at: Place) -> None:
    """INFT names a child: known already, or added, so that nobody on board is lost."""
    read = ssr.read_inft(segment, body.sent)
    if read is None:
        body.problem("an infant without a name", *at)
        return
    name, day, born = read
    squeezed = names.both(name)
    owner = max(people[:MOST], key=lambda person: person.likeness(squeezed), default=None)
    if owner is None or owner.likeness(squeezed) < 2:
        body.problem("an infant who is named only in SSR INFT", *at)
        owner = Draft(name.surname, name.given_names, kind="infant")
        people.append(owner)
    if born is not None and owner.told.birth_date is None and owner.told.kind == "infant":
        owner.told.birth_text, owner.told.birth_date = day, born

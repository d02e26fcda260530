"""Passengers of a PNR: TIF names them, SSR DOCS and INFT say more, wherever in the record.

GTAS and others look for DOCS beside the passenger only; carriers also put it on the record
or on a leg, with or without the passenger's key. Here name and key decide together.
"""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from edifact import names, ssr
from edifact.envelope import Body
from edifact.records import Document, Name, Passenger, of_all_fields
from edifact.segments import Segment
from edifact.ssr import Docs

KINDS = {"IN": "infant"}
make_passenger = of_all_fields(Passenger)
UNSAID: dict[str, Any] = {field.name: field.default for field in fields(Passenger)}
POUND = 0.45359237  # kg in a pound (TBD unit 701)
MOST = 1000  # people of one record whose names are compared: bounds the time of a record without end
NO_SEATS = frozenset({"XXX", ""})


@dataclass
class Draft:
    """A passenger in the making."""

    surname: str
    raw: str
    key: str = ""
    kind: str = "passenger"
    values: dict[str, Any] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    other_names: list[Name] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.given = names.cleaned(self.raw, glued=True)
        self.squeezed = (names.squeezed(self.surname), names.squeezed(self.given))

    def add(self, name: str, *new: Any) -> None:
        kept = self.values.get(name, ())
        self.values[name] = (*kept, *(value for value in new if value and value not in kept))

    def take_seat(self, seat: str) -> None:
        if seat.strip().upper() not in NO_SEATS:
            self.values["seat"] = seat.strip()

    def take_bags(self, segment: Segment) -> None:
        """TBD: number, weight and tags of what was checked in."""
        count, weight = segment.at(1), segment.at(1, 1)
        if count.isascii() and count.isdigit():
            self.values["bag_count"] = int(count[:4])
        if weight.isascii() and weight.isdigit():
            kilos = int(weight[:6]) * (POUND if segment.at(1, 2) == "701" else 1)
            self.values["bag_weight_kg"] = round(kilos)
        if len(segment.elements) > 2:
            tags = [
                e[0].strip() + e[1].strip()
                for e in segment.elements[2:]
                if len(e) > 1 and e[1].strip().isalnum()
            ]
            self.add("bag_tags", *(tag for tag in tags if tag[-3:].isdigit()))

    def is_same(self, other: "Draft") -> bool:
        """Whether a TIF at check-in names this passenger."""
        if self.key and self.key == other.key:
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

    def passenger(self, locator: str) -> Passenger:
        told = {
            "surname": self.surname,
            "given_names": self.given,
            "given_names_raw": self.raw,
            "other_names": tuple(self.other_names),
            "documents": tuple(self.documents),
            "record_locator": locator,
            "reference": self.key,
            "kind": self.kind,
        }
        return make_passenger(*(UNSAID | told | self.values).values())

    def learn(self, docs: Docs) -> None:
        """Take from a DOCS what is not known yet. The first reading of a field stays."""
        if self.kind == "passenger" and docs.infant:
            self.kind = "infant"
        for name, value in (
            ("birth_text", docs.birth_text),
            ("birth_date", docs.birth_date),
            ("sex", docs.sex),
            ("nationality", docs.nationality),
        ):
            if value and not self.values.get(name):
                self.values[name] = value
        self.learn_document(docs.document)
        known = [names.both(name) for name in self.other_names]
        if docs.name.surname and self.likeness(docs.squeezed) < 3 and docs.squeezed not in known:
            self.other_names.append(docs.name)

    def learn_document(self, document: Document) -> None:
        if not document.number and not document.type and not document.issuer:
            return
        for index, known in enumerate(self.documents):
            if known.number == document.number and known.type in (document.type, ""):
                self.documents[index] = replace(
                    known,
                    type=known.type or document.type,
                    issuer=known.issuer or document.issuer,
                    expiry=known.expiry or document.expiry,
                )
                return
        self.documents.append(document)


def drafts(tif: Segment) -> list[Draft]:
    """The travellers of a TIF: one surname, then one element for each."""
    surname = tif.at(0)
    found: list[Draft] = []
    for element in tif.elements[1:] or [[""]]:
        raw, kind, key = ([*(part.strip() for part in element), "", "", ""])[:3]
        if not found or raw:
            found.append(Draft(surname, raw, key, KINDS.get(kind.upper(), "passenger")))
    return found


Beside = Draft | None  # the passenger whose group a service request stands in


def finish(
    people: list[Draft],
    docs: list[tuple[Docs, int, Beside]],
    later: list[tuple[Segment, int, Beside]],
    body: Body,
) -> list[Document]:
    """Give each service request to its passenger. Returns the documents that fit nobody.

    docs, later: the requests with their places among the segments of body.
    """
    unassigned: dict[Document, None] = {}
    first = people[:MOST]
    for one, at, beside in docs:
        owner = _owner(first, one, beside)
        if owner is None and one.infant and one.name.surname:
            body.problem("an infant who is named only in SSR DOCS", at)
            owner = Draft(one.name.surname, one.given_names_raw, kind="infant")
            people.append(owner)
            first = people[:MOST]
        if owner is not None:
            owner.learn(one)
        else:
            body.problem("SSR DOCS fits no passenger of the record", at)
            unassigned[one.document] = None
    for segment, at, beside in later:
        if segment.code(0) == "INFT":
            _infant(people, segment, body, at)
            continue
        keys = ssr.references(segment)
        owner = next((p for p in people[:MOST] if p.key and p.key in keys), beside)
        if owner is None and len(people) == 1:
            owner = people[0]
        _learn_more(owner, segment, body, at)
    return list(unassigned)


def _learn_more(owner: Draft | None, segment: Segment, body: Body, at: int) -> None:
    code = segment.code(0)
    if owner is None:
        if code == "DOCO":
            body.problem("SSR DOCO fits no passenger of the record", at)
    elif code == "DOCO":
        birth_place, visa = ssr.read_doco(segment)
        if birth_place:
            owner.values.setdefault("birth_place", birth_place)
        if visa is not None:
            owner.learn_document(visa)
    elif code == "DOCA":
        if (address := ssr.read_doca(segment)) is not None:
            owner.add("addresses", address)
    elif (contact := ssr.read_contact(segment)) is not None:
        owner.add("contacts", contact)


def _owner(people: list[Draft], docs: Docs, beside: Draft | None) -> Draft | None:
    """The best name; among equals the one with the key, then the one it stands beside.

    Without any likeness the key decides, then the place; but the document of an infant
    is never given to the adult it travels with.
    """
    best, score = None, (0, False, False)
    for person in people:
        likeness = person.likeness(docs.squeezed)
        if not likeness or (likeness == 1 and docs.infant and person.kind != "infant"):
            continue
        mine = (likeness, bool(person.key) and person.key in docs.references, person is beside)
        if mine > score:
            best, score = person, mine
    if best is not None:
        return best
    if docs.infant:
        infants = [
            person for person in people if person.kind == "infant" and "birth_date" not in person.values
        ]
        return infants[0] if len(infants) == 1 else None
    keyed = [person for person in people if person.key and person.key in docs.references]
    if len(keyed) == 1:
        return keyed[0]
    if beside is not None:
        return beside
    return people[0] if len(people) == 1 else None


def _infant(people: list[Draft], segment: Segment, body: Body, at: int) -> None:
    """INFT names a child: known already, or added, so that nobody on board is lost."""
    read = ssr.read_inft(segment, body.sent)
    if read is None:
        return
    name, day, born = read
    squeezed = names.both(name)
    owner = max(people[:MOST], key=lambda person: person.likeness(squeezed), default=None)
    if owner is None or owner.likeness(squeezed) < 2:
        body.problem("an infant who is named only in SSR INFT", at)
        owner = Draft(name.surname, name.given_names, kind="infant")
        people.append(owner)
    if born is not None and not owner.values.get("birth_date") and owner.kind == "infant":
        owner.values |= {"birth_text": day, "birth_date": born}

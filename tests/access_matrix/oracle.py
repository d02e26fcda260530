"""Who may, told in words and plain loops: the expected cells of the access matrix.

Written from the description of who may see what (the roles of the letter and of
the Wet PGA), by hand, and a second time: nothing here comes from
``samenhang.access`` or its data. Whoever changes who may read or do something
says it in both places, and a test compares.

In words: somebody reads a record when their role reads such records, they work
for a purpose it was kept or given for, and their organisation has it or lawfully
got it; a block takes it away. To everybody else it does not exist. A deed needs
that the record may be read, and a role whose task the deed is. Administering
and counting open no record, and overseeing only what asks for oversight. A service cannot sign in.
"""

import csv
import io
from pathlib import Path

from samenhang.organisations.rules import PURPOSES, Role
from tests.access_matrix.table import NOBODY_AT_ALL, OPEN, READ, SIGNED_IN, Row, Thing, routes, rows

MATRIX = Path(__file__).with_name("matrix.csv")
YES = "yes"  # shown, or done
NO = "no"  # they may see the thing, but this is not for them
NOT_THERE = "404"  # the same answer as for what does not exist
LISTED, UNLISTED = "listed", "empty"  # a list is for everybody; what it names is not
DOOR = "door"  # sign in first
NOT_ASKED = "-"  # not tried: the role has no other purpose, or reads no such record anywhere
SERVICE, NOBODY = "service", "not signed in"
PEOPLE = [str(role) for role in Role if not role.startswith("service-")]
COLUMNS = [*PEOPLE, SERVICE, NOBODY]

_THREE = {"police-analyst", "prosecutor", "mayor"}  # they weigh a signal together
_WEIGHERS = {*_THREE, "case-director"}  # and who prepares it for the mayor
_AT_THE_TABLE = {*_WEIGHERS, "child-protection-worker", "legal-adviser"}
_WITH_DECIDERS = {*_AT_THE_TABLE, "decision-officer"}
_BORDER = {"travel-analyst", "police-analyst", "border-officer"}

READERS: dict[str, set[str]] = {
    # Passenger messages stay with the unit that receives them; its data-protection officer sees what it does.
    "message": {"travel-analyst", "data-protection-officer"},
    "passenger": {*_BORDER, "data-protection-officer"},
    # A request to see a masked passenger: who asks, who decides, and who watches over it.
    "unmasking": {"travel-analyst", "prosecutor", "data-protection-officer"},
    "hit": {*_BORDER, "data-protection-officer"},
    # How a unit chooses journeys stays with the unit, and its data-protection officer watches over it; what
    # matched goes to the authority once confirmed.
    "criterion": {"travel-analyst", "data-protection-officer"},
    "match": {*_BORDER, "data-protection-officer"},
    # What the marechaussee met: its officers, and whom a rule of the day lets have it.
    "border-hit": {"border-officer", *_THREE},
    # What one shift of the unit tells the next.
    "shift": {"travel-analyst"},
    # Whoever compares with an alert or acts on it must know it.
    "alert": {*_BORDER, "prosecutor"},
    "person": _WITH_DECIDERS,
    # Which steps wait, and for which the prosecution asked that.
    "window": {"prosecutor"},
    # A request of the coordinator for the name behind a pseudonym.
    "reidentification": {"decision-officer"},
    # A statement given to it, of which it asks that.
    "statement": _WITH_DECIDERS,
    # Family and others who help: for who talks with the person.
    "contact": {"police-analyst", "case-director", "child-protection-worker"},
    # That somebody typed their own name or a colleague's.
    "stopped-look-up": {"data-protection-officer"},
    "link": _WITH_DECIDERS,
    "signal": _WEIGHERS,
    "weighing": {*_WEIGHERS, "data-protection-officer"},
    # That a signal was not taken up, for who may submit one.
    "notice": {*_WEIGHERS, "child-protection-worker"},
    # What the three ask who submitted it.
    "inquiry": {*_WEIGHERS, "child-protection-worker"},
    # What weighing and conference made: also who oversees, once they asked for that one case.
    "case": {*_AT_THE_TABLE, "data-protection-officer"},
    # A case on its way to another municipality, and what a source says of what it brought in.
    "transfer": _AT_THE_TABLE - {"legal-adviser"},
    # Why a case is kept longer: who leads it, and who oversees.
    "hold": {"case-director", "mayor", "data-protection-officer"},
    # To look again at something: whoever may have built on it, the body that decided a measure as well.
    # A published figure leans as well, so the statistician is asked too: for statistics alone.
    # What was given under which rule; and the request to delete it, of who received it.
    "disclosure": {*_WITH_DECIDERS, "travel-analyst"} - {"legal-adviser"},
    "recall": {*_WITH_DECIDERS, "travel-analyst"} - {"legal-adviser"},
    # That a recipient keeps what was recalled.
    "refusal": {"data-protection-officer"},
    # Whether a partner knows somebody: who asks; who is asked; and that it was asked, without about whom.
    "question": {*_WEIGHERS, "border-officer", "decision-officer"},
    "question-of-partner": {"police-analyst", "prosecutor", "border-officer"},
    "registered-question": {"data-protection-officer"},
    # What went wrong with personal data. Everybody can note it; the officer alone reads the register.
    "breach": {"data-protection-officer"},
    "duty": {*_WITH_DECIDERS, "statistician"},
    # A conference and what comes of it: who sits there, and no adviser beside them.
    "conference": _AT_THE_TABLE - {"legal-adviser"},
    # That somebody is assessed, and what protects: also who helps a child. What is judged: the other four.
    "assessment": _AT_THE_TABLE - {"legal-adviser"},
    "contest": _WEIGHERS,
    # The way back is the conference's: everybody at the table, and no adviser beside them.
    "trajectory": _AT_THE_TABLE - {"legal-adviser"},
    "measure": _WITH_DECIDERS,
    "document": _WITH_DECIDERS - {"child-protection-worker"},
    # A service writes to who decides or prosecutes; who prepares a case reads no such letter.
    "official-message": {"prosecutor", "mayor", "child-protection-worker", "decision-officer"},
    "movement": _AT_THE_TABLE - {"legal-adviser"},
    "arrest": {"police-analyst", "prosecutor"},
    # That somebody is investigated, and how far the proof is: the criminal file is nobody else's.
    "criminal-case": {"police-analyst", "prosecutor"},
}
DOERS: dict[str, set[str]] = {
    # What was promised to Parliament: officials and statisticians, of the ministry that answers to it.
    "commitment.keep": {"decision-officer", "statistician"},
    # How an organisation is reached, who manages its accounts says, and of no other organisation.
    "contact-point.keep": {"administrator"},
    # Whether travel data may be processed at all, the ministry that answers for the unit says.
    "travel.set-basis": {"decision-officer"},
    # To which country data may go: an official of a ministry, on the minister's word.
    "country.assess": {"decision-officer"},
    "conflict-zone.name": {"decision-officer"},
    "message.receive": {"travel-analyst"},
    "message.settle": {"travel-analyst"},
    # The unit alone knows which case cannot wait until the router works again.
    "router.ask-carriers": {"travel-analyst"},
    # The single point of contact for who wants to know what is held of them.
    "passenger.answer-person": {"data-protection-officer"},
    "passenger.ask-unmasking": {"travel-analyst"},
    # Whoever asked, and nobody else; stage.py names the analyst of the unit.
    "passenger.see-unmasked": {"travel-analyst"},
    "passenger.approve-unmasking": {"prosecutor"},
    "passenger.review-unmasking": {"data-protection-officer"},
    "hit.judge": {"travel-analyst"},
    "hit.confirm": {"travel-analyst"},
    "hit.transfer": {"travel-analyst"},
    "shift.hand-over": {"travel-analyst"},
    "border-hit.note": {"border-officer"},
    "border-hit.pass-on": {"border-officer"},
    # How passengers are compared, in numbers: the unit that does it and those whose alerts it is done with.
    "screening.see": _BORDER,
    # The unit bears the false hits, and answers for what is found.
    "threshold.set": {"travel-analyst"},
    "criterion.write": {"travel-analyst"},
    "criterion.approve": {"travel-analyst"},
    "criterion.withdraw": {"travel-analyst"},
    "match.judge": {"travel-analyst"},
    "match.confirm": {"travel-analyst"},
    "alert.issue": {"police-analyst", "border-officer"},
    "alert.lift": {"police-analyst", "border-officer"},
    "step.hold": {"prosecutor"},
    "reidentification.ask": {"decision-officer"},
    # Who asked is somebody else: stage.py made them.
    "reidentification.decide": {"decision-officer"},
    "child.report": _WEIGHERS,
    "contact.note": {"police-analyst", "case-director", "child-protection-worker"},
    "person.look-up": _WITH_DECIDERS,
    "person.link": {"police-analyst", "case-director"},
    "signal.submit": _WEIGHERS,
    "signal.withdraw": _WEIGHERS,
    "statement.disclose": _WEIGHERS,
    "statement.record": {*_WEIGHERS, "child-protection-worker"},
    "disclosure.answer": {*_WITH_DECIDERS, "travel-analyst"} - {"legal-adviser"},
    "recall.review": {"data-protection-officer"},
    "question.ask": {*_WEIGHERS, "decision-officer"},
    "question.propose": {*_WEIGHERS, "decision-officer"},
    # Who holds the files that are asked about.
    "question.answer": {"police-analyst", "prosecutor", "border-officer"},
    "reliance.reconsider": _WITH_DECIDERS - {"legal-adviser"},
    "weighing.judge": _THREE,
    "case.work": {"case-director", "mayor"},
    # Who is the deputy, and to whom a charge was offered; stage.py names the case director.
    "case.step-in": {"case-director"},
    "case.take-over": {"case-director"},
    "transfer.say": _AT_THE_TABLE - {"legal-adviser"},
    "case.hold": {"mayor", "data-protection-officer"},
    "case.look-into": {"data-protection-officer"},
    "conference.chair": {"case-director", "mayor"},
    # Whoever is invited, and nobody else; stage.py names the analyst of the police.
    "invitation.answer": {"police-analyst"},
    "conference.take-part": _AT_THE_TABLE - {"legal-adviser"},
    "assessment.plan": {"case-director", "mayor"},
    # The assessor whose turn it is, who is named in it; stage.py names the analyst of the police.
    "assessment.write": {"police-analyst"},
    "assessment.contest": _WEIGHERS,
    "assessment.settle": {"prosecutor", "case-director", "mayor"},
    "assessment.record-result": {"police-analyst", "prosecutor", "case-director"},
    # The questions of an instrument are for who reads an assessment.
    "instrument.read": _WEIGHERS,
    "accreditation.give": {"administrator"},
    "return.work": {"police-analyst", "prosecutor", "case-director"},
    # Who is named as the receiver; stage.py names the prosecutor.
    "return.accept": {"prosecutor"},
    "return.list": _WEIGHERS,
    "travellers.import": {"police-analyst", "prosecutor", "case-director"},
    "prosecution.review": {"prosecutor"},
    "coverage.see": _WEIGHERS,
    "measure.suggest": {*_WEIGHERS, "child-protection-worker", "decision-officer"},
    "measure.check": {"legal-adviser"},
    "measure.decide": {*_THREE, "child-protection-worker", "decision-officer"},
    "measure.record-decision": {"case-director"},
    "measure.confirm-record": {"case-director", "legal-adviser"},
    "measure.notify": {"mayor", "decision-officer", "case-director"},
    "measure.end": {"mayor", "decision-officer", "prosecutor"},
    # The ministry that answers to Parliament makes the report.
    "measure.find": {*_AT_THE_TABLE, "decision-officer"} - {"mayor"},
    "official-message.register": {"prosecutor", "mayor", "child-protection-worker", "decision-officer"},
    "movement.record": {"police-analyst", "prosecutor", "case-director"},
    "arrest.report": {"police-analyst", "prosecutor"},
    "custody.record": {"prosecutor"},
    # The police write down what they investigate; a prosecutor answers for it, prosecutes and ends it.
    "criminal-case.open": {"police-analyst", "prosecutor"},
    "criminal-case.prove": {"police-analyst", "prosecutor"},
    "criminal-case.lead": {"prosecutor"},
    "breach.handle": {"data-protection-officer"},
    "report.make": {"statistician", "decision-officer"},
    # Who keeps the figures of a body: what our records do not hold of its own work.
    "effort.see": {"statistician", "decision-officer"},
    "effort.enter": {"statistician", "decision-officer"},
    "report.see-counts": {"statistician", "decision-officer"},
    # Whoever counts does not also let small counts out.
    "report.release": {"decision-officer"},
    "report.trust-key": {"statistician", "decision-officer"},
}
# Each of the three weighs for the organisation that has the seat, and for no other.
SEATS = {"POL": "police-analyst", "OM": "prosecutor", "BURG Nergenshuizen": "mayor"}
# Bodies of law enforcement and intelligence that may ask for an alert.
ISSUERS = {"POL"}

# Whether somebody is signed in is asked at the first relation only.
FIRST = ("-", "provider", "stranger")
# One thing keeps these out, so only who reads such records elsewhere is asked.
NEARLY = ("party without it", "same kind elsewhere", "another purpose", "blocked")


def purpose_of(role: str, row: Row) -> str:
    """What they work for when they try: something the thing may be used for, if their mandate has it."""
    mine = PURPOSES[role]
    if row.thing is None:
        return row.route.purpose if row.route.purpose in mine else mine[0]
    if row.relation == "another purpose":
        return next((one for one in mine if one not in row.thing.purposes), "")
    usable = _usable(row.thing, row)
    return next((one for one in usable if one in mine), mine[0])


def cell(role: str, row: Row) -> str:
    """What this role meets there."""
    asked = row.route.may[row.method]
    if asked == OPEN:
        return YES
    if role in (SERVICE, NOBODY) and not (asked == NOBODY_AT_ALL and row.thing is None):
        return DOOR if row.relation in FIRST else NOT_ASKED
    if asked == NOBODY_AT_ALL:
        return NOT_THERE
    if not purpose_of(role, row) or (row.thing and row.relation in NEARLY and not _knows(role, row.thing)):
        return NOT_ASKED
    if row.route.lists:
        return LISTED if row.thing and reads(role, row.thing, row) else UNLISTED
    if asked == SIGNED_IN:
        return YES
    if row.thing is None:
        return YES if _theirs(row) and does(role, asked, row) else NO
    if not reads(role, row.thing, row):
        return NOT_THERE
    if asked == READ:
        return YES if _theirs(row) or "body" not in row.route.hidden else NOT_THERE
    if not _theirs(row):
        return NOT_THERE if "body" in row.route.hidden else NO
    if not does(role, asked, row):
        return NOT_THERE if "role" in row.route.hidden else NO
    return YES


def reads(role: str, thing: Thing, row: Row) -> bool:
    """By role, by purpose, and because the organisation has it or got it."""
    if row.relation not in ("provider", "party"):
        return False
    return _knows(role, thing) and purpose_of(role, row) in _usable(thing, row)


def does(role: str, deed: str, row: Row) -> bool:
    """By role, and for some deeds by organisation."""
    if deed == "weighing.judge" and SEATS.get(row.body) != role:
        return False
    if deed == "alert.issue" and row.body not in ISSUERS:
        return False
    # The ministry counts the whole country, and names nobody.
    if deed == "coverage.see" and row.body == "JENV" and role in {"statistician", "decision-officer"}:
        return True
    # The law says for which purpose a service may write to a body, and a partner be asked.
    wrong_purpose = row.thing is None and purpose_of(role, row) != row.route.purpose
    if deed in ("official-message.register", "question.propose") and wrong_purpose:
        return False
    return role in DOERS[deed]


def _theirs(row: Row) -> bool:
    """Some things belong to some bodies alone."""
    return not row.route.only or row.relation in row.route.only or row.body in row.route.only


def _knows(role: str, thing: Thing) -> bool:
    return role in READERS[thing.record]


def _usable(thing: Thing, row: Row) -> tuple[str, ...]:
    return thing.given_for if row.relation == "party" else thing.purposes


def matrix() -> str:
    """The whole matrix, for people and for comparing: one line for each way of asking."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["address", "method", "behind it", "relation", "organisation", *COLUMNS])
    lines = [
        [*row.words(), *(cell(role, row) for role in COLUMNS)] for route in routes() for row in rows(route)
    ]
    writer.writerows(sorted(lines))
    return text.getvalue()

"""The things behind the addresses, made by the actions that users call; and somebody for every cell.

At every body that the matrix asks there is one user of each role, so that a role
and an organisation vary apart from each other.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import edifact
from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Charge, Contribution, Inquiry, Notice, SharedItem, Takeover
from samenhang.cases.rules import CRITERIA, ending
from samenhang.cases.rules.keeping import Pack, Part
from samenhang.conferences import actions as conferences
from samenhang.conferences.actions.recording import Proposal
from samenhang.conferences.models import Conference, Invitee, Item
from samenhang.conferences.rules import DecisionStage
from samenhang.coordination import actions as coordination
from samenhang.criteria import actions as criteria
from samenhang.deconfliction import actions as deconfliction
from samenhang.deconfliction.models import Window
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import (
    ConflictZone,
    Disclosure,
    Question,
    Recall,
    Reconsideration,
    Refusal,
    RegisteredQuestion,
    Signal,
    Statement,
)
from samenhang.exchange.models import (
    ReceivedQuestion as Received,
)
from samenhang.exchange.rules import Content, Provision
from samenhang.exchange.rules import Item as Given
from samenhang.exchange.rules.caseloads import COLUMNS as CASELOAD
from samenhang.exchange.rules.messages import Letter, Topic
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.judging import actions as judging
from samenhang.measures import actions as measures
from samenhang.measures.models import Document, Measure
from samenhang.measures.rules import Ruling, Term, Upload
from samenhang.measures.rules.custody import Arrested
from samenhang.national_picture import actions as report
from samenhang.national_picture.models import Publication, Release, SourceKey
from samenhang.national_picture.rules import Asked as AskedFor
from samenhang.organisations.acting import actor_for, installer, service_account
from samenhang.organisations.actions import found, give_mandate, open_account
from samenhang.organisations.models import Mandate, Organisation, User
from samenhang.oversight import actions as oversight
from samenhang.oversight.rules import Data, Note, Told
from samenhang.persons import actions as persons
from samenhang.persons.models import Person, StoppedLookUp
from samenhang.persons.rules import Identity
from samenhang.persons.rules.contacts import Relation, Whom
from samenhang.persons.rules.names import Asked
from samenhang.programme import actions as programme
from samenhang.programme.models import Commitment, ContactPoint
from samenhang.programme.rules import State
from samenhang.prosecution import actions as prosecution
from samenhang.prosecution.rules.course import Stage as TrackStage
from samenhang.prosecution.rules.evidence import Kind as EvidenceKind
from samenhang.prosecution.rules.evidence import Noted
from samenhang.prosecution.rules.evidence import State as EvidenceState
from samenhang.prosecution.rules.reach import AT_HOME, Place, Reached
from samenhang.risk import actions as risk
from samenhang.risk.actions.returning import Offer
from samenhang.risk.models import Assessment, Handover, Opinion, Trajectory
from samenhang.risk.rules.returns import Way
from samenhang.risk.rules.sheets import COLUMNS
from samenhang.travel import actions as travel
from samenhang.travel.models import (
    FlightSelection,
    KeepingTerm,
    LegalBasis,
    Message,
    Passenger,
    RouterUse,
    Unmasking,
)
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.keeping import Term as KeepingFor
from samenhang.travel.rules.router import Stage as RouterStage
from samenhang.travel.rules.router import Use
from samenhang.travel.rules.territory import Selection, Why
from samenhang.travel.rules.unmasking import Ground
from samenhang.watchlists import actions as watchlists
from samenhang.watchlists.rules.border import Met
from tests.access_matrix.oracle import PEOPLE, SERVICE, purpose_of
from tests.access_matrix.table import routes, rows, things
from tests.asking import known_to
from tests.assessing import planned, train
from tests.cast import PASSWORD, SINCE, World, signed_in
from tests.commitments import ANSWER, PROMISE
from tests.criteria import EXPLAINED, HASTY, UNEXPLAINED, every_match, in_force, newest, opened, tried
from tests.watchlists import BRAM, FANTASIO, FLIGHT, MATCH, NO_MATCH, alert, arrive, every_hit, screener
from tests.weighing import CARE, MORE, NO, SAID, YES, judge, opened_case, signal_by, weighing_by

WORK = "person-centred-approach"
REASON = "A full sentence with facts and their date."
LETTER = b"%PDF-1.7 an invented decision"

# Test vector 2 of RFC 8032: everybody has its private key.
PUBLIC_KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"


@dataclass
class Stage:
    """What was made: the scope and reference of each thing, values for what is posted, people."""

    world: World
    moment: datetime
    browser: Client = field(default_factory=Client)  # one for all: making one costs more than a page
    made: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    sessions: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def actor(self, user: User, purpose: str = "", *, days: int = 0) -> Actor:
        return actor_for(user, purpose=purpose or WORK, now=self.moment + timedelta(days=days))


def build(world: World, moment: datetime) -> Stage:
    """Everything, once; the tests undo what each cell does."""
    stage = Stage(world, moment)
    for kind in ("GW-172A", "PASS-ALERT", "POL-RVDK"):
        Approval.objects.create(subject=kind, lawyer="L. Maginary", given_by="test", starts_on=SINCE)
    for make in (
        _weighing,
        _case,
        _conferences,
        _assessments,
        _measures,
        _known,
        _criminal_cases,
        _returns,
        _caseload,
        _travel,
        _promises,
        _criteria,
        _report,
        _given,
        _coordination,
        _asked,
        _breach,
    ):
        make(stage)
    missing = things().keys() - stage.made.keys()
    assert not missing, f"stage.py makes no {', '.join(sorted(missing))}"
    _people(stage)
    return stage


def _weighing(stage: Stage) -> None:
    world, act = stage.world, stage.actor
    stage.made["draft-signal"] = signal_by(world.police, act)
    weighing = weighing_by(world.police, act)
    stage.made["weighing"] = weighing
    stage.made["signal"] = Signal.objects.unscoped("test").get(pk=weighing.signal_id)
    refused = weighing_by(world.police, act)
    judge(refused, {world.police: YES, world.prosecutor: YES, world.mayor: NO}, act)
    stage.made["notice"] = Notice.objects.unscoped("test").get()
    unclear = weighing_by(world.police, act)
    judge(unclear, {world.police: YES, world.prosecutor: YES, world.mayor: MORE}, act)
    stage.made["inquiry"] = Inquiry.objects.unscoped("test").get()
    care = weighing_by(world.police, act)
    judge(care, {world.police: YES, world.prosecutor: YES, world.mayor: CARE}, act)
    stage.made["weighed-elsewhere"] = care
    stage.values["position"] = {"opinion": "approach", **dict.fromkeys(CRITERIA, REASON)}
    conditions = law.law().conditions
    stage.values["every-condition"] = {f"met-{code}": "on" for code in conditions}
    stage.values["contribution"] = stage.values["every-condition"] | {
        "text": "Showed a colleague an imaginary knife.", "true_from": "20-11-2026", "kind": "fact",
        "source_evaluation": "B", "information_evaluation": "2", "handling": "H0",
        "basis": "Politiewet 2012 art. 3", "necessity": "The others at the table must know of it.",
    }  # fmt: skip


def _case(stage: Stage) -> None:
    world = stage.world
    case = opened_case(world, stage.actor)
    police = stage.actor(world.police)
    claim = persons.claim(Identity("Fantasia", "P.", "2001"), by=police)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    stage.made |= {
        "case": case,
        "person": person,
        "link": persons.propose_link(claim, person, reason=REASON, by=police),
    }
    said = Statement.objects.unscoped("test").get(person=person)
    exchange.withdraw(said, reason="It was about somebody else.", by=police)
    stage.made["duty"] = Reconsideration.objects.unscoped("test").get(
        cause=said.reference, thing=case.reference
    )
    stage.made["case-hold"] = cases.hold(
        case, ending.Ground.COMPLAINT, reason=REASON, by=stage.actor(world.mayor)
    )
    stage.values["case"] = case.reference
    stage.values["child-protection"] = world.child_protection.organisation.reference
    stage.values["municipality"] = world.municipality.reference


def _conferences(stage: Stage) -> None:
    """One in preparation, one ready to be sent, one under way, and one that is over."""
    made, world = stage.made, stage.world
    made["conference"] = _conference(stage, with_case=False)
    made["full-conference"] = _conference(stage)
    made["planned-item"] = _item_of(made["full-conference"])
    ended = _held(stage)
    made["minuted-item"] = _discussed(stage, ended)
    conferences.draft_minutes(made["minuted-item"], text=REASON, by=stage.actor(world.director))
    made["agenda-item"] = _discussed(stage, _held(stage))
    held = made["held-conference"] = _held(stage)
    item, chair = _item_of(held), stage.actor(world.director)
    proposal = Proposal(REASON, REASON, REASON)
    proposed = conferences.propose(item, proposal, by=chair)
    made["conference-decision"] = conferences.decide(proposed, DecisionStage.TAKEN, by=chair)
    due = date(2026, 12, 1)
    made["conference-action"] = conferences.assign(item, world.police, what=REASON, due_on=due, by=chair)
    outside = Invitee.objects.unscoped("test").get(conference=held, user=world.prosecutor)
    conferences.leave(outside, by=chair)
    made["said"] = conferences.mark(item, world.police, wording="An imaginary line.", by=chair)
    sent = conferences.send(_conference(stage), by=chair)
    known = Invitee.objects.unscoped("test")
    made["invitation"] = known.get(conference=sent, user=world.police)
    called = conferences.send(_conference(stage), by=chair)
    off = known.get(conference=called, user=world.police)
    made["ended-invitation"] = conferences.take_off(off, reason=REASON, by=chair)
    asked, before = _item_of(sent), date(2026, 11, 25)
    police = world.police.organisation
    made["paper"] = conferences.ask_paper(asked, police, what=REASON, due_on=before, by=chair)
    stage.values["police"] = police.reference
    stage.values["colleague"] = world.director_two.reference
    stage.values["marked"] = {"item": item.reference, "speaker": world.police.reference, "wording": "A line."}


def _conference(stage: Stage, *, with_case: bool = True) -> Conference:
    chair, starts = stage.actor(stage.world.director), stage.moment + timedelta(days=3)
    made = conferences.plan(place="Room 3", starts_at=starts, ends_at=starts + timedelta(hours=2), by=chair)
    if with_case:
        conferences.add_item(made, stage.made["case"], question=REASON, by=chair)
    for user in (stage.world.police, stage.world.prosecutor):
        conferences.invite(made, user, by=chair)
    return made


def _held(stage: Stage) -> Conference:
    chair = stage.actor(stage.world.director)
    made = conferences.begin(conferences.send(_conference(stage), by=chair), by=chair)
    for invitee in Invitee.objects.unscoped("test").of(made):
        conferences.arrive(invitee, by=chair)
    conferences.open_item(_item_of(made), by=chair)
    return made


def _discussed(stage: Stage, held: Conference) -> Item:
    return conferences.close_item(_item_of(held), by=stage.actor(stage.world.director))


def _item_of(conference: Conference) -> Item:
    item: Item = Item.objects.unscoped("test").get(conference=conference)
    return item


def _assessments(stage: Stage) -> None:
    """Of one case: contested, final, with both opinions in, and one that nobody began."""
    case = _assessed_case(stage)
    _led_case(stage, case)
    contested, chair = planned(stage.world, stage.actor, case=case).made(), stage.actor(stage.world.mayor)
    stage.made["contest"] = risk.contest(contested, words=REASON, by_the_person=True, by=chair)
    stage.made["final-assessment"] = planned(stage.world, stage.actor, case=case).made()
    reviewed = planned(stage.world, stage.actor, case=case)
    reviewed.give()
    reviewed.review()
    stage.made["reviewed-assessment"] = reviewed.now()
    stage.made["assessment"] = planned(stage.world, stage.actor, case=case).assessment
    stage.values["first-assessor"] = stage.world.police.reference
    stage.values["second-assessor"] = stage.world.director.reference


def _led_case(stage: Stage, case: Case) -> None:
    """It has a lead and a deputy, and one charge is offered to a colleague."""
    world, by = stage.world, stage.actor(stage.world.director)
    stage.made["led-case"] = case
    lead = cases.appoint(case, world.director, Part.LEAD, by=by)
    cases.appoint(case, world.mayor, Part.DEPUTY, by=by)
    pack = Pack(REASON, REASON, REASON)
    stage.made["hand-over"] = cases.offer(lead, world.director_two, pack, by=by)
    further = found("BURG", "Municipality of Verderop", region="Verderop", by=installer(stage.moment))
    moving = stage.made["transfer"] = cases.offer_transfer(case, further, reason=REASON, by=by)
    asked = Contribution.objects.unscoped("test").asked_by(moving).filter(provider=world.police.organisation)
    stage.made["contribution"] = asked.first()
    _third_party(stage, case)
    stage.values["elsewhere"] = world.other_municipality.reference


def _third_party(stage: Stage, case: Case) -> None:
    """A housing association that reads one item of the case."""
    world = stage.world
    body = found("WOCO", "Housing association", region="", by=installer(stage.moment))
    third = cases.propose_third_party(
        case, body, [REASON], until=date(2026, 12, 7), reason=REASON, by=stage.actor(world.director)
    )
    for user in (world.police, world.prosecutor, world.mayor):
        third = cases.agree_to_third_party(third, by=stage.actor(user))
    stage.made["third-party"] = third
    stage.made["shared-item"] = SharedItem.objects.unscoped("test").get(third_party=third)
    stage.values["housing"] = body.reference


def _assessed_case(stage: Stage) -> Case:
    weighing = weighing_by(stage.world.police, stage.actor)
    judge(
        weighing,
        dict.fromkeys((stage.world.police, stage.world.prosecutor, stage.world.mayor), YES),
        stage.actor,
    )
    return Case.objects.unscoped("test").get(weighing=weighing)


def _measures(stage: Stage) -> None:
    windows = Window.objects.unscoped("test")
    stage.made["window"] = windows.get(step=_suggested(stage, "GW-172A").reference)
    stage.made["held-window"] = windows.get(step=_suggested(stage, "GW-172A").reference)
    prosecutor = stage.actor(stage.world.prosecutor)
    deconfliction.hold(stage.made["held-window"], days=14, reason=REASON, by=prosecutor)
    stage.made["suggested-measure"] = _suggested(stage, "GW-172A")
    stage.made["checked-measure"] = _checked(stage, "GW-172A")
    stage.made["proposed-measure"] = _proposed(stage)
    stage.made["imposed-measure"] = _imposed(stage)
    running = _imposed(stage)
    measures.notify(running, told_on=date(2026, 11, 23), by=stage.actor(stage.world.mayor))
    stage.made["measure-in-force"] = running
    written = _checked(stage, "PASS-ALERT")
    ruling = Ruling("JENV", "Ministry", date(2026, 11, 20), "2026-000", REASON, _term(20, 2027))
    letter = Upload("letter.pdf", LETTER)
    measures.record_decision(written, ruling, letter, by=stage.actor(stage.world.director))
    stage.made["recorded-measure"] = written
    stage.made["document"] = Document.objects.unscoped("test").get()
    stage.values["letter"] = lambda: SimpleUploadedFile("letter.pdf", LETTER)


def _term(day: int, year: int) -> Term:
    return Term(date(2026, 11, day), date(year, 11 if year == 2027 else 12, 20))


def _suggested(stage: Stage, kind: str) -> Measure:
    by = stage.actor(stage.world.director)
    return measures.suggest(
        stage.made["case"], kind, necessity=REASON, subsidiarity=REASON, intended=REASON, by=by
    )


def _checked(stage: Stage, kind: str) -> Measure:
    by = stage.actor(stage.world.lawyer)
    return measures.check(_suggested(stage, kind), holds=True, legality=REASON, by=by)


def _proposed(stage: Stage) -> Measure:
    by = stage.actor(stage.world.director)
    measure = _checked(stage, "GW-172A")
    # The prosecution had its two days.
    closed = Window.objects.unscoped("test").filter(step=measure.reference)
    closed.update(opened_at=stage.moment - timedelta(days=3), closes_at=stage.moment - timedelta(days=1))
    return measures.propose(measure, stage.world.municipality, about="Pippi", by=by)


def _imposed(stage: Stage) -> Measure:
    by = stage.actor(stage.world.mayor)
    return measures.decide(_proposed(stage), impose=True, reasons=REASON, term=_term(23, 2026), by=by)


def _known(stage: Stage) -> None:
    """A letter of a service, where somebody was, and an arrest."""
    world = stage.world
    service = found("AIVD", "An imaginary service", by=installer(stage.moment))
    letter = Letter("XX-1", date(2026, 11, 20), Topic.INTENDS, "An imaginary text.", "Reliable.")
    mayor = stage.actor(world.mayor, "public-order")
    stage.made["official-message"] = exchange.register_message(letter, service=service, by=mayor)
    stage.values["service"] = service.reference
    minister = stage.actor(world.minister, "investigation")
    allowed = exchange.assess_country(
        "YY", minister="A minister", findings=REASON, until=date(2027, 6, 1), by=minister
    )
    Approval.objects.filter(pk=allowed.pk).update(reference="L-COUNTRY")
    ConflictZone.objects.create(
        reference="CZ-IMAGINARIA", name="Imaginaria", starts_on=date(2026, 1, 1), decided_by="A minister",
        source="An imaginary letter", named_at=stage.moment,
    )  # fmt: skip
    seen = Seen(Whereabouts.LEFT, date(2026, 11, 1), "Politiewet 2012 art. 3")
    stage.made["movement"] = exchange.record_movement(
        stage.made["person"], seen, by=stage.actor(world.police)
    )
    known = persons.claim(Identity("Verzonsel", "Bo", "2012-03-02"), by=stage.actor(world.police))
    stage.made["child"] = persons.open_person(known, reason=REASON, by=stage.actor(world.police))
    stage.values["child-report"] = stage.values["contribution"] | {
        "to": world.child_protection.organisation.reference
    }
    stage.made["contact"] = persons.note_contact(
        stage.made["person"],
        Whom("Aunt Alfa", "", REASON),
        relation=Relation.FAMILY,
        by=stage.actor(world.police),
    )
    persons.look_up(Asked("Imaginary police"), reason=REASON, by=stage.actor(world.police))
    stage.made["stopped-look-up"] = StoppedLookUp.objects.unscoped("test").get()
    stage.made["own-statement"] = exchange.state(
        SAID, about=stage.made["person"], by=stage.actor(world.police)
    )
    cases.share_movement(stage.made["case"], stage.made["movement"], by=stage.actor(world.police))
    stage.values["movement"] = {
        "status": "returned", "true_on": "20-11-2026", "place": "", "text": "", "source_evaluation": "B",
        "information_evaluation": "2", "basis": "Politiewet 2012 art. 3", "reason": "It was another day.",
    }  # fmt: skip
    arrested = Arrested(date(2026, 11, 20), "Nergenshuizen", "Sr 134a", "Preparing to join the fight.")
    police = stage.actor(world.police, "investigation")
    stage.made["arrest"] = measures.report_arrest(stage.made["person"], arrested, by=police)


def _criminal_cases(stage: Stage) -> None:
    """One that a prosecutor took, with offence and evidence; one that waits; and a person of the police."""
    world, day = stage.world, date(2026, 11, 2)
    police = stage.actor(world.police, "investigation")
    claim = persons.claim(Identity("Verzinsel", "Kim", "1991-05-06"), by=police)
    somebody = persons.open_person(claim, reason=REASON, by=police)
    stage.made["person-of-the-police"] = somebody
    first, second = (
        prosecution.open_case(somebody, roles=["returnee"], began_on=day, number=number, by=police)
        for number in ("PL-0", "PL-1")
    )
    # The other of two prosecutors, so that whoever tries may say that it still runs.
    other = stage.actor(world.prosecutor_two, "prosecution")
    stage.made["untaken-criminal-case"] = second
    stage.made["criminal-case"] = prosecution.move_on(first, TrackStage.INVESTIGATION, by=other)
    where = Place(day, "Nergenshuizen", "NL")
    offence = prosecution.note_offence(first, "SR-140A", where, Reached(AT_HOME), by=police)
    noted = Noted("part", EvidenceKind.OFFICER, "report 1")
    stage.made["offence"] = offence
    stage.made["evidence"] = prosecution.note_evidence(offence, noted, state=EvidenceState.SECURED, by=police)


def _returns(stage: Stage) -> None:
    """Somebody abroad whose way back is followed, one who is handed over, and one whom nobody follows."""
    police, since = stage.actor(stage.world.police, days=1), date(2026, 11, 1)
    case = _assessed_case(stage)
    stage.made["trajectory"] = risk.open_trajectory(
        stage.made["case"], true_on=since, words=REASON, added_value=REASON, by=police
    )
    other = risk.open_trajectory(case, true_on=since, words=REASON, added_value=REASON, by=police)
    second = stage.actor(stage.world.director, days=1)
    for way in (stage.made["trajectory"], other):
        risk.second_read(way, by=second)
    moved = Seen(Whereabouts.LEFT, since, "Politiewet 2012 art. 3")
    exchange.record_movement(Person.objects.unscoped("test").get(pk=case.person_id), moved, by=police)
    offered = Offer(Way.MOVEMENT_KNOWN, since, stage.world.prosecutor, {"route": REASON})
    stage.made["handover"] = risk.offer(other, offered, by=police)
    rows = Trajectory.objects.unscoped("test").filter(pk=other.pk)
    rows.update(read_at=None, read_by="", opened_by="U-somebody")
    stage.made["unread-trajectory"] = other
    stage.made["unfollowed-case"] = _assessed_case(stage)
    names = ";".join(columns[0] for columns in COLUMNS.names.values())
    row = "Verzonsel;Adam;2-3-1990;Nergenshuizen;left;1-2-2026;Imaginaria;B;2;Politiewet 2012 art. 3"
    data = f"{names}\n{row}".encode()
    stage.values["list-of-travellers"] = lambda: SimpleUploadedFile("list.csv", data)


def _caseload(stage: Stage) -> None:
    names = ";".join(columns[0] for columns in CASELOAD.names.values())
    row = "Bedenksel;Eva;1990;Nergenshuizen;Showed a knife.;1-2-2026;fact;B;2;Politiewet 2012 art. 3;Needed."
    data = f"{names}\n{row}".encode()
    stage.values["caseload"] = lambda: SimpleUploadedFile("caseload.csv", data)


def _promises(stage: Stage) -> None:
    """One promise that is open, and one that was kept; and how the police are reached."""
    by = stage.actor(stage.world.minister, "statistics")
    for reference in ("TZ-OPEN", "TZ-KEPT"):
        row = programme.note(PROMISE, by=by)
        Commitment.objects.filter(pk=row.pk).update(reference=reference)
    programme.end(row, State.FULFILLED, paper=ANSWER, reason=REASON, by=by)
    stage.values["statistician"] = stage.world.statistician.pk
    ContactPoint.objects.create(
        organisation=stage.world.police.organisation,
        **dict.fromkeys(("desk", "mailbox", "telephone", "hours", "out_of_hours"), "said by a desk"),
        kept_by=stage.world.police,
        kept_at=stage.moment,
        confirmed_at=stage.moment,
    )
    stage.values["reached"] = stage.world.police.organisation.reference


def _travel(stage: Stage) -> None:
    """Four flights on which the same invented passenger resembles the alert."""
    world = stage.world
    LegalBasis.objects.filter(kind="API").update(reference="LB-STANDING")
    minister, today = stage.actor(world.minister, "investigation"), stage.moment.date()
    travel.set_term(KeepingFor(Kind.PNR, 36, "A statute", today, today), reason=REASON, by=minister)
    travel.select_flights(
        Selection(Why.ROUTES, "ATH", "A decision", today, today), reason=REASON, by=minister
    )
    KeepingTerm.objects.update(reference="RT-STANDING")
    FlightSelection.objects.update(reference="FS-STANDING")
    wanted = Use(Kind.API, RouterStage.VOLUNTARY, "QC", "An act", today, today, today)
    travel.use_router(wanted, reason=REASON, by=minister)
    RouterUse.objects.update(reference="RU-STANDING")
    stage.made["alert"] = alert(stage.actor(world.police, "investigation"))
    for number in ("123", "124", "125", "128"):
        arrive(FANTASIO, now=stage.moment, flight=_flight(number), reference=number)
    watchlists.screen_waiting(by=screener(stage.moment))
    waiting, judged, confirmed, dismissed = every_hit()
    first, second = (stage.actor(user, "investigation") for user in (world.travel, world.travel_two))
    for hit in (judged, confirmed):
        watchlists.judge(hit, "match", why=MATCH, by=first)
    watchlists.confirm(confirmed, agree=True, why=MATCH, by=second)
    watchlists.judge(dismissed, "no_match", why=NO_MATCH, by=first)
    stage.made |= {
        "hit": waiting,
        "judged-hit": judged,
        "confirmed-hit": confirmed,
        "dismissed-hit": dismissed,
    }
    _border_hit(stage)
    stage.made["shift"] = judging.hand_over(note="Nothing special.", by=second)
    stage.made["message"] = Message.objects.unscoped("test").order_by("pk")[0]
    held = edifact.write_paxlst(_flight("127"), [FANTASIO], FLIGHT.departs_at, "XX", "125")
    receiving = service_account("receiving", now=stage.moment)
    stage.made["held-message"] = travel.take_in(held, name="held.edi", by=receiving).message
    alone = edifact.write_paxlst(
        replace(_flight("128"), carrier="QC"), [BRAM], FLIGHT.departs_at, "QC", "128"
    )
    stage.made["carrier-message"] = travel.take_in(alone, name="qc.edi", by=receiving).message
    stage.values["revision"] = waiting.revision
    Organisation.objects.filter(authority="KMAR").update(reference="ORG-BORDER")
    _unmasking(stage, receiving)
    stage.values["issuer"] = world.police.organisation.reference
    data = edifact.write_paxlst(_flight("126"), [FANTASIO], FLIGHT.departs_at, "XX", "126")
    stage.values["passengers"] = lambda: SimpleUploadedFile("file.edi", data)
    stage.values["body"] = data


def _border_hit(stage: Stage) -> None:
    """What one officer wrote down and another gave to the police."""
    first = stage.actor(stage.world.border, "investigation")
    told = "The chip of the passport gave another number than its page."
    met = Met("border", "document-false", told, "Imaginary gate", stage.moment)
    hit = stage.made["border-hit"] = watchlists.note(met, by=first)
    second = replace(first, user_id=0)
    police = stage.world.police.organisation
    way = next(one for one in watchlists.ways(hit, by=second) if one.organisation == police)
    watchlists.pass_on(hit, way, necessity=REASON * 2, by=second)


def _unmasking(stage: Stage, receiving: Actor) -> None:
    """Somebody masked whom nobody asked for, a request that waits, and one that was approved."""
    world = stage.world
    asker, authority = (
        stage.actor(world.travel, "investigation"),
        stage.actor(world.prosecutor, "investigation"),
    )
    masked = []
    for number in ("131", "132", "133"):
        row = arrive(FANTASIO, now=stage.moment, flight=_flight(number), reference=number)[-1]
        travel.keep_longer(row, reason=REASON, by=asker)
        masked.append(row)
    rows = Passenger.objects.unscoped("test").filter(pk__in=[row.pk for row in masked])
    rows.update(mask_on=stage.moment.date())
    travel.mask(by=receiving)
    stage.made["masked-passenger"], second, third = rows.order_by("pk")
    asked = [
        travel.ask_unmasking(row, Ground.TERRORISM, reason=REASON * 2, by=asker) for row in (second, third)
    ]
    stage.made["unmasking"] = asked[0]
    stage.made["approved-unmasking"] = travel.decide_unmasking(
        asked[1], approve=True, reason=REASON * 2, by=authority
    )


def _criteria(stage: Stage) -> None:
    """A rule that was only written, one that was tried, and one in force that matched four journeys."""
    world, author = stage.world, stage.actor(stage.world.travel, "investigation")
    in_force(world, stage.actor)
    for number in ("181", "182", "183", "184"):
        arrive(HASTY, now=stage.moment, flight=_flight(number), reference=number)
    criteria.match_waiting(by=screener(stage.moment))
    waiting, judged, confirmed, dismissed = every_match()
    for match in (judged, confirmed):
        criteria.judge(match, "pass_on", why=UNEXPLAINED, by=author)
    second = stage.actor(world.travel_two, "investigation")
    criteria.confirm(confirmed, agree=True, why=UNEXPLAINED, by=second)
    criteria.judge(dismissed, "nothing", why=EXPLAINED, by=author)
    stage.made |= {
        "match": waiting,
        "judged-match": judged,
        "confirmed-match": confirmed,
        "dismissed-match": dismissed,
    }
    stage.made |= {"draft-criterion": opened(author), "tried-criterion": opened(author)}
    tried(newest(stage.made["tried-criterion"]), author)
    stage.values["criterion"] = {
        "name": "Another rule", "purpose": REASON, "offence": "2017/541-8", "when": "legs > 9",
        "unless": "bags > 1", "recipient": world.police.organisation.reference, "starts_on": "23-11-2026",
        "ends_on": "01-12-2026",
    }  # fmt: skip


def _flight(number: str) -> edifact.Flight:
    return replace(FLIGHT, number=number)


def _report(stage: Stage) -> None:
    """A total released and a report published, under references that the addresses name."""
    official, year = stage.actor(stage.world.minister, "statistics"), AskedFor(stage.moment.date())
    report.release("cases_opened", year, reason=REASON, by=official)
    report.publish(year, reason=REASON, by=official)
    report.propose_key("AIVD", PUBLIC_KEY, reason=REASON, by=official)
    SourceKey.objects.update(reference="Q-PROPOSED")
    Release.objects.update(reference="V-RELEASED")
    Publication.objects.update(reference="R-PUBLISHED")


def _given(stage: Stage) -> None:
    """A disclosure to the mayor; and one that was taken back, which the prosecution keeps."""
    world, police = stage.world, stage.actor(stage.world.police, "weighing")
    signal, recalled = (signal_by(world.police, stage.actor) for _each in range(2))
    for one in (signal, recalled):
        exchange.offer(one, by=police)
    given = Disclosure.objects.unscoped("test").filter(recipient=world.municipality)
    stage.made["disclosure"] = given.get(scope=signal.scope)
    exchange.withdraw_signal(recalled, reason=REASON, by=police)
    asked = Recall.objects.unscoped("test").filter(item=recalled.scope)
    stage.made["recall"] = asked.get(provider=world.municipality)
    prosecutor = stage.actor(world.prosecutor, "weighing")
    kept = asked.get(provider=world.prosecutor.organisation)
    exchange.keep_despite(kept, reason=REASON, by=prosecutor)
    _in_writing(stage)
    stage.made["refusal"] = Refusal.objects.unscoped("test").get(provider=world.police.organisation)


def _breach(stage: Stage) -> None:
    """Noted at the police, before anybody there is its officer."""
    by = stage.actor(stage.world.police)
    happened = Told("An imaginary list of an imaginary train was lost.")
    stage.made["breach"] = oversight.note(Note(happened, by.now, (Data.LISTS,)), by=by)[0]


def _coordination(stage: Stage) -> None:
    """What the mayor gave to the coordinator, under a pseudonym; and a request for the name behind it."""
    world, by = stage.world, installer(stage.moment)
    mayor = stage.actor(world.mayor, "weighing")
    person = Person.objects.unscoped("test").get(pk=signal_by(world.mayor, stage.actor).person_id)
    said = exchange.state(SAID, about=person, category="signal", purposes=["coordination"], by=mayor)
    body = found("NCTV", "NCTV", by=by)
    provision = Provision(world.municipality, (Given(said.scope, "signal"),), "coordination")
    exchange.disclose(provision, to=body, by=mayor)
    asker = open_account("imaginary.asker", "Imaginary asker", body, password=PASSWORD, by=by)
    give_mandate(asker, "decision-officer", starts_on=SINCE, by=by)
    stage.made["given-statement"] = said
    stage.made["reidentification"] = coordination.ask_who(
        said, reason=REASON, by=stage.actor(asker, "coordination")
    )


def _in_writing(stage: Stage) -> None:
    """A letter to the prosecution, a contribution to Europol, and a statement that nobody was given yet."""
    world, person = stage.world, stage.made["person"]
    by = stage.actor(world.police, "investigation")
    europol = found("EUROPOL", "Europol", region="", by=installer(stage.moment))
    content = Content("Bought an imaginary knife.", basis="Politiewet 2012 art. 3", necessity=REASON)
    for_all = ("weighing", WORK, "investigation", "threat-assessment")
    one, two, three = (
        exchange.state(content, about=person, category="police-data", purposes=for_all, by=by)
        for _each in range(3)
    )
    to = world.prosecutor.organisation
    given = exchange.give_in_writing(person, [one], to=to, purpose="investigation", by=by)
    stage.made["written-disclosure"] = given[0]
    contributed = exchange.give_in_writing(person, [two], to=europol, purpose="threat-assessment", by=by)
    stage.made["contribution-to-europol"] = contributed[0]
    stage.values["own-statement"] = three.reference
    stage.values["prosecution"] = to.reference
    stage.values["shown"] = f"{to.reference} investigation {three.reference}"


def _asked(stage: Stage) -> None:
    """The police ask the marechaussee: one question is sent, one waits for a colleague, one was stopped."""
    world, asked = stage.world, stage.world.border.organisation
    by, second = (stage.actor(user, "investigation") for user in (world.police, world.police_two))
    people = [known_to(world.police, stage.actor) for _each in range(3)]
    sent = exchange.propose_question(people[0], asked, reason=REASON, by=by)
    assert isinstance(sent, Question)
    exchange.send_question(sent, by=second)
    exchange.propose_question(people[0], asked, reason=REASON, by=by)
    stage.made["question"] = exchange.propose_question(people[1], asked, reason=REASON, by=by)
    stage.made["question-of-partner"] = Received.objects.unscoped("test").get(question=sent.reference)
    stopped = RegisteredQuestion.objects.unscoped("test").stopped_ones()
    stage.made["registered-question"] = stopped.get(provider=world.police.organisation)
    stage.values["known-person"] = people[2].reference
    # The stage gives this body another reference later.
    stage.values["whom-to-ask"] = lambda: Organisation.objects.get(pk=asked.pk).reference


def _people(stage: Stage) -> None:
    """One user of each role at every body that is asked, signed in for whatever the matrix lets them try."""
    asked = [row for route in routes() for row in rows(route)]
    for body in sorted({row.body for row in asked}):
        authority, _, region = body.partition(" ")
        stage.bodies[body], _made = Organisation.objects.get_or_create(
            authority=authority, region=region, defaults={"name": body}
        )
        for role in [*PEOPLE, SERVICE]:
            stage.users[role, body] = _user(role, stage.bodies[body])
    _assessor(stage, stage.users["police-analyst", "POL"])
    tried = {(role, row.body, purpose_of(role, row)) for row in asked for role in PEOPLE}
    for role, body, purpose in sorted(tried):
        if purpose:
            session = signed_in(stage.users[role, body], purpose).cookies["sessionid"].value
            stage.sessions[role, body, purpose] = session


def _assessor(stage: Stage, user: User) -> None:
    """Whose turn it is to write, finish or accept, or who asked: named people, so of those asked."""
    train(user)
    for name in ("assessment", "reviewed-assessment"):
        made = Assessment.objects.unscoped("test").filter(pk=stage.made[name].pk)
        Opinion.objects.unscoped("test").filter(assessment__in=made, user=stage.world.police).update(
            user=user
        )
        made.update(first=user)
    director = stage.users["case-director", "BURG Nergenshuizen"]
    led = Charge.objects.unscoped("test").filter(case=stage.made["led-case"])
    led.filter(part=Part.LEAD).update(user=stage.users["mayor", "BURG Nergenshuizen"])
    led.filter(part=Part.DEPUTY).update(user=director)
    Takeover.objects.unscoped("test").filter(pk=stage.made["hand-over"].pk).update(receiver=director)
    handed = Handover.objects.unscoped("test").filter(pk=stage.made["handover"].pk)
    handed.update(receiver=stage.users["prosecutor", "OM"])
    approved = Unmasking.objects.unscoped("test").filter(pk=stage.made["approved-unmasking"].pk)
    approved.update(asked_by=stage.users["travel-analyst", "PINL"])
    Invitee.objects.unscoped("test").filter(pk=stage.made["invitation"].pk).update(user=user)


def _user(role: str, organisation: Organisation) -> User:
    """A service has a password here, which it never has, so that only being a service keeps it out."""
    user: User = User.objects.create(
        username=f"imaginary.{role}.{organisation.reference}",
        name=f"Imaginary {role}",
        organisation=organisation,
        human=role != SERVICE,
        password=make_password(PASSWORD),
    )
    mandate = "service-receiving" if role == SERVICE else role
    Mandate.objects.create(user=user, role=mandate, starts_on=SINCE, granted_by="test")
    return user

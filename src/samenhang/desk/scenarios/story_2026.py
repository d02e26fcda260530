"""The autumn of 2026 in a country that does not exist, under the Dutch law of that time.

A passenger message arrives, a passenger resembles an alert, people judge the
hit, the police submit a signal, police, prosecution and mayor weigh it, a case
opens, measures are decided, one lapses, and some work is left for whoever looks.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.cases.rules.keeping import Part
from samenhang.desk.scenarios import cast as people
from samenhang.desk.scenarios import effort, partners_2026, promises, reached
from samenhang.desk.scenarios import words_2026 as said
from samenhang.desk.scenarios.breach_2026 import noted
from samenhang.desk.scenarios.cast import HOME, Cast
from samenhang.desk.scenarios.child_2026 import child_waits
from samenhang.desk.scenarios.conference_2026 import plan as plan_conference
from samenhang.desk.scenarios.criminal_2026 import criminal_track
from samenhang.desk.scenarios.return_2026 import came_back
from samenhang.desk.scenarios.rule_2026 import draft_rule
from samenhang.desk.scenarios.travellers import ORIGINS, Traveller, message
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Content, Information, Source, Triage
from samenhang.journal import Actor
from samenhang.judging.rules import Why
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Ruling, Term, Upload
from samenhang.national_picture.rules.effort import Quarter
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from samenhang.travel import actions as travel
from samenhang.travel.rules import territory
from samenhang.travel.rules.bases import Kind, Switched
from samenhang.watchlists import actions as watchlists
from samenhang.watchlists.models import Hit
from samenhang.watchlists.rules.alerts import Listed, Request
from samenhang.watchlists.rules.hits import Reason, Verdict

# A letter as small as a PDF can be.
LETTER = Upload(
    name="besluit-demonstratie.pdf",
    content=b"%PDF-1.4\n% Een verzonnen besluit in een demonstratie.\n%%EOF\n",
)
ZONE = ZoneInfo("Europe/Amsterdam")
SEED = 20260630
ENDS = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
CASE_WORK = "person-centred-approach"

# Whom the alerts are about: surname, given names, born.
LISTED = (
    Traveller("Nergensquavliet", "Vrunzorax", date(1999, 4, 17), "XF1234567"),
    Traveller("Echotulhof", "Mipdoberts", date(1987, 11, 2)),
    Traveller("Papierixhorst", "Frabelwick", date(2001, 7, 23), "XF7654321"),
    Traveller("Maanpembeek", "Ixsumfje", date(1994, 1, 30)),
    Traveller("Wolkenyolstra", "Quelinzin", date(1979, 9, 9)),
)
# Who flies: the first is the person, the others only resemble somebody.
FLYING = (
    Traveller("Nergensquavliet", "Vrunzorax", date(1999, 4, 17), "XF1234567"),
    Traveller("Echotulhof", "Mipdobert", date(1987, 11, 2)),
    Traveller("Papierixhorst", "Frabelwick", date(2001, 7, 23), "XF5555555"),
    Traveller("Manpembeek", "Ixsumfje", date(1994, 1, 30)),
    Traveller("Wolkenyolstra", "Quelinzin", date(1979, 9, 9)),
)


@dataclass
class Story:
    """The story so far: who, and the hand that throws the dice of names."""

    cast: Cast
    pick: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 (names, no secrets)

    def service(self, name: str, at: datetime) -> Actor:
        return service_account(name, now=at, simulated=True)


def on(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of the autumn."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def accounts() -> people.People:
    """With whose accounts one can look."""
    return people.PEOPLE


def tell() -> Iterator[str]:
    """Play the story from the first day to the last; yields what happens, for whoever waits."""
    yield "organisaties en mensen"
    story = Story(people.make(on(9, 1)))
    yield "grondslag"
    allow_travel_data(story, on(9, 7))
    partners_2026.decide(story.cast)
    yield "toezeggingen"
    promises.what_became_of_them(story.cast, "ministerie", on(9, 21))
    yield "contactpunten"
    desks = {"politiebeheer": on(9, 2), "beheerder": on(9, 3), "gemeentebeheer": on(3, 2)}
    for deed in reached.deeds(story.cast, desks, {"politiebeheer": on(11, 20)}):
        deed.do(deed.at)
    yield "inzet per kwartaal"
    for deed in effort.deeds(story.cast, effort.POLICE_2026, effort.SERVICE_2026, Quarter(2026, 3)):
        deed.do(deed.at)
    yield "signaleringen"
    _alerts(story)
    for number, (month, day, guests) in enumerate(FLIGHTS):
        yield f"vlucht {number + 1} van {len(FLIGHTS)}"
        _flight(story, number, on(month, day, 6), [FLYING[guest] for guest in guests])
    yield "treffers beoordeeld"
    _judge(story)
    yield "melding en weging"
    case = _first_case(story)
    _not_taken_up(story)
    waits = _waits_for_weighing(story)
    _organisation_waits(story)
    yield "terugkeer"
    came_back(story.cast, case)
    yield "wat daarna gebeurde"
    _seen_since(story, case)
    yield "strafzaken"
    criminal_track(story.cast, case.person_id, waits.pk)
    yield "maatregelen"
    _measures(story, case)
    yield "vragen aan partners"
    partners_2026.ask_and_give(story.cast, case)
    yield "een regel over reizen"
    draft_rule(story.cast)
    yield "het overleg van donderdag"
    plan_conference(story.cast)
    yield "een datalek"
    noted(story.cast)
    yield "een kind"
    child_waits(story.cast)


FLIGHTS = (
    (10, 1, (0,)), (10, 8, ()), (10, 15, (2,)), (10, 22, ()), (11, 5, ()), (11, 20, (1,)), (11, 22, (3, 4)),
)  # fmt: skip


def allow_travel_data(story: Story, at: datetime) -> None:
    """From then on passenger lists and bookings may come in; before, they were refused."""
    by = story.cast.at(at, "ministerie", "investigation")
    for kind in Kind:
        wanted = Switched(kind, "Wet gebruik van passagiersgegevens (PNR-wet)", at.date(), date(2027, 12, 31))
        travel.switch_on(
            wanted, reason="Ingeschakeld voor deze demonstratie; geen echte reisgegevens.", by=by
        )
    scopes = {origin: territory.scope_of((origin, "AMS"), at.date()) for origin in ORIGINS}
    within = [f"{origin}-AMS" for origin, scope in scopes.items() if scope == territory.Scope.WITHIN]
    chosen = territory.Selection(
        territory.Why.ROUTES, " ".join(within), "Verzonnen besluit van de minister", at.date(),
        at.date() + timedelta(days=364),
    )  # fmt: skip
    reason = "Verzonnen: over deze routes zijn aanwijzingen. Wordt binnen een jaar opnieuw bekeken."
    travel.select_flights(chosen, reason=reason, by=by)


def _alerts(story: Story) -> None:
    by = story.cast.at(on(9, 14), "politie1", "investigation")
    for number, listed in enumerate(LISTED):
        watchlists.issue(
            Listed(
                names=(f"{listed.given} {listed.surname}",),
                birth_dates=(listed.born.isoformat(),),
                documents=(listed.document,) if listed.document else (),
            ),
            Request(
                kind="SIS-36",
                action="discreet-check" if number % 2 else "inquiry",
                criteria=("intends-or-commits",),
                contact="Politie CTER, meldkamer, toestel 0000",
                review_on=date(2027, 9, 1),
            ),
            by=by,
        )


def _flight(story: Story, number: int, at: datetime, guests: list[Traveller]) -> None:
    data = message(at, number, guests, story.pick)
    travel.receive(data, name=f"XZ{100 + number}-{at:%Y%m%d}.edi", by=story.service("receiving", at))
    for _message in travel.read_waiting(by=story.service("receiving", at + timedelta(minutes=1))):
        pass
    watchlists.screen_waiting(by=story.service("screening", at + timedelta(minutes=2)))


def _hit_on(story: Story, surname: str, at: datetime) -> Hit:
    by = story.cast.at(at, "reis1", "investigation")
    rows = Hit.objects.visible_to(by).order_by("pk")
    return next(hit for hit in rows if surname.lower() in str(hit.listed).lower())


def _judge(story: Story) -> None:
    """The first is the person; the third is not: both are judged. The others wait for the visitor."""
    first = story.cast.at(on(10, 1, 9), "reis1", "investigation")
    second = story.cast.at(on(10, 1, 10), "reis2", "investigation")
    hit = watchlists.judge(
        _hit_on(story, LISTED[0].surname, first.now), Verdict.MATCH, why=Why(Reason.SAME_DOCUMENT), by=first
    )
    remark = "Naam, geboortedatum en document vergeleken."
    watchlists.confirm(hit, agree=True, why=Why(Reason.ALL_AGREES, remark), by=second)
    later = story.cast.at(on(10, 15, 9), "reis1", "investigation")
    watchlists.judge(
        _hit_on(story, LISTED[2].surname, later.now),
        Verdict.NO_MATCH,
        why=Why(Reason.OTHER_DOCUMENT, said.SOMEBODY_ELSE),
        by=later,
    )


def _person(story: Story, at: datetime, traveller: Traveller, source: str) -> Person:
    by = story.cast.at(at, "politie1", "weighing")
    claim = persons.claim(
        Identity(
            surname=traveller.surname,
            given_names=traveller.given,
            birth_date=traveller.born.isoformat(),
            source=source,
        ),
        by=by,
    )
    return persons.open_person(claim, home_municipality=HOME, reason="Gemeld gedrag van deze persoon.", by=by)


def _signal(story: Story, at: datetime, person: Person, text: str) -> Signal:
    """The police write down what they saw the day before, and offer it to the weighing."""
    by = story.cast.at(at, "politie1", "weighing")
    statement = exchange.state(
        Content(
            text=text,
            basis="Wpg art. 8; Wet PGA art. 5(1)",
            necessity="De weging kan zonder deze waarneming het gedrag niet beoordelen.",
            source_evaluation=Source.MOSTLY,
            information_evaluation=Information.KNOWN,
            true_from=(at - timedelta(days=1)).date(),
        ),
        about=person,
        by=by,
    )
    return exchange.submit_signal(person, [statement], municipality=HOME, triage=Triage.SOON, by=by)


def _position(story: Story, at: datetime, who: str, weighing: Weighing, words: said.Words) -> Weighing:
    by = story.cast.at(at, who, "weighing")
    opinion = Opinion.CARE if words is said.NOT_ENOUGH else Opinion.APPROACH
    judgement = Judgement(opinion, dict(zip(CRITERIA, words, strict=True)))
    return cases.take_position(weighing, judgement, by=by)


def _weigh(story: Story, at: datetime, signal: Signal, *words: said.Words) -> Weighing:
    """words: what police, prosecution and mayor write, each after the other."""
    weighing = cases.open_weighing(signal, by=story.cast.at(at, "politie1", "weighing"))
    for hours, (who, own) in enumerate(zip(("politie1", "officier", "burgemeester"), words, strict=True)):
        weighing = _position(story, at + timedelta(hours=hours + 1), who, weighing, own)
    return weighing


def _first_case(story: Story) -> Case:
    person = _person(story, on(10, 2), LISTED[0], "Gesprek van de wijkagent, 1 oktober 2026")
    signal = _signal(
        story, on(10, 2, 11), person,
        "Kwam op 1 oktober 2026 terug van een reis, en vertelde de wijkagent die dag in het strijdgebied te zijn "
        "geweest bij een gewelddadige groep. Toonde beelden van wapens. De moeder wijst geweld af en ziet "
        "betrokkene elke dag. Betrokkene vroeg hoe aan werk te komen.",
    )  # fmt: skip
    _weigh(story, on(10, 5), signal, *said.CAME_BACK)
    by = story.cast.at(on(10, 5, 15), "regisseur", CASE_WORK)
    case = Case.objects.visible_to(by).get()
    cases.appoint(case, story.cast.users["regisseur"], Part.LEAD, by=by)
    cases.appoint(case, story.cast.users["regisseur2"], Part.DEPUTY, by=by)
    for relation, whom in said.ROUND_THEM:
        persons.note_contact(person, whom, relation=relation, by=by)
    return case


def _not_taken_up(story: Story) -> None:
    person = _person(story, on(10, 12), Traveller("Kurkglodonk", "Zobelmo", date(2003, 2, 2)), "Wijkagent")
    signal = _signal(story, on(10, 12, 11), person, "Riep op een plein leuzen over een gewapende groep.")
    _weigh(story, on(10, 14), signal, said.SHOUTED, said.SHOUTED_TOO, said.NOT_ENOUGH)


def _waits_for_weighing(story: Story) -> Person:
    person = _person(story, on(11, 18), Traveller("Mistwilburg", "Brolindul", date(1996, 6, 6)), "Wijkagent")
    signal = _signal(
        story, on(11, 18, 11), person, "Vroeg een winkelier naar grondstoffen en sprak over wraak."
    )
    weighing = cases.open_weighing(signal, by=story.cast.at(on(11, 18, 12), "politie1", "weighing"))
    _position(story, on(11, 19), "politie1", weighing, said.ASKED_FOR_CHEMICALS)
    return person


def _seen_since(story: Story, case: Case) -> None:
    """The police bring to the case what they saw, the evening of the day: the measures lean on nothing else."""
    for (month, day), text in said.SEEN_SINCE:
        by = story.cast.at(on(month, day, 18), "politie1", CASE_WORK, case.reference)
        seen = Content(
            text=text,
            basis="Wpg art. 8; Wet PGA art. 5(1)",
            necessity="Zonder dit weet het overleg niet of het plan nog past.",
            source_evaluation=Source.MOSTLY,
            information_evaluation=Information.KNOWN,
            true_from=by.today,
        )
        cases.bring(case, seen, category="police-data", by=by)


def _organisation_waits(story: Story) -> None:
    """Nobody took a position yet: whoever looks can."""
    by = story.cast.at(on(11, 20), "politie1", "weighing")
    claim = persons.claim(said.FOUNDATION, by=by)
    opened = persons.open_person(
        claim, home_municipality=HOME, reason="Gemeld gedrag van het bestuur.", by=by
    )
    signal = _signal(story, on(11, 20, 11), opened, said.PAID_JOURNEYS)
    cases.open_weighing(signal, by=story.cast.at(on(11, 20, 12), "politie1", "weighing"))


def _prepared(story: Story, at: datetime, case: Case, kind: str, words: said.Reasons) -> Measure:
    director = story.cast.at(at, "regisseur", CASE_WORK, case.reference)
    necessity, subsidiarity, intended = words
    measure = measures.suggest(
        case, kind, necessity=necessity, subsidiarity=subsidiarity, intended=intended, by=director
    )
    lawyer = story.cast.at(at + timedelta(hours=2), "jurist", CASE_WORK, case.reference)
    return measures.check(
        measure,
        holds=True,
        legality="De grond bestaat op deze dag en de feiten vallen eronder; de duur is het kortst mogelijke.",
        by=lawyer,
    )


def _area_ban(story: Story, case: Case, at: datetime, term: Term, words: said.Reasons) -> Measure:
    """Suggested, checked, proposed, decided by the mayor, told, in force."""
    measure = _prepared(story, at, case, "GW-172A", words)
    director = story.cast.at(at + timedelta(days=1), "regisseur", CASE_WORK, case.reference)
    mayor = story.cast.at(at + timedelta(days=2), "burgemeester", CASE_WORK, case.reference)
    about = f"{LISTED[0].given} {LISTED[0].surname}, {LISTED[0].born:%d-%m-%Y}"
    measures.propose(measure, Organisation.objects.get(pk=mayor.organisation_id), about=about, by=director)
    measures.decide(
        measure,
        impose=True,
        reasons="Ernstige verstoring van de openbare orde, herhaald.",
        term=term,
        by=mayor,
    )
    return measures.notify(measure, told_on=mayor.today, by=mayor)


PASSPORT_RULING = Ruling(
    authority="JENV",
    authority_name="Ministerie van Justitie en Veiligheid",
    decided_on=date(2026, 11, 16),
    number="DEMO-2026-0001",
    reasons="Gegrond vermoeden dat betrokkene opnieuw uitreist om zich bij een gewelddadige groep aan te sluiten.",
    term=Term(date(2026, 11, 16), date(2028, 11, 16)),
)


def _measures(story: Story, case: Case) -> None:
    _area_ban(story, case, on(10, 12), Term(date(2026, 10, 14), date(2026, 11, 14)), said.FIRST_BAN)
    alert = _prepared(story, on(11, 10), case, "PASS-ALERT", said.ALERT)
    _area_ban(story, case, on(11, 16), Term(date(2026, 11, 18), date(2027, 1, 18)), said.SECOND_BAN)
    director = story.cast.at(on(11, 17), "regisseur", CASE_WORK, case.reference)
    measures.record_decision(alert, PASSPORT_RULING, LETTER, by=director)
    second = story.cast.at(on(11, 18), "regisseur2", CASE_WORK, case.reference)
    measures.confirm_record(alert, agrees=True, reason="Brief en invoer naast elkaar gelegd.", by=second)
    _prepared(story, on(11, 19), case, "TW-MELD", said.REPORTING)
    measures.apply_terms(by=story.service("terms", ENDS))

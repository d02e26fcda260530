"""What partners ask one another and what goes abroad, in the demonstration of 2026.

Two questions of the municipality to the police: one is told, one waits for an answer. Two contributions of
the police about who came back: to Europol, and to a country that a minister allowed.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.cases.models import Case
from samenhang.desk.scenarios.cast import HOME, Cast
from samenhang.desk.scenarios.travellers import Traveller
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Question, ReceivedQuestion
from samenhang.exchange.rules import Content, Handling, Information, Source
from samenhang.exchange.rules.asking import Reply
from samenhang.exchange.rules.zones import Zone
from samenhang.journal import Actor
from samenhang.organisations.acting import installer, service_account
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity

TZ = ZoneInfo("Europe/Amsterdam")
ASKED_BEFORE = datetime(2026, 11, 12, 10, 0, tzinfo=TZ)
ASKED = datetime(2026, 11, 20, 10, 0, tzinfo=TZ)
GIVEN = datetime(2026, 11, 17, 14, 0, tzinfo=TZ)
DECIDED = datetime(2026, 9, 7, 11, 0, tzinfo=TZ)
# No country has this code.
COUNTRY, ABROAD = "XX", "Politie van Imaginarië"
AREA = Zone(
    "Noord-Imaginarië",
    DECIDED.date(),
    "Minister van Justitie en Veiligheid",
    "Verzonnen brief van 7 september 2026",
)
KNOWN = Traveller("Echoyolhorst", "Tulquemo", date(1995, 5, 5))
WAITING = Traveller("Papierzobeek", "Wilfradum", date(1998, 8, 8))
CAME_BACK = Content(
    text="Kwam op 1 oktober 2026 terug uit Noord-Imaginarië. Vraag: is bekend bij wie betrokkene daar verbleef?",
    basis="Wpg art. 8",
    necessity="Zonder dit antwoord is niet te beoordelen wat betrokkene daar heeft gedaan.",
    source_evaluation=Source.MOSTLY,
    information_evaluation=Information.CONFIRMED,
    handling=Handling.H1,
    true_from=date(2026, 10, 1),
)


def decide(cast: Cast) -> None:
    """Before anything else: which area counts as a conflict zone, and which country may receive data."""
    by = cast.at(DECIDED, "ministerie", "investigation")
    exchange.name_zone(AREA, reason="Verzonnen: er wordt gevochten, en inwoners reizen erheen.", by=by)
    exchange.assess_country(
        COUNTRY,
        minister="Minister van Justitie en Veiligheid",
        findings="Verzonnen: geen foltering en geen doodstraf gevonden; toezegging over het gebruik ontvangen.",
        until=DECIDED.date() + timedelta(days=365),
        by=by,
    )


def ask_and_give(cast: Cast, case: Case) -> None:
    """The questions and the contributions."""
    first = _ask(cast, KNOWN, ASKED_BEFORE)
    received = ReceivedQuestion.objects.visible_to(_police(cast, ASKED_BEFORE)).get(question=first.reference)
    exchange.answer_question(
        received,
        Reply.HIT,
        reason="Nagezocht in de eigen systemen; de persoon is bekend.",
        by=_police(cast, ASKED_BEFORE + timedelta(days=1)),
    )
    exchange.tell_answers(by=service_account("terms", now=ASKED_BEFORE + timedelta(days=6), simulated=True))
    _ask(cast, WAITING, ASKED)
    police = _police(cast, GIVEN)
    person = Person.objects.visible_to(police).get(pk=case.person_id)
    for body, purpose in _abroad():
        said = exchange.write_statement(
            person, CAME_BACK, category="police-data", purposes=[purpose], by=police
        )
        exchange.give_in_writing(person, [said], to=body, purpose=purpose, by=police)


def _abroad() -> Iterable[tuple[Organisation, str]]:
    by = installer(DECIDED, simulated=True)
    return (
        (found("EUROPOL", "Europol", by=by), "threat-assessment"),
        (found("FPOL3", ABROAD, region=COUNTRY, by=by), "investigation"),
    )


def _ask(cast: Cast, whom: Traveller, at: datetime) -> Question:
    """About somebody whom a neighbour told the municipality of; a colleague sends it."""
    by = cast.at(at, "regisseur", "weighing")
    claim = persons.claim(
        Identity(whom.surname, whom.given, whom.born.isoformat(), "Gesprek met een buur"), by=by
    )
    person = persons.open_person(claim, home_municipality=HOME, reason="Zorg van een buur.", by=by)
    asking = cast.at(at + timedelta(minutes=30), "regisseur", "public-order")
    made = exchange.propose_question(
        person, cast.body("politie1"), reason="Morgen is er een gesprek met betrokkene.", by=asking
    )
    assert isinstance(made, Question), made
    sent = exchange.send_question(made, by=cast.at(at + timedelta(hours=1), "regisseur2", "public-order"))
    assert isinstance(sent, Question), sent
    return sent


def _police(cast: Cast, at: datetime) -> Actor:
    return cast.at(at + timedelta(hours=2), "politie1", "investigation")

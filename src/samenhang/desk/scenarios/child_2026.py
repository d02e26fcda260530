"""A child in the demonstration of 2026: two of the three took it up, and the mayor comes last."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.cases import actions as cases
from samenhang.cases.models import Weighing
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.desk.scenarios.cast import HOME, Cast
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Content, Information, Source, Triage
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from samenhang.persons.rules.contacts import Relation, Whom

REPORTED = datetime(2026, 11, 19, 11, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
CHILD = Identity("Spiegelkwik", "Olfiwen", "2010-03-03", "Wijkagent")
GUARDIAN = Whom("Instelling Voogdij Nergensland", "020 555 0102", "Krijgt de brieven over het kind.")
LAWYER = Whom("Mr. Quorbel Papiervliet", "020 555 0103", "Krijgt een afschrift van de brieven.")
SEEN = Content(
    "Kreeg in een spel op internet berichten van een ronselaar en stuurde een foto van het station terug. "
    "Vertelde het zelf aan de mentor op school.",
    basis="Wpg art. 8; Wet PGA art. 5(1)",
    necessity="De weging kan zonder deze waarneming niet zien hoe het kind wordt geronseld.",
    source_evaluation=Source.MOSTLY,
    information_evaluation=Information.KNOWN,
    true_from=(REPORTED - timedelta(days=1)).date(),
)
# Who, words on the five criteria, and why it is in the interest of the child.
WEIGHED = (
    (
        "politie1",
        (
            "Stuurde één foto op verzoek. Ertegen: vertelde het zelf en stuurde daarna niets meer.",
            "Herhaalde zinnen van de ronselaar; begrijpt ze naar eigen zeggen half.",
            "De ronselaar zoekt elke avond contact. De mentor en de voogd houden het kind vast.",
            "Noemt de ronselaar een vriend.",
            "Gaat naar school, woont in een gezinshuis en sport.",
        ),
        "Het kind wordt geronseld en vroeg zelf om hulp. De aanpak haalt de ronselaar weg; school gaat door.",
    ),
    (
        "officier",
        (
            "De foto kan voor een voorbereiding bedoeld zijn; het kind is hier slachtoffer.",
            "Geen eigen idee van geweld gebleken.",
            "Wie ronselt, wordt apart onderzocht.",
            "Zoekt waardering; dat is geen band met een groep.",
            "School en gezinshuis dragen; een vertrouwde volwassene na school ontbreekt.",
        ),
        "Zonder de aanpak staat het kind er alleen voor. Er komt geen strafzaak tegen het kind.",
    ),
)


def child_waits(cast: Cast) -> Weighing:
    """The position of the mayor, and why it is in the interest of the child, wait for the visitor."""
    by = cast.at(REPORTED, "politie1", "weighing")
    claim = persons.claim(CHILD, by=by)
    child = persons.open_person(claim, home_municipality=HOME, reason="Het kind vroeg zelf om hulp.", by=by)
    noting = cast.at(REPORTED, "politie1", "person-centred-approach")
    persons.note_contact(child, GUARDIAN, relation=Relation.GUARDIAN, represents=True, by=noting)
    persons.note_contact(child, LAWYER, relation=Relation.LAWYER, by=noting)
    said = exchange.state(SEEN, about=child, by=by)
    signal = exchange.submit_signal(child, [said], municipality=HOME, triage=Triage.SOON, by=by)
    weighing = cases.open_weighing(signal, by=by)
    for hours, (who, words, interest) in enumerate(WEIGHED, start=1):
        judgement = Judgement(
            Opinion.APPROACH, dict(zip(CRITERIA, words, strict=True)), best_interest=interest
        )
        seat = cast.at(REPORTED + timedelta(hours=hours), who, "weighing")
        weighing = cases.take_position(weighing, judgement, by=seat)
    return weighing

"""How somebody comes back in both demonstrations: met, reviewed, assessed by two people, and taken into the approach."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from samenhang.cases.models import Case
from samenhang.exchange.models import Statement
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.risk import actions as risk
from samenhang.risk.actions.returning import Offer
from samenhang.risk.models import Assessment, Trajectory
from samenhang.risk.rules import SECTIONS, UNKNOWN, Draft, Said, bundled
from samenhang.risk.rules.returns import Found, Gate, Way

# The police officer who leads, the second one, the prosecutor, and the case director of the town.
POLICE, SECOND, PROSECUTION, DIRECTOR = "police", "second", "prosecution", "director"
PACK = {
    "met": "Opgevangen door de politie; het gesprek verliep rustig.",
    "children": "Er reisden geen kinderen mee.",
    "decision": "Het onderzoek loopt; nu geen vordering tot bewaring.",
    "contact": "De regisseur belt elke week; de wijkagent kent de familie.",
    "home": "Woont bij familie en wil met hulp van de gemeente aan het werk.",
}
TEXTS = {
    "protective": "Familie die geweld afwijst en elke dag contact heeft; wil werken.",
    "conditions": "Werk of dagbesteding binnen een maand, en één vaste gesprekspartner.",
    "counter_evidence": "Brak zelf met de ronselaar, en kwam uit eigen beweging terug.",
    "alternative": "De uitspraken kunnen ook uit woede over verlies komen.",
    "missing": "Wat er in het buitenland gebeurde is van één kant bekend.",
    "scenarios": "Raakt de familie kwijt en zoekt oude contacten op; eerst te zien aan wegblijven.",
}

# The second assessor wrote alone as well, and so in other words.
TEXTS_SECOND = {
    "protective": "De familie houdt betrokkene dicht bij huis en keurt geweld af; er is zin om te werken.",
    "conditions": "Een plek om overdag te zijn, en iemand van de gemeente die elke week langskomt.",
    "counter_evidence": "Kwam terug zonder dwang en vertelde er zelf over.",
    "alternative": "Grote woorden kunnen ook bedoeld zijn om indruk te maken.",
    "missing": "Of het contact met de ronselaar echt voorbij is; de familie kan het weten.",
    "scenarios": "Zonder werk en bezigheid weer naar de oude vrienden; eerst te zien aan gemiste afspraken.",
}
ON_DIFFERENCE = (
    "Over “Vraagt om hulp, of neemt die aan” lezen wij hetzelfde gesprek anders: de een hoorde een vraag om "
    "hulp, de ander niet."
)
# Who left again after coming back is not at home with family.
TEXTS_GONE = {
    "protective": "De familie wijst geweld af en heeft af en toe contact.",
    "conditions": "Eén vaste gesprekspartner voor de familie, en opvang vanaf de eerste dag van een terugkeer.",
    "counter_evidence": "Belde zelf naar huis, en kwam eerder uit eigen beweging terug.",
    "alternative": "Vertrok misschien om bij iemand te zijn, en niet om te vechten.",
    "missing": "Wat er sinds het tweede vertrek gebeurde, is van één kant bekend.",
    "scenarios": "Komt terug zonder zich te melden; eerst te zien aan contact met oude bekenden.",
}
REASONS = "Er is zorg, en er is veel dat beschermt; samen vraagt dat aandacht."
REASONS_SECOND = "De zorg is er nog, maar thuis gaat het goed; aandacht is genoeg."
REASONS_GONE = "Vertrok opnieuw, en de familie houdt contact; dat vraagt aandacht, ook voor een terugkeer."
Own = tuple[dict[str, str], str]
OPINIONS: tuple[Own, Own] = ((TEXTS, REASONS), (TEXTS_SECOND, REASONS_SECOND))


@dataclass(frozen=True)
class Crew:
    """Who does it: an actor of each post at a moment."""

    at: Callable[[str, datetime], Actor]

    def user(self, post: str, moment: datetime) -> User:
        return User.objects.get(pk=self.at(post, moment).user_id)


def meet(
    crew: Crew, case: Case, *, back_on: date, moment: datetime, left_on: date | None = None
) -> Trajectory:
    """The police follow somebody who turned up again, and the prosecutor takes over on arrival."""
    police = crew.at(POLICE, moment)
    way = risk.open_trajectory(
        case,
        true_on=left_on or back_on - timedelta(days=30),
        words="Volgens de familie sindsdien in het buitenland, later met het plan om terug te komen.",
        added_value="Niemand anders houdt bij wie betrokkene na aankomst opvangt en wat is afgesproken.",
        by=police,
    )
    risk.second_read(way, by=crew.at(PROSECUTION, moment))
    return _passed(crew, way, Way.ARRIVED, back_on, (POLICE, PROSECUTION), moment)


def review(person: Person, *, by: Actor) -> None:
    """The prosecutor looks whether prosecution is possible, and again within the year."""
    risk.review_prosecution(
        person,
        Found.INVESTIGATE,
        reasons="Op elke grond bekeken; het bewijs uit het buitenland ontbreekt nog.",
        next_on=by.today + timedelta(days=360),
        by=by,
    )


def assess(crew: Crew, case: Case, moment: datetime, *, gone_again: bool = False) -> Assessment:
    """Two people answer alone, differ on one point, and say so. gone_again: left after coming back."""
    first, second = crew.at(POLICE, moment), crew.at(SECOND, moment)
    minor = Person.objects.visible_to(first).get(pk=case.person_id).is_minor(first.today)
    planned = risk.plan(
        case,
        bundled(),
        crew.user(POLICE, moment),
        crew.user(SECOND, moment),
        best_interest="Bij familie wonen, weer naar school, en één volwassene die blijft." if minor else "",
        by=crew.at(DIRECTOR, moment),
    )
    said = Statement.objects.visible_to(first).standing().about(case.person_id)
    leans = tuple(one.pk for one in said if one.known_at < first.now)[:2]
    ones, twos = ((TEXTS_GONE, REASONS_GONE),) * 2 if gone_again else OPINIONS
    for own, level, by in ((ones, "partly", first), (twos, UNKNOWN, second)):
        risk.write(planned, _opinion(leans, own, D4=level), give=True, by=by)
    return risk.finish(planned, on_difference=ON_DIFFERENCE, by=first)


def take_in(crew: Crew, way: Trajectory, moment: datetime) -> Trajectory:
    """The prosecutor's decision goes to the police, and the person into the approach of the town."""
    way = _passed(crew, way, Way.DECIDED, moment.date(), (PROSECUTION, POLICE), moment)
    return _passed(crew, way, Way.APPROACH, moment.date(), (POLICE, DIRECTOR), moment)


def _passed(
    crew: Crew, way: Trajectory, gate: Way, true_on: date, hands: tuple[str, str], moment: datetime
) -> Trajectory:
    giver, receiver = hands
    offered = Offer(gate, true_on, crew.user(receiver, moment), PACK)
    made = risk.offer(way, offered, by=crew.at(giver, moment))
    risk.answer(made, Gate.ACCEPTED, by=crew.at(receiver, moment))
    return way


def _opinion(leans: tuple[int, ...], own: Own, **levels: str) -> Draft:
    said = {one.code: Said(UNKNOWN) for one in bundled().indicators}
    for code, level in {"B3": "clearly", "D1": "clearly", **levels}.items():
        said[code] = Said(level, "Zie het gegeven waarop dit steunt.", leans if level != UNKNOWN else ())
    texts, reasons = own
    return Draft(said, "attention", reasons, {code: texts[code] for code in SECTIONS})

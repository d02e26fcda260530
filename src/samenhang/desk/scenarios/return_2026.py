"""Who came back in the demonstration of 2026: movements, gates, review and assessment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.desk.scenarios import coming_back
from samenhang.desk.scenarios.cast import Cast, train
from samenhang.desk.scenarios.coming_back import DIRECTOR, POLICE, PROSECUTION, SECOND, Crew
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Information, Source
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.journal import Actor
from samenhang.persons.models import Person

CASE_WORK = "person-centred-approach"
MOMENT = datetime(2026, 10, 5, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
LEFT_ON, BACK_ON = date(2026, 4, 14), date(2026, 10, 1)
MOVED = (
    (Whereabouts.LEFT, LEFT_ON, "De familie vertelde van het vertrek; een tweede getuige bevestigt het."),
    (
        Whereabouts.RETURNED,
        BACK_ON,
        "De wijkagent sprak betrokkene thuis; de moeder noemt dezelfde dag.",
    ),
)
POSTS = {POLICE: "politie1", SECOND: "politie2", PROSECUTION: "officier", DIRECTOR: "regisseur"}


def came_back(cast: Cast, case: Case) -> None:
    """Written down, met, reviewed, assessed and taken in, within a week of the case."""
    train(cast, MOMENT, until=date(2027, 12, 31))

    def at(post: str, when: datetime) -> Actor:
        return cast.at(when, POSTS[post], CASE_WORK, case.reference)

    crew, police = Crew(at), at(POLICE, MOMENT)
    person = Person.objects.visible_to(police).get(pk=case.person_id)
    for status, on, text in MOVED:
        seen = Seen(
            status,
            on,
            "Politiewet 2012 art. 3; Wpg art. 8",
            text=text,
            source_evaluation=Source.MOSTLY,
            information_evaluation=Information.CONFIRMED,
        )
        cases.share_movement(case, exchange.record_movement(person, seen, by=police), by=police)
    way = coming_back.meet(crew, case, left_on=LEFT_ON, back_on=BACK_ON, moment=MOMENT + timedelta(hours=1))
    coming_back.review(person, by=at(PROSECUTION, MOMENT + timedelta(days=1)))
    # Before the first measure is proposed: no step of the administration before somebody assessed.
    coming_back.assess(crew, case, MOMENT + timedelta(hours=20))
    coming_back.take_in(crew, way, MOMENT + timedelta(days=3))

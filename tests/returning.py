"""How a test brings somebody back: by the real actions, in the named world."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from samenhang.cases.models import Case
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.risk import actions
from samenhang.risk.actions.returning import Offer
from samenhang.risk.models import Handover, Trajectory
from samenhang.risk.models.coverage import Coverage, coverage, every_movement
from samenhang.risk.rules.returns import Found, Gate, Way, asked_at
from tests import put_back
from tests.assessing import APPROACH, TOMORROW
from tests.cast import ActorOf, World
from tests.weighing import opened_case

LEFT_ON, BACK_ON = date(2026, 3, 1), date(2026, 11, 22)


@dataclass
class Returning:
    """Somebody abroad, whose way back the police hold; prosecution and the director sit at the case."""

    case: Case
    person: Person
    way: Trajectory
    police: Actor
    prosecution: Actor
    director: Actor

    def moved(self, status: Whereabouts, on: date) -> Movement:
        seen = Seen(status, on, "Politiewet 2012 art. 3")
        return exchange.record_movement(self.person, seen, by=self.police)

    def offer(self, stage: Way, receiver: User, *, by: Actor, on: date = BACK_ON) -> Handover:
        pack = {code: f"An imaginary text about {code}." for code in asked_at(stage)}
        return actions.offer(self.now(), Offer(stage, on, receiver, pack), by=by)

    def passed(self, stage: Way, *, by: Actor, to: Actor) -> Trajectory:
        made = self.offer(stage, User.objects.get(pk=to.user_id), by=by)
        actions.answer(made, Gate.ACCEPTED, by=to)
        return self.now()

    def review(self) -> None:
        next_on = self.prosecution.today + timedelta(days=90)
        actions.review_prosecution(
            self.person, Found.INVESTIGATE, reasons="Witnesses abroad.", next_on=next_on, by=self.prosecution
        )

    def now(self) -> Trajectory:
        found: Trajectory = Trajectory.objects.unscoped("test").get(pk=self.way.pk)
        return found

    def coverage(self, on: date | None = None) -> Coverage:
        return coverage(on or self.police.today, known_by=self.police.now, movements=every_movement())


def followed(world: World, actor_of: ActorOf) -> Returning:
    moment = actor_of(world.police, APPROACH).now
    return put_back.on_top("somebody abroad", moment, lambda: _followed(world, actor_of))


def _followed(world: World, actor_of: ActorOf) -> Returning:
    case = opened_case(world, actor_of)
    users = (world.police, world.prosecutor, world.director)
    acting = [actor_of(user, APPROACH) for user in users]
    people = [replace(one, now=one.now + TOMORROW) for one in acting]
    told = {"words": "His mother told it.", "added_value": "Nobody else knows when he arrives."}
    way = actions.open_trajectory(case, true_on=LEFT_ON, **told, by=people[0])
    actions.second_read(way, by=people[2])
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    made = Returning(case, person, way, *people)
    made.moved(Whereabouts.LEFT, LEFT_ON)
    return made

"""A criminal case of the invented Pippi Fantasia: who works on it, and shorthand for its steps."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from samenhang.journal import Actor
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from samenhang.prosecution import actions
from samenhang.prosecution.models import CriminalCase, Evidence, Offence
from samenhang.prosecution.rules.course import Stage
from samenhang.prosecution.rules.evidence import Kind, Noted, State
from samenhang.prosecution.rules.reach import AT_HOME, Place, Reached
from tests.cast import HOME, ActorOf, World

BEGAN = date(2026, 11, 2)
HERE = Place(date(2026, 10, 1), HOME, "NL")
THERE = Place(date(2026, 5, 1), "Imaginaria", "SY")
FOUND = Noted("part", Kind.OFFICER, "report 12, page 3")
ROLES = ("returnee", "financer")


@dataclass
class Track:
    """Police and two prosecutors, and the person whom the police know."""

    police: Actor
    prosecutor: Actor
    second: Actor
    person: Person

    def opened(self, *, roles: tuple[str, ...] = ROLES, by: Actor | None = None) -> CriminalCase:
        return actions.open_case(self.person, roles=roles, began_on=BEGAN, by=by or self.police)

    def taken(self) -> CriminalCase:
        return actions.move_on(self.opened(), Stage.INVESTIGATION, by=self.prosecutor)

    def offence(self, case: CriminalCase, article: str = "SR-140A") -> Offence:
        return actions.note_offence(case, article, HERE, Reached(AT_HOME), by=self.police)

    def evidence(self, offence: Offence, noted: Noted = FOUND, *, by: Actor | None = None) -> Evidence:
        return actions.note_evidence(offence, noted, state=State.SECURED, by=by or self.police)

    def tried(self) -> CriminalCase:
        """Before the court, with one offence and one piece of evidence."""
        case = self.taken()
        self.evidence(self.offence(case))
        actions.move_on(case, Stage.PROSECUTION, number="XX-2026", by=self.prosecutor)
        return actions.move_on(case, Stage.TRIAL, by=self.prosecutor)


def track(world: World, actor_of: ActorOf) -> Track:
    police = actor_of(world.police, "investigation")
    claim = persons.claim(Identity("Fantasia", "Pippi", "1990-04-30"), by=police)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)
    prosecutor = actor_of(world.prosecutor, "prosecution")
    return Track(police, prosecutor, actor_of(world.prosecutor_two, "prosecution"), person)


def later(actor: Actor, days: int) -> Actor:
    return replace(actor, now=actor.now + timedelta(days=days))


def now_of(case: CriminalCase) -> CriminalCase:
    found: CriminalCase = CriminalCase.objects.unscoped("test").get(pk=case.pk)
    return found

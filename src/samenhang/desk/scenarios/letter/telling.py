"""The story while it is told: who is who, and the deeds that several themes share."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.cases.rules.keeping import Part
from samenhang.desk.scenarios.cast import Cast
from samenhang.desk.scenarios.letter.cast import local
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.wording import GUARDIAN, IN_ITS_INTEREST, seen
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import Whereabouts
from samenhang.journal import Actor
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from samenhang.persons.rules.contacts import Relation

ZONE = ZoneInfo("Europe/Amsterdam")
CASE_WORK = "person-centred-approach"


@dataclass(frozen=True)
class Deed:
    """One thing that happens at a moment."""

    at: datetime
    do: Callable[[datetime], object]


@dataclass
class Story:
    """Who was opened, which cases there are, and where the police last knew each: by the key of the plot."""

    cast: Cast
    people: dict[str, Person] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    where: dict[str, Whereabouts] = field(default_factory=dict)

    def on(
        self, username: str, at: datetime, purpose: str = CASE_WORK, *, who: Somebody | None = None
    ) -> Actor:
        """This person at work; on the case of somebody when they are named, and of their town."""
        case = self.cases.get(who.key) if who else None
        return self.cast.at(at, username, purpose, case.reference if case else "")

    def of_town(self, username: str, who: Somebody, at: datetime, purpose: str = CASE_WORK) -> Actor:
        """Whoever has this post in the home town of somebody."""
        return self.on(local(username, who.town), at, purpose, who=who)

    def body(self, username: str) -> Organisation:
        return self.cast.body(username)

    def open_person(self, who: Somebody, at: datetime) -> Person:
        """The police open a person once, for conduct that was reported."""
        if who.key not in self.people:
            by = self.on("politie1", at)
            identity = Identity(who.surname, who.given, who.born.isoformat(), "Basisadministratie")
            claim = persons.claim(identity, by=by)
            self.people[who.key] = persons.open_person(
                claim, home_municipality=who.home, reason="Gemeld gedrag van deze persoon.", by=by
            )
        return self.people[who.key]

    def open_case(self, who: Somebody, at: datetime) -> Case:
        """The covenant's partners take somebody up, and the police bring in what they saw."""
        if who.key not in self.cases:
            person, by = self.open_person(who, at), self.on("politie1", at)
            child = person.is_minor(by.today)
            table = [self.body(name) for name in partners(who)]
            case = cases.open_by_covenant(
                person,
                table,
                municipality=who.home,
                reason="Besproken door de partners van het convenant.",
                best_interest=IN_ITS_INTEREST if child else "",
                by=by,
            )
            if child:
                persons.note_contact(person, GUARDIAN, relation=Relation.GUARDIAN, represents=True, by=by)
            self.cases[who.key] = case
            self.bring(who, at)
            police = self.on("politie1", at, who=who)
            for moved in Movement.objects.visible_to(police).about(person.pk).known_by(at):
                cases.share_movement(case, moved, by=police)
            director = self.of_town("regisseur", who, at)
            for username, part in (("regisseur", Part.LEAD), ("collega", Part.DEPUTY)):
                cases.appoint(case, self.cast.users[local(username, who.town)], part, by=director)
        return self.cases[who.key]

    def bring(self, who: Somebody, at: datetime) -> None:
        """The police bring into the case what they saw."""
        by = self.on("politie1", at, who=who)
        said = seen(at.date(), self.where.get(who.key))
        cases.bring(self.cases[who.key], said, category="police-data", by=by)


def partners(who: Somebody) -> list[str]:
    """One person of each body that signed the covenant of this town."""
    return ["politie1", "officier", local("burgemeester", who.town), local("college", who.town), "raad"]


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def tell_in_order(deeds: Iterable[Deed]) -> Iterator[str]:
    """Do them in the order of time; yields each month. One durable commit a month: a demonstration that
    is stopped halfway is told again from the start, so nothing is won by more."""
    ordered = sorted(deeds, key=lambda deed: deed.at)
    months: dict[str, list[Deed]] = {}
    for deed in ordered:
        months.setdefault(f"{deed.at:%Y-%m}", []).append(deed)
    for month, together in months.items():
        yield month
        with transaction.atomic():
            for deed in together:
                deed.do(deed.at)

"""How a test has a case assessed by two people: by the real actions, in the named world."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samenhang.cases.models import Case
from samenhang.exchange.models import Statement
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.risk import actions
from samenhang.risk.models import Accreditation, Assessment
from samenhang.risk.rules import SECTIONS, UNKNOWN, Draft, Said, bundled
from tests import put_back
from tests.cast import SINCE, ActorOf, World
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
TOMORROW = timedelta(days=1)
SECTION_TEXTS = {code: f"An imaginary text about {code}." for code in SECTIONS}


def train(*users: User, until: date = date(2027, 12, 31)) -> None:
    """As their administrators wrote down."""
    for user in users:
        Accreditation.objects.create(
            user=user,
            what="reflection-guide",
            starts_on=SINCE,
            ends_on=until,
            proof="file 1",
            given_by="test",
        )


def opinion_on(*statements: Statement, judgement: str = "attention", **levels: str) -> Draft:
    """A complete opinion: the first indicator clearly seen, the others unknown, unless ``B1="absent"``."""
    said = {one.code: Said(UNKNOWN) for one in bundled().indicators}
    keys = tuple(one.pk for one in statements)
    for code, level in {"A1": "clearly", **levels}.items():
        said[code] = Said(level, "Said so twice, in other words.", keys if level != UNKNOWN else ())
    return Draft(said, judgement, "Because of what was said, and to whom.", SECTION_TEXTS)


@dataclass
class Assessing:
    """A case, a day after what was said was written down. The police assess first, the director second."""

    case: Case
    said: Statement
    assessment: Assessment
    first: Actor
    second: Actor
    chair: Actor

    def now(self) -> Assessment:
        found: Assessment = Assessment.objects.unscoped("test").get(pk=self.assessment.pk)
        return found

    def give(self, **levels: str) -> None:
        actions.write(self.now(), opinion_on(self.said, **levels), give=True, by=self.first)

    def review(self, draft: Draft | None = None) -> None:
        actions.write(self.now(), draft or opinion_on(self.said), give=True, by=self.second)

    def made(self) -> Assessment:
        """Final, with two opinions that agree."""
        self.give()
        self.review()
        return actions.finish(self.now(), by=self.first)


def planned(world: World, actor_of: ActorOf, *, case: Case | None = None) -> Assessing:
    moment = actor_of(world.police, APPROACH).now
    if case is not None:
        return _planned(world, actor_of, case)
    return put_back.on_top("an assessment", moment, lambda: _planned(world, actor_of, None))


def _planned(world: World, actor_of: ActorOf, case: Case | None) -> Assessing:
    if not Accreditation.objects.exists():
        train(world.police, world.director)
    case = case or opened_case(world, actor_of)
    first, second, chair = (
        _tomorrow(actor_of(user, APPROACH)) for user in (world.police, world.director, world.mayor)
    )
    said = Statement.objects.unscoped("test").standing().filter(person_id=case.person_id).order_by("pk")[0]
    made = actions.plan(case, bundled(), world.police, world.director, by=chair)
    return Assessing(case, said, made, first, second, chair)


def _tomorrow(actor: Actor) -> Actor:
    return replace(actor, now=actor.now + TOMORROW)


def typed(draft: Draft) -> Mapping[str, object]:
    """The draft as the form of the page posts it."""
    fields: dict[str, object] = {"judgement": draft.judgement, "reasons": draft.reasons, **draft.sections}
    for code, said in draft.answers.items():
        fields |= {
            f"level-{code}": said.level,
            f"words-{code}": said.words,
            f"on-{code}": [str(key) for key in said.statements],
        }
    return fields

"""How a test brings a signal to the triage panel and lets the three judge: by the real actions."""

from datetime import date

from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Content
from samenhang.organisations.models import User
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from tests import put_back
from tests.cast import HOME, ActorOf, World

REASONS = {code: f"An imaginary reason about {code}." for code in CRITERIA}
YES, NO = Judgement(Opinion.APPROACH, REASONS), Judgement(Opinion.NOTHING, REASONS)
CARE = Judgement(Opinion.CARE, REASONS)
MORE = Judgement(Opinion.MORE, REASONS, "How often did he say so?")
SAID = Content(
    "Told two colleagues that he will answer the demonstration with fire.",
    basis="Politiewet 2012 art. 3",
    necessity="The three must know of the threat to weigh it.",
    source_evaluation="B",
    information_evaluation="2",
    # Before the earliest day on which a test holds its clock: a fact has happened.
    true_from=date(2014, 5, 1),
)


def signal_by(user: User, actor_of: ActorOf, *, said: Content = SAID) -> Signal:
    """A signal about Pippi Fantasia of Nergenshuizen, not yet offered."""
    by = actor_of(user, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pippi", "2001-04-30", "own observation"), by=by)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=by)
    statement = exchange.state(said, about=person, by=by)
    return exchange.submit_signal(person, [statement], municipality=HOME, by=by)


def weighing_by(user: User, actor_of: ActorOf) -> Weighing:
    """An open weighing of such a signal."""
    return cases.open_weighing(signal_by(user, actor_of), by=actor_of(user, "weighing"))


def judge(weighing: Weighing, users: dict[User, Judgement], actor_of: ActorOf) -> Weighing:
    for user, judgement in users.items():
        weighing = cases.take_position(weighing, judgement, by=actor_of(user, "weighing"))
    return weighing


def opened_case(world: World, actor_of: ActorOf) -> Case:
    """A case about Pippi Fantasia that police, prosecution and mayor took up together."""
    moment = actor_of(world.police, "weighing").now
    return put_back.on_top("a case", moment, lambda: _taken_up(world, actor_of))


def _taken_up(world: World, actor_of: ActorOf) -> Case:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: YES, world.mayor: YES}, actor_of)
    return Case.objects.unscoped("test").get(weighing=weighing)

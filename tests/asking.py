"""How a test lets a municipality ask the police whether they know somebody: by the real actions."""

from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Question, ReceivedQuestion
from samenhang.organisations.models import User
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, World

ORDER = "public-order"
WHY = "Tomorrow we talk with his parents."


def known_to(user: User, actor_of: ActorOf, *, given: str = "Pippi") -> Person:
    """Somebody in this user's own file."""
    by = actor_of(user, "weighing")
    claim = persons.claim(Identity("Fantasia", given, "2001-04-30"), by=by)
    return persons.open_person(claim, home_municipality=HOME, reason="a new report", by=by)


def proposed(world: World, actor_of: ActorOf, person: Person | None = None) -> Question:
    """Written down by the case director, for a colleague to send."""
    about = person or known_to(world.director, actor_of)
    by = actor_of(world.director, ORDER)
    made = exchange.propose_question(about, world.police.organisation, reason=WHY, by=by)
    assert isinstance(made, Question), made
    return made


def sent(world: World, actor_of: ActorOf, person: Person | None = None) -> tuple[Question, ReceivedQuestion]:
    """Sent by the colleague, as who asks and who is asked have it."""
    made = exchange.send_question(proposed(world, actor_of, person), by=actor_of(world.director_two, ORDER))
    assert isinstance(made, Question), made
    return made, ReceivedQuestion.objects.unscoped("test").get(question=made.reference)

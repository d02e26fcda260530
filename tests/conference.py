"""How a test holds a conference: by the real actions, in the named world."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from samenhang.cases.models import Case
from samenhang.conferences import actions
from samenhang.conferences.actions.recording import Proposal
from samenhang.conferences.models import Conference, Invitee, Item
from samenhang.journal import Actor
from samenhang.organisations.models import User
from tests import put_back
from tests.cast import ActorOf, World
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
PROPOSAL = Proposal("Two talks with his coach.", "The threat was made twice.", "A letter changed nothing.")


@dataclass
class Table:
    """A conference with one case; the director chairs."""

    conference: Conference
    case: Case
    item: Item
    chair: Actor

    def invitee(self, user: User) -> Invitee:
        return Invitee.objects.unscoped("test").get(conference=self.conference, user=user)

    def now(self) -> "Table":
        self.conference = Conference.objects.unscoped("test").get(pk=self.conference.pk)
        self.item = Item.objects.unscoped("test").get(pk=self.item.pk)
        return self


def prepared(world: World, actor_of: ActorOf, *, guests: Iterable[User] = ()) -> Table:
    """In preparation: next Thursday, Pippi's case, the three and whoever else."""
    return _on_top(_prepared, world, actor_of, guests)


def _on_top(make: Callable[..., Table], world: World, actor_of: ActorOf, guests: Iterable[User]) -> Table:
    asked, moment = tuple(guests), actor_of(world.director, APPROACH).now
    name = (make.__name__, *(user.username for user in asked))
    return put_back.on_top(name, moment, lambda: make(world, actor_of, asked))


def _prepared(world: World, actor_of: ActorOf, guests: Iterable[User]) -> Table:
    case = opened_case(world, actor_of)
    chair = actor_of(world.director, APPROACH)
    starts = chair.now + timedelta(days=3)
    conference = actions.plan(
        place="Town hall, room 3", starts_at=starts, ends_at=starts + timedelta(hours=2), by=chair
    )
    item = actions.add_item(conference, case, question="Which help comes first?", by=chair)
    for user in (world.police, world.prosecutor, *guests):
        actions.invite(conference, user, by=chair)
    return Table(conference, case, item, chair)


def under_way(world: World, actor_of: ActorOf, *, guests: Iterable[User] = ()) -> Table:
    """Everybody of the case is in the room; the guests wait outside; no item is open."""
    return _on_top(_under_way, world, actor_of, guests)


def _under_way(world: World, actor_of: ActorOf, guests: Iterable[User]) -> Table:
    table = _prepared(world, actor_of, guests)
    actions.send(table.conference, by=table.chair)
    actions.begin(table.conference, by=table.chair)
    for user in (world.police, world.prosecutor):
        actions.arrive(table.invitee(user), by=table.chair)
    return table.now()


def discussing(world: World, actor_of: ActorOf, *, guests: Iterable[User] = ()) -> Table:
    """The item is open."""
    return _on_top(_discussing, world, actor_of, guests)


def _discussing(world: World, actor_of: ActorOf, guests: Iterable[User]) -> Table:
    table = _under_way(world, actor_of, guests)
    actions.open_item(table.item, by=table.chair)
    return table.now()

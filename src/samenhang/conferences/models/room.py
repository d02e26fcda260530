"""Who may be in the room with an item, and what all of them may read: the policy, asked for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samenhang.cases.models import Case
from samenhang.conferences import rules
from samenhang.conferences.models.meeting import Conference, Invitee, Item
from samenhang.conferences.models.outcomes import Action, Decision, Marker
from samenhang.exchange.models import Statement
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import User


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What everybody who is there may read of one item. hidden: how many statements that leaves out."""

    statements: list[Statement]
    markers: list[Marker]
    decisions: list[Decision]
    actions: list[Action]
    hidden: int


def reader(user: User, at: datetime, *, simulated: bool = False) -> Actor | None:
    """This person at work in the person-centred approach; None when their mandate does not let them."""
    try:
        return actor_for(user, purpose=rules.APPROACH, now=at, simulated=simulated)
    except Refused:
        return None


def must_leave(item: Item, users: Iterable[User], at: datetime) -> list[User]:
    """Who of these may not read the item or its case at that moment."""
    return [user for user in users if not _may_stay(item, reader(user, at))]


def in_the_room(conference: Conference) -> list[User]:
    present = Invitee.objects.unscoped("who is in the room").of(conference).in_room()
    return list(User.objects.filter(pk__in=present.values("user_id")).order_by("name"))


def on_screen(item: Item, actor: Actor, users: Iterable[User]) -> OnScreen:
    """What the actor and every one of these users may read of the item, and so may stand on a projector."""
    # Who cannot read at all reads nothing, and then nothing is shown.
    everyone = [actor, *(reader(user, actor.now) for user in users)]
    person = Case.objects.visible_to(actor).filter(pk=item.case_id).values_list("person_id", flat=True)
    own = Statement.objects.visible_to(actor).standing().about(person.first())
    shown = _common(Statement, own.values_list("pk", flat=True), everyone)
    return OnScreen(
        list(own.filter(pk__in=shown)),
        _of(Marker, item, everyone, actor),
        _of(Decision, item, everyone, actor),
        _of(Action, item, everyone, actor),
        own.count() - len(shown),
    )


def _of(model: type, item: Item, everyone: list[Actor | None], actor: Actor) -> list:  # type: ignore[type-arg]
    mine = model.objects.visible_to(actor).of(item)  # type: ignore[attr-defined]
    return list(mine.filter(pk__in=_common(model, mine.values_list("pk", flat=True), everyone)))


def _common(model: type, keys: Iterable[int], everyone: list[Actor | None]) -> set[int]:
    left = set(keys)
    for one in everyone:
        if one is None:
            return set()
        seen = model.objects.visible_to(one).filter(pk__in=left)  # type: ignore[attr-defined]
        left = set(seen.values_list("pk", flat=True))
    return left


def _may_stay(item: Item, actor: Actor | None) -> bool:
    return (
        actor is not None
        and Item.objects.visible_to(actor).filter(pk=item.pk).exists()
        and Case.objects.visible_to(actor).filter(pk=item.case_id).exists()
    )

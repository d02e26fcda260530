"""What was agreed about the cases of an agenda at the conferences before it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from samenhang.conferences.models.meeting import Item
from samenhang.conferences.models.outcomes import Action, Decision
from samenhang.conferences.models.room import invited
from samenhang.journal import Actor
from samenhang.organisations.models import User


@dataclass(slots=True)
class Earlier:
    """What was decided about one case at earlier conferences, and what is still to be done, by whom."""

    decisions: list[Decision] = field(default_factory=list)
    actions: list[tuple[Action, User]] = field(default_factory=list)


def earlier(items: Iterable[Item], actor: Actor) -> dict[int, Earlier]:
    """By the key of an item: what was agreed before about its case, as far as the actor may read it."""
    items = list(items)
    of_case = {one.case_id: one.pk for one in items}
    others = Item.objects.visible_to(actor).filter(case_id__in=of_case).exclude(pk__in=of_case.values())
    before = {one.pk: one for one in others}
    actions = list(Action.objects.visible_to(actor).asked_at(before.values()))
    owners = invited(actions)
    found: dict[int, Earlier] = {}
    for decision in Decision.objects.visible_to(actor).made_at(before.values()):
        about = of_case[before[decision.item_id].case_id]
        found.setdefault(about, Earlier()).decisions.append(decision)
    for action in actions:
        about = of_case[before[action.item_id].case_id]
        found.setdefault(about, Earlier()).actions.append((action, owners[action.owner_id]))
    return found

"""What waits for somebody: the questions of the areas, asked under the policy.

A number in the menu and a line of *my work* come from the same question, so
they cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenhang.access.counting import counts_for
from samenhang.access.rules import may_do, may_read
from samenhang.foundation.page import Label
from samenhang.journal import Actor
from samenhang.organisations.rules import purposes_of
from samenhang.persons.models import Person, names_for

# A list longer than this is shown on its own page.
SHOWN = 25

# Days before the last one on which a line asks for attention.
SOON = 3
# House policy: a last day within this time goes before everything else.
PRESSING = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing to do.

    title: the deed, as on a button. why: what brought it here. person: the key of whom it concerns, told
    by their name as far as the actor may see it. about: what it concerns else. due: the last day; None when
    no day is set.
    """

    title: str
    why: str
    url: str
    about: str = ""
    person: int | None = None
    since: date | datetime | None = None
    due: date | None = None
    today: date = date.max

    @property
    def since_day(self) -> date | None:
        return timezone.localtime(self.since).date() if isinstance(self.since, datetime) else self.since

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < self.today

    @property
    def pressing(self) -> date:
        """The last day when it is near or past. A day that is far off presses no more than none."""
        near = self.due is not None and self.due - self.today <= PRESSING
        return self.due if near and self.due else date.max

    @property
    def hurry(self) -> Label:
        """How much time is left, in words."""
        if self.due is None:
            return Label(_("No set day"))
        left = (self.due - self.today).days
        if left < 0:
            return Label(ngettext("%d day late", "%d days late", -left) % -left, "negative")
        if left == 0:
            return Label(_("Today"), "warning")
        return Label(
            ngettext("%d day left", "%d days left", left) % left, "warning" if left <= SOON else "neutral"
        )


Tell = Callable[[Actor, list[Any]], list[Task]]


def each(tell: Callable[[Any], Task]) -> Tell:
    """For work of which every line is told by its own record alone."""
    return lambda _actor, rows: [tell(row) for row in rows]


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of work.

    deeds: who may do none of them is not asked. model: what one must be able to
    read; empty when everybody may. place: the page of the menu where it is counted. ask: the area's
    question. tell: its answers as tasks, in the order of the question.
    """

    code: str
    title: Any
    deeds: tuple[str, ...]
    model: str
    place: str
    ask: Callable[[Actor], QuerySet[Any]]
    tell: Tell

    def is_for(self, actor: Actor) -> bool:
        readable = not self.model or may_read(self.model, actor.roles)
        return readable and any(may_do(deed, actor.roles) for deed in self.deeds)


@dataclass(frozen=True)
class Group:
    """The tasks of one kind. count: all of them, also those beyond what is shown."""

    kind: Kind
    tasks: list[Task]
    count: int

    @property
    def pressing(self) -> date:
        return min(task.pressing for task in self.tasks)


def gather(kinds: Iterable[Kind], actor: Actor, waiting: Mapping[str, int] | None = None) -> list[Group]:
    """Everything that waits for the actor: what presses first, then in the order of the kinds.

    waiting: what ``counted`` said, when it was asked already. Of what nothing waits, nothing is asked.
    """
    waiting = counted(kinds, actor) if waiting is None else waiting
    asked = [kind for kind in kinds if waiting.get(kind.code)]
    told = [(kind, kind.tell(actor, list(kind.ask(actor)[:SHOWN]))) for kind in asked]
    names = _names(actor, {task.person for _kind, tasks in told for task in tasks if task.person})
    groups = []
    for kind, tasks in told:
        if tasks:
            named = [
                replace(task, today=actor.today, about=names.get(task.person or 0, task.about))
                for task in tasks
            ]
            named.sort(key=lambda task: task.due or date.max)
            groups.append(Group(kind, named, waiting[kind.code]))
    return sorted(groups, key=lambda group: group.pressing)


def _names(actor: Actor, people: set[int]) -> dict[int, str]:
    """How to call these people: a name that the actor may see, else the reference, else nothing."""
    known = Person.objects.visible_to(actor).filter(pk__in=people)
    return {row.pk: row.reference for row in known} | names_for(actor, people)


def first_of(groups: list[Group]) -> Task | None:
    """What to begin with: what presses most; when nothing does, the first of the first kind."""
    tasks = [task for group in groups for task in group.tasks]
    return min(tasks, key=lambda task: task.pressing, default=None)


def counted(kinds: Iterable[Kind], actor: Actor) -> dict[str, int]:
    """How much waits for the actor, by the code of the kind. One query."""
    waiting = _Waiting(tuple(kinds))
    codes = [kind.code for kind in waiting.kinds if kind.is_for(actor)]
    return dict(zip(codes, counts_for(actor, waiting), strict=True))


def by_place(kinds: Iterable[Kind], waiting: Mapping[str, int]) -> dict[str, int]:
    """The same counts by the place of the menu where they are shown."""
    sums: dict[str, int] = {}
    for kind in kinds:
        sums[kind.place] = sums.get(kind.place, 0) + waiting.get(kind.code, 0)
    return sums


def elsewhere(kinds: Iterable[Kind], actor: Actor) -> dict[str, int]:
    """How much more waits for the same person under each other purpose: how many, and never which."""
    more = _Elsewhere(tuple(kinds))
    found: dict[str, int] = {}
    for (purpose, _kind), count in zip(more.of(actor), counts_for(actor, more), strict=True):
        found[purpose] = found.get(purpose, 0) + count
    return {purpose: count for purpose, count in found.items() if count}


@dataclass(frozen=True)
class _Waiting:
    """What these kinds ask, as one object: the query of all of them together is kept by it."""

    kinds: tuple[Kind, ...]

    def __call__(self, actor: Actor) -> list[QuerySet[Any]]:
        return [kind.ask(actor) for kind in self.kinds if kind.is_for(actor)]


@dataclass(frozen=True)
class _Elsewhere:
    """The same under each other purpose, of what is not on the list of this one already."""

    kinds: tuple[Kind, ...]

    def of(self, actor: Actor) -> list[tuple[str, Kind]]:
        others = [purpose for purpose in purposes_of(actor.roles) if purpose != actor.purpose]
        return [(purpose, kind) for purpose in others for kind in self.kinds if kind.is_for(actor)]

    def __call__(self, actor: Actor) -> list[QuerySet[Any]]:
        return [
            kind.ask(replace(actor, purpose=purpose, case="")).exclude(
                pk__in=kind.ask(actor).order_by().values("pk")
            )
            for purpose, kind in self.of(actor)
        ]

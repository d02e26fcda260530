"""Who may be in the room with an item, and what all of them may read: the policy, asked for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from samenhang.access.counting import counts
from samenhang.access.models import ProtectedQuerySet
from samenhang.access.rules import may_do
from samenhang.cases.models import Case, CaseParty
from samenhang.conferences import rules
from samenhang.conferences.models.meeting import Attendance, Conference, Invitee, Item
from samenhang.conferences.models.outcomes import Action, Decision, Dissent, Marker
from samenhang.conferences.models.papers import Paper
from samenhang.exchange.models import Statement
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import IdentityClaim, names_for

# Each as the policy knows them; None for whoever cannot read at all, and then nothing is shown.
Readers = Sequence[Actor | None]


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What everybody who is there may read of one item.

    readers: who that is. name: of whom it is about, or empty. hidden: how many statements that leaves out.
    """

    readers: Readers
    name: str
    papers: list[Paper]
    statements: list[Statement]
    markers: list[Marker]
    decisions: list[Decision]
    dissents: list[Dissent]
    there: list[Attendance]
    actions: list[Action]
    hidden: int


def reader(user: User, at: datetime, *, simulated: bool = False) -> Actor | None:
    """This person at work in the person-centred approach; None when their mandate does not let them."""
    try:
        return actor_for(user, purpose=rules.APPROACH, now=at, simulated=simulated)
    except Refused:
        return None


def must_leave(item: Item, users: Iterable[User], at: datetime, *, simulated: bool = False) -> list[User]:
    """Who of these may not read the item or its case at that moment. One query for all of them."""
    asked = [(user, reader(user, at, simulated=simulated)) for user in users]
    acting = [one for _user, one in asked if one is not None]
    items = [Item.objects.visible_to(one).filter(pk=item.pk) for one in acting]
    cases = [Case.objects.visible_to(one).filter(pk=item.case_id) for one in acting]
    read = counts([*items, *cases])
    may_stay = {one for one, *both in zip(acting, read, read[len(acting) :], strict=False) if all(both)}
    return [user for user, one in asked if one not in may_stay]


def invited(rows: Iterable[Invitee | Attendance | Action]) -> dict[int, User]:
    """The people whom these rows name, by key: for who may read the rows."""
    keys = {row.owner_id if isinstance(row, Action) else row.user_id for row in rows}
    return _with_mandates(User.objects.all()).in_bulk(keys)


def may_be_invited(conference: Conference) -> list[User]:
    """People of the organisations at the cases of the agenda, who may take part and are not asked yet."""
    items = Item.objects.unscoped("whose cases are on the agenda").of(conference)
    cases = list(items.order_by().values_list("case_id", flat=True))
    parties = CaseParty.objects.unscoped("who sits there").active().filter(case_id__in=cases)
    bodies = {*parties.values_list("organisation_id", flat=True), conference.organisation_id}
    asked = Invitee.objects.unscoped("who is asked already").of(conference)
    known = set(asked.order_by().values_list("user_id", flat=True))
    people = User.objects.filter(organisation_id__in=bodies, is_active=True, human=True)
    people = _with_mandates(people).order_by("organisation__name", "name", "pk")
    day = timezone.localtime(conference.starts_at).date()
    return [one for one in people if one.pk not in known and _takes_part(one, day)]


def missing_from(conference: Conference, actor: Actor) -> list[Organisation]:
    """Who sits at a case of the agenda, as far as the actor may read that, with nobody on the list."""
    items = Item.objects.visible_to(actor).of(conference).exclude(stage=rules.ItemStage.DROPPED)
    cases = list(items.order_by().values_list("case_id", flat=True))
    parties = CaseParty.objects.visible_to(actor).active().filter(case_id__in=cases)
    listed = Invitee.objects.visible_to(actor).of(conference).on_list().order_by()
    there = set(listed.values_list("organisation_id", flat=True))
    keys = {one.organisation_id for one in parties} - there
    return list(Organisation.objects.filter(pk__in=keys))


def _takes_part(user: User, day: date) -> bool:
    return may_do("conference.take-part", frozenset(mandate.role for mandate in user.mandates_on(day)))


def in_the_room(conference: Conference) -> list[User]:
    present = Invitee.objects.unscoped("who is in the room").of(conference).in_room()
    people = _with_mandates(User.objects.filter(pk__in=present.values("user_id")))
    return list(people.order_by("name", "pk"))


def on_screen(item: Item, actor: Actor, users: Iterable[User]) -> OnScreen:
    """What the actor and every one of these users may read of the item, and so may stand on a projector."""
    readers = [actor, *(reader(user, actor.now, simulated=actor.simulated) for user in users)]
    person = (
        Case.objects.visible_to(actor).filter(pk=item.case_id).values_list("person_id", flat=True).first()
    )
    own = Statement.objects.visible_to(actor).standing().about(person)
    statements = read_by_all(own, readers)
    decisions = read_by_all(Decision.objects.visible_to(actor).of(item), readers)
    return OnScreen(
        readers,
        _name(person, readers, actor),
        read_by_all(Paper.objects.visible_to(actor).of(item), readers),
        statements,
        read_by_all(Marker.objects.visible_to(actor).of(item), readers),
        decisions,
        read_by_all(Dissent.objects.visible_to(actor).on(decisions), readers),
        read_by_all(Attendance.objects.visible_to(actor).of(item), readers),
        read_by_all(Action.objects.visible_to(actor).of(item), readers),
        own.count() - len(statements),
    )


def read_by_all(rows: ProtectedQuerySet[Any], readers: Readers) -> list[Any]:
    """Those of the rows that every one of these may read. One query."""
    for one in readers:
        if one is None:
            return []
        rows = rows.visible_to(one)
    return list(rows)


def _name(person: int | None, readers: Readers, actor: Actor) -> str:
    """How to call the person, when everybody may know the name."""
    if person is None or not all(readers):
        return ""
    known = counts([IdentityClaim.objects.visible_to(one).filter(person=person) for one in readers if one])
    return names_for(actor, [person]).get(person, "") if all(known) else ""


def _with_mandates(people: QuerySet[User]) -> QuerySet[User]:
    """What is asked of each of them when they are readers, fetched at once."""
    return people.select_related("organisation").prefetch_related("mandates")

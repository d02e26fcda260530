"""Where to go on from a page of an area: links that only the desk can know.

An area below names no page above it, so its pages cannot link upwards. The
desk looks at which page is drawn and puts the links beside it, as it does with
the main menu.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samenhang.access.rules import may_do, may_read
from samenhang.cases.models import Case, Weighing
from samenhang.desk.doubted import page_of_thing
from samenhang.exchange.models import OfficialMessage, Reconsideration, Signal
from samenhang.foundation.page import Place
from samenhang.journal import Actor
from samenhang.judging.rules import Status as HitStatus
from samenhang.measures.models import Arrest, Measure
from samenhang.persons.models import IdentityLink, Person, kind_of
from samenhang.persons.rules import is_legal
from samenhang.prosecution.models import CriminalCase
from samenhang.risk.models import Assessment, Trajectory
from samenhang.watchlists.models import Hit

APPROACH = "person-centred-approach"


def beside(request: HttpRequest) -> dict[str, Any]:
    """``beside``: where to go on from this page; empty on most."""
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    if actor is None or not actor.purpose or match is None or match.view_name not in PAGES:
        return {"beside": []}
    model, links = PAGES[match.view_name]
    found = model.objects.visible_to(actor).filter(reference=match.kwargs.get("reference", "")).first()
    return {"beside": list(links(found, actor)) if found else []}


def _of_case(case: Case, actor: Actor) -> Iterator[Place]:
    yield from _file(case.person_id, actor)
    human = not is_legal(kind_of(case.person_id))
    if human and may_read("risk.Assessment", actor.roles):
        yield Place(_("Assessments"), reverse("risk:profiles", args=[case.reference]))
    way = Trajectory.objects.visible_to(actor).filter(case_id=case.pk).order_by("-opened_at", "-pk").first()
    if way:
        yield Place(_("Way back"), reverse("risk:trajectory", args=[way.reference]))
    elif human and case.status == "open" and may_do("return.work", actor.roles):
        yield Place(_("Follow the way back"), reverse("risk:trajectory-new", args=[case.reference]))


def _of_signal(signal: Signal, actor: Actor) -> Iterator[Place]:
    yield from _file(signal.person_id, actor)


def _of_weighing(weighing: Weighing, actor: Actor) -> Iterator[Place]:
    signal = Signal.objects.visible_to(actor).filter(pk=weighing.signal_id).first()
    if signal:
        yield from _file(signal.person_id, actor)


def _of_measure(row: Measure, actor: Actor) -> Iterator[Place]:
    case = Case.objects.visible_to(actor).filter(pk=row.case_id).first()
    if case:
        yield Place(_("Case %s") % case.reference, reverse("desk:case", args=[case.reference]))
    yield from _file(row.person_id, actor)


def _of_hit(hit: Hit, actor: Actor) -> Iterator[Place]:
    """The issuer may write down what it knows itself. No passenger data go along, not even a reference."""
    confirmed = hit.status == HitStatus.CONFIRMED and hit.issuer_id == actor.organisation_id
    if confirmed and may_do("signal.submit", actor.roles):
        task = urlencode({"purpose": "weighing", "next": reverse("cases:signal-new")})
        yield Place(_("Write a signal"), f"{reverse('organisations:task')}?{task}")


def _of_link(link: IdentityLink, actor: Actor) -> Iterator[Place]:
    yield from _file(link.person_id, actor)


def _of_arrest(arrest: Arrest, actor: Actor) -> Iterator[Place]:
    yield from _file(arrest.person_id, actor)


def _of_criminal_case(row: CriminalCase, actor: Actor) -> Iterator[Place]:
    yield from _file(row.person_id, actor)


def _of_way(row: Trajectory, actor: Actor) -> Iterator[Place]:
    yield from _file(row.person_id, actor)


def _of_assessment(row: Assessment, actor: Actor) -> Iterator[Place]:
    yield from _file(row.person_id, actor)


def _of_person(person: Person, actor: Actor) -> Iterator[Place]:
    yield from _file(person.pk, actor)


def _beside_the_file(person: Person, actor: Actor) -> Iterator[Place]:
    """From the file of a person: what was assessed, the way back, and whether prosecution is possible."""
    case = Case.objects.visible_to(actor).filter(person_id=person.pk).order_by("-opened_at", "-pk").first()
    if case and not person.is_legal and may_read("risk.Assessment", actor.roles):
        yield Place(_("Assessments"), reverse("risk:profiles", args=[case.reference]))
    ways = Trajectory.objects.visible_to(actor).filter(person_id=person.pk)
    way = ways.order_by("-opened_at", "-pk").first()
    if way:
        yield Place(_("Way back"), reverse("risk:trajectory", args=[way.reference]))
    if may_do("prosecution.review", actor.roles):
        yield Place(_("Prosecution review"), reverse("risk:review", args=[person.reference]))


def _of_official_message(message: OfficialMessage, actor: Actor) -> Iterator[Place]:
    if message.person_id:
        yield from _file(message.person_id, actor)


def _of_duty(duty: Reconsideration, actor: Actor) -> Iterator[Place]:
    """To what leans, whatever that is."""
    place = page_of_thing(duty.thing, actor)
    if place:
        yield place


def _file(person_id: int, actor: Actor) -> Iterator[Place]:
    person = Person.objects.visible_to(actor).filter(pk=person_id).first()
    if person:
        label = _("File of the organisation") if person.is_legal else _("Person file")
        yield Place(label, reverse("desk:person", args=[person.reference]))


Links = Callable[[Any, Actor], Iterator[Place]]
# page of an area: (what it shows, where to go on from it)
PAGES: dict[str, tuple[Any, Links]] = {
    "desk:case": (Case, _of_case),
    "desk:person": (Person, _beside_the_file),
    "cases:signal": (Signal, _of_signal),
    "cases:weighing": (Weighing, _of_weighing),
    "measures:detail": (Measure, _of_measure),
    "measures:arrest": (Arrest, _of_arrest),
    "measures:arrest-new": (Person, _of_person),
    "prosecution:case": (CriminalCase, _of_criminal_case),
    "prosecution:case-new": (Person, _of_person),
    "watchlists:hit": (Hit, _of_hit),
    "risk:trajectory": (Trajectory, _of_way),
    "risk:assessment": (Assessment, _of_assessment),
    "persons:link": (IdentityLink, _of_link),
    "exchange:reconsider": (Reconsideration, _of_duty),
    "exchange:official-message": (OfficialMessage, _of_official_message),
    "exchange:movements": (Person, _of_person),
}

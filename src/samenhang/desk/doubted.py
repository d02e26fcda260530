"""What on a page leans on something that fell: said on the thing itself, whatever area it is of."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samenhang.cases.models import Case, Weighing
from samenhang.conferences.models import Decision, Item
from samenhang.exchange.models import Reconsideration, Signal, Statement
from samenhang.foundation.page import Doubt, Place
from samenhang.journal import Actor
from samenhang.measures.models import Document, Measure
from samenhang.national_picture import actions as report
from samenhang.national_picture.models import Publication
from samenhang.persons.models import Person
from samenhang.risk.models import Assessment, Handover, Trajectory

# More than this says no more: the rest stands in my work.
SHOWN = 10

# A page: what it shows, and what it shows besides (kind, the key by which it belongs to the first).
PAGES: dict[str, tuple[Any, Any, str]] = {
    "cases:weighing": (Weighing, None, ""),
    "cases:signal": (Signal, None, ""),
    "desk:case": (Case, None, ""),
    "desk:person": (Person, Statement, "person"),
    "conferences:item": (Item, Decision, "item"),
    "conferences:minutes": (Item, Decision, "item"),
    "measures:detail": (Measure, Document, "measure"),
    "measures:step": (Measure, Document, "measure"),
    "risk:assessment": (Assessment, None, ""),
    "risk:handover": (Handover, None, ""),
    "risk:trajectory": (Trajectory, Handover, "trajectory"),
}

# What can lean: on which page it is read, and under which other thing when it has no page of its own.
READ_ON: tuple[tuple[Any, str, str, Any], ...] = (
    (Weighing, "cases:weighing", "", None),
    (Case, "desk:case", "", None),
    (Assessment, "risk:assessment", "", None),
    (Measure, "measures:detail", "", None),
    (Document, "measures:detail", "measure", Measure),
    (Item, "conferences:item", "", None),
    (Decision, "conferences:item", "item", Item),
    (Handover, "risk:handover", "", None),
    (Signal, "cases:signal", "", None),
    (Statement, "desk:person", "person", Person),
)


def doubted(request: HttpRequest) -> dict[str, Any]:
    """``doubts``: the open duties to look again at what this page shows, as far as the actor may see them."""
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    if actor is None or not actor.purpose or match is None or match.view_name not in PAGES:
        return {"doubts": []}
    shown = list(_shown(match.view_name, match.kwargs.get("reference", ""), actor))
    duties = Reconsideration.objects.visible_to(actor).of(shown).open()
    return {"doubts": [_doubt(duty, actor) for duty in duties[:SHOWN]]}


def page_of_thing(reference: str, actor: Actor) -> Place | None:
    """Where the actor reads this thing, if they may."""
    for model, page, field, holder in READ_ON:
        found = model.objects.visible_to(actor).filter(reference=reference).first()
        if found and field:
            found = holder.objects.visible_to(actor).filter(pk=getattr(found, f"{field}_id")).first()
        if found:
            return Place(_("Read %s") % found.reference, reverse(page, args=[found.reference]))
    if report.may("report.make", by=actor):
        made = Publication.objects.filter(reference=reference).first()
        if made:
            days = urlencode({"until": made.until.isoformat()})
            return Place(
                _("Read %s") % made.reference, f"{reverse('national_picture:progress')}?{days}#published"
            )
    return None


def _shown(page: str, reference: str, actor: Actor) -> Iterator[str]:
    """References of what the page shows."""
    model, part, field = PAGES[page]
    yield reference
    if part is not None:
        whole = model.objects.visible_to(actor).filter(reference=reference).values("pk")
        yield from (
            part.objects.visible_to(actor)
            .filter(**{f"{field}__in": whole})
            .values_list("reference", flat=True)
        )


def _doubt(duty: Reconsideration, actor: Actor) -> Doubt:
    late = duty.reconsider_by < actor.today
    return Doubt(duty.thing, reverse("exchange:reconsider", args=[duty.reference]), duty.reconsider_by, late)

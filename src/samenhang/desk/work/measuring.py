"""The kinds of work that measures bring: the next step of each, its end, and who is held."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access.rules import may_do
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.grounds.rules.measures import measure
from samenhang.journal import Actor
from samenhang.measures.models import Arrest, Measure, MeasureQuerySet
from samenhang.measures.rules import Status
from samenhang.measures.rules.custody import ENDING_WITHIN as HELD_WITHIN
from samenhang.measures.views.kinds import kind_name

# House policy, not law: how long before its last day a measure asks for a choice.
ENDING_WITHIN = timedelta(days=14)

# Why a measure waits, and the form of its next step where there is one, by its status.
NEXT_STEP: dict[str, tuple[Any, str]] = {
    Status.SUGGESTED: (gettext_lazy("It was suggested. Check whether the law allows it."), "check"),
    Status.CHECKED: (
        gettext_lazy("It is lawful. Propose it to the body that decides, or record the decision."),
        "",
    ),
    Status.PROPOSED: (gettext_lazy("It was proposed to you. Decide."), "decide"),
    Status.RECORDED: (
        gettext_lazy("A colleague recorded a decision. Compare the record with the letter."),
        "confirm",
    ),
    Status.IMPOSED: (gettext_lazy("It was imposed. Tell the person."), "notify"),
}
# A notice now would warn the person of what the law keeps from them for a while.
NOT_TOLD_YET = (
    gettext_lazy(
        "It was imposed. The law lets the person hear of it later: write down until when that waits."
    ),
    "defer",
)
# What was decided before and was not told yet, whatever became of it since.
TOLD_LATER = (
    gettext_lazy("Telling the person waited until a day, and that day has come. Tell it now."),
    "notify",
)


@each
def _measures(row: Measure) -> Task:
    why, step = NEXT_STEP.get(row.status, TOLD_LATER)
    due = row.starts_on if row.status == Status.IMPOSED else row.notice_deferred_until
    if row.status == Status.IMPOSED and measure(row.kind).told_later:
        (why, step), due = NOT_TOLD_YET, None
    return _of_measure(row, str(why), due, step)


@each
def _ending(row: Measure) -> Task:
    ends = _("It ends by itself after this day. Choose: have it renewed, or let it end.")
    stays = _("It has no last day. Say why it is still needed, or lift it.")
    return _of_measure(row, ends if row.lapses_on else stays, row.last_day or row.review_on)


@each
def _held(row: Arrest) -> Task:
    return Task(
        title=_("Record a term or the release: arrest %s") % row.reference,
        person=row.person_id,
        why=_("The last decision by which this person is held ends. Without a new one the person is free."),
        url=reverse("measures:arrest", args=[row.reference]),
        due=row.held_until,
    )


def _of_measure(row: Measure, why: str, due: date | None, step: str = "") -> Task:
    page = ["measures:step", row.reference, step] if step else ["measures:detail", row.reference]
    return Task(
        title=f"{kind_name(measure(row.kind))} {row.reference}",
        about=row.about,
        person=row.person_id,
        why=why,
        url=reverse(page[0], args=page[1:]),
        since=row.decided_on or row.suggested_on,
        due=due,
    )


def _ending_for(actor: Actor) -> MeasureQuerySet:
    """For who runs the case, all of them; for others only what their own body decided."""
    soon = Measure.objects.visible_to(actor).ending_before(actor.today + ENDING_WITHIN)
    return soon if may_do("case.work", actor.roles) else soon.filter(authority_id=actor.organisation_id)


KINDS: tuple[Kind, ...] = (
    Kind(
        "held", gettext_lazy("People held whose term ends"), ("custody.record",), "measures.Arrest",
        "desk:my-work",
        lambda actor: Arrest.objects.visible_to(actor).held_until_before(actor.today + HELD_WITHIN), _held,
    ),
    Kind(
        "measures", gettext_lazy("Measures: your step"),
        ("measure.check", "measure.decide", "measure.record-decision", "measure.notify", "measure.suggest"),
        "measures.Measure", "measures:index",
        lambda actor: Measure.objects.visible_to(actor).waiting_for(actor), _measures,
    ),
    Kind(
        "ending", gettext_lazy("Measures that end or are reviewed within 14 days"),
        ("case.work", "measure.decide"),
        "measures.Measure", "measures:index", _ending_for, _ending,
    ),
)  # fmt: skip

"""The kinds of work there are, each from the area that keeps it. The order is that of a calm day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.cases.models import Case, Notice, Weighing
from samenhang.cases.rules import Regime, regime_on
from samenhang.deconfliction.models import Window
from samenhang.desk import (
    assessing,
    conferring,
    coordinating,
    ending,
    exchanging,
    keeping,
    matching,
    overseeing,
    promised,
    prosecuting,
    returning,
    travelling,
    weighing,
)
from samenhang.desk.waiting import Kind, Task, each
from samenhang.exchange.models import OfficialMessage, Reconsideration, Signal
from samenhang.grounds.rules.measures import measure
from samenhang.journal import Actor
from samenhang.judging.rules.journeys import moment
from samenhang.measures.models import Arrest, Measure, MeasureQuerySet
from samenhang.measures.rules import Status
from samenhang.measures.rules.custody import ENDING_WITHIN as HELD_WITHIN
from samenhang.measures.views.kinds import kind_name
from samenhang.persons.models import IdentityLink
from samenhang.watchlists.models import Alert, Hit

# House policy, not law: how long before its last day a measure asks for a choice.
ENDING_WITHIN = timedelta(days=14)


def _weighings(actor: Actor, rows: list[Weighing]) -> list[Task]:
    policy.attach(actor, rows, "signal")
    return [
        Task(
            title=_("Take your position on signal %s") % row.signal.reference,
            person=row.signal.person_id,
            why=_("Police, prosecution and mayor weigh it together. Your position is missing.")
            if row.round == 1
            else _("More was asked of the submitter, and it came back. Your position is missing."),
            url=reverse("cases:weighing", args=[row.reference]),
            due=row.due_on,
            since=row.round_began_at,
        )
        for row in rows
        if row.signal
    ]


def _signals(actor: Actor, rows: list[Signal]) -> list[Task]:
    before = regime_on(actor.today) == Regime.COVENANT
    title = _("Talk signal %s over with your partners") if before else _("Offer signal %s for weighing")
    return [
        Task(
            title=title % row.reference,
            person=row.person_id,
            why=_("It is written down, but nobody outside your organisation can see it yet."),
            url=reverse("cases:signal", args=[row.reference]),
            since=row.submitted_at,
        )
        for row in rows
    ]


@each
def _links(row: IdentityLink) -> Task:
    return Task(
        title=_("Decide on link %s") % row.reference,
        person=row.person_id,
        why=_("A colleague says that these details are about this person. A second person decides."),
        url=reverse("persons:link", args=[row.reference]),
        since=row.proposed_at,
    )


@each
def _notices(row: Notice) -> Task:
    return Task(
        title=_("Read what came of signal %s") % row.scope,
        why=_("The signal of your organisation was not taken up."),
        url=reverse("cases:signal", args=[row.scope]),
        since=row.made_at,
        due=row.due_on,
    )


@each
def _official_messages(row: OfficialMessage) -> Task:
    return Task(
        title=_("Say what came of official message %s") % row.number,
        person=row.person_id,
        why=_("A service wrote to your organisation so that it can act."),
        url=reverse("exchange:official-message", args=[row.reference]),
        since=row.registered_at,
    )


def _reliances(actor: Actor, rows: list[Reconsideration]) -> list[Task]:
    people = _people_behind(actor, [row.thing for row in rows])
    return [
        Task(
            title=_("Look again at %s") % row.thing,
            person=people.get(row.thing),
            why=_("A statement that it leans on was withdrawn or corrected.")
            if row.depth == 1
            else _("Something that it leans on rests on a statement that was withdrawn or corrected."),
            url=reverse("exchange:reconsider", args=[row.reference]),
            due=row.reconsider_by,
        )
        for row in rows
    ]


def _people_behind(actor: Actor, references: list[str]) -> dict[str, int]:
    """Whom these weighings and cases are about."""
    cases = Case.objects.visible_to(actor).filter(reference__in=references)
    people = {row.reference: row.person_id for row in cases}
    weighings = list(Weighing.objects.visible_to(actor).filter(reference__in=references))
    policy.attach(actor, weighings, "signal")
    return people | {row.reference: row.signal.person_id for row in weighings if row.signal}


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


@each
def _judging(row: Hit) -> Task:
    why = _("A passenger resembles somebody in an alert. Nothing goes anywhere until two people agree.")
    return _of_hit(row, _("Compare passenger and alert: hit %s") % row.reference, why)


def _overloading(actor: Actor, rows: list[Hit]) -> list[Task]:
    remedy = _("Nothing is dropped. Ask for colleagues, or look whether the threshold of a list is too low.")
    title = _("Relieve the queue of hits")
    return matching.relieve(actor, rows, title=title, remedy=remedy, page="watchlists:hits")


@each
def _confirming(row: Hit) -> Task:
    why = _("A colleague says that it is a match. You compare again, by yourself.")
    return _of_hit(row, _("Confirm hit %s as second person") % row.reference, why)


@each
def _asked(row: Hit) -> Task:
    why = _("A colleague asked the issuer. Call again, or decide once the answer is there.")
    return _of_hit(row, _("Wait for the issuer's answer: hit %s") % row.reference, why)


def _of_hit(row: Hit, title: str, why: str) -> Task:
    """Without a name: records are compared on the page of the hit and nowhere else."""
    page = reverse("watchlists:hit", args=[row.reference])
    arrives = moment(row.arrives)
    known = "SHORT_DATETIME_FORMAT" if isinstance(arrives, datetime) else "SHORT_DATE_FORMAT"
    about = _("arrives %s") % date_format(arrives, known) if arrives else ""
    return Task(title=title, about=about, why=why, url=page, since=row.found_at)


@each
def _alerts(row: Alert) -> Task:
    return Task(
        title=_("Renew or lift alert %s") % row.reference,
        about=row.names[0] if row.names else "",
        why=_("Its day of review has passed: passengers are no longer compared with it."),
        url=reverse("watchlists:alert", args=[row.reference]),
        since=row.issued_at,
        due=row.review_on,
    )


def _ending_for(actor: Actor) -> MeasureQuerySet:
    """For who runs the case, all of them; for others only what their own body decided."""
    soon = Measure.objects.visible_to(actor).ending_before(actor.today + ENDING_WITHIN)
    return soon if may_do("case.work", actor.roles) else soon.filter(authority_id=actor.organisation_id)


@each
def _windows(row: Window) -> Task:
    return Task(
        title=_("Does this run into an investigation? Step %s") % row.reference,
        person=row.person_id,
        why=_("Every such step waits two days. Ask to wait before the time is over, or do nothing."),
        url=reverse("deconfliction:window", args=[row.reference]),
        since=row.opened_at,
        due=timezone.localtime(row.closes_at).date(),
    )


KINDS: tuple[Kind, ...] = (
    *overseeing.KINDS,
    *conferring.KINDS,
    *assessing.KINDS,
    *returning.KINDS,
    *matching.KINDS,
    *travelling.KINDS,
    *ending.KINDS,
    Kind(
        "overload", gettext_lazy("Too many hits wait, or too long"), ("queue.relieve",), "watchlists.Hit",
        "desk:my-work", lambda actor: Hit.objects.visible_to(actor).overloading(actor), _overloading,
    ),
    Kind(
        "hits", gettext_lazy("Hits to review"), ("hit.judge",), "watchlists.Hit", "watchlists:hits",
        lambda actor: Hit.objects.visible_to(actor).to_judge_by(actor), _judging,
    ),
    Kind(
        "confirm", gettext_lazy("Hits to confirm as second person"), ("hit.confirm",), "watchlists.Hit",
        "watchlists:hits", lambda actor: Hit.objects.visible_to(actor).to_confirm_by(actor), _confirming,
    ),
    Kind(
        "asked", gettext_lazy("Hits that wait for an issuer"), ("hit.judge",), "watchlists.Hit",
        "watchlists:hits", lambda actor: Hit.objects.visible_to(actor).asked_by(actor), _asked,
    ),
    Kind(
        "weigh", gettext_lazy("Signals to weigh"), ("weighing.judge",), "cases.Weighing", "cases:weighings",
        lambda actor: Weighing.objects.visible_to(actor).waiting_for(actor), _weighings,
    ),
    *weighing.KINDS,
    Kind(
        "held", gettext_lazy("People held whose term ends"), ("custody.record",), "measures.Arrest",
        "desk:my-work",
        lambda actor: Arrest.objects.visible_to(actor).held_until_before(actor.today + HELD_WITHIN), _held,
    ),
    *prosecuting.KINDS,
    Kind(
        "windows", gettext_lazy("Steps before they are taken"), ("step.hold",), "deconfliction.Window",
        "deconfliction:windows",
        lambda actor: Window.objects.visible_to(actor).open_at(actor.now).not_held(actor.now), _windows,
    ),
    Kind(
        "measures", gettext_lazy("Measures: your step"),
        ("measure.check", "measure.decide", "measure.record-decision", "measure.notify", "measure.suggest"),
        "measures.Measure", "measures:index",
        lambda actor: Measure.objects.visible_to(actor).waiting_for(actor), _measures,
    ),
    Kind(
        "reconsider", gettext_lazy("To look at again"), ("reliance.reconsider",), "exchange.Reconsideration",
        "desk:my-work", lambda actor: Reconsideration.objects.visible_to(actor).to_do_by(actor), _reliances,
    ),
    *exchanging.KINDS,
    *coordinating.KINDS,
    *keeping.KINDS,
    Kind(
        "ending", gettext_lazy("Measures that end or are reviewed within 14 days"),
        ("case.work", "measure.decide"),
        "measures.Measure", "measures:index", _ending_for, _ending,
    ),
    Kind(
        "official-messages", gettext_lazy("Official messages without follow-up"),
        ("official-message.register",), "exchange.OfficialMessage", "exchange:official-messages",
        lambda actor: OfficialMessage.objects.visible_to(actor).without_follow_up(), _official_messages,
    ),
    Kind(
        "signals", gettext_lazy("Signals not offered yet"), ("statement.disclose",), "exchange.Signal",
        "cases:signals",
        lambda actor: Signal.objects.visible_to(actor).not_offered().filter(
            provider_id=actor.organisation_id
        ),
        _signals,
    ),
    Kind(
        "notices", gettext_lazy("Answers to your signals"), ("signal.submit",), "cases.Notice",
        "cases:signals",
        lambda actor: Notice.objects.visible_to(actor).unread().filter(recipient_id=actor.organisation_id),
        _notices,
    ),
    Kind(
        "links", gettext_lazy("Identity links to decide"), ("person.link",), "persons.IdentityLink",
        "desk:my-work", lambda actor: IdentityLink.objects.visible_to(actor).waiting_for(actor), _links,
    ),
    *promised.KINDS,
    Kind(
        "alerts", gettext_lazy("Alerts past their review"), ("alert.lift",), "watchlists.Alert",
        "watchlists:alerts",
        lambda actor: Alert.objects.visible_to(actor).overdue(actor.today).filter(
            provider_id=actor.organisation_id
        ),
        _alerts,
    ),
)  # fmt: skip

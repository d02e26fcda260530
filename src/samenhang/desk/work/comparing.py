"""The kinds of work that comparing passengers with lists brings: hits, and alerts whose day has come."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.work.matching import relieve
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.journal import Actor
from samenhang.judging.rules.journeys import moment
from samenhang.watchlists.models import Alert, Hit


@each
def _judging(row: Hit) -> Task:
    why = _("A passenger resembles somebody in an alert. Nothing goes anywhere until two people agree.")
    return _of_hit(row, _("Compare passenger and alert: hit %s") % row.reference, why)


def _overloading(actor: Actor, rows: list[Hit]) -> list[Task]:
    remedy = _("Nothing is dropped. Ask for colleagues, or look whether the threshold of a list is too low.")
    title = _("Relieve the queue of hits")
    return relieve(actor, rows, title=title, remedy=remedy, page="watchlists:hits")


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


KINDS: tuple[Kind, ...] = (
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
        "alerts", gettext_lazy("Alerts past their review"), ("alert.lift",), "watchlists.Alert",
        "watchlists:alerts",
        lambda actor: Alert.objects.visible_to(actor).overdue(actor.today).filter(
            provider_id=actor.organisation_id
        ),
        _alerts,
    ),
)  # fmt: skip

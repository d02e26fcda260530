"""The effort of police and service by quarter: the ministry reads all of it, a body enters its own."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samenhang.access.rules import NotYours, may_do
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import may
from samenhang.national_picture.models import Entry
from samenhang.national_picture.questions import figure_of
from samenhang.national_picture.rules import Definition, Figure, effort
from samenhang.national_picture.rules.editions import of_effort

DEED = "effort.enter"
# A year at a time.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One figure by quarter, in the order of the quarters; mine: whether this reader enters it."""

    definition: Definition
    figures: tuple[Figure, ...]
    mine: bool


def may_enter(*, by: Actor) -> bool:
    """Whether this person enters a figure of effort for the body that they work for."""
    return may_do(DEED, by.roles) and by.human and any(one.entered_by == by.authority for one in of_effort())


@transaction.atomic
def by_quarter(last: effort.Quarter, *, by: Actor) -> tuple[list[effort.Quarter], list[Line]]:
    """A year of quarters up to this one. The ministry sees every figure, a body those it enters itself.

    So nobody but the ministry sees two figures that could be subtracted. Raises NotYours.
    """
    all_of_them = may("report.make", by=by)
    if not all_of_them and not may_enter(by=by):
        raise NotYours
    quarters = [last.back(steps) for steps in reversed(range(SHOWN))]
    lines = []
    for definition in of_effort():
        mine = may_do(DEED, by.roles) and definition.entered_by == by.authority
        if all_of_them or mine:
            figures = tuple(_of(definition, one, by) for one in quarters)
            lines.append(Line(definition, figures, mine))
    record("effort.read", "", by=by, operation=Operation.CONSULTATION)
    return quarters, lines


def _of(definition: Definition, quarter: effort.Quarter, by: Actor) -> Figure:
    """What is known of this very quarter: a report goes on with the last one entered, a column must not."""
    figure = figure_of(definition, quarter.asked, now=by.now)
    if figure.window.until == quarter.window.until:
        return figure
    return Figure(definition, quarter.window, origin=definition.origin)


def own(key: str, *, by: Actor) -> Definition:
    """The figure with this key, for who enters it. Raises NotYours."""
    found = next((one for one in of_effort() if one.key == key and one.entered_by == by.authority), None)
    if found is None or not may_enter(by=by):
        raise NotYours
    return found


def entries(definition: Definition, quarter: effort.Quarter, *, by: Actor) -> list[Entry]:
    """All that was entered for that quarter, latest first. Raises NotYours."""
    own(definition.key, by=by)
    return list(Entry.objects.about(definition.key, quarter).select_related("organisation").order_by("-pk"))


@transaction.atomic
def enter(
    key: str, quarter: effort.Quarter, told: effort.Told, *, follows: int | None = None, by: Actor
) -> Entry:
    """Enter a number of the own body for a quarter that is over, or correct the one that stands there.

    follows: the key of the entry that its writer saw, if one stood there. Raises NotYours, NotEnterable,
    EnteredMeanwhile.
    """
    definition = own(key, by=by)
    before = Entry.objects.about(key, quarter).order_by("pk").last()
    if (before.pk if before else None) != follows:
        raise effort.EnteredMeanwhile(_("Somebody entered a number meanwhile. Look at it first."))
    effort.check_told(told, quarter, before.value if before else None, by.today)

    try:
        with transaction.atomic():
            row = Entry.objects.create(
                key=definition.key,
                since=quarter.window.since,
                until=quarter.window.until,
                value=told.value,
                source=told.source.strip(),
                source_on=told.source_on,
                reason=told.reason.strip() if before else "",
                organisation_id=by.organisation_id,
                follows=before,
                entered_by_id=by.user_id,
                entered_at=by.now,
            )
    except IntegrityError as fault:  # two at once
        raise effort.EnteredMeanwhile(_("Somebody entered a number meanwhile. Look at it first.")) from fault

    record("effort.entered", row, by=by, operation=Operation.COLLECTION, reason=row.reason)
    return row

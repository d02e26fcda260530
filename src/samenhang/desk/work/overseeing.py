"""What waits for a data protection officer: breaches, each with its clock."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.journal import Actor
from samenhang.oversight.models import PersonalDataBreach
from samenhang.oversight.rules import Stage
from samenhang.oversight.views import clock_of
from samenhang.persons.models import StoppedLookUp

# House policy: so long a stopped look-up stands in the work of the officer. Afterwards it stays in its list.
ASKED_WITHIN = timedelta(days=14)


def _open(actor: Actor, rows: list[PersonalDataBreach]) -> list[Task]:
    return [_task(row, actor) for row in rows]


def _task(row: PersonalDataBreach, actor: Actor) -> Task:
    """Until the authority is told, or need not be, the day on which the 72 hours end is the last one."""
    why = {
        Stage.NOTICED: _("Assess how great the risk is for the persons."),
        Stage.ASSESSED: _("Tell the authority, or say why a risk is unlikely."),
        Stage.TOLD: _("Tell the persons, or say why not."),
        Stage.NOT_TOLD: _("Tell the persons, or say why not."),
    }
    last = _("Say what was done so that it does not happen again, and close it.")
    if row.source_open:
        last = _("Tell the others who gave these data, or have them too. After that you can close it.")
    return Task(
        title=_("Deal with data breach %s") % row.reference,
        about=str(clock_of(row, actor).text) if row.clock_runs else "",
        why=" ".join([_until(row)] * row.clock_runs + [why.get(Stage(row.stage), last)]),
        url=reverse("oversight:breach", args=[row.reference]),
        since=row.noticed_at,
        due=timezone.localtime(row.tell_before).date() if row.clock_runs else None,
    )


def _until(row: PersonalDataBreach) -> str:
    """The very moment: a day is too coarse for 72 hours."""
    until = date_format(timezone.localtime(row.tell_before), "SHORT_DATETIME_FORMAT")
    return _("The 72 hours end on %s.") % until


@each
def _stopped(row: StoppedLookUp) -> Task:
    return Task(
        title=_("Somebody looked up their own name or a colleague’s: %s") % row.reference,
        why=_("Ask why. A namesake is possible. This line goes by itself after two weeks."),
        url=reverse("persons:stopped-look-ups"),
        since=row.at,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "breaches", gettext_lazy("Data breaches"), ("breach.handle",), "oversight.PersonalDataBreach",
        "oversight:breaches", lambda actor: PersonalDataBreach.objects.visible_to(actor).open(), _open,
    ),
    Kind(
        "stopped", gettext_lazy("Stopped look-ups"), ("breach.handle",), "persons.StoppedLookUp",
        "persons:stopped-look-ups",
        lambda actor: StoppedLookUp.objects.visible_to(actor).since(actor.now - ASKED_WITHIN), _stopped,
    ),
)  # fmt: skip

"""What is asked of an organisation for an item of the agenda, before the conference: a paper, by a day."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused


class PaperStage(TextChoices):
    """What became of something that was asked."""

    ASKED = "asked", gettext_lazy("Asked")
    BROUGHT = "brought", gettext_lazy("Brought in")
    REFUSED = "refused", gettext_lazy("Refused, with a reason")
    WITHDRAWN = "withdrawn", gettext_lazy("No longer needed")
    MISSING = "missing", gettext_lazy("Did not come before the item was over")


# A last day that passes ends nothing: it comes to whoever asked, and the answer may still come.
NEXT_OF_PAPER: Mapping[PaperStage, set[PaperStage]] = {
    PaperStage.ASKED: {PaperStage.BROUGHT, PaperStage.REFUSED, PaperStage.WITHDRAWN, PaperStage.MISSING},
    PaperStage.BROUGHT: set(),
    PaperStage.REFUSED: set(),
    PaperStage.WITHDRAWN: set(),
    PaperStage.MISSING: set(),
}


class NotBefore(Refused):
    """A last day that is past, or after the conference."""

    code = "not-before"
    status = 422


def check_day(due_on: date, today: date, conference_on: date) -> None:
    """Raises NotBefore."""
    if not today <= due_on <= conference_on:
        raise NotBefore(_("Choose a day from today until the day of the conference."))

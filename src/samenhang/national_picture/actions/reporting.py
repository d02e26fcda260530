"""Making the report of a day: its edition, each figure in its own window."""

from django.db import transaction

from samenhang.access.rules import NotYours, may_do
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.questions import figure_of
from samenhang.national_picture.rules import Asked, Report, edition_on

# The ministry that sends the letter; nobody else makes or releases its figures.
SENDER = "JENV"


def may(deed: str, *, by: Actor) -> bool:
    """Whether this person does that at the ministry that answers to Parliament."""
    return may_do(deed, by.roles) and by.authority == SENDER


def require(deed: str, *, by: Actor) -> None:
    """Raises NotYours."""
    if not may(deed, by=by):
        raise NotYours


@transaction.atomic
def make_report(asked: Asked, *, by: Actor) -> Report:
    """All figures of the edition of that day. Raises NotYours, NoEdition."""
    require("report.make", by=by)
    edition = edition_on(asked.until)
    figures = tuple(figure_of(definition, asked, now=by.now) for definition in edition.figures)
    record("report.made", "", by=by, operation=Operation.CONSULTATION)
    return Report(edition, asked, figures)

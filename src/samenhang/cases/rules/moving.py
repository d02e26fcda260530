"""A case goes to another municipality: who must say yes, what each source may hold back, and until when."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.grounds import rules as law

# House policy: the Act gives a source its veto (art. 7(2)) and names no term for it.
OBJECT_WITHIN = "P14D"

# What holds by itself at a transfer, beside what each source confirms: the case is open, about this
# person, and goes to the municipality where the person lives.
MET_BY_MOVING = frozenset(
    {
        "source-veto-clear", "necessity-statement", "compelling-reasons-test", "only-after-unanimity",
        "only-participants-of-case", "case-open", "participant-task", "home-municipality",
        "special-data-necessity",
    }
)  # fmt: skip


class Move(TextChoices):
    """How far a transfer has come. Until the new municipality accepts, nothing has changed."""

    OFFERED = "offered", gettext_lazy("Offered to the new municipality")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REFUSED = "refused", gettext_lazy("Refused")
    CALLED_OFF = "called_off", gettext_lazy("Called off")


NEXT_OF_MOVE: Mapping[Move, set[Move]] = {
    Move.OFFERED: {Move.ACCEPTED, Move.REFUSED, Move.CALLED_OFF},
    Move.ACCEPTED: set(),
    Move.REFUSED: set(),
    Move.CALLED_OFF: set(),
}


class Say(TextChoices):
    """What a source says of one thing it brought in. Silence after the term is no objection (art. 7)."""

    OPEN = "open", gettext_lazy("Not answered")
    GOES = "goes", gettext_lazy("May go along")
    STAYS = "stays", gettext_lazy("Stays: the source objects")


NEXT_OF_SAY: Mapping[Say, set[Say]] = {
    Say.OPEN: {Say.GOES, Say.STAYS},
    Say.GOES: {Say.STAYS},
    Say.STAYS: {Say.GOES},
}


class CannotMove(Refused):
    code = "cannot-move"


def object_by(offered_on: date) -> date:
    """The last day on which a source may object."""
    return law.Duration.read(OBJECT_WITHIN).after(offered_on)


def check_destination(home: str, to: str, moving_already: bool) -> None:
    if not to or home == to:
        raise CannotMove(_("The case is of this municipality already."))
    if moving_already:
        raise CannotMove(_("This case is offered to a municipality already."))


def check_sources_heard(waiting: int, last_day: date, today: date) -> None:
    """Nothing goes before each source answered or its term is over."""
    if waiting and today <= last_day:
        raise CannotMove(
            _("Sources may still object until %s. Accept after that day, or when all have answered.")
            % date_format(last_day)
        )


def check_term(last_day: date, today: date) -> None:
    if last_day < today:
        raise CannotMove(_("The term to object is over."))

"""Passing a passenger's record on to another authority or member state: case by case, judged by people first.

Directive (EU) 2016/681 art. 6(6), 7, 9-11; PNR-wet art. 8-13. The law of the day says who may have it and
on which conditions (``grounds``); each transfer is a disclosure that is kept.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.judging.rules import Status

NECESSITY_AT_LEAST = 40  # characters
# What the deed itself checks, so that nobody has to say it: two people judged, and the alert stands.
PROVEN = frozenset({"human-review", "lawful-alert-only"})


class Mode(TextChoices):
    SYSTEM = "system", gettext_lazy("In this system: they can read it here")
    WRITTEN = "written", gettext_lazy("In writing, through the channel that the law names")


class NotTransferable(Refused):
    code = "not-transferable"


def check_transferable(status: str, *, masked: bool, stands: bool) -> None:
    """Raises NotTransferable."""
    if status != Status.CONFIRMED:
        raise NotTransferable(_("Nothing is passed on before two people confirmed the hit."))
    if masked:
        raise NotTransferable(
            _("This passenger is masked. Masked data go to nobody without an approved request to unmask.")
        )
    if not stands:
        raise NotTransferable(_("The alert was lifted or is past its day of review. Ask the issuer first."))


def check_readable(mode: str, readers: int) -> None:
    """Raises NotTransferable when it goes in this system to a body where nobody could open it."""
    if mode == Mode.SYSTEM and not readers:
        raise NotTransferable(_("Nobody of this body can read passengers here. Pass it on in writing."))


def check_necessity(necessity: str) -> None:
    """Raises NotTransferable."""
    if len(necessity.strip()) < NECESSITY_AT_LEAST:
        raise NotTransferable(_("Say in one or two full sentences why this body needs it in this very case."))

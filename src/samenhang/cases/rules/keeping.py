"""Who answers for a case: its lead and its deputy, and how a charge passes from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused


class Part(TextChoices):
    """What somebody does for a case. The Act names neither: house policy, after Inspectie JenV 2024."""

    LEAD = "lead", gettext_lazy("Lead")
    DEPUTY = "deputy", gettext_lazy("Deputy")


class Offer(TextChoices):
    """How far a hand-over has come. Until it is taken over, the duty stays with who offered it."""

    OFFERED = "offered", gettext_lazy("Offered")
    TAKEN_OVER = "taken_over", gettext_lazy("Taken over")
    REFUSED = "refused", gettext_lazy("Refused")
    KEPT = "kept", gettext_lazy("Kept by who offered it")


NEXT_OF_OFFER: Mapping[Offer, set[Offer]] = {
    Offer.OFFERED: {Offer.TAKEN_OVER, Offer.REFUSED, Offer.KEPT},
    Offer.REFUSED: {Offer.KEPT},
    Offer.TAKEN_OVER: set(),
    Offer.KEPT: set(),
}


class CannotKeep(Refused):
    """This person cannot have this charge of this case, or has it already."""

    code = "cannot-keep"


@dataclass(frozen=True, slots=True)
class Pack:
    """What only the giver knows; all else in the pack is looked up when the receiver reads it.

    promises: what was promised, to whom. call_first: whom to call first. back_on: the day on
    which an absence ends; None when the charge passes for good.
    """

    reason: str
    promises: str
    call_first: str
    back_on: date | None = None


def check_pack(pack: Pack, today: date) -> None:
    if not (pack.reason.strip() and pack.promises.strip() and pack.call_first.strip()):
        raise CannotKeep(_("Say why you hand over, what was promised, and whom to call first."))
    if pack.back_on is not None and pack.back_on <= today:
        raise CannotKeep(_("An absence ends after today."))


def check_free(part: Part, held: Mapping[str, int], user: int) -> None:
    """held: key of the user by part. A charge that somebody has passes on only by a hand-over."""
    if part in held:
        raise CannotKeep(_("Somebody has this charge already. They hand it over, or the deputy steps in."))
    if user in held.values():
        raise CannotKeep(_("The lead and the deputy are two different people."))

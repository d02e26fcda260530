"""A third party in one case: who admits it, to what, and until when (Wet PGA art. 3(3) and (4))."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.grounds import rules as law


class CannotAdmit(Refused):
    code = "cannot-admit"
    status = 422


# As whom a third party receives, and what the admission itself makes true.
CAPACITY = "DERDE"
MET_BY_ADMITTING = frozenset({"third-party-grant", "necessity-statement", "case-open"})
# House policy: longer than this is no ad-hoc admission; admit again, with reasons.
LONGEST = timedelta(days=183)
MOST_ITEMS = 10


class Admission(TextChoices):
    """How far the admission of a third party has come. Its end needs no deed: the day comes."""

    PROPOSED = "proposed", gettext_lazy("Police, prosecution and mayor must agree")
    ADMITTED = "admitted", gettext_lazy("Admitted")
    REFUSED = "refused", gettext_lazy("Not admitted")
    ENDED = "ended", gettext_lazy("Ended")


NEXT_OF_ADMISSION: Mapping[Admission, set[Admission]] = {
    Admission.PROPOSED: {Admission.ADMITTED, Admission.REFUSED, Admission.ENDED},
    Admission.ADMITTED: {Admission.ENDED},
    Admission.REFUSED: set(),
    Admission.ENDED: set(),
}


def third_parties() -> frozenset[str]:
    """The codes of bodies whom the law knows as a third party in a case: who may give there as one."""
    return frozenset(
        provider
        for (provider, receiver, _category, _purpose), found in law.law().by_tuple.items()
        if receiver == "CASUS" and any("third-party-grant" in rule.conditions for rule in found)
    )


def check_items(items: Collection[str], until: date, today: date) -> None:
    """Raises CannotAdmit: some items, each with words, until a day that is near enough."""
    if not items or len(items) > MOST_ITEMS or not all(item.strip() for item in items):
        raise CannotAdmit(_("Write one to ten items, each with words."))
    if not today < until <= today + LONGEST:
        raise CannotAdmit(_("Choose a day after today and within half a year."))

"""How long somebody may be held before trial: the stages, who decides, and how many days.

Wetboek van Strafvordering art. 57-58 (police custody), 63-64 (remand), 65-66 (detention
before trial), and 66(3) with 282 (after ninety days, for a terrorist crime). Read in part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# How long before the end of a term somebody is told.
ENDING_WITHIN = timedelta(days=7)


class Stage(TextChoices):
    POLICE = "police", gettext_lazy("Police custody")
    POLICE_AGAIN = "police-again", gettext_lazy("Police custody, extended")
    REMAND = "remand", gettext_lazy("Remand in custody")
    DETENTION = "detention", gettext_lazy("Detention before trial")
    DETENTION_AGAIN = "detention-again", gettext_lazy("Detention before trial, extended")
    BEYOND = "beyond", gettext_lazy("Detention for a terrorist crime, beyond ninety days")


NEXT: dict[Stage | None, frozenset[Stage]] = {
    None: frozenset({Stage.POLICE, Stage.REMAND}),
    Stage.POLICE: frozenset({Stage.POLICE_AGAIN, Stage.REMAND}),
    Stage.POLICE_AGAIN: frozenset({Stage.REMAND}),
    Stage.REMAND: frozenset({Stage.DETENTION}),
    Stage.DETENTION: frozenset({Stage.DETENTION_AGAIN, Stage.BEYOND}),
    Stage.DETENTION_AGAIN: frozenset({Stage.DETENTION_AGAIN, Stage.BEYOND}),
    Stage.BEYOND: frozenset({Stage.BEYOND}),
}
# Days at most of one decision, and who takes it.
LONGEST = {
    Stage.POLICE: 3,
    Stage.POLICE_AGAIN: 3,
    Stage.REMAND: 14,
    Stage.DETENTION: 90,
    Stage.DETENTION_AGAIN: 90,
    Stage.BEYOND: 90,
}
DECIDES = {
    Stage.POLICE: "OM",
    Stage.POLICE_AGAIN: "OM",
    Stage.REMAND: "RC",
    Stage.DETENTION: "RB",
    Stage.DETENTION_AGAIN: "RB",
    Stage.BEYOND: "RB",
}
# What the court adds to the first days: counted as extensions of detention before trial.
BY_COURT = (Stage.DETENTION, Stage.DETENTION_AGAIN, Stage.BEYOND)
# Detention before trial: together at most ninety days, in at most three decisions; beyond: two years.
TOGETHER = {Stage.DETENTION: (90, 3), Stage.BEYOND: (730, None)}


class BadTerm(Refused):
    code = "bad-term"
    status = 422


class NotHeld(Refused):
    code = "not-held"


class BadArrest(Refused):
    code = "bad-arrest"
    status = 422


@dataclass(frozen=True, slots=True)
class Arrested:
    """An arrest as the police or the prosecution reports it.

    place: a town. offences: the articles. suspected_of: in one sentence.
    """

    arrested_on: date
    place: str
    offences: str
    suspected_of: str


@dataclass(frozen=True, slots=True)
class Held:
    """One decision that somebody is held: for how many days, from which day."""

    stage: Stage
    decided_on: date
    starts_on: date
    days: int
    number: str = ""

    @property
    def ends_on(self) -> date:
        """The first day on which it no longer holds."""
        return self.starts_on + timedelta(days=self.days)


def check_arrested(arrested: Arrested, today: date) -> None:
    if not (arrested.place.strip() and arrested.offences.strip() and arrested.suspected_of.strip()):
        raise BadArrest(_("Write down the place, the articles, and what the person is suspected of."))
    if arrested.arrested_on > today:
        raise BadArrest(_("An arrest cannot be dated in the future."))


def check_term(held: Held, before: Sequence[Held], *, arrested_on: date, today: date) -> None:
    """The next decision after those before it, in order. Raises BadTerm.

    It must follow without a gap: between two terms that do not touch somebody was free.
    """
    last = before[-1] if before else None
    if held.stage not in NEXT[last.stage if last else None]:
        raise BadTerm(_("“%s” cannot follow here.") % held.stage.label)
    if not 1 <= held.days <= LONGEST[held.stage]:
        raise BadTerm(
            _("“%(stage)s” lasts from 1 to %(days)d days.")
            % {"stage": held.stage.label, "days": LONGEST[held.stage]}
        )
    if held.decided_on > today:
        raise BadTerm(_("The decision cannot be dated in the future."))
    latest = last.ends_on if last else arrested_on + timedelta(days=LONGEST[Stage.POLICE])
    earliest = last.starts_on if last else arrested_on
    if not earliest <= held.starts_on <= latest:
        raise BadTerm(_("The term must begin on %s at the latest; after that the person is free.") % latest)
    _check_together(held, before)


def _check_together(held: Held, before: Sequence[Held]) -> None:
    family = (Stage.DETENTION, Stage.DETENTION_AGAIN) if held.stage != Stage.BEYOND else (Stage.BEYOND,)
    if held.stage not in family:
        return
    days, decisions = TOGETHER[family[0]]
    same = [held, *(one for one in before if one.stage in family)]
    if sum(one.days for one in same) > days or (decisions and len(same) > decisions):
        raise BadTerm(_("Together these terms last %d days at most.") % days)

"""What becomes of a disclosure at its recipient: accepted, refused, changed, recalled, deleted."""

from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.exchange.rules.asking import NEXT_OF_QUESTION, NEXT_OF_RECEIVED
from samenhang.exchange.rules.messages import NEXT_OF_MESSAGE
from samenhang.exchange.rules.statements import NEXT, NotYourData
from samenhang.foundation.states import IllegalTransition

# House policy, not law: how long a recipient has to delete what was recalled and to say so.
DELETE_WITHIN = timedelta(days=14)


class Standing(TextChoices):
    """How a disclosure stands between who gave it and who received it."""

    OFFERED = "offered", gettext_lazy("Not answered yet")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    REFUSED = "refused", gettext_lazy("Refused by the recipient")
    CHANGED = "changed", gettext_lazy("Changed since, not confirmed yet")
    RECALLED = "recalled", gettext_lazy("Recalled, no certificate yet")
    KEPT = "kept", gettext_lazy("Recalled, but the recipient keeps it")
    DELETED = "deleted", gettext_lazy("Recalled and deleted")


NEXT_OF_DISCLOSURE = {
    Standing.OFFERED: {Standing.ACCEPTED, Standing.REFUSED, Standing.CHANGED, Standing.RECALLED},
    Standing.ACCEPTED: {Standing.CHANGED, Standing.RECALLED},
    Standing.REFUSED: {Standing.RECALLED},
    Standing.CHANGED: {Standing.ACCEPTED, Standing.REFUSED, Standing.CHANGED, Standing.RECALLED},
    Standing.RECALLED: {Standing.DELETED, Standing.KEPT},
    Standing.KEPT: {Standing.DELETED},
    Standing.DELETED: set[Standing](),
}


class Why(TextChoices):
    """What happened to what was given."""

    CORRECTED = "corrected", gettext_lazy("It was wrong; another came in its place")
    DOUBTED = "doubted", gettext_lazy("Something that it leans on fell; its provider looks again")
    WITHDRAWN = "withdrawn", gettext_lazy("Its provider took it back")
    RECALLED = "recalled", gettext_lazy("Its provider recalls it from your organisation")


class Outcome(TextChoices):
    """What the recipient answered."""

    OPEN = "open", gettext_lazy("Not answered yet")
    CONFIRMED = "confirmed", gettext_lazy("Taken over")
    CERTIFIED = "certified", gettext_lazy("Deleted")
    KEPT = "kept", gettext_lazy("Kept, with a reason")
    OVERTAKEN = "overtaken", gettext_lazy("Overtaken by a later one")


# What is to be deleted, and what is only to be taken over.
DELETES = (Why.WITHDRAWN, Why.RECALLED)

NEXT_OF_RECALL = {
    Outcome.OPEN: {Outcome.CONFIRMED, Outcome.CERTIFIED, Outcome.KEPT, Outcome.OVERTAKEN},
    Outcome.OVERTAKEN: set[Outcome](),
    Outcome.CONFIRMED: set[Outcome](),
    Outcome.KEPT: {Outcome.CERTIFIED},
    Outcome.CERTIFIED: set[Outcome](),
}

# How the disclosures stand after the recipient answered.
AFTER = {
    Outcome.CONFIRMED: Standing.ACCEPTED,
    Outcome.CERTIFIED: Standing.DELETED,
    Outcome.KEPT: Standing.KEPT,
}

MACHINES: dict[str, dict[Any, set[Any]]] = {
    "Signal": NEXT,
    "Official message": NEXT_OF_MESSAGE,
    "Disclosure": NEXT_OF_DISCLOSURE,
    "Recall": NEXT_OF_RECALL,
    "Question to a partner": NEXT_OF_QUESTION,
    "Question of a partner": NEXT_OF_RECEIVED,
}


def check_answer(why: Why, outcome: Outcome) -> None:
    """What is recalled is deleted or kept; what changed is confirmed. Raises IllegalTransition."""
    if (why in DELETES) != (outcome in (Outcome.CERTIFIED, Outcome.KEPT)):
        raise IllegalTransition(_("This answer does not fit what was asked."))


def check_recipient(recipient: int, asking: int) -> None:
    """Who received it, answers. Both are keys of organisations."""
    if recipient != asking:
        raise NotYourData(_("Only the organisation that received this may do that."))

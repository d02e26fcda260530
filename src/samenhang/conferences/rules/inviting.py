"""The course of an invitation: a person is on the list, is asked, answers, or is taken off."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused


class Answer(TextChoices):
    """How an invitation of one person stands."""

    LISTED = "listed", gettext_lazy("Not asked yet")
    INVITED = "invited", gettext_lazy("No answer yet")
    ACCEPTED = "accepted", gettext_lazy("Comes")
    DECLINED = "declined", gettext_lazy("Does not come")
    TAKEN_OFF = "taken_off", gettext_lazy("Taken off the list")
    LAPSED = "lapsed", gettext_lazy("Gave no answer")


# Whoever answered may change that until the conference begins, and is asked again when it is moved; whoever
# was taken off may be asked again.
NEXT_OF_INVITATION: Mapping[Answer, set[Answer]] = {
    Answer.LISTED: {Answer.INVITED, Answer.TAKEN_OFF, Answer.LAPSED},
    Answer.INVITED: {Answer.ACCEPTED, Answer.DECLINED, Answer.TAKEN_OFF, Answer.LAPSED},
    Answer.ACCEPTED: {Answer.INVITED, Answer.DECLINED, Answer.TAKEN_OFF},
    Answer.DECLINED: {Answer.INVITED, Answer.ACCEPTED, Answer.TAKEN_OFF},
    Answer.TAKEN_OFF: {Answer.LISTED, Answer.INVITED, Answer.LAPSED},
    Answer.LAPSED: set(),
}
ANSWERS = (Answer.ACCEPTED, Answer.DECLINED)


class NotInvited(Refused):
    """Who was taken off the list is not there any more."""

    code = "not-invited"


def check_not_oneself(invited: int, asking: int) -> None:
    """Both are keys of users. Raises NotInvited: a conference keeps who calls it."""
    if invited == asking:
        raise NotInvited(_("You chair it yourself. Have a colleague take it over first."))


def check_invited(stage: str) -> None:
    """Raises NotInvited."""
    if stage == Answer.TAKEN_OFF:
        raise NotInvited(_("This person was taken off the list."))

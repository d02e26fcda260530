"""Checks what was typed to note a breach, and with each step of its officer."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, choose, text_area
from samenhang.oversight import rules
from samenhang.oversight.rules import Data, Risk, Stage, WhyNotPersons


class Note(forms.Form):
    """What happened, as far as known in the first hour."""

    happened = forms.CharField(
        label=_("What happened?"),
        help_text=_("And how do you know? Write no names of the persons whose data it is."),
        max_length=4000,
        widget=text_area(4),
    )
    noticed_on = Day(label=_("On which day was it first noticed?"))
    noticed_at = forms.TimeField(
        label=_("At what time?"), help_text=_("For example 14:30. From then on there are 72 hours.")
    )
    about = forms.MultipleChoiceField(
        label=_("Which data is it about?"), choices=Data, widget=forms.CheckboxSelectMultiple
    )
    persons = forms.IntegerField(
        label=_("About how many persons?"),
        help_text=_("Roughly. Leave it empty when nobody knows yet."),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )
    records = forms.IntegerField(
        label=_("About how many records?"),
        help_text=_("Such as files, rows or messages."),
        min_value=0,
        max_value=1_000_000_000,
        required=False,
    )
    consequences = forms.CharField(
        label=_("What may come of it for these persons?"), max_length=4000, required=False, widget=text_area()
    )
    measures = forms.CharField(
        label=_("What was done about it already?"), max_length=4000, required=False, widget=text_area()
    )
    source = forms.CharField(
        label=_("Did another organisation or country give these data, or does it have them too?"),
        help_text=_("Which? It must be told as well. Leave it empty when there is none."),
        max_length=400,
        required=False,
    )

    def note(self) -> rules.Note:
        typed = self.cleaned_data
        told = rules.Told(typed["happened"], typed["consequences"], typed["measures"], typed["source"])
        noticed = _moment(typed["noticed_on"], typed["noticed_at"])
        return rules.Note(told, noticed, tuple(typed["about"]), typed["persons"], typed["records"])


class Words(forms.Form):
    """What an officer says with a step. label, help: what is asked."""

    words = forms.CharField(max_length=4000, widget=text_area(4))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label, self.fields["words"].help_text = label, help_text


class Assessed(Words):
    risk = forms.ChoiceField(
        label=_("How great is the risk for the persons?"), choices=Risk, widget=forms.RadioSelect
    )
    field_order: Sequence[str] = ("risk", "words")


class Done(Words):
    """Somebody was told, at a moment."""

    done_on = Day(label=_("On which day?"))
    done_at_time = forms.TimeField(label=_("At what time?"), help_text=_("For example 14:30"))
    field_order: Sequence[str] = ("done_on", "done_at_time", "words")

    def done_at(self) -> datetime:
        return _moment(self.cleaned_data["done_on"], self.cleaned_data["done_at_time"])


class AuthorityTold(Done):
    why_late = forms.CharField(
        label=_("If it was later than 72 hours: why?"),
        help_text=_("The authority wants to know the reason for the delay."),
        max_length=2000,
        required=False,
        widget=text_area(2),
    )
    field_order: Sequence[str] = ("done_on", "done_at_time", "words", "why_late")


class PersonsLeft(Words):
    why = forms.ChoiceField(label=_("Why are they not told?"), widget=forms.RadioSelect)
    field_order: Sequence[str] = ("why", "words")

    def __init__(self, *args: Any, risk: str, **options: Any) -> None:
        super().__init__(*args, **options)
        fits = [one for one in WhyNotPersons if (one == WhyNotPersons.NOT_HIGH) == (risk != Risk.HIGH)]
        choose(self, "why", [(one.value, one.label) for one in fits])


class Twice(Words):
    other = forms.ChoiceField(label=_("Under which reference does it go on?"))
    field_order: Sequence[str] = ("other", "words")

    def __init__(self, *args: Any, others: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "other", [(reference, reference) for reference in others])


FORMS: dict[str, type[Words]] = {
    Stage.ASSESSED: Assessed,
    Stage.TOLD: AuthorityTold,
    Stage.PERSONS_TOLD: Done,
    Stage.PERSONS_NOT_TOLD: PersonsLeft,
    Stage.NOTED_TWICE: Twice,
    rules.SOURCE_TOLD: Done,
}
# For each step: the deed as on a button, what is asked, and what helps to answer.
ASKED: dict[str, tuple[Any, Any, Any]] = {
    Stage.ASSESSED: (
        _("Assess the risk"),
        _("Why is the risk so great?"),
        _("What may somebody do with these data, and how bad would that be for the persons?"),
    ),
    Stage.TOLD: (
        _("The authority was told"),
        _("What was told?"),
        _("And the number of the report. What is not known yet may follow later: say so."),
    ),
    Stage.NOT_TOLD: (
        _("The authority need not be told"),
        _("Why is a risk for the persons unlikely?"),
        _("The authority may ask for this reason."),
    ),
    Stage.PERSONS_TOLD: (
        _("The persons were told"),
        _("How, and what was told?"),
        _("In plain words: what happened, whom they can call, what may come of it, what was done."),
    ),
    Stage.PERSONS_NOT_TOLD: (_("The persons are not told"), _("What makes this so?"), ""),
    Stage.CLOSED: (
        _("Close"),
        _("What was done so that it does not happen again?"),
        _("After this nothing can be added."),
    ),
    Stage.NO_BREACH: (
        _("It is no breach"),
        _("Why is it no breach of personal data?"),
        _("The record is kept, with this reason."),
    ),
    Stage.NOTED_TWICE: (
        _("It was noted twice"),
        _("How do you know that it is the same?"),
        _("The earlier of the two moments counts for the 72 hours."),
    ),
    rules.SOURCE_TOLD: (
        _("Others were told"),
        _("Who was told, and what?"),
        _("Who gave these data, or has them too, in this country or another."),
    ),
    rules.ADDED: (
        _("Add what is known now"),
        _("What is known now?"),
        _("Tell the authority too when it was told before, and write here that you did."),
    ),
}


def _moment(day: Any, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))

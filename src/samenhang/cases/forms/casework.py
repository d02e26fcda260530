"""The course of a case: what comes in, its reviews and its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.cases.forms.fields import Reason, ask_interest
from samenhang.cases.rules import Reviewed, Verdict
from samenhang.cases.rules.ending import Ground, Outcome
from samenhang.foundation.inputs import Day, text_area


class Review(forms.Form):
    """Why the case must stay and until which day, or that it can be closed."""

    criteria_hold = forms.ChoiceField(
        label=_("Does any of the five criteria of the Act still hold?"),
        help_text=_(
            "Readiness for violence, extremist ideas, social relations, identification, self-reliance. Twice"
            " no in a row, and the case can only be closed."
        ),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    verdict = forms.ChoiceField(
        label=_("What follows for this case?"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Why must this case stay, or why may it end?"),
        help_text=_("With what happened since the last review, good and bad."),
        widget=text_area(4),
    )
    lighter = forms.CharField(
        label=_("Why will nothing lighter do?"),
        help_text=_("Also for a case that rests. Leave empty when the case can be closed."),
        required=False,
        widget=text_area(),
    )
    next_on = Day(
        label=_("Reviewed again before"),
        help_text=_("Within half a year, for example 31-12-2026. Leave empty when the case can be closed."),
        required=False,
    )

    def __init__(self, *args: Any, by_covenant: bool = False, child: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if child:
            ask_interest(self)
        if by_covenant:
            self.fields["criteria_hold"].label = _("Do the reasons why the partners took it up still hold?")
            self.fields["criteria_hold"].help_text = _("Twice no in a row, and the case can only be closed.")

    def reviewed(self) -> Reviewed:
        said = self.cleaned_data
        return Reviewed(
            Verdict(said["verdict"]),
            said["criteria_hold"] == "yes",
            said["reasons"],
            said["lighter"],
            said["next_on"],
            said.get("best_interest", ""),
        )


class Caseload(Reason):
    """A spreadsheet, and why these people are taken in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or xlsx. The first row names the columns; the page says which."),
    )
    field_order = ("file", "reason")


class Close(Reason):
    """What came of the case, and why it ends."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    field_order = ("outcome", "reason")


class Hold(Reason):
    """For what a case is kept past its day."""

    ground = forms.ChoiceField(label=_("For what?"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ("ground", "reason")


class LookInto(Reason):
    """Into which case, and for what."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("Such as K-7QX4-M2DZ-9F3K. It stands in the complaint, the request or the letter."),
        max_length=20,
    )
    ground = forms.ChoiceField(label=_("For what?"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ("reference", "ground", "reason")

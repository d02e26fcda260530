"""The days of a report, and the reason of a release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.inputs import Day, text_area
from samenhang.national_picture.rules import Asked, edition_on
from samenhang.national_picture.rules.effort import Told


class Period(forms.Form):
    """From and until, both included. Figures with a first day of their own keep it."""

    since = Day(label=_("From"), required=False)
    until = Day(label=_("Up to and including"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day comes before the first. Choose a later day."))
        elif cleaned.get("until"):
            # Also that a number is held back, of one day, tells that somebody had something that day.
            if Asked(cleaned["until"], cleaned.get("since")).is_short:
                self.add_error(
                    "since",
                    _(
                        "Choose a first day at least 28 days before the last. Over fewer days a number could "
                        "point at one day, and so at one person."
                    ),
                )
            with refusals_in(self, field="until"):
                edition_on(cleaned["until"])
        return cleaned


class Key(forms.Form):
    """The public key of an organisation that delivers figures."""

    authority = forms.CharField(
        label=_("Code of the organisation"), help_text=_("For example AIVD"), max_length=20
    )
    public = forms.CharField(
        label=_("Public key"),
        help_text=_("64 hexadecimal digits, as the organisation gave them."),
        max_length=80,
    )
    reason = forms.CharField(label=_("How did the key come?"), max_length=500, widget=text_area(2))


class Effort(forms.Form):
    """A number of one quarter with the document it comes from; when it corrects another, why."""

    value = forms.IntegerField(
        label=_("Number"), min_value=0, help_text=_("A whole number. Nought, when there was nothing.")
    )
    source = forms.CharField(
        label=_("Document it comes from"),
        help_text=_("For example: quarterly report, table 2. Write no name of a person."),
        max_length=200,
    )
    source_on = Day(label=_("Day of the document"))
    reason = forms.CharField(
        label=_("Why is this number better?"),
        help_text=_("One full sentence. The number that stood there stays readable."),
        max_length=500,
        widget=text_area(),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, corrects: int | None) -> None:
        super().__init__(data, initial={"seen": corrects})
        if corrects is None:
            del self.fields["reason"]

    def told(self) -> Told:
        said = self.cleaned_data
        return Told(said["value"], said["source"], said["source_on"], said.get("reason", ""))

    def follows(self) -> int | None:
        """The entry that stood there when this form was made."""
        found: int | None = self.cleaned_data["seen"]
        return found


class Because(forms.Form):
    """Why a small total may leave, or why no longer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=text_area(),
        help_text=_("One full sentence. It is printed under the report with your name."),
    )


class Why(forms.Form):
    """A reason that is kept in the journal and printed nowhere."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=text_area(),
        help_text=_("One full sentence."),
    )

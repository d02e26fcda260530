"""Checks what was typed to ask that a step waits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.deconfliction.rules import LONGEST_HOLD
from samenhang.foundation.inputs import text_area


class Hold(forms.Form):
    """For how many days, and why: for the prosecution and its overseers alone."""

    days = forms.IntegerField(
        label=_("How many days must it wait?"),
        help_text=_("At most 14. After that it goes on by itself, unless another prosecutor renews it."),
        min_value=1,
        max_value=LONGEST_HOLD.days,
        initial=LONGEST_HOLD.days,
        widget=forms.NumberInput(attrs={"class": "samenhang-input--short"}),
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Sealed in the journal. Only the prosecution and its overseers can ever read it."),
        widget=text_area(),
    )


class Lift(forms.Form):
    """Why it need not wait any longer."""

    reason = forms.CharField(label=_("Why?"), widget=text_area())

"""Checks what was typed to ask who an item is about, and to decide on that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import text_area


class Ask(forms.Form):
    """Why the pseudonym is not enough."""

    reason = forms.CharField(
        label=_("Why is the pseudonym not enough?"),
        help_text=_("A colleague reads this and decides. Write no name here."),
        max_length=2000,
        widget=text_area(),
    )


class Decide(forms.Form):
    """What the second person thinks of it."""

    agree = forms.TypedChoiceField(
        label=_("May your colleague see who this is?"),
        choices=[("yes", _("Yes, for a day")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why, or why not?"), max_length=2000, widget=text_area())

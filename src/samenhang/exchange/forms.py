"""Checks what was typed when somebody looks again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Reconsider(forms.Form):
    """What came of looking again."""

    outcome = forms.CharField(
        label=_("What came of it?"),
        help_text=_("Say whether it still stands without the statement, and what changes."),
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
    )

"""Checks what was typed about a link."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Judge(forms.Form):
    """A reason, and the button that was pressed."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Compare the details themselves. Everyone who may see this link can read your reason."),
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""}),
    )
    decision = forms.ChoiceField(
        choices=[("confirm", ""), ("reject", ""), ("undo", "")], widget=forms.HiddenInput
    )

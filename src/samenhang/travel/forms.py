"""Checks what was uploaded; whether it is a message, the reader finds out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Upload(forms.Form):
    """One file with passenger messages."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PAXLST or PNRGOV, as the carrier sent it. The same file twice is received once."),
        allow_empty_file=True,
        max_length=200,
    )

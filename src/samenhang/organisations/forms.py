"""Checks what was typed at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignIn(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("User name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Task(forms.Form):
    """The purpose, and the case if there is one: chosen once per task."""

    purpose = forms.ChoiceField(label=_("What are you working for?"), widget=forms.RadioSelect)
    case = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("Leave empty when you do not work on one case."),
        required=False,
        max_length=20,
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = purposes

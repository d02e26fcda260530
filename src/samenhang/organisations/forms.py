"""Checks what was typed at the door and on the account page."""

import json
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from samenhang.organisations.rules.signing_in import SHORTEST_PASSWORD


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


class Password(forms.Form):
    """The password again, of somebody who is signed in and has nothing else."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(forms.Form):
    """Six digits of an app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "samenhang-input--short"}),
    )


class FactorName(forms.Form):
    """What the person calls it, to know it again in the list."""

    name = forms.CharField(
        label=_("Name of the device"),
        help_text=_("For example: work phone. You see this name in your list."),
        max_length=60,
    )


class Passkey(forms.Form):
    """The browser's answer for a security key, which our script put in."""

    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput, required=False)
    name = forms.CharField(max_length=60, required=False)

    def clean_answer(self) -> dict[str, Any]:
        try:
            answer = json.loads(self.cleaned_data["answer"])
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise forms.ValidationError(_("Your browser sent no answer of a key. Try again."))
        return answer


class NewPassword(forms.Form):
    """The present password, and the new one twice."""

    present = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. A few words together are easy to remember."),
        min_length=SHORTEST_PASSWORD,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if "password" in typed and "again" in typed and typed["password"] != typed["again"]:
            self.add_error("again", _("The two new passwords are not the same."))
        return typed


# Who works for nothing else works on no case: asking for one would only puzzle.
WITHOUT_CASE = frozenset({"oversight", "statistics"})


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
        if {code for code, _label in purposes} <= WITHOUT_CASE:
            del self.fields["case"]

    def clean(self) -> dict[str, Any]:
        return {"case": "", **(super().clean() or {})}

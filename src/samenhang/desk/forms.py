"""Checks what was typed to look somebody up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import PartialDay
from samenhang.persons.rules import UnreadableClaim, latest_birth
from samenhang.persons.rules.names import Asked


class LookUp(forms.Form):
    """A name, perhaps a date of birth, and what it is needed for."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_(
            "In any order and spelling. Found nothing? Give fewer parts of the name. Of an organisation its "
            "KvK number will do too."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    born = PartialDay(label=_("Date of birth, as far as known"), required=False, max_length=10)
    reason = forms.CharField(
        label=_("What do you need it for?"),
        help_text=_("Kept in the journal with your name. Overseers read it."),
        min_length=5,
        max_length=300,
    )

    def clean_born(self) -> str:
        born: str = self.cleaned_data["born"].strip()
        if born:
            try:
                latest_birth(born)
            except UnreadableClaim as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return born

    def asked(self) -> tuple[Asked, str]:
        cleaned: dict[str, Any] = self.cleaned_data
        return Asked(cleaned["name"], cleaned["born"]), cleaned["reason"]

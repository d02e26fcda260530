"""Form fields and widgets that every area uses in the same way."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

Choices = Iterable[tuple[str, Any]]


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


# What an error says beside a field: not what is wrong with it, but what to do.
TO_DO: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.ChoiceField: {
        "required": _("Choose one of these."),
        "invalid_choice": _("Choose one from the list; “%(value)s” is not in it."),
    },
    forms.MultipleChoiceField: {"required": _("Choose at least one of these.")},
    forms.BooleanField: {"required": _("Tick this box if it is so. Without it nothing can be saved.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("This file is empty. Choose another."),
    },
    forms.DateField: {"invalid": _("Write the day as day-month-year, for example 31-12-2026.")},
}


def say_what_to_do() -> None:
    """Give the fields of Django these words; a field of a form can still have its own."""
    for field, words in TO_DO.items():
        field.default_error_messages = {**field.default_error_messages, **words}


def text_area(rows: int = 3, *, draft: bool = False) -> forms.Textarea:
    """Room for sentences. draft: what is typed survives a lost session in this tab, unencrypted, so only
    where the text need not be encrypted at rest."""
    return forms.Textarea(attrs={"rows": rows, "data-draft": ""} if draft else {"rows": rows})


class Day(forms.DateField):
    """A date typed as day-month-year. A text field: quicker to type and to paste than a calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 31-12-2026"))
        options.setdefault(
            "widget",
            forms.DateInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "samenhang-input--short"}
            ),
        )
        super().__init__(**options)


class PartialDay(forms.CharField):
    """A date of birth as far as known, typed as 30-4-2001, 4-2001 or 2001; cleaned to ISO."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 30-4-2001, or 4-2001 or 2001 when less is known."))
        options.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "class": "samenhang-input--short"})
        )
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        if not typed or re.fullmatch(r"\d{4}(-\d{2}){0,2}", typed):
            return str(typed)
        parts = re.split(r"[-/. ]+", typed)
        if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[-1]) != 4:
            raise forms.ValidationError(_("Write the date as 30-4-2001, 4-2001 or 2001."))
        return "-".join(part.zfill(2) for part in reversed(parts))


class KeyedChoice(forms.RadioSelect):
    """Radio buttons that can be chosen with the keys 1 to 9."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        # An index is a string like "2"; an empty choice takes a key as well.
        position = int(option["index"].split("_")[0]) + 1
        if position <= 9:
            option["attrs"]["data-key"] = str(position)
        return option

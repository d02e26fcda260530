"""Form fields and widgets that every area uses in the same way."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from samenhang.foundation.days import FIRST_YEAR, LAST_YEAR, can_be_meant

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
    forms.CharField: {
        "min_length": ngettext_lazy(
            "This is too short: write at least %(limit_value)d character. You wrote %(show_value)d.",
            "This is too short: write at least %(limit_value)d characters. You wrote %(show_value)d.",
            "limit_value",
        ),
        "max_length": ngettext_lazy(
            "This is too long: there is room for %(limit_value)d character. You wrote %(show_value)d.",
            "This is too long: there is room for %(limit_value)d characters. You wrote %(show_value)d.",
            "limit_value",
        ),
    },
    forms.IntegerField: {
        "invalid": _("Write a whole number in digits, for example 12."),
        "min_value": _("Write a number of %(limit_value)s or more."),
        "max_value": _("Write a number of %(limit_value)s or less."),
    },
    forms.TimeField: {"invalid": _("Write the time as hours:minutes, for example 14:30.")},
    forms.DateField: {
        "invalid": _("Write the day as day-month-year, for example 31-12-2026."),
        "no_such_day": _("%(typed)s is not in the calendar. Look up the day and write it again."),
        "far_off": _("Look at the year: it must lie between %(first)d and %(last)d."),
    },
}
# Something between two separators, three times: meant as a day, whatever the calendar says of it.
_LIKE_A_DAY = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1\d{4}|\d{4}-\d{1,2}-\d{1,2}")


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

    def to_python(self, value: Any) -> date | None:
        typed = str(value or "").strip()
        try:
            day = super().to_python(value)
        except forms.ValidationError:
            if _LIKE_A_DAY.fullmatch(typed):
                raise self._error("no_such_day", typed=typed) from None
            raise
        if day is not None and not can_be_meant(day):
            raise self._error("far_off", first=FIRST_YEAR, last=LAST_YEAR)
        return day

    def _error(self, code: str, **words: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=words)


class PartialDay(forms.CharField):
    """A date of birth as far as known, typed as 30-4-2001, 4-2001 or 2001; cleaned to ISO."""

    default_error_messages = {
        "invalid": _("Write the date as 30-4-2001, 4-2001 or 2001."),
        "no_such_day": TO_DO[forms.DateField]["no_such_day"],
        "far_off": TO_DO[forms.DateField]["far_off"],
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("For example 30-4-2001, or 4-2001 or 2001 when less is known."))
        options.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "class": "samenhang-input--short"})
        )
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip()
        if not typed:
            return ""
        parts = re.split(r"[-/. ]+", typed)
        if len(parts[0]) != 4:
            parts.reverse()
        if not 1 <= len(parts) <= 3 or not re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", "-".join(parts)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        self._check(parts, typed)
        return "-".join(part.zfill(2) for part in parts)

    def _check(self, parts: list[str], typed: str) -> None:
        """What is known of it stands in the calendar, in a year that can be meant."""
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        try:
            known = date(year, month, day)
        except ValueError:
            raise self._error("no_such_day", typed=typed) from None
        if not can_be_meant(known):
            raise self._error("far_off", first=FIRST_YEAR, last=LAST_YEAR)

    def _error(self, code: str, **words: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=words)


class KeyedChoice(forms.RadioSelect):
    """Radio buttons that can be chosen with the keys 1 to 9."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        # An index is a string like "2"; an empty choice takes a key as well.
        position = int(option["index"].split("_")[0]) + 1
        if position <= 9:
            option["attrs"]["data-key"] = str(position)
        return option

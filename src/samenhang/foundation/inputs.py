"""Form fields and widgets that every area uses in the same way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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


class KeyedChoice(forms.RadioSelect):
    """Radio buttons that can be chosen with the keys 1 to 9."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(*args, **options)
        # An index is a string like "2"; an empty choice takes a key as well.
        position = int(option["index"].split("_")[0]) + 1
        if position <= 9:
            option["attrs"]["data-key"] = str(position)
        return option

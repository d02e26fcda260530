"""The window of a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day


class Period(forms.Form):
    """From and until, both included."""

    since = Day(label=_("From"))
    until = Day(label=_("Up to and including"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day comes before the first. Choose a later day."))
        return cleaned

"""The conditions of one rule of law, on a form."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst

from samenhang.grounds import rules as law


class Conditions(forms.Form):
    """The conditions of one rule of law, each to be confirmed. What is not ticked is not met.

    established: those that the deed itself makes true or refuses, with how; they are shown and not asked.
    """

    def __init__(
        self,
        *args: Any,
        conditions: Iterable[str],
        established: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        known, holds = law.law().conditions, established or {}
        must = [code for code in conditions if known[code].must_be_met]
        self.asked = [code for code in must if code not in holds]
        self.established = [
            (capfirst(law.condition_label(code)), holds[code]) for code in must if code in holds
        ]
        for code in self.asked:
            self.fields[f"met-{code}"] = forms.BooleanField(
                label=capfirst(law.condition_label(code)), required=False
            )

    def not_met(self) -> list[str]:
        return [code for code in self.asked if not self.cleaned_data[f"met-{code}"]]

    def not_ticked(self) -> int:
        """Of what was sent: how many boxes stayed empty, so that it is said with the other errors."""
        return len(self.not_met()) if self.is_bound and self.is_valid() else 0

"""What several forms of this area are made of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samenhang.grounds import rules as law

Choices = Iterable[tuple[str, Any]]


def words(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class Conditions(forms.Form):
    """The conditions of one rule of law, each to be confirmed. What is not ticked is not met."""

    def __init__(self, *args: Any, conditions: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = law.law().conditions
        self.asked = [code for code in conditions if known[code].must_be_met]
        for code in self.asked:
            self.fields[f"met-{code}"] = forms.BooleanField(
                label=capfirst(law.condition_label(code)), required=False
            )

    def not_met(self) -> list[str]:
        return [code for code in self.asked if not self.cleaned_data[f"met-{code}"]]


class Reason(forms.Form):
    """One reason, which is kept."""

    reason = forms.CharField(label=_("Reason"), min_length=10, widget=words(3))

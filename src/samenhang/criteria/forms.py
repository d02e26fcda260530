"""Checks what was typed; the rules about rules and matches live in ``rules``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.criteria.rules import Offence, Wording
from samenhang.criteria.rules.expressions import LONGEST
from samenhang.foundation.inputs import Day, text_area


def _expression(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area)


class Reword(forms.Form):
    """What a version says, and for how long."""

    purpose = forms.CharField(
        label=_("What it is for"),
        help_text=_("One full sentence, for somebody who does not know the rule."),
        max_length=500,
        widget=text_area(2),
    )
    offence = forms.ChoiceField(label=_("Offence"), choices=Offence, widget=forms.RadioSelect)
    when = _expression(
        _("When a journey matches"),
        _("An expression in CEL over the facts above, for example: one_way && days_booked_ahead <= 2"),
    )
    unless = _expression(
        _("What speaks against"),
        _("A journey of which this is true, or not known, does not match. For example: bags >= 2"),
    )
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Up to and including"))

    def wording(self) -> Wording:
        names = ("purpose", "offence", "when", "unless", "starts_on", "ends_on")
        return Wording(**{name: self.cleaned_data[name] for name in names})


class Open(Reword):
    """A new rule. recipients: references and names of the authorities that may receive."""

    name = forms.CharField(label=_("Name of the rule"), max_length=120)
    recipient = forms.ChoiceField(label=_("Who receives a confirmed match"), widget=forms.RadioSelect)
    field_order = ("name", "purpose", "offence", "recipient", "when", "unless", "starts_on", "ends_on")

    def __init__(self, *args: Any, recipients: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = recipients


class Because(forms.Form):
    """Why; kept in the journal."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One full sentence."),
        max_length=1000,
        widget=text_area(2),
    )


class Withdraw(Because):
    """Which version ends, and why. versions: numbers and words of those that have not ended."""

    version = forms.TypedChoiceField(label=_("Version"), coerce=int, widget=forms.RadioSelect)
    field_order = ("version", "reason")

    def __init__(self, *args: Any, versions: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["version"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = versions
        if len(versions) == 1:
            field.widget, field.initial = forms.HiddenInput(), versions[0][0]


class Approve(Because):
    """Why a version may run; and, when its trial leans, why that is justified."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    leaning = forms.CharField(
        label=_("Why it may match one culture of names so much more"),
        help_text=_("One full sentence. The trial above says which."),
        max_length=1000,
        required=False,
        widget=text_area(2),
    )

    def __init__(self, *args: Any, leans: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if leans:
            self.fields["leaning"].required = True
        else:
            del self.fields["leaning"]

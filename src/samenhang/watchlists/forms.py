"""Checks what was typed; the rules about alerts and hits live in ``rules``."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, text_area
from samenhang.grounds import rules as law
from samenhang.watchlists.rules import alerts, border, transfers

_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")
_DUTCH = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})\Z")


class PassOn(forms.Form):
    """Why one body needs it, and the conditions: what is not ticked is not met."""

    necessity = forms.CharField(
        label=_("Why does this body need it, in this very case?"),
        help_text=_("Kept in the journal."),
        max_length=1000,
        widget=text_area(4),
    )

    def __init__(self, *args: Any, conditions: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = conditions
        for code in conditions:
            label = capfirst(law.condition_label(code))
            self.fields[f"met-{code}"] = forms.BooleanField(label=label, required=False)

    def not_met(self) -> list[str]:
        return [code for code in self.asked if not self.cleaned_data[f"met-{code}"]]


class Transfer(PassOn):
    """As well: how it goes."""

    mode = forms.ChoiceField(label=_("How does it go?"), choices=transfers.Mode, widget=forms.RadioSelect)


class Lines(forms.CharField):
    """Several texts, one on each line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=text_area(), max_length=4000, **options)

    def clean(self, value: Any) -> Any:
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class BirthDates(Lines):
    """Days as 31-05-1990, 1990-05-31, 1990-05 or 1990; gives ISO."""

    def clean(self, value: Any) -> Any:
        return tuple(_iso(text) for text in super().clean(value))


class Issue(forms.Form):
    """A person who is sought, on which ground and what may be done."""

    names = Lines(
        label=_("Names"), help_text=_("One on each line: the name, then other names and spellings.")
    )
    birth_dates = BirthDates(
        label=_("Dates of birth"),
        help_text=_("One on each line, for example 31-05-1990, or 1990 when only the year is known."),
        required=False,
    )
    sex = forms.ChoiceField(
        label=_("Sex as in the document"),
        choices=[("", _("Unknown")), ("F", _("Female")), ("M", _("Male"))],
        required=False,
    )
    nationalities = Lines(
        label=_("Nationalities"),
        help_text=_("Codes of three letters, one on each line. Shown to the reviewer, never compared."),
        required=False,
    )
    documents = Lines(label=_("Numbers of documents"), help_text=_("One on each line."), required=False)
    action = forms.ChoiceField(label=_("What may be done"), choices=alerts.Action)
    criteria = forms.MultipleChoiceField(
        label=_("Criteria that are met"), widget=forms.CheckboxSelectMultiple
    )
    contact = forms.CharField(label=_("Whom to call, day and night"), max_length=200)
    review_on = Day(label=_("Day of review"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        criteria = self.fields["criteria"]
        assert isinstance(criteria, forms.MultipleChoiceField)
        criteria.choices = [choice for kind in alerts.kinds() for choice in alerts.criteria_of(kind)]

    def listed(self) -> alerts.Listed:
        typed = self.cleaned_data
        codes = tuple(code.upper() for code in typed["nationalities"])
        return alerts.Listed(typed["names"], typed["birth_dates"], typed["sex"], codes, typed["documents"])

    def request(self) -> alerts.Request:
        typed = self.cleaned_data
        kind = alerts.kind_for(typed["action"])
        return alerts.Request(
            kind, typed["action"], tuple(typed["criteria"]), typed["contact"], typed["review_on"]
        )


class Renew(forms.Form):
    """Another day of review."""

    review_on = Day(label=_("New day of review"))
    reason = forms.CharField(label=_("Why it still stands"), widget=text_area(2))


class Lift(forms.Form):
    """The end of an alert."""

    reason = forms.CharField(label=_("Why it ends"), widget=text_area(2))


class Threshold(forms.Form):
    """Another threshold for one list. labels: each candidate in bits with what it is called."""

    threshold = forms.TypedChoiceField(label=_("New threshold"), coerce=float, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why this threshold"),
        help_text=_("Write about the list, not about a person. Everybody who sees the list can read it."),
        max_length=500,
        widget=text_area(),
    )

    def __init__(self, labels: Sequence[tuple[float, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        threshold = self.fields["threshold"]
        assert isinstance(threshold, forms.TypedChoiceField)
        threshold.choices = [(f"{bits:g}", label) for bits, label in labels]


def _iso(text: str) -> str:
    if _ISO.match(text):
        return text
    found = _DUTCH.match(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else _refused()
    except ValueError:
        return _refused()


def _refused() -> str:
    raise forms.ValidationError(_("Write a date of birth as 31-05-1990, 1990-05 or 1990."))


class Noted(forms.Form):
    """What was met, in one domain. alerts: references and names of those that this person may see."""

    ground = forms.ChoiceField(label=_("Fixed ground"), widget=forms.RadioSelect)
    alert = forms.ChoiceField(
        label=_("Which alert"), help_text=_("Only for the ground of an alert."), required=False
    )
    happened_on = Day(label=_("Day"))
    happened_at = forms.TimeField(label=_("Time"), help_text=_("For example 14:30"))
    place = forms.CharField(label=_("Place"), help_text=_("The post or the object."), max_length=80)
    description = forms.CharField(
        label=_("What happened"),
        help_text=_("What was seen, said or done, and nothing about what somebody is or looks like."),
        max_length=1000,
        widget=text_area(4),
    )
    conduct = forms.CharField(
        label=_("If your text speaks of belief, descent or looks: what did the person do?"),
        required=False,
        max_length=1000,
        widget=text_area(2),
    )

    def __init__(self, *args: Any, domain: str, alerts: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.domain = domain
        for name, choices in (("ground", border.grounds_of(domain)), ("alert", [("", "–"), *alerts])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not any(row["alert"] for row in border.domains()[domain]["grounds"]):
            del self.fields["alert"]

    def met(self) -> border.Met:
        typed = self.cleaned_data
        moment = make_aware(datetime.combine(typed["happened_on"], typed["happened_at"]))
        words = (typed["ground"], typed["description"], typed["place"])
        return border.Met(self.domain, *words, moment, typed["conduct"])

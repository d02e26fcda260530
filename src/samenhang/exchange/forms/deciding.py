"""What a ministry decides: to which country data may go, and which area counts as a conflict zone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.exchange.rules.zones import Zone as OfZone
from samenhang.foundation.inputs import Day, text_area


class Country(forms.Form):
    """A minister's assessment of a country."""

    country = forms.CharField(
        label=_("Country"), help_text=_("Two capital letters, as in a passport."), max_length=2
    )
    minister = forms.CharField(label=_("Which minister decided?"), max_length=120)
    findings = forms.CharField(
        label=_("What was found about torture, the death penalty and repression?"),
        widget=text_area(draft=True),
    )
    until = Day(label=_("Until which day?"), help_text=_("Within a year."))


class Zone(forms.Form):
    """An area that counts as a conflict zone."""

    name = forms.CharField(label=_("Which area?"), max_length=80)
    starts_on = Day(label=_("From which day?"))
    decided_by = forms.CharField(
        label=_("Who decided?"), help_text=_("The minister or the body."), max_length=120
    )
    source = forms.CharField(label=_("Where can that be read?"), max_length=200)
    reason = forms.CharField(label=_("What is it based on?"), min_length=10, widget=text_area(2, draft=True))

    def zone(self) -> OfZone:
        said = self.cleaned_data
        return OfZone(said["name"], said["starts_on"], said["decided_by"], said["source"])


class EndZone(forms.Form):
    """Its last day."""

    ends_on = Day(label=_("Which is the last day?"))
    reason = forms.CharField(
        label=_("Why does it count no longer?"), min_length=10, widget=text_area(2, draft=True)
    )

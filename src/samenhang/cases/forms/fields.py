"""What several forms of this area are made of."""

from django import forms
from django.utils.translation import gettext_lazy as _


def words(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Reason(forms.Form):
    """One reason, which is kept."""

    reason = forms.CharField(label=_("Reason"), min_length=10, widget=words(3))

"""What several forms of this area are made of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import text_area


def ask_interest(form: forms.Form, *, required: bool = False) -> None:
    """Of a minor: why it is in the interest of the child. First of all questions."""
    form.fields["best_interest"] = forms.CharField(
        label=_("Why is this in the interest of this child?"),
        help_text=_(
            "A child first. Weigh school, home, safety and what the child itself says, also what the "
            "approach takes away. Everybody who works on the case reads it."
        ),
        required=required,
        max_length=4000,
        widget=text_area(4),
    )
    form.order_fields(["best_interest"])


class Reason(forms.Form):
    """One reason, which is kept."""

    reason = forms.CharField(label=_("Reason"), min_length=10, widget=text_area())

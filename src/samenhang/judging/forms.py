"""Checks what was typed; the rules about judging live in ``rules``."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import text_area


class Judge(forms.Form):
    """A decision and its reason: the button that was pressed."""

    verdict = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    # The pressed button comes last, so its value is the one that counts.
    reason = forms.CharField(widget=forms.HiddenInput, error_messages={"required": _("Choose a reason.")})
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Only needed for another reason. Write about records and facts, not about the person."),
        required=False,
        max_length=2000,
        widget=text_area(),
    )


class Reopen(forms.Form):
    """Why what ended is looked at again."""

    reason = forms.CharField(
        label=_("Why a colleague must look again"),
        help_text=_("Write about records and facts, not about the person. Your colleagues can read it."),
        max_length=2000,
        widget=text_area(),
    )


class HandOver(forms.Form):
    """What the next shift must know."""

    note = forms.CharField(
        label=_("What the next shift must know"),
        help_text=_(
            "Whom you called, what you wait for, what is urgent. If there is nothing, write that. "
            "Deleted after fourteen days."
        ),
        max_length=2000,
        widget=text_area(4),
    )

"""Checks what was typed about a link or a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import choose, text_area
from samenhang.persons.rules.contacts import Relation, Whom, relations_of


class Judge(forms.Form):
    """A reason, and the button that was pressed."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Compare the details themselves. Everyone who may see this link can read your reason."),
        widget=text_area(draft=True),
    )
    decision = forms.ChoiceField(
        choices=[("confirm", ""), ("reject", ""), ("undo", "")], widget=forms.HiddenInput
    )


class NewContact(forms.Form):
    """Somebody round a person: a name, what they are to the person, how to reach them, and why."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("No date of birth and no other data."))
    relation_is = forms.ChoiceField(label=_("Is the person’s"))
    reach = forms.CharField(label=_("How to reach them"), max_length=120, required=False)
    needed_for = forms.CharField(
        label=_("What is it needed for?"),
        help_text=_("Only to help the person. Say nothing about this contact themselves."),
        max_length=200,
    )

    def __init__(self, *args: Any, kind: str, minor: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if minor:
            self.fields["represents"] = forms.BooleanField(
                label=_("Stands for the child in law"),
                help_text=_(
                    "A parent with authority or a guardian. What is decided about the child is told to them."
                ),
                required=False,
            )
            self.order_fields(["name", "relation_is", "represents", "reach", "needed_for"])
        choose(self, "relation_is", [(one.value, one.label) for one in relations_of(kind)])

    def relation(self) -> Relation:
        return Relation(self.cleaned_data["relation_is"])

    def represents(self) -> bool:
        return bool(self.cleaned_data.get("represents"))

    def whom(self) -> Whom:
        return Whom(*(self.cleaned_data[name] for name in ("name", "reach", "needed_for")))

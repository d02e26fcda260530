"""Checks what was typed about a commitment or a contact point; what may be stands in the rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, choose, text_area
from samenhang.programme.rules import NEXT, Forum, Office, Paper, Promise, Read, State
from samenhang.programme.rules.contact import Contact as Told

# Beside the states: open, and past its last day.
LATE = "late"


class Which(forms.Form):
    """Which part of the register is shown; all of it when nothing is chosen."""

    state = forms.ChoiceField(
        label=_("Which ones?"), choices=[("", _("All")), (LATE, _("Late")), *State.choices], required=False
    )


class _Because(forms.Form):
    """Why; everybody can read it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One full sentence without names of persons. Everybody who signs in can read it."),
        max_length=500,
        widget=text_area(),
    )


class _OfPaper(forms.Form):
    """A document: its number, where in it, its day, and how well it was read."""

    document = forms.CharField(
        label=_("Document"),
        help_text=_("Its number as printed, for example: Kamerstuk 29 754, nr. 251."),
        max_length=120,
    )
    place = forms.CharField(
        label=_("Place in the document"),
        help_text=_("Chapter, page or note."),
        required=False,
        max_length=120,
    )
    dated_on = Day(label=_("Day of the document"))
    read = forms.ChoiceField(
        label=_("Did you read it there?"), choices=Read, initial=Read.NOT, widget=forms.RadioSelect
    )

    def paper(self) -> Paper:
        told = self.cleaned_data
        return Paper(told["document"], told["place"], told["dated_on"], Read(told["read"]))


class Note(_OfPaper):
    """What was promised by whom to whom."""

    made_by = forms.ChoiceField(
        label=_("Who promised it?"), help_text=_("An office, never a name."), choices=Office
    )
    made_to = forms.ChoiceField(label=_("To whom?"), choices=Forum)
    what = forms.CharField(
        label=_("What was promised?"),
        help_text=_("In your own sentences, without names of persons."),
        max_length=500,
        widget=text_area(),
    )
    made_on = Day(label=_("Promised on"))
    term = forms.CharField(
        label=_("When, as it was said"),
        help_text=_("For example: before the summer recess."),
        required=False,
        max_length=120,
    )
    due_on = Day(
        label=_("Last day"),
        help_text=_(
            "When none was named, one that you answer for. A conclusion of the Council may have none."
        ),
        required=False,
    )
    field_order = ("made_by", "made_to", "what", "made_on", "term", "due_on")

    def promise(self) -> Promise:
        told = self.cleaned_data
        return Promise(
            made_by=Office(told["made_by"]),
            made_to=Forum(told["made_to"]),
            what=told["what"],
            made_on=told["made_on"],
            paper=self.paper(),
            term=told["term"],
            due_on=told["due_on"],
        )


class End(_OfPaper, _Because):
    """What became of it: kept by a document, or over for a reason."""

    wanted = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect)
    field_order = ("wanted", "document", "place", "dated_on", "read", "reason")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choose(self, "wanted", [(one, one.label) for one in State if one in NEXT[State.OPEN]])
        for name in ("document", "dated_on", "read"):
            self.fields[name].required = False
        self.fields["document"].help_text = _(
            "What keeps the promise, or takes its place. Leave it empty when it lapsed or was withdrawn."
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("document")) != bool(told.get("dated_on")) and "dated_on" not in self.errors:
            self.add_error("dated_on", _("A document has a day, and a day has a document."))
        return told

    def closing(self) -> tuple[State, Paper | None]:
        told = self.cleaned_data
        told["read"] = told["read"] or Read.NOT
        return State(told["wanted"]), self.paper() if told["document"] else None


class NewDay(_Because):
    """Another last day, and who promised it."""

    due_on = Day(label=_("New last day"))
    promised_by = forms.ChoiceField(
        label=_("Who promised this day?"), help_text=_("An office, never a name."), choices=Office
    )
    field_order = ("due_on", "promised_by")


class Reopen(_Because):
    """Why the document does not keep the promise."""


class PassOn(_Because):
    """Which colleague answers for it."""

    to = forms.TypedChoiceField(label=_("Who answers for it from now on?"), coerce=int)
    field_order = ("to",)

    def __init__(self, data: Any, colleagues: Mapping[int, str]) -> None:
        super().__init__(data)
        choose(self, "to", [(str(key), name) for key, name in colleagues.items()])


class OnDay(forms.Form):
    """The day whose law is read."""

    on = Day(
        label=_("The law of which day?"),
        help_text=_("For example 30-06-2014, or 01-07-2025: the first day of the Act on this approach."),
    )


class Contact(forms.Form):
    """How an organisation is reached."""

    desk = forms.CharField(
        label=_("Desk"),
        help_text=_(
            "What it is called, for example: Desk person-centred approach. Never the name of a person."
        ),
        max_length=80,
    )
    mailbox = forms.EmailField(
        label=_("Mailbox"),
        help_text=_("One that several people read, for example desk@organisation.example."),
        max_length=120,
    )
    telephone = forms.CharField(
        label=_("Telephone"), help_text=_("The number of the desk, not of a person."), max_length=40
    )
    hours = forms.CharField(
        label=_("Hours"), help_text=_("For example: working days from 8.30 to 17.00."), max_length=120
    )
    out_of_hours = forms.CharField(
        label=_("At other hours"),
        help_text=_("What somebody does who cannot wait, for example: the same number, choose 2."),
        max_length=200,
    )

    def contact(self) -> Told:
        return Told(**self.cleaned_data)

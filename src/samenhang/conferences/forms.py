"""Checks what was typed at a conference; what may be done is for the rules."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samenhang.cases.forms import Conditions, Statement
from samenhang.conferences.rules import OUTCOMES
from samenhang.conferences.rules.inviting import Answer as Stands
from samenhang.foundation.inputs import Day, choose, text_area

Choices = Iterable[tuple[Any, Any]]

__all__ = [
    "Answer",
    "AskPaper",
    "Assign",
    "Conditions",
    "Decide",
    "Invite",
    "Item",
    "Mark",
    "Minutes",
    "Move",
    "Plan",
    "Propose",
    "Read",
    "Reason",
    "Statement",
]

# Room for a page of text and for the minutes of an item; a pasted file is none of both.
WORDS = 4000
MINUTES = 20000


class Plan(forms.Form):
    """When and where. No names: this goes into calendars."""

    day = Day(label=_("Day"))
    starts = forms.TimeField(label=_("From"), help_text=_("For example 10:00"))
    ends = forms.TimeField(label=_("Until"))
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        help_text=_("A room or building. It goes into calendars, so name nobody."),
    )

    def moments(self) -> tuple[datetime, datetime]:
        return self._moment("starts"), self._moment("ends")

    def _moment(self, field: str) -> datetime:
        hour: time = self.cleaned_data[field]
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], hour))


class Move(Plan):
    """Another time or place, and why."""

    reason = forms.CharField(
        label=_("Why is it moved?"),
        help_text=_("Whoever was invited reads this. Name nobody whom the conference is about."),
        max_length=1000,
        widget=text_area(2),
    )


class Item(forms.Form):
    """Which case, and what the conference must answer."""

    case = forms.ChoiceField(
        label=_("Case"),
        help_text=_(
            "Cases under way that you may read and that are not on this agenda yet. What the assessment of "
            "each advises stands beside it: begin there."
        ),
    )
    question = forms.CharField(
        label=_("What must the conference answer?"),
        help_text=_("One question, such as: which help comes first? Only who sits at the case reads it."),
        max_length=WORDS,
        widget=text_area(),
    )

    def __init__(self, *args: Any, cases: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["case"], cases)


class Invite(forms.Form):
    """Who is asked to come: ticked, one group for each organisation."""

    person = forms.MultipleChoiceField(label=_("Who comes?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "person", people)


class Answer(forms.Form):
    """Whether the invited person comes."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(Stands.ACCEPTED.value, _("Yes")), (Stands.DECLINED.value, _("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("May stay empty. Only who chairs it reads this. Who comes in your place, for example."),
        max_length=1000,
        required=False,
        widget=text_area(2),
    )


class Read(forms.Form):
    """That something was read: a button alone."""

    read = forms.CharField(widget=forms.HiddenInput, initial="yes")


class AskPaper(forms.Form):
    """Who is asked to bring what in, by when."""

    organisation = forms.ChoiceField(label=_("Whom do you ask?"), help_text=_("Who sits at the case."))
    what = forms.CharField(
        label=_("What must they bring in?"),
        help_text=_(
            "For example: what happened since the last conference, with days. They answer with a statement,"
            " or say why they do not."
        ),
        max_length=WORDS,
        widget=text_area(),
    )
    due_on = Day(label=_("Before or on"))

    def __init__(self, *args: Any, bodies: Choices, before: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_on"].initial = before
        _offer(self.fields["organisation"], bodies)
        example = f"{before.day}-{before.month}-{before.year}"
        self.fields["due_on"].help_text = _("For example %s, before the conference.") % example


class Mark(forms.Form):
    """One line that somebody said something."""

    speaker = forms.ChoiceField(label=_("Who said it"))
    wording = forms.CharField(
        label=_("In one line"),
        max_length=300,
        help_text=_(
            "Only who is in the room reads it. The speaker confirms the wording within five working days."
        ),
    )

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["speaker"], people)


class Propose(forms.Form):
    """A decision in words, with its reasons."""

    wording = forms.CharField(
        label=_("What is proposed"),
        help_text=_("About a measure? Write its number in it, such as M-1A2B-…: then it is linked."),
        max_length=WORDS,
        widget=text_area(2),
    )
    proportionality = forms.CharField(
        label=_("Why is that proportionate?"), max_length=WORDS, widget=text_area(2)
    )
    subsidiarity = forms.CharField(
        label=_("Why will nothing lighter do?"), max_length=WORDS, widget=text_area(2)
    )


class Decide(forms.Form):
    """What became of a proposal: one of the buttons below it."""

    outcome = forms.ChoiceField(choices=[(one, one.label) for one in OUTCOMES])


class Assign(forms.Form):
    """What somebody will do, before which day."""

    owner = forms.ChoiceField(label=_("Who does it"))
    what = forms.CharField(label=_("What"), max_length=WORDS, widget=text_area(2))
    due_on = Day(label=_("Before or on"))

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["owner"], people)


class Reason(forms.Form):
    """Some words, which are kept. Its label is that of the page."""

    words = forms.CharField(max_length=WORDS, widget=text_area(4))

    def __init__(self, *args: Any, label: Any, required: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label, self.fields["words"].required = label, required


class Minutes(Reason):
    """The minutes of one item."""

    words = forms.CharField(max_length=MINUTES, widget=text_area(12))


def _offer(field: forms.Field, choices: Choices) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "–"), *choices]

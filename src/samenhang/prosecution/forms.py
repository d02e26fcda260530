"""Checks what was typed; the rules of the criminal track live in ``prosecution.rules``."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Choices, Day, choose
from samenhang.prosecution.rules.evidence import Kind, Noted, Route, State
from samenhang.prosecution.rules.reach import HOME, Place, Reached
from samenhang.prosecution.rules.tables import Ground, roles


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Roles(forms.Form):
    """What the person is suspected to be."""

    roles = forms.MultipleChoiceField(
        label=_("What is the person suspected to be?"),
        help_text=_("A suspicion, and no finding. For the figures only how many there are of each counts."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.code, str(one)) for one in roles().values()]


class Open(Roles):
    """That a criminal case runs, since when, and under which number."""

    began_on = Day(label=_("Since which day does it run?"))
    number = forms.CharField(
        label=_("Number of the case"),
        help_text=_("Of the police or the prosecution. The criminal file itself stays there."),
        max_length=40,
        required=False,
    )


class MoveOn(forms.Form):
    number = forms.CharField(
        label=_("Number of the prosecution"), max_length=40, required=False, help_text=_("If it has one now.")
    )


class Review(forms.Form):
    reason = _words(_("Why does it still run?"), _("Sealed in the journal."))


class Close(forms.Form):
    """How it ended. The outcome says for how long anything of it stays here."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        help_text=_("An acquittal or a conviction only when it is final."),
        widget=forms.RadioSelect,
    )
    reason = _words(_("Reason"), _("What was decided, by whom and on which day."))

    def __init__(self, *args: Any, outcomes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "outcome", outcomes)


class Where(forms.Form):
    """The day, the place and the article: they say which grounds there are to choose from."""

    article = forms.ChoiceField(label=_("Article"))
    since = Day(label=_("First day"), help_text=_("The law of this day counts. For example 31-12-2026"))
    until = Day(label=_("Last day"), help_text=_("Only when it went on for longer."), required=False)
    place = forms.CharField(label=_("Where?"), help_text=_("A town or an area."), max_length=80)
    country = forms.CharField(
        label=_("Country"),
        help_text=_("Two letters, such as NL, SY or TR."),
        max_length=2,
        initial=HOME,
        widget=forms.TextInput(attrs={"class": "samenhang-input--short", "autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, articles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "article", [("", _("Choose an article")), *articles])

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def place_of(self) -> Place:
        data = self.cleaned_data
        return Place(data["since"], data["place"], data["country"], data["until"])


class Reach(forms.Form):
    """On which ground Dutch law reaches an offence abroad."""

    ground = forms.ChoiceField(
        label=_("On which ground does Dutch law reach it?"),
        help_text=_("Only what may be, for this article, on that day and outside the Netherlands."),
        widget=forms.RadioSelect,
    )
    met = forms.MultipleChoiceField(
        label=_("What is so?"),
        help_text=_("Tick each condition of your ground that you checked."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    dual_note = forms.CharField(
        label=_("Punishable there too"),
        help_text=_(
            "Only where the ground asks for it: the article of that country, and how you know. It is no "
            "legal advice."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, grounds: Iterable[Ground], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = list(grounds)
        choose(self, "ground", [(one.code, _label(one)) for one in offered])
        conditions = {each.code: str(each) for one in offered for each in one.conditions}
        choose(self, "met", conditions.items())

    def reached(self) -> Reached:
        data = self.cleaned_data
        return Reached(data["ground"], tuple(data["met"]), data["dual_note"])


class Withdraw(forms.Form):
    reason = _words(_("Reason"))


class Note(forms.Form):
    """One piece of evidence: for which element, where it is, and how it came into the criminal file."""

    element = forms.ChoiceField(label=_("For which element?"))
    exculpatory = forms.BooleanField(
        label=_("It speaks for the person"),
        help_text=_("What speaks for the person stands beside what speaks against, as the law asks."),
        required=False,
    )
    kind = forms.ChoiceField(label=_("What kind of evidence?"), choices=Kind.choices)
    filed_at = forms.CharField(
        label=_("Where in the criminal file?"),
        help_text=_(
            "Such as “report 12, page 3”, or where you look for it. Only where it is: never what it says, "
            "and no name."
        ),
        max_length=120,
    )
    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[(one, one.label) for one in (State.SOUGHT, State.SECURED)],
        widget=forms.RadioSelect,
        initial=State.SOUGHT,
    )
    route = forms.ChoiceField(
        label=_("How did it come into the criminal file?"),
        help_text=_(
            "What was given for weighing or for the approach is no evidence. It counts only after one of "
            "the last three."
        ),
        choices=Route.choices,
        widget=forms.RadioSelect,
        initial=Route.INVESTIGATION,
    )
    source = forms.ChoiceField(
        label=_("Which message or provision?"),
        help_text=_("Listed is only what was given for an investigation or a prosecution."),
        required=False,
    )
    number = forms.CharField(label=_("Number of the prosecutor's order"), max_length=40, required=False)
    ordered_on = Day(label=_("Day of the order"), required=False)

    def __init__(self, *args: Any, elements: Choices, sources: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "element", [("", _("Choose an element")), *elements])
        choose(self, "source", [("", _("None")), *sources])

    def noted(self) -> Noted:
        data = {key: value for key, value in self.cleaned_data.items() if key != "state"}
        return Noted(**{**data, "kind": Kind(data["kind"]), "route": Route(data["route"])})


class Move(forms.Form):
    """What became of a piece of evidence."""

    state = forms.ChoiceField(label=_("How far is it?"), widget=forms.RadioSelect)
    words = _words(_("Why, or how?"), _("In a few words. Not what the evidence says."))

    def __init__(self, *args: Any, states: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "state", states)


def _label(ground: Ground) -> str:
    """The ground with its conditions, and whether it must be punishable there too."""
    asks = [str(one) for one in ground.conditions]
    if ground.dual:
        asks.append(str(_("punishable there too")))
    unread = f" [{_('not fully read: have a lawyer check it')}]" if ground.mark != "V" else ""
    return f"{ground} – {'; '.join(asks)}{unread}"

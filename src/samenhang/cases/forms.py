"""Checks what was typed; what may be done is for the rules."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samenhang.cases.rules import CRITERIA, Judgement, Reviewed, Verdict
from samenhang.cases.rules.ending import Ground, Outcome
from samenhang.cases.rules.keeping import Pack, Part
from samenhang.cases.rules.moving import Say as Saying
from samenhang.exchange.forms import AsksConduct, Evaluated
from samenhang.exchange.rules import Content, Handling, Kind
from samenhang.foundation.inputs import Day, KeyedChoice, PartialDay
from samenhang.grounds import rules as law
from samenhang.persons.rules import Identity, UnreadableClaim, check_identity

Choices = Iterable[tuple[str, Any]]


def words(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Statement(AsksConduct, Evaluated):
    """What was seen or is thought, and how well it stands."""

    field_order: tuple[str, ...] = (
        "text",
        "true_from",
        "kind",
        "source_evaluation",
        "information_evaluation",
        "handling",
    )

    text = forms.CharField(
        label=_("What did the person do or say?"),
        help_text=_(
            "Describe conduct, with place and circumstances, in your own organisation’s words. No passenger"
            " data: those stay where they are."
        ),
        widget=words(6),
    )
    true_from = Day(label=_("When was that?"))
    kind = forms.ChoiceField(label=_("Is this a fact or an assessment?"), choices=Kind.choices)
    handling = forms.ChoiceField(label=_("What may a recipient do with it?"), choices=Handling.choices)
    necessity = forms.CharField(
        label=_("Why must the recipients know exactly this?"),
        help_text=_("Recipients can read this. Leave out what they can do without."),
        widget=words(3),
    )
    special = forms.BooleanField(
        label=_("This holds special personal data, such as health"),
        help_text=_("Only where strictly necessary, and your words above must say why."),
        required=False,
    )

    def content(self) -> Content:
        said = self.cleaned_data
        return Content(**{field: said[field] for field in Statement.base_fields})


class ChildReport(Statement):
    """What is seen of a child, for who protects children."""

    to = forms.ChoiceField(label=_("Who must know?"))
    field_order = ("to", *Statement.field_order)

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What do you see that worries you about this child?")
        choose(self, "to", [("", "–"), *bodies])


class Signal(Statement):
    """Who it is about, and the first statement. Either a known person, or a name."""

    person = forms.CharField(
        label=_("Reference of the person, when known here already"),
        help_text=_("Such as P-7QX4-M2DZ-9F3K. Leave empty to open a new person with the names below."),
        required=False,
        max_length=20,
    )
    surname = forms.CharField(label=_("Surname"), max_length=120, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=160, required=False)
    birth_date = PartialDay(label=_("Date of birth"), required=False, max_length=10)
    municipality = forms.ChoiceField(
        label=_("Home municipality"),
        help_text=_("The mayor of this municipality weighs the signal, with police and prosecution."),
    )
    field_order = ("person", "surname", "given_names", "birth_date", "municipality", *Statement.field_order)

    def __init__(
        self, *args: Any, municipalities: Iterable[str], by_covenant: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if by_covenant:
            self.fields["municipality"].help_text = _("You talk it over with the partners of its covenant.")
        choose(self, "municipality", [("", "–"), *((name, name) for name in municipalities)])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("person") and "birth_date" in cleaned:
            try:
                check_identity(self.identity())
            except UnreadableClaim as refusal:
                self.add_error("surname", str(refusal))
        return cleaned

    def identity(self) -> Identity:
        said = self.cleaned_data
        return Identity(said["surname"], said["given_names"], said["birth_date"])


class Conditions(forms.Form):
    """The conditions of one rule of law, each to be confirmed. What is not ticked is not met."""

    def __init__(self, *args: Any, conditions: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = law.law().conditions
        self.asked = [code for code in conditions if known[code].must_be_met]
        for code in self.asked:
            self.fields[f"met-{code}"] = forms.BooleanField(
                label=capfirst(law.condition_label(code)), required=False
            )

    def not_met(self) -> list[str]:
        return [code for code in self.asked if not self.cleaned_data[f"met-{code}"]]


class Reason(forms.Form):
    """One reason, which is kept."""

    reason = forms.CharField(label=_("Reason"), min_length=10, widget=words(3))


class Review(forms.Form):
    """Why the case must stay and until which day, or that it can be closed."""

    criteria_hold = forms.ChoiceField(
        label=_("Does any of the five criteria of the Act still hold?"),
        help_text=_(
            "Readiness for violence, extremist ideas, social relations, identification, self-reliance. Twice"
            " no in a row, and the case can only be closed."
        ),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    verdict = forms.ChoiceField(
        label=_("What follows for this case?"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Why must this case stay, or why may it end?"),
        help_text=_("With what happened since the last review, good and bad."),
        widget=words(),
    )
    lighter = forms.CharField(
        label=_("Why will nothing lighter do?"),
        help_text=_("Leave empty when the case can be closed."),
        required=False,
        widget=words(3),
    )
    next_on = Day(
        label=_("Reviewed again before"),
        help_text=_("Within half a year, for example 31-12-2026. Leave empty when the case can be closed."),
        required=False,
    )

    def __init__(self, *args: Any, by_covenant: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if by_covenant:
            self.fields["criteria_hold"].label = _("Do the reasons why the partners took it up still hold?")
            self.fields["criteria_hold"].help_text = _("Twice no in a row, and the case can only be closed.")

    def reviewed(self) -> Reviewed:
        said = self.cleaned_data
        return Reviewed(
            Verdict(said["verdict"]),
            said["criteria_hold"] == "yes",
            said["reasons"],
            said["lighter"],
            said["next_on"],
        )


class Caseload(Reason):
    """A spreadsheet, and why these people are taken in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or xlsx. The first row names the columns; the page says which."),
    )
    field_order = ("file", "reason")


class Close(Reason):
    """What came of the case, and why it ends."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    field_order = ("outcome", "reason")


class Hold(Reason):
    """For what a case is kept past its day."""

    ground = forms.ChoiceField(label=_("For what?"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ("ground", "reason")


class LookInto(Reason):
    """Into which case, and for what."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("Such as K-7QX4-M2DZ-9F3K. It stands in the complaint, the request or the letter."),
        max_length=20,
    )
    ground = forms.ChoiceField(label=_("For what?"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ("reference", "ground", "reason")


class Position(AsksConduct):
    """Words on each of the five criteria, and then the judgement."""

    texts = tuple(CRITERIA)

    within = forms.ChoiceField(
        label=_("Your judgement"),
        help_text=_("Only when all three say yes does a case open."),
        choices=[
            ("yes", _("Yes, this belongs in the person-centred approach")),
            ("no", _("No, this does not belong there")),
        ],
        widget=KeyedChoice,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, (label, help_text) in CRITERIA.items():
            self.fields[code] = forms.CharField(
                label=label, help_text=help_text, widget=words(3), max_length=4000
            )
        self.order_fields([*CRITERIA, "within"])

    def judgement(self) -> Judgement:
        said = self.cleaned_data
        return Judgement(said["within"] == "yes", {code: said[code] for code in CRITERIA})


class TakeUp(Reason):
    """With which partners of a covenant a case opens, and what they said."""

    partners = forms.MultipleChoiceField(
        label=_("Who sits at the case?"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("partners", "reason")

    def __init__(self, *args: Any, partners: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = _("What did the partners say of it?")
        self.fields["reason"].help_text = _(
            "Who weighed it, with which reasons, and what speaks against a case. This is kept with the case."
        )
        field = self.fields["partners"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(partners)


class Admit(Reason):
    """Which participant comes to sit at the case, and why."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    field_order = ("organisation", "reason")

    def __init__(self, *args: Any, organisations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", [("", "–"), *organisations])


class Appoint(forms.Form):
    """Who becomes lead or deputy."""

    part = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    user = forms.ChoiceField(
        label=_("Who?"),
        help_text=_("A colleague whose task it is to work on cases, and who may read this one."),
    )

    def __init__(self, *args: Any, parts: Iterable[Part], people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "part", [(part.value, part.label) for part in parts])
        choose(self, "user", [("", "–"), *people])


class HandOver(Reason):
    """To whom, and what no page of the case can tell."""

    user = forms.ChoiceField(label=_("To whom?"))
    promises = forms.CharField(
        label=_("What did you promise, to whom, before when?"),
        help_text=_("To the person, the family or a partner. Write “nothing” when there is nothing."),
        widget=words(3),
    )
    call_first = forms.CharField(label=_("Whom should they call first, and about what?"), widget=words(3))
    back_on = Day(
        label=_("Absent until"),
        help_text=_("Leave empty when you hand it over for good. On that day your colleague is reminded."),
        required=False,
    )
    field_order = ("user", "promises", "call_first", "back_on", "reason")

    def __init__(self, *args: Any, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "user", [("", "–"), *people])

    def pack(self) -> Pack:
        said = self.cleaned_data
        return Pack(said["reason"], said["promises"], said["call_first"], said["back_on"])


class Transfer(Reason):
    """To which municipality, and why."""

    to = forms.ChoiceField(label=_("Where does the person live now?"))
    field_order = ("to", "reason")

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "to", [("", "–"), *bodies])
        self.fields["reason"].help_text = _(
            "The other municipality reads this before it accepts. Name nobody."
        )


class Say(forms.Form):
    """Whether what a source brought in goes along."""

    say = forms.ChoiceField(
        label=_("May it go along?"),
        choices=[(one.value, one.label) for one in Saying if one != Saying.OPEN],
        widget=forms.RadioSelect,
    )
    confirmed = forms.BooleanField(
        label=_("The conditions under which we brought it in hold for the other municipality as well"),
        required=False,
    )
    reason = forms.CharField(label=_("Why must it stay?"), required=False, widget=words(3))


class ThirdParty(Reason):
    """Which third party reads which items, until when, and why."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    texts = forms.CharField(
        label=_("What may it read?"),
        help_text=_(
            "Each item on a paragraph of its own, with an empty line between. Only what it needs for its part"
            " of the plan; a name only where nothing works without."
        ),
        widget=words(6),
    )
    until = Day(label=_("Until and with"))
    field_order = ("organisation", "texts", "until", "reason")

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "organisation", [("", "–"), *bodies])
        self.fields["reason"].label = _("Why must it know this?")

    def items(self) -> list[str]:
        return [part.strip() for part in re.split(r"\n\s*\n", self.cleaned_data["texts"]) if part.strip()]


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)

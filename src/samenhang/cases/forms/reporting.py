"""What is written down of somebody, and how a signal is weighed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.cases.forms.fields import Reason, ask_interest
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.cases.rules.criteria import OF_AN_ORGANISATION
from samenhang.exchange.forms import AsksConduct, Statement
from samenhang.exchange.rules import Origin, Triage
from samenhang.foundation.inputs import Choices, KeyedChoice, PartialDay, choose, text_area
from samenhang.persons.rules import LEGAL, Identity, Kind, UnreadableClaim, check_identity


class ChildReport(Statement):
    """What is seen of a child, for who protects children."""

    to = forms.ChoiceField(label=_("Who must know?"))
    field_order = ("to", *Statement.field_order)

    def __init__(self, *args: Any, bodies: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What do you see that worries you about this child?")
        choose(self, "to", [("", "–"), *bodies])


class SignalAbout(Statement):
    """Who it is about, and the first statement: somebody who is known here, or whom the form names."""

    named: tuple[str, ...] = ()

    person = forms.CharField(
        label=_("Reference of the person, when known here already"),
        help_text=_("Such as P-7QX4-M2DZ-9F3K. Leave empty to open a new person with the names below."),
        required=False,
        max_length=20,
    )
    municipality = forms.ChoiceField(
        label=_("Home municipality"),
        help_text=_("The mayor of this municipality weighs the signal, with police and prosecution."),
    )
    origin = forms.ChoiceField(
        label=_("How do you know of it?"),
        choices=Origin.choices,
        initial=Origin.OWN_WORK,
        widget=forms.RadioSelect,
    )
    triage = forms.TypedChoiceField(
        label=_("How soon must it be weighed?"),
        help_text=_("This orders the work of who weighs. It says nothing about how the weighing will end."),
        choices=Triage.choices,
        coerce=lambda value: Triage(int(value)),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, municipalities: Iterable[str], by_covenant: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if by_covenant:
            self.fields["municipality"].help_text = _("You talk it over with the partners of its covenant.")
            self.fields["triage"].label = _("How soon must it be talked over?")
            self.fields["triage"].help_text = ""
        choose(self, "municipality", [("", "–"), *((name, name) for name in municipalities)])
        who = ("person", *self.named, "municipality", "origin", "triage")
        self.order_fields([*who, *Statement.field_order])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("person") and not self.errors.keys() & set(self.named):
            try:
                check_identity(self.identity())
            except UnreadableClaim as refusal:
                self.add_error("surname", str(refusal))
        return cleaned

    def identity(self) -> Identity:
        raise NotImplementedError


class Signal(SignalAbout):
    """About a human being."""

    named = ("surname", "given_names", "birth_date")

    surname = forms.CharField(label=_("Surname"), max_length=120, required=False)
    given_names = forms.CharField(label=_("Given names"), max_length=160, required=False)
    birth_date = PartialDay(label=_("Date of birth"), required=False, max_length=10)

    def identity(self) -> Identity:
        said = self.cleaned_data
        return Identity(said["surname"], said["given_names"], said["birth_date"])


class SignalAboutOrganisation(SignalAbout):
    """About a legal person (Wet PGA art. 2)."""

    named = ("surname", "kind_of_organisation", "kvk_number", "seat")

    surname = forms.CharField(label=_("Name of the organisation"), max_length=120, required=False)
    kind_of_organisation = forms.ChoiceField(
        label=_("What is it?"), choices=[(kind.value, kind.label) for kind in LEGAL], required=False
    )
    kvk_number = forms.CharField(
        label=_("KvK number, when known"),
        help_text=_("Eight digits, as the trade register has it."),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "samenhang-input--short"}),
    )
    seat = forms.CharField(label=_("Where it has its seat, when known"), max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].label = _("Reference of the organisation, when known here already")
        self.fields["municipality"].label = _("Municipality of its seat")
        self.fields["text"].label = _("What did the organisation do or publish?")

    def clean_kvk_number(self) -> str:
        typed: str = self.cleaned_data["kvk_number"]
        return typed.replace(" ", "")

    def identity(self) -> Identity:
        said = self.cleaned_data
        kind = Kind(said["kind_of_organisation"] or Kind.OTHER)
        return Identity(said["surname"], kind=kind, seat=said["seat"], kvk_number=said["kvk_number"])


class Position(AsksConduct):
    """Words on each of the five criteria, and then the judgement."""

    texts = tuple(CRITERIA)

    opinion = forms.ChoiceField(
        label=_("Where does this belong?"),
        help_text=_("Only when all three say the person-centred approach does a case open."),
        choices=Opinion.choices,
        widget=KeyedChoice,
    )
    question = forms.CharField(
        label=_("Which information is needed first?"),
        help_text=_(
            "Only when you chose that. The submitter of the signal reads this and has two weeks."
            " Nobody else may be asked before the three agree."
        ),
        required=False,
        max_length=2000,
        widget=text_area(),
    )

    def __init__(
        self, *args: Any, may_ask: bool, child: bool = False, legal: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for code, (label, of_a_person) in CRITERIA.items():
            help_text = OF_AN_ORGANISATION[code] if legal else of_a_person
            self.fields[code] = forms.CharField(
                label=label, help_text=help_text, widget=text_area(), max_length=4000
            )
        self.order_fields([*CRITERIA, "opinion", "question"])
        if not may_ask:
            del self.fields["question"]
            choose(self, "opinion", [one for one in Opinion.choices if one[0] != Opinion.MORE])
        if child:
            ask_interest(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("opinion") == Opinion.MORE and not cleaned.get("question", "").strip():
            self.add_error("question", _("Say what the submitter must tell. They read it."))
        elif cleaned.get("question", "").strip() and cleaned.get("opinion") not in (None, Opinion.MORE):
            self.add_error(
                "question",
                _("This is only asked when you choose “More information is needed first”. Choose that, or "
                  "empty this box."),
            )  # fmt: skip
        if cleaned.get("opinion") == Opinion.APPROACH and cleaned.get("best_interest") == "":
            self.add_error("best_interest", _("Write it before you take up a minor."))
        return cleaned

    def judgement(self) -> Judgement:
        said = self.cleaned_data
        reasons = {code: said[code] for code in CRITERIA}
        return Judgement(
            Opinion(said["opinion"]), reasons, said.get("question", ""), said.get("best_interest", "")
        )


class TakeUp(Reason):
    """With which partners of a covenant a case opens, and what they said."""

    partners = forms.MultipleChoiceField(
        label=_("Who sits at the case?"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("partners", "reason")

    def __init__(self, *args: Any, partners: Choices, child: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if child:
            ask_interest(self, required=True)
        self.fields["reason"].label = _("What did the partners say of it?")
        self.fields["reason"].help_text = _(
            "Who weighed it, with which reasons, and what speaks against a case. This is kept with the case."
        )
        field = self.fields["partners"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(partners)

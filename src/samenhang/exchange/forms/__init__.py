"""Checks what was typed; what may be done is for the rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.exchange.forms.conditions import Conditions as Conditions
from samenhang.exchange.rules import Content, Handling, Information, Kind, Source
from samenhang.exchange.rules.asking import Reply as Replies
from samenhang.exchange.rules.conduct import asks_conduct, with_answer
from samenhang.exchange.rules.messages import Letter, Topic
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.exchange.rules.receiving import Outcome
from samenhang.foundation.inputs import Choices, Day, choose, text_area
from samenhang.grounds import rules as law


class AsksConduct(forms.Form):
    """Asks once for conduct and context where a text speaks of belief, descent or clothing. Blocks nothing.

    The question comes with the form that was sent; sent again, with an answer or without, it goes through.
    texts: the fields that are read. An answer becomes part of the first of them that asked for it.
    """

    texts: tuple[str, ...] = ("text",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asking = [name for name in self.texts if self.is_bound and asks_conduct(self._typed(name))]
        self._asked = bool(self.is_bound and self.data.get(self.add_prefix("conduct_asked")))

    def full_clean(self) -> None:
        if self._asking and "conduct" not in self.fields:
            self._ask()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self._asking and not self._asked:
            self.add_error(
                "conduct",
                _(
                    "Your text speaks of belief, descent or clothing. That alone is never a reason. Say what "
                    "the person did, and in what context. Or send it again as it is: this is asked once."
                ),
            )
        elif self._asking:
            first = self._asking[0]
            cleaned[first] = with_answer(cleaned.get(first, ""), cleaned.get("conduct", ""))
        return cleaned

    def _ask(self) -> None:
        order = list(self.fields)
        self.fields["conduct"] = forms.CharField(
            label=_("What did the person do, and in what context?"),
            help_text=_("It becomes part of your text. Nothing else is kept of this question."),
            required=False,
            widget=text_area(draft=True),
        )
        self.fields["conduct_asked"] = forms.CharField(required=False, widget=forms.HiddenInput)
        order.insert(order.index(self._asking[-1]) + 1, "conduct")
        self.order_fields(order)
        sent = {name: self.data.get(name) for name in self.data}
        self.data = sent | {self.add_prefix("conduct_asked"): "1"}

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))


class Reconsider(forms.Form):
    """What came of looking again."""

    verdict = forms.ChoiceField(
        label=_("Does it still stand?"),
        choices=[("stands", _("It still stands")), ("falls", _("It does not stand"))],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        help_text=_("Say why it does or does not stand without the statement, and what changes."),
        min_length=10,
        widget=text_area(4, draft=True),
    )

    def stands(self) -> bool:
        return bool(self.cleaned_data["verdict"] == "stands")


class Register(forms.Form):
    """An official message, as it lies on the table of its addressee."""

    service = forms.ChoiceField(label=_("Which service sent it?"))
    number = forms.CharField(label=_("Number of the message"), max_length=40)
    dated_on = Day(label=_("Date of the message"))
    topic = forms.ChoiceField(label=_("What does it say about the person?"), choices=Topic.choices)
    text = forms.CharField(
        label=_("The text that may be released"),
        help_text=_("Word for word as the service wrote it. Nothing that you know from elsewhere."),
        widget=text_area(6, draft=True),
    )
    reliability = forms.CharField(
        label=_("What does the service say about its reliability?"), widget=text_area(2, draft=True)
    )
    person = forms.CharField(
        label=_("Reference of the person, when you have a file here"),
        help_text=_("Such as P-7QX4-M2DZ-9F3K. It may stay empty."),
        required=False,
        max_length=20,
    )

    def __init__(self, *args: Any, services: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "service", services)

    def letter(self) -> Letter:
        said = self.cleaned_data
        return Letter(
            said["number"], said["dated_on"], Topic(said["topic"]), said["text"], said["reliability"]
        )


class Refuse(forms.Form):
    reason = forms.CharField(
        label=_("Why does your organisation not want it?"),
        help_text=_("Who gave it reads this. After this your organisation does not see it any more."),
        min_length=10,
        widget=text_area(draft=True),
    )


class Recall(forms.Form):
    reason = forms.CharField(
        label=_("What do you tell the recipient?"),
        help_text=_("The recipient reads this. Do not repeat what you recall."),
        min_length=10,
        widget=text_area(draft=True),
    )


class Certify(forms.Form):
    """The answer to a recall: a certificate, or why not."""

    outcome = forms.ChoiceField(
        label=_("What did your organisation do?"),
        choices=[
            (Outcome.CERTIFIED, _("We deleted it, also in our own files and copies")),
            (Outcome.KEPT, _("We keep it")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("How was it deleted, or why not?"),
        help_text=_(
            "Who gave it reads this. Whoever keeps it must have a reason: data-protection officers read it."
        ),
        min_length=10,
        widget=text_area(draft=True),
    )


class Opinion(forms.Form):
    opinion = forms.CharField(
        label=_("What do you think of it, and what did you do?"),
        min_length=10,
        widget=text_area(4, draft=True),
    )


class FollowUp(forms.Form):
    outcome = forms.CharField(
        label=_("What did your organisation do with it?"),
        help_text=_("What you write here stays with the message and cannot be changed."),
        min_length=10,
        widget=text_area(draft=True),
    )


class Reason(forms.Form):
    """One reason, which is kept."""

    reason = forms.CharField(label=_("Reason"), min_length=10, widget=text_area(draft=True))


class Evaluated(forms.Form):
    """How well it stands, and under which article the organisation has it."""

    source_evaluation = forms.ChoiceField(
        label=_("How reliable is the source?"), choices=Source.choices, initial=Source.UNKNOWN
    )
    information_evaluation = forms.ChoiceField(
        label=_("How sure is the information?"),
        choices=Information.choices,
        initial=Information.UNCONFIRMED,
    )
    basis = forms.CharField(
        label=_("Under which article does your organisation have this?"),
        help_text=_("For example Politiewet 2012 art. 3."),
        max_length=120,
    )


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
        widget=text_area(6),
    )
    true_from = Day(label=_("When was that?"))
    kind = forms.ChoiceField(label=_("Is this a fact or an assessment?"), choices=Kind.choices)
    handling = forms.ChoiceField(label=_("What may a recipient do with it?"), choices=Handling.choices)
    necessity = forms.CharField(
        label=_("Why must the recipients know exactly this?"),
        help_text=_("Recipients can read this. Leave out what they can do without."),
        widget=text_area(),
    )
    special = forms.BooleanField(
        label=_("This holds special personal data, such as health"),
        help_text=_("Only where strictly necessary, and your words above must say why."),
        required=False,
    )

    def content(self) -> Content:
        said = self.cleaned_data
        return Content(**{field: said[field] for field in Statement.base_fields})


class CorrectStatement(Statement):
    """The same, in the place of what was wrong."""

    reason = forms.CharField(
        label=_("Why is it corrected?"),
        help_text=_("Whoever works with it is told that it changed, and looks again at what leaned on it."),
        min_length=10,
        widget=text_area(2),
    )


class Movement(Evaluated):
    """What is known of somebody's whereabouts, from a day on."""

    field_order = ("status", "true_on", "place", "text")

    status = forms.ChoiceField(label=_("What is known?"), choices=Whereabouts.choices)
    true_on = Day(label=_("From which day is it so?"))
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A country or a town, never an address. Of who is in a conflict zone: its name."),
        required=False,
        max_length=80,
    )
    text = forms.CharField(
        label=_("How does your organisation know?"), required=False, widget=text_area(draft=True)
    )

    def seen(self) -> Seen:
        said = self.cleaned_data
        values = {field: said[field] for field in Movement.base_fields}
        return Seen(**{**values, "status": Whereabouts(said["status"])})


class Correct(Movement):
    """The same, in the place of what was wrong."""

    reason = forms.CharField(label=_("Why is it corrected?"), min_length=10, widget=text_area(2, draft=True))


class KnownOn(forms.Form):
    """As it was known at the end of a day."""

    known_on = Day(label=_("As it was known on"), required=False)


class Ask(forms.Form):
    """A question to a partner: about whom, to whom, and why."""

    person = forms.CharField(
        label=_("Reference of the person"),
        help_text=_("Somebody in your own file, such as P-7QX4-M2DZ-9F3K."),
        max_length=20,
    )
    asked = forms.ChoiceField(label=_("Which organisation do you ask?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need to know this now?"),
        help_text=_("Your colleague and the organisation that you ask read this. Do not say what you know."),
        min_length=10,
        max_length=500,
        widget=text_area(draft=True),
    )

    def __init__(self, *args: Any, partners: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "asked", partners)


class Reply(Conditions):
    """The answer to a partner. The conditions are those of a hit."""

    reply = forms.ChoiceField(label=_("Your answer"), choices=Replies.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("How did you look, or why do you not say?"),
        help_text=_("Sealed in the journal of your own organisation. The partner never reads it."),
        min_length=10,
        widget=text_area(draft=True),
    )

    def __init__(self, *args: Any, conditions: Iterable[str], **options: Any) -> None:
        super().__init__(*args, conditions=conditions, **options)
        for code in self.asked:
            self.fields[f"met-{code}"].help_text = _("Needed for a hit only.")


class WrittenStatement(Statement):
    """A statement that may be given in writing: in which category, and for which purposes."""

    category = forms.ChoiceField(label=_("What kind of data is this?"))
    purposes = forms.MultipleChoiceField(
        label=_("For which purposes may it be given?"),
        help_text=_("Besides what you work on now. What is not chosen here is never given for it."),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("category", "purposes", *Statement.field_order)

    def __init__(self, *args: Any, lawful: Mapping[str, Iterable[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "category", [(code, law.category_label(code)) for code in lawful])
        purposes = dict.fromkeys(code for codes in lawful.values() for code in codes)
        choose(self, "purposes", [(code, law.purpose_label(code)) for code in purposes])


class Give(forms.Form):
    """Which statements, to whom, and for what."""

    items = forms.MultipleChoiceField(label=_("Which statements?"), widget=forms.CheckboxSelectMultiple)
    to = forms.ChoiceField(label=_("To which organisation?"))
    purpose = forms.ChoiceField(label=_("For which purpose of that organisation?"))

    def __init__(
        self, *args: Any, items: Choices, bodies: Choices, purposes: Choices, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choose(self, "items", items)
        choose(self, "to", [("", "–"), *bodies])
        choose(self, "purpose", purposes)


class Noted(forms.Form):
    """What a recipient without an account answered through another channel."""

    standing = forms.ChoiceField(label=_("What did the recipient answer?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In its own words, with the day and the channel"),
        help_text=_("Its feedback, why it refuses or keeps it, or its certificate of deletion."),
        min_length=10,
        widget=text_area(draft=True),
    )

    def __init__(self, *args: Any, following: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        choose(self, "standing", following)

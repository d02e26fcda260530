"""Checks what was typed about an assessment; what may be done is for the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, text_area
from samenhang.risk.rules import SECTIONS, UNKNOWN, Draft, Instrument, Said, worded
from samenhang.risk.rules.returns import WRITTEN, Found, Way, asked_at

Choices = Iterable[tuple[Any, Any]]


class Plan(forms.Form):
    """With which instrument, and by which two people."""

    instrument = forms.ChoiceField(label=_("Instrument"))
    first = forms.ChoiceField(
        label=_("First assessor"),
        help_text=_("Writes the assessment. Sits at the case and is accredited today."),
    )
    second = forms.ChoiceField(
        label=_("Second assessor"),
        help_text=_(
            "Answers the same questions without reading the first, preferably of another organisation."
        ),
    )
    best_interest = forms.CharField(
        label=_("For a minor: what serves the child best?"),
        help_text=_("Compulsory for who is under eighteen. Leave it empty for others."),
        required=False,
        widget=text_area(),
    )

    def __init__(self, *args: Any, instruments: Choices, people: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        people = list(people)
        for name, choices in (("instrument", instruments), ("first", people), ("second", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *choices]


class Write(forms.Form):
    """One opinion: an answer to each indicator, the sections, and a judgement in the assessor's own words."""

    def __init__(
        self, *args: Any, instrument: Instrument, statements: Choices, draft: Draft, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.instrument, statements = instrument, list(statements)
        for one in instrument.indicators:
            said = draft.answers.get(one.code, Said(""))
            levels = [(code, worded(label)) for code, label in one.levels.items()]
            self.fields[f"level-{one.code}"] = forms.ChoiceField(
                label=f"{one.code}. {worded(one.label)}",
                choices=[("", "–"), *levels, (UNKNOWN, _("Unknown"))],
                initial=said.level,
                required=False,
            )
            self.fields[f"on-{one.code}"] = forms.MultipleChoiceField(
                label=_("%s leans on") % one.code,
                choices=statements,
                initial=[str(key) for key in said.statements],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"words-{one.code}"] = forms.CharField(
                label=_("%s in your words") % one.code,
                initial=said.words,
                required=False,
                widget=text_area(2),
            )
        for code in dict.fromkeys((*SECTIONS,)):
            self.fields[code] = forms.CharField(
                label=SECTIONS[code],
                initial=draft.sections.get(code, ""),
                required=False,
                widget=text_area(),
            )
        self.fields["judgement"] = forms.ChoiceField(
            label=_("Your overall judgement"),
            help_text=_("You choose it yourself. Nothing is added up, and nothing is filled in for you."),
            choices=[("", "–"), *((code, worded(label)) for code, label in instrument.judgement.items())],
            initial=draft.judgement,
            required=False,
        )
        self.fields["reasons"] = forms.CharField(
            label=_("Why do you judge so?"), initial=draft.reasons, required=False, widget=text_area(5)
        )

    def groups(self) -> list[tuple[str, list[tuple[str, list[forms.BoundField]]]]]:
        """Domain by domain: each indicator with its three fields."""
        found: list[tuple[str, list[tuple[str, list[forms.BoundField]]]]] = []
        for domain, label in self.instrument.domains.items():
            rows = [
                (one.code, [self[f"{part}-{one.code}"] for part in ("level", "on", "words")])
                for one in self.instrument.indicators
                if one.domain == domain
            ]
            found.append((worded(label), rows))
        return found

    def closing(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SECTIONS, "judgement", "reasons")]

    def draft(self) -> Draft:
        typed = self.cleaned_data
        answers = {
            one.code: Said(
                typed[f"level-{one.code}"],
                typed[f"words-{one.code}"],
                tuple(int(key) for key in typed[f"on-{one.code}"]),
            )
            for one in self.instrument.indicators
            if typed[f"level-{one.code}"]
        }
        sections = {code: typed[code] for code in SECTIONS}
        return Draft(answers, typed["judgement"], typed["reasons"], sections)


class Finish(forms.Form):
    """Words on where the two differ."""

    on_difference = forms.CharField(
        label=_("Where do the two of you differ, and why?"),
        help_text=_(
            "Compulsory when you differ. Both opinions stand beside each other; nothing is averaged."
        ),
        required=False,
        widget=text_area(4),
    )


class Contest(forms.Form):
    """What is wrong, and who says so."""

    who = forms.ChoiceField(
        label=_("Who contests it?"),
        choices=[("organisation", _("My organisation")), ("person", _("The person it is about"))],
    )
    words = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("The assessment counts no longer until somebody who did not assess has answered."),
        widget=text_area(4),
    )


class Settle(forms.Form):
    """The answer to a contest."""

    outcome = forms.ChoiceField(
        label=_("Does the assessment stand?"),
        choices=[("stands", _("It stands")), ("falls", _("It counts no longer: a new one must be made"))],
    )
    answer = forms.CharField(label=_("Why?"), widget=text_area(4))


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why?"), widget=text_area())


class Result(forms.Form):
    """What was concluded elsewhere."""

    instrument = forms.CharField(label=_("With which instrument"), max_length=120)
    assessed_by = forms.CharField(label=_("By whom"), max_length=200)
    assessed_on = Day(label=_("On which day"))
    judgement = forms.CharField(
        label=_("Overall judgement, in the words of the report"),
        help_text=_("Only the conclusion. Texts of a licensed instrument stay in the report."),
        widget=text_area(),
    )
    valid_until = Day(label=_("Valid until"))
    report_at = forms.CharField(
        label=_("Where the report can be found"), help_text=_("Such as a file number."), max_length=200
    )


class Accredit(forms.Form):
    """Who may use which instrument, how long, and where the certificate lies."""

    person = forms.ChoiceField(label=_("Who"))
    what = forms.ChoiceField(label=_("Trained for"))
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Until"))
    proof = forms.CharField(
        label=_("Where the certificate can be found"), help_text=_("Such as a file number."), max_length=200
    )

    def __init__(self, *args: Any, people: Choices, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("person", people), ("what", kinds)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *choices]


class OpenWay(forms.Form):
    """From when somebody is followed."""

    true_on = Day(label=_("Abroad since"))
    added_value = forms.CharField(
        label=_("What does following this person here add?"),
        help_text=_("A second person reads this before anything is handed over."),
        widget=text_area(2),
    )
    # The last: its name is that of the widget's function.
    words = forms.CharField(label=_("From whom is that known?"), widget=text_area(2))
    field_order = ["true_on", "words", "added_value"]


class Offer(forms.Form):
    """A hand-over: to whom, as of which day, and what the pack says."""

    receiver = forms.ChoiceField(
        label=_("Who takes it over?"),
        help_text=_("A named person of an organisation at the case, not yourself."),
    )
    true_on = Day(label=_("As of which day?"))

    def __init__(self, *args: Any, people: Choices, gate: Way, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["receiver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *people]
        self.gate = gate
        for code in asked_at(gate):
            self.fields[f"pack-{code}"] = forms.CharField(label=WRITTEN[code], widget=text_area(2))

    def pack(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"pack-{code}"] for code in asked_at(self.gate)}


class Answer(forms.Form):
    """The receiver's answer."""

    reason = forms.CharField(
        label=_("When you refuse: why?"),
        required=False,
        widget=text_area(),
        help_text=_("The offerer reads it."),
    )


class Note(forms.Form):
    """A fact with its source."""

    true_on = Day(label=_("Since when?"))
    words = forms.CharField(label=_("From whom is that known?"), widget=text_area(2))


class Review(forms.Form):
    """What a prosecutor found."""

    found = forms.ChoiceField(label=_("Is prosecution possible, on whatever ground?"), choices=Found.choices)
    reasons = forms.CharField(label=_("Why?"), widget=text_area(4))
    next_on = Day(
        label=_("When do you look again?"),
        required=False,
        help_text=_("Within a year. It may stay empty only when prosecution is possible."),
    )


class Picture(forms.Form):
    """Of which day, and as it was known when."""

    on = Day(label=_("How was it on"))
    known = forms.ChoiceField(
        label=_("As known"),
        choices=[("now", _("now")), ("then", _("at the end of that day"))],
        required=False,
    )


class Sheet(forms.Form):
    """A list of travellers."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV or xlsx. The first row names the columns; the page says which."),
    )
    reason = forms.CharField(label=_("Why are these people taken in?"), widget=text_area(2))

"""Checks what was typed; the rules about measures live in ``measures.rules``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, text_area
from samenhang.measures.rules import Judged, Ruling, Seen, Term, Upload
from samenhang.measures.rules.custody import Arrested, Held, Stage
from samenhang.measures.rules.findings import Found, Kind


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=text_area(),
    )


class Suggest(forms.Form):
    """Which measure, and why this one and nothing lighter."""

    kind = forms.ChoiceField(label=_("Measure"), help_text=_("Only what the law has today is listed."))
    necessity = _text(_("Why is this needed?"), _("Facts and their date, not a label of the person."))
    subsidiarity = _text(_("Why will nothing lighter do?"))
    intended = _text(
        _("What must it bring about?"),
        _("By what will somebody see later whether it did? The case cannot close before that was looked at."),
    )

    def __init__(self, *args: Any, kinds: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a measure")), *kinds]


class Check(forms.Form):
    """The legal adviser's opinion."""

    holds = forms.TypedChoiceField(
        label=_("Does the measure hold in law?"),
        choices=[("yes", _("Yes, it may be proposed")), ("no", _("No, withdraw it"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    legality = _text(_("Ground, necessity and proportion"), _("Name the article and the facts that meet it."))


class Propose(forms.Form):
    """To which body."""

    authority = forms.ChoiceField(label=_("Body that decides"))
    about = forms.CharField(
        label=_("Who is it about?"),
        help_text=_("Name and date of birth as the body needs them."),
        max_length=200,
    )

    def __init__(self, *args: Any, authorities: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = authorities


class _HasTerm(forms.Form):
    starts_on = Day(label=_("First day"), required=False)
    lapses_on = Day(
        label=_("Ends on"),
        help_text=_("The first day on which it no longer holds. Empty only if the law sets no term."),
        required=False,
    )
    review_on = Day(
        label=_("Day of review"), help_text=_("Needed when there is no last day."), required=False
    )

    def term(self) -> Term | None:
        data = self.cleaned_data
        if not data.get("starts_on"):
            return None
        return Term(data["starts_on"], data.get("lapses_on"), data.get("review_on"))


class Decide(_HasTerm):
    """The decision of the competent authority."""

    impose = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Impose the measure")), ("no", _("Refuse it"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reasons = _text(_("Reasons"), _("These are the reasons in the decision. The person can contest them."))
    field_order = ["impose", "reasons", "starts_on", "lapses_on", "review_on"]


class Find(forms.Form):
    """What was looked into before the decision."""

    kind = forms.ChoiceField(label=_("What was looked into?"), choices=Kind.choices)
    found_on = Day(label=_("On which day?"))
    text = _text(
        _("What was found?"),
        _("Facts only. Leave it empty for advice of the CT Infobox: its content is never kept here."),
        required=False,
    )
    number = forms.CharField(label=_("Number of the letter or advice"), required=False, max_length=40)

    def found(self) -> Found:
        data = self.cleaned_data
        return Found(Kind(data["kind"]), data["found_on"], data["text"], data["number"])


class ReportArrest(forms.Form):
    """An arrest: when, where, for which articles."""

    arrested_on = Day(label=_("Arrested on"))
    place = forms.CharField(label=_("In which town?"), max_length=80)
    offences = forms.CharField(
        label=_("For which articles?"), help_text=_("For example Sr 46, 134a."), max_length=200
    )
    suspected_of = _text(_("What is the person suspected of?"), _("One sentence. A suspicion is no fact."))

    def arrested(self) -> Arrested:
        return Arrested(**self.cleaned_data)


class RecordCustody(forms.Form):
    """One decision by which somebody is held."""

    stage = forms.ChoiceField(label=_("What was decided?"))
    decided_on = Day(label=_("Date of the decision"))
    starts_on = Day(label=_("First day"))
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=90)
    number = forms.CharField(label=_("Number of the decision"), required=False, max_length=40)

    def __init__(self, *args: Any, stages: list[Stage], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(stage.value, stage.label) for stage in stages]

    def held(self) -> Held:
        data = self.cleaned_data
        return Held(Stage(data["stage"]), data["decided_on"], data["starts_on"], data["days"], data["number"])


class RecordDecision(_HasTerm):
    """A decision that was taken on paper, with its letter."""

    authority = forms.ChoiceField(label=_("Body that decided"))
    number = forms.CharField(label=_("Number of the decision"), max_length=40)
    decided_on = Day(label=_("Date of the decision"))
    reasons = _text(_("Reasons in the decision"))
    document = forms.FileField(
        label=_("The decision itself"), help_text=_("PDF, PNG or JPEG, at most 20 MB.")
    )
    field_order = [
        "authority", "number", "decided_on", "reasons", "starts_on", "lapses_on", "review_on", "document",
    ]  # fmt: skip

    def __init__(self, *args: Any, authorities: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = authorities
        self.names = dict(authorities)

    def ruling(self) -> Ruling:
        data = self.cleaned_data
        return Ruling(
            authority=data["authority"],
            authority_name=str(self.names[data["authority"]]),
            decided_on=data["decided_on"],
            number=data["number"],
            reasons=data["reasons"],
            term=self.term() or Term(data["decided_on"]),
        )

    def upload(self) -> Upload:
        file = self.cleaned_data["document"]
        return Upload(name=file.name, content=file.read())


class ConfirmRecord(forms.Form):
    """A second person has the letter beside the record."""

    agrees = forms.TypedChoiceField(
        label=_("Does the record say what the letter says?"),
        choices=[("yes", _("Yes, it is the same")), ("no", _("No, send it back"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    reason = _text(_("What did you compare?"))


class _TellsRepresentative(forms.Form):
    """A child is told together with who stands for it in law."""

    def __init__(self, *args: Any, child: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if child:
            self.fields["represented"] = forms.BooleanField(
                label=_("Who stands for the child in law was told too"),
                help_text=_(
                    "As noted with the contacts of the file; a lawyer gets a copy. A letter that says what "
                    "the child can do against it goes to them."
                ),
                required=False,
            )


class Notify(_TellsRepresentative):
    """The person was told."""

    told_on = Day(
        label=_("On which day was the person told?"),
        help_text=_(
            "The day on the letter or of the conversation: not before the decision, and not after today."
        ),
    )


class Defer(forms.Form):
    """The person is told later: until when, and why."""

    deferred_until = Day(label=_("Until which day does the notice wait?"))
    ground = _text(
        _("Why does it wait?"),
        _("Name the article that allows it, and what telling the person now would spoil."),
    )


class CorrectNotice(_TellsRepresentative):
    """It was written down in error on which day, or that, the person was told."""

    told_on = Day(
        label=_("On which day was the person really told?"),
        help_text=_(
            "Leave it empty when nobody told the person yet. If the notice was not put off, the measure is "
            "then imposed but not in force."
        ),
        required=False,
    )
    reason = _text(
        _("What was wrong?"), _("The earlier entry stays on the page, with this reason beside it.")
    )


class Observe(forms.Form):
    """What somebody saw the measure do."""

    observed_on = Day(label=_("Seen on"))
    reached = _text(_("What did it bring about?"), _("Beside what it was meant to bring about, above."))
    adverse = _text(
        _("What did it do that nobody wanted?"),
        _("To the person, relatives or others. If you saw nothing of the kind, say where you looked."),
    )

    def seen(self) -> Seen:
        return Seen(**self.cleaned_data)


class Renew(forms.Form):
    lapses_on = Day(label=_("Ends on"), help_text=_("The first day on which it no longer holds."))
    reasons = _text(_("Why is it still needed?"))


class End(forms.Form):
    reason = _text(_("Reason"), _("Everyone in the case can read this."))


class Ease(forms.Form):
    lapses_on = Day(
        label=_("Ends on"), help_text=_("Sooner than it would. The first day on which it no longer holds.")
    )
    reasons = _text(_("Why can it be less?"))


class Review(forms.Form):
    review_on = Day(label=_("Day of review"), help_text=_("Within a year."))
    reasons = _text(_("Why is it still needed?"))


class Judgement(forms.Form):
    """What a court, or the authority on an objection, decided."""

    body = forms.CharField(label=_("Which court or body decided?"), max_length=160)
    decided_on = Day(label=_("Date of the decision"))
    number = forms.CharField(label=_("Number of the decision"), max_length=60)
    words = _text(_("What was decided?"), _("Everyone in the case can read this."))

    def judged(self) -> Judged:
        return Judged(**self.cleaned_data)

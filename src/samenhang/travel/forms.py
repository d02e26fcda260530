"""Checks what was uploaded; whether it is a message, the reader finds out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.inputs import Day, text_area
from samenhang.travel.rules.answering import Asked
from samenhang.travel.rules.bases import Kind, Switched
from samenhang.travel.rules.keeping import Term
from samenhang.travel.rules.quarantine import Decision
from samenhang.travel.rules.router import Stage, Use
from samenhang.travel.rules.territory import Selection, Why
from samenhang.travel.rules.unmasking import Finding, Ground


class Upload(forms.Form):
    """One file with passenger messages."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("PAXLST or PNRGOV, as the carrier sent it. The same file twice is received once."),
        allow_empty_file=True,
        max_length=200,
    )


class _Decide(forms.Form):
    """On which statute, from when until when, and why."""

    basis = forms.CharField(
        label=_("Statute"),
        help_text=_("Its name and article, for example: PNR-wet, article 4."),
        max_length=200,
    )
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Up to and including"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One full sentence. Everybody who signs in can read it."),
        max_length=500,
        widget=text_area(),
    )


class SwitchOn(_Decide):
    """Which kind of travel data may be processed."""

    kind = forms.ChoiceField(label=_("Kind of data"), choices=Kind, widget=forms.RadioSelect)
    field_order = ("kind",)

    def wanted(self) -> Switched:
        told = self.cleaned_data
        return Switched(Kind(told["kind"]), told["basis"], told["starts_on"], told["ends_on"])


class SetTerm(_Decide):
    """Keep one kind of data longer than six months, received on these days."""

    kind = forms.ChoiceField(label=_("Kind of data"), choices=Kind, widget=forms.RadioSelect)
    months = forms.IntegerField(
        label=_("Months"), help_text=_("From receipt. More than 60 is never allowed."), min_value=1
    )
    field_order = ("kind", "months")

    def term(self) -> Term:
        told = self.cleaned_data
        kind = Kind(told["kind"])
        return Term(kind, told["months"], told["basis"], told["starts_on"], told["ends_on"])


class SelectFlights(_Decide):
    """Let flights within the Union in: all of them for a threat, or some."""

    why = forms.ChoiceField(label=_("Which flights?"), choices=Why, widget=forms.RadioSelect)
    routes = forms.CharField(
        label=_("Routes and airports"),
        help_text=_("For selected ones only, for example: AMS-ATH VIE. A route holds both ways."),
        required=False,
        max_length=500,
    )
    field_order = ("why", "routes")

    def selection(self) -> Selection:
        told = self.cleaned_data
        return Selection(Why(told["why"]), told["routes"], told["basis"], told["starts_on"], told["ends_on"])


class UseRouter(_Decide):
    """Let the EU router bring one kind of data, of some carriers or of all."""

    kind = forms.ChoiceField(label=_("Kind of data"), choices=Kind, widget=forms.RadioSelect)
    stage = forms.ChoiceField(label=_("Which use?"), choices=Stage, widget=forms.RadioSelect)
    carriers = forms.CharField(
        label=_("Carriers"),
        help_text=_("For voluntary use only, for example: KL QC. With each the use was agreed."),
        required=False,
        max_length=500,
    )
    operates_since = Day(
        label=_("The router operates since"),
        help_text=_("The day that the European Commission set for this kind of data (article 34 or 35)."),
    )
    field_order = ("kind", "stage", "carriers", "operates_since")

    def wanted(self) -> Use:
        told = self.cleaned_data
        return Use(
            Kind(told["kind"]),
            Stage(told["stage"]),
            told["carriers"],
            told["basis"],
            told["operates_since"],
            told["starts_on"],
            told["ends_on"],
        )


class Because(forms.Form):
    """Why; kept in the journal."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One full sentence."),
        max_length=500,
        widget=text_area(),
    )


class Settle(Because):
    """What becomes of a message in quarantine, and why."""

    decision = forms.ChoiceField(label=_("What becomes of it?"), choices=Decision, widget=forms.RadioSelect)
    field_order = ("decision", "reason")


class AskUnmasking(forms.Form):
    """For which offence, and why nothing less will do."""

    ground = forms.ChoiceField(label=_("For which offence?"), choices=Ground, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why is it needed?"),
        help_text=_(
            "Name the inquiry, and say why it cannot go on without these data. The authority reads it."
        ),
        max_length=1000,
        widget=text_area(4),
    )


class DecideUnmasking(forms.Form):
    """Approve or not, and why."""

    decision = forms.ChoiceField(
        label=_("Do you approve?"),
        choices=(("yes", _("Yes: show it for 24 hours to who asked")), ("no", _("No"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Whether it is needed, and whether less would do. Who asked can read it."),
        max_length=1000,
        widget=text_area(4),
    )


class ReviewUnmasking(forms.Form):
    """What the data-protection officer finds afterwards."""

    finding = forms.ChoiceField(label=_("What did you find?"), choices=Finding, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Why?"), max_length=1000, widget=text_area(4))


class WhileItFails(Because):
    """What the unit does while the router cannot be used."""

    deed = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=(
            ("ask", _("Ask carriers to send directly, as long as it fails")),
            ("fails", _("Say that our own link to the router fails")),
            ("works", _("Say that our own link works again")),
        ),
        widget=forms.RadioSelect,
    )
    field_order = ("deed", "reason")


class OfAPerson(forms.Form):
    """Somebody asks what is held of them: which flight, and who they are."""

    carrier = forms.CharField(label=_("Carrier"), help_text=_("Two letters or digits: KL."), max_length=3)
    number = forms.CharField(
        label=_("Flight number"), help_text=_("Without the carrier: 1613."), max_length=8
    )
    on = Day(label=_("Day of departure"))
    surname = forms.CharField(label=_("Surname"), max_length=120)
    birth_date = Day(label=_("Date of birth"), required=False)
    document = forms.CharField(
        label=_("Number of the travel document"),
        help_text=_("This, or the date of birth. Both is better."),
        required=False,
        max_length=40,
    )
    proof = forms.CharField(
        label=_("How did they show who they are?"),
        help_text=_("One full sentence. Copy no document here."),
        max_length=500,
        widget=text_area(2),
    )

    def asked(self) -> Asked:
        told = self.cleaned_data
        return Asked(
            **{name: told[name] for name in ("carrier", "number", "on", "surname", "birth_date", "document")}
        )

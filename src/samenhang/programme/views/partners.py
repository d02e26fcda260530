"""The register of partners: who takes part, and all that the law of a day lets each body give and get."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access.rules import JOINT_BODIES, NotYours
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.foundation.page import Fact, Label, Place
from samenhang.foundation.paging import page_of
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import bodies
from samenhang.grounds.rules.vocabulary import chosen, spoken
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Covenant, Organisation
from samenhang.programme import actions, forms
from samenhang.programme.models import ContactPoint
from samenhang.programme.rules import Read
from samenhang.programme.rules.partners import partners as told
from samenhang.programme.rules.partners import refused_to_or_by, roles_of

ON_A_PAGE = 25
# The chapters of the letter of 30 June 2014.
CHAPTERS = {
    1: gettext_lazy("Information exchange and cooperation"),
    2: gettext_lazy("Risk reduction"),
    3: gettext_lazy("Interventions"),
    4: gettext_lazy("Social media and internet"),
    5: gettext_lazy("Radicalisation"),
}


@dataclass(frozen=True, slots=True)
class Law:
    """The day whose law is read, what lawyers approved by today, and how an address says that day."""

    on: date
    enabled: frozenset[str]
    query: str

    def url(self, code: str) -> str:
        return reverse("programme:body", args=[code]) + self.query


@dataclass(frozen=True, slots=True)
class Row:
    """One rule for the page: with whom, what, for what, on which ground, and what it asks and attaches."""

    other: str
    url: str
    category: str
    special: bool
    purpose: str
    duty: bool
    basis: str
    mark: Label
    asked: list[str]
    attached: list[str]


@require_GET
def partners(request: ActorRequest) -> HttpResponse:
    """Who takes part here, and which other bodies the law of the day names."""
    form, at = _day(request)
    page = page_of(
        Organisation.objects.exclude(authority__in=JOINT_BODIES).order_by("name", "pk"), request, ON_A_PAGE
    )
    contacts = {
        one.organisation_id: one
        for one in ContactPoint.objects.current().filter(organisation__in=[row.pk for row in page.rows])
    }
    signed = _signed(at.on)
    taking_part = set(Organisation.objects.values_list("authority", flat=True))
    context = {
        "form": form,
        "at": at,
        "page": page,
        "rows": [
            (
                row,
                _named(row.authority, at.on),
                _sits(row.authority, at) or (_("By covenant") if row.pk in signed else ""),
                *_reached(contacts.get(row.pk), request),
            )
            for row in page.rows
        ],
        "others": _others(taking_part, at),
    }
    return render(request, "programme/partners.html", context, status=200 if form.is_valid() else 422)


@require_GET
def partner(request: ActorRequest, partner: str) -> HttpResponse:
    """One organisation: how it is reached, and what the law of the day says of a body of its kind."""
    row = get_object_or_404(Organisation, reference=partner)
    return _page(request, row.authority, row)


@require_GET
def body(request: ActorRequest, body: str) -> HttpResponse:
    """A kind of body that the law knows, whether it takes part here or not."""
    if body not in law.law().authorities:
        raise Http404
    return _page(request, body)


@require_http_methods(["GET", "POST"])
def contact(request: ActorRequest, partner: str) -> HttpResponse:
    """How one's own organisation is reached, written down by who manages its accounts."""
    row = _own(request, partner)
    form = forms.Contact(request.POST or None, initial=_as_it_is(ContactPoint.objects.of(row.pk)))
    back = reverse("programme:partner", args=[row.reference])
    if form.is_valid():
        with refusals_in(form):
            actions.keep_contact(row, form.contact(), by=request.actor)
            messages.success(request, _("Every partner can find you here now."))
            return HttpResponseRedirect(back)
    return form_page(request, "programme/contact.html", form, back, partner=row)


@require_POST
def confirm_contact(request: ActorRequest, partner: str) -> HttpResponse:
    """It still is so."""
    row = _own(request, partner)
    actions.confirm_contact(row, by=request.actor)
    messages.success(request, _("Confirmed. Partners see that it is right today."))
    return HttpResponseRedirect(reverse("programme:partner", args=[row.reference]))


def _page(request: ActorRequest, code: str, row: Organisation | None = None) -> HttpResponse:
    form, at = _day(request)
    current = ContactPoint.objects.of(row.pk) if row else None
    gives = [_row(line, at, giving=True) for line in bodies.gives(code, at.on, at.enabled)]
    gets = [_row(line, at, giving=False) for line in bodies.gets(code, at.on, at.enabled)]
    roles = [
        (f"{role.chapter}. {CHAPTERS[role.chapter]}", role.text[language()], role.source, _mark(role.read))
        for role in roles_of(code, at.on)
    ]
    refused = [
        (one.text[language()], one.source, _mark(one.read), sentence)
        for one, sentence in refused_to_or_by(code, at.on, at.enabled)
    ]
    context = {
        "form": form,
        "at": at,
        "code": code,
        "partner": row,
        "known": _named(code, at.on),
        "exists": bool(law.names_in_use(code, at.on)),
        "here": [] if row else _of_the_kind(code),
        "contact": current,
        "facts": _contact_facts(current) if current else [],
        "label": current.label(request.actor.today) if current else None,
        "may": row is not None and actions.may_keep_contact(row, by=request.actor),
        "roles": roles,
        "seats": _seats(code, at, row),
        "sits_at_the_case": _may_sit(code, at),
        "gives": gives,
        "gets": gets,
        "bases": _bases(gives + gets),
        "refused": refused,
        "measures": _measures(code, at),
        "sections": [
            Place(_("What it may give"), "#gives"),
            Place(_("What it may get"), "#gets"),
            *([Place(_("Often asked, and not allowed"), "#refused")] if refused else []),
        ],
    }

    return render(request, "programme/partner.html", context, status=200 if form.is_valid() else 422)


def _day(request: ActorRequest) -> tuple[forms.OnDay, Law]:
    """The day in the address; today when none is named, or none that can be read."""
    today = request.actor.today
    enabled = Approval.objects.enabled_on(today)
    form = forms.OnDay({"on": request.GET.get("on", f"{today:%d-%m-%Y}")})
    on = form.cleaned_data["on"] if form.is_valid() else today
    query = "" if on == today else "?" + urlencode({"on": f"{on:%d-%m-%Y}"})
    return form, Law(on, enabled, query)


def _named(code: str, on: date) -> str:
    return str(law.authority_label(bodies.called(code, on)))


def _of_the_kind(code: str) -> list[Organisation]:
    known = law.law()
    names = [one for one in known.authorities if known.canonical(one) == known.canonical(code)]
    return list(Organisation.objects.filter(authority__in=names).order_by("name", "pk"))


def _others(taking_part: Iterable[str], at: Law) -> list[tuple[str, str, str, str]]:
    """Bodies that do not take part here and that a rule of the day names: name, address, seats, how much."""
    present = set(map(law.law().canonical, taking_part))
    found = []
    for code in bodies.of_the_day(at.on):
        gives, gets = (len(lines(code, at.on)) for lines in (bodies.gives, bodies.gets))
        if code in present - set(JOINT_BODIES) or not gives + gets:
            continue
        rules = ngettext("%(count)s rule", "%(count)s rules", gives + gets) % {"count": gives + gets}
        found.append((_named(code, at.on), at.url(code), _sits(code, at), rules))
    return sorted(found)


def _signed(on: date) -> set[int]:
    """Who could sit at a case conference before the Act, because of a covenant of that day."""
    if bodies.by_the_act(on):
        return set()
    covenants = Covenant.objects.filter(signed_on__lte=on).exclude(ends_on__lt=on)
    return set(covenants.values_list("organisations", flat=True))


def _may_sit(code: str, at: Law) -> bool:
    return bodies.by_the_act(at.on) and code in bodies.seated_by_law(at.on)


def _sits(code: str, at: Law) -> str:
    """Its seats in a few words, for a list."""
    if not bodies.by_the_act(at.on):
        return _("At the table, as the letter tells") if _in_the_letter(code, at.on) else ""
    sits = [_("Weighs signals")] if code in bodies.WEIGHERS else []
    if _may_sit(code, at):
        sits.append(_("Case conference"))
    return ", ".join(sits)


def _in_the_letter(code: str, on: date) -> bool:
    table = told().table
    return table.period.covers(on) and law.law().canonical(code) in table.members


def _seats(code: str, at: Law, row: Organisation | None) -> list[Fact]:
    """Where it sits by law on that day, and on which ground."""
    if code in JOINT_BODIES:
        who = bodies.WEIGHERS if code == bodies.PANEL else sorted(bodies.seated_by_law(at.on))
        names = (
            ", ".join(_named(one, at.on) for one in who)
            if bodies.by_the_act(at.on)
            else _("By covenant alone")
        )
        return [Fact(_("Who sits there"), names)]
    if not bodies.by_the_act(at.on):
        return _seats_by_covenant(code, at.on, row)
    weighs = code in bodies.WEIGHERS
    answer = bodies.at_the_case(code, at.on)
    sits = _("Yes, by law") if _may_sit(code, at) else _("No")
    note = f"{law.said(answer.basis)} ({answer.rule})" if answer.permitted else answer.sentence
    return [
        Fact(_("Weighs signals"), _("Yes, by law") if weighs else _("No"), note=bodies.WEIGHED_BY),
        Fact(_("Case conference"), sits, note=note),
    ]


def _seats_by_covenant(code: str, on: date, row: Organisation | None) -> list[Fact]:
    """Before the Act: as the letter tells, and what the organisation itself signed."""
    facts = [Fact(_("Weighs signals"), _("No"), note=_("No law of that day knew a panel that weighs."))]
    if _in_the_letter(code, on):
        facts.append(
            Fact(_("Case conference"), _("At the table, as the letter tells"), note=told().table.source)
        )
    else:
        note = _("Until July 2025 no Act said who sits there; whoever signed a covenant could.")
        facts.append(Fact(_("Case conference"), _("By covenant alone"), note=note))
    if row is not None:
        signed = Covenant.objects.filter(organisations=row, signed_on__lte=on).exclude(ends_on__lt=on)
        facts += [Fact(_("Signed"), one.title, note=f"{one.signed_on:%d-%m-%Y}") for one in signed]
    return facts


def _row(line: bodies.Line, at: Law, *, giving: bool) -> Row:
    rule = line.rule
    side = rule.recipient if giving else rule.provider
    group = side.startswith("kind:")
    known = law.law().conditions
    labels = [(known[code].must_be_met, str(law.condition_label(code))) for code in rule.conditions]
    return Row(
        other=str(spoken(side)) if group else _named(side, at.on),
        url="" if group else at.url(side),
        category=str(law.category_label(rule.category)),
        special=rule.special_category,
        purpose=str(law.purpose_label(rule.purpose)),
        duty=rule.duty,
        basis=f"{law.said(rule.basis)} ({rule.id})",
        mark=_mark(rule.mark, in_use=line.in_use),
        asked=[text for must, text in labels if must],
        attached=[text for must, text in labels if not must],
    )


def _mark(read: str, *, in_use: bool = False) -> Label:
    """How well the source was read. in_use: nobody read it, and a named lawyer approved it all the same."""
    if read == Read.IN_SOURCE:
        return Label(str(Read.IN_SOURCE.label), "positive")
    if read == Read.NOT and in_use:
        return Label(_("Not read, approved by a lawyer"), "info")
    return Label(str(Read(read).label), "warning" if read == Read.IN_PART else "negative")


def _measures(code: str, at: Law) -> list[tuple[str, str, str, Label]]:
    """The kinds of measure in which it has a hand: name, what it does, ground, a lawyer's approval."""
    words = {"decides": _("decides"), "proposes": _("proposes"), "executes": _("carries out")}
    return [
        (
            chosen(kind.name_nl, kind.name_en),
            ", ".join(words[deed] for deed in deeds),
            law.said(kind.basis),
            Label(_("Approved by a lawyer"), "positive")
            if kind.approved
            else Label(_("Not approved by a lawyer"), "warning"),
        )
        for kind, deeds in bodies.hands_in(code, at.on, at.enabled)
    ]


def _bases(rows: list[Row]) -> list[str]:
    return sorted({row.basis.rpartition(" (")[0] for row in rows})


def _reached(point: ContactPoint | None, request: ActorRequest) -> tuple[str, Label]:
    if point is None:
        return "", Label(_("Nobody wrote it down"), "neutral")
    return point.desk, point.label(request.actor.today)


def _contact_facts(point: ContactPoint) -> list[Fact]:
    return [
        Fact(_("Desk"), point.desk),
        Fact(_("Mailbox"), point.mailbox, url=f"mailto:{point.mailbox}"),
        Fact(_("Telephone"), point.telephone),
        Fact(_("Hours"), point.hours),
        Fact(_("At other hours"), point.out_of_hours),
    ]


def _as_it_is(point: ContactPoint | None) -> dict[str, str]:
    """What stands there, so that who changes one thing types no other."""
    return {name: getattr(point, name) for name in forms.Contact.base_fields} if point else {}


def _own(request: ActorRequest, partner: str) -> Organisation:
    """For who manages its accounts. Raises NotYours, Http404."""
    row = get_object_or_404(Organisation, reference=partner)
    if not actions.may_keep_contact(row, by=request.actor):
        raise NotYours
    return row

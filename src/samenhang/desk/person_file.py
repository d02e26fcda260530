"""The file of one person: what each area holds about them, as far as this actor may see it.

No figure and no judgement of the person is made here. Hits are not part of it:
nothing ties a hit to a person but somebody's own decision to write a signal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.access.models import Grant, Protected
from samenhang.access.rules import JOINT_BODIES
from samenhang.cases.models import Case, Weighing
from samenhang.exchange.models import Disclosure, Movement, Signal, Statement
from samenhang.foundation.days import end_of
from samenhang.grounds.rules import basis_in_words, category_label, measure
from samenhang.journal import Actor
from samenhang.measures.models import Arrest, Measure
from samenhang.measures.rules import DECIDED, Status
from samenhang.measures.views.kinds import kind_name
from samenhang.organisations.models import Organisation
from samenhang.persons.models import IdentityClaim, IdentityLink, Person
from samenhang.prosecution.models import CriminalCase


@dataclass(frozen=True)
class Moment:
    """One line of the timeline.

    record: what the line is about; lines: small print, in whole phrases. statement: when it is one, which
    its provider may mend from here.
    """

    on: date | datetime
    title: str
    record: Protected
    text: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""
    planned: bool = False
    provider: str = ""
    given_to: str = ""
    statement: Statement | None = None


@dataclass(frozen=True)
class PersonFile:
    """What the page draws, newest first."""

    person: Person
    minor: bool
    names: list[IdentityClaim]
    links: list[IdentityLink]
    cases: list[Case]
    measures: list[Measure]
    movements: list[Movement]
    arrests: list[Arrest]
    criminal_cases: list[CriminalCase]
    timeline: list[Moment]

    @property
    def title(self) -> str:
        return " / ".join(dict.fromkeys(claim.full_name for claim in self.names)) or self.person.reference


def file_of(person: Person, actor: Actor) -> PersonFile:
    """The file as this actor may read it. The person itself must be visible to the actor."""
    names = IdentityClaim.objects.visible_to(actor).filter(person_id=person.pk).order_by("claimed_at", "pk")
    cases = list(Case.objects.visible_to(actor).filter(person_id=person.pk).order_by("-opened_at", "pk"))
    measures = list(Measure.objects.visible_to(actor).about(person.pk))
    said = list(Statement.objects.visible_to(actor).about(person.pk))
    signals = list(
        Signal.objects.visible_to(actor).filter(person_id=person.pk).order_by("submitted_at", "pk")
    )
    weighings = Weighing.objects.visible_to(actor).filter(signal_id__in=[row.pk for row in signals])
    arrests = list(Arrest.objects.visible_to(actor).about(person.pk))
    tracks = list(CriminalCase.objects.visible_to(actor).about(person.pk))
    moved = list(Movement.objects.visible_to(actor).about(person.pk))
    standing = list(Movement.objects.visible_to(actor).about(person.pk).known_by(actor.now))
    scopes = {row.scope for row in [person, *cases, *measures, *said, *signals, *moved, *arrests]}
    given = Disclosure.objects.visible_to(actor).filter(scope__in=scopes).order_by("disclosed_at", "pk")
    moments = [
        *(_of_statement(row) for row in said),
        *(_of_movement(row) for row in moved),
        *(_of_signal(row) for row in signals),
        *(_of_arrest(row) for row in arrests),
        *(moment for row in tracks for moment in _of_criminal_case(row)),
        *_of_disclosures(given.select_related("recipient")),
        *(moment for row in weighings.order_by("opened_at", "pk") for moment in _of_weighing(row)),
        *(moment for row in cases for moment in _of_case(row)),
        *(moment for row in measures for moment in _of_measure(row, actor.today)),
    ]
    return PersonFile(
        person=person,
        minor=person.is_minor(actor.today),
        names=list(names.select_related("provider")),
        links=list(IdentityLink.objects.visible_to(actor).filter(person_id=person.pk).waiting()),
        cases=cases,
        measures=measures,
        movements=standing,
        arrests=arrests,
        criminal_cases=tracks,
        timeline=_in_order(_with_readers(moments, actor)),
    )


def _of_statement(row: Statement) -> Moment:
    lines = [row.get_kind_display(), row.evaluation, row.get_handling_display()]
    if row.true_from or row.true_until:
        lines.append(_("So it was: %s.") % _period(row.true_from, row.true_until))
    lines.append(_("Known to the provider since %s.") % _day(row.known_at))
    if row.withdrawn_at:
        lines.append(_("Withdrawn on %s. Only your organisation still sees it.") % _day(row.withdrawn_at))
    return Moment(
        on=row.known_at,
        title=_("Statement %s") % row.reference,
        record=row,
        statement=row,
        text=row.text,
        lines=tuple(lines),
    )


def _of_movement(row: Movement) -> Moment:
    lines = [row.evaluation, _("So it was: %s.") % _period(row.true_on, None)]
    if row.superseded_at:
        lines.append(_("Corrected on %s.") % _day(row.superseded_at))
    if row.withdrawn_at:
        lines.append(_("Withdrawn on %s. Only your organisation still sees it.") % _day(row.withdrawn_at))
    return Moment(
        on=row.known_at,
        title=_("Movement: %s") % row.get_status_display(),
        record=row,
        text=row.text,
        lines=tuple(lines),
    )


def _of_signal(row: Signal) -> Moment:
    return Moment(
        on=row.submitted_at,
        title=_("Signal %s") % row.reference,
        record=row,
        lines=(str(row.get_status_display()),),
        url=reverse("cases:signal", args=[row.reference]),
    )


def _of_arrest(row: Arrest) -> Moment:
    lines = [row.offences]
    if row.withdrawn_at:
        lines.append(_("Withdrawn on %s. Only your organisation still sees it.") % _day(row.withdrawn_at))
    return Moment(
        on=row.arrested_on,
        title=_("Arrested in %s") % row.place,
        record=row,
        text=row.suspected_of,
        lines=tuple(lines),
        url=reverse("measures:arrest", args=[row.reference]),
    )


def _of_criminal_case(row: CriminalCase) -> Iterable[Moment]:
    """For police and prosecution alone, as the policy let it through."""
    url = reverse("prosecution:case", args=[row.reference])
    yield Moment(on=row.began_on, title=_("Criminal case %s began") % row.reference, record=row, url=url)
    if row.closed_on:
        yield Moment(
            on=row.closed_on,
            title=_("Criminal case %s ended") % row.reference,
            record=row,
            lines=(str(row.get_outcome_display()),),
            url=url,
        )


def _of_weighing(row: Weighing) -> Iterable[Moment]:
    url = reverse("cases:weighing", args=[row.reference])
    yield Moment(on=row.opened_at, title=_("Weighing %s began") % row.reference, record=row, url=url)
    if row.decided_at:
        yield Moment(
            on=row.decided_at,
            title=_("Weighing %s ended") % row.reference,
            record=row,
            lines=(str(row.get_stage_display()),),
            url=url,
        )


def _of_case(row: Case) -> Iterable[Moment]:
    url = reverse("cases:case", args=[row.reference])
    yield Moment(
        on=row.opened_at,
        title=_("Case %s opened") % row.reference,
        record=row,
        lines=(str(row.get_regime_display()),),
        url=url,
    )
    if row.closed_at:
        yield Moment(on=row.closed_at, title=_("Case %s closed") % row.reference, record=row, url=url)


def _of_measure(row: Measure, today: date) -> Iterable[Moment]:
    url, name = reverse("measures:detail", args=[row.reference]), kind_name(measure(row.kind))
    steps: list[tuple[date | None, str]] = [(row.suggested_on, _("%s suggested"))]
    annulled = row.status == Status.ANNULLED
    if row.status in DECIDED or annulled:
        steps += [(row.decided_on, _("%s imposed")), (row.notified_on, _("%s: the person was told"))]
    steps.append((row.ended_on, _("%s annulled") if annulled else _("%s ended")))
    for day, title in steps:
        if day:
            yield Moment(on=day, title=title % name, record=row, url=url)
    if row.lapses_on and not row.ended_on and row.lapses_on >= today:
        yield Moment(
            on=row.lapses_on,
            title=_("%s lapses, unless it is renewed") % name,
            record=row,
            url=url,
            planned=True,
        )


def _of_disclosures(rows: Iterable[Disclosure]) -> list[Moment]:
    """One line for what was given to one organisation in one deed."""
    deeds: dict[tuple[datetime, int], list[Disclosure]] = {}
    for row in rows:
        deeds.setdefault((row.disclosed_at, row.recipient_id), []).append(row)
    return [
        Moment(
            on=at,
            title=_("Given to %s") % together[0].recipient.name,
            record=together[0],
            text=", ".join(sorted({str(category_label(row.category)) for row in together})),
            lines=tuple(dict.fromkeys(basis_in_words(row.rule) for row in together)),
        )
        for (at, _recipient), together in deeds.items()
    ]


def _with_readers(moments: Iterable[Moment], actor: Actor) -> list[Moment]:
    """Who provided each, and to whom it was given where that is the actor's to know.

    An organisation knows to whom its own data went, and who sits at its table;
    to whom another organisation gave its data is for that one to say.
    """
    moments = list(moments)
    bodies = Organisation.objects.in_bulk({moment.record.provider_id for moment in moments})
    readers = _readers({moment.record.scope for moment in moments}, actor)
    told = []
    for moment in moments:
        provider = bodies[moment.record.provider_id]
        known = provider.pk == actor.organisation_id or provider.authority in JOINT_BODIES
        names = readers.get((moment.record.scope, moment.record.category), []) if known else []
        if isinstance(moment.record, Disclosure):
            names = []
        told.append(replace(moment, provider=provider.name, given_to=", ".join(names)))
    return told


def _readers(scopes: set[str], actor: Actor) -> Mapping[tuple[str, str], list[str]]:
    """Names of the organisations that hold a grant now, by scope and category."""
    held: dict[tuple[str, str], list[str]] = {}
    grants = Grant.objects.in_force(actor).filter(scope__in=scopes).select_related("organisation")
    for grant in grants.order_by("organisation__name", "pk"):
        names = held.setdefault((grant.scope, grant.category), [])
        if grant.organisation.name not in names and grant.organisation_id != actor.organisation_id:
            names.append(grant.organisation.name)
    return held


def _in_order(moments: list[Moment]) -> list[Moment]:
    """Planned on top, the nearest first; then what happened, newest first.

    Of one and the same moment the later step is the newer one: ``moments`` come in the order of steps.
    """
    in_time = sorted(moments, key=lambda one: _instant(one.on))
    return [one for one in in_time if one.planned] + [one for one in reversed(in_time) if not one.planned]


def _instant(on: date | datetime) -> datetime:
    return on if isinstance(on, datetime) else end_of(on)  # a day without an hour: after what has one


def _day(on: date | datetime) -> str:
    if isinstance(on, datetime):
        on = timezone.localtime(on).date()
    return date_format(on, "DATE_FORMAT")


def _period(since: date | None, until: date | None) -> str:
    if since and until:
        return _("from %(since)s until %(until)s") % {"since": _day(since), "until": _day(until)}
    if since:
        return _("since %s") % _day(since)
    return _("until %s") % _day(until) if until else ""

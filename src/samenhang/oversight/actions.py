"""Noting a breach, each step of its officer, and forgetting it after its term."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samenhang.access import policy
from samenhang.access.erasing import erase, forget_scopes
from samenhang.access.rules import NotThere, NotYours, pack
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Mandate, Organisation, User
from samenhang.organisations.rules import SERVICES, Role
from samenhang.oversight import rules
from samenhang.oversight.models import CONTEXT, BreachStep, PersonalDataBreach
from samenhang.oversight.rules import ADDED, ENDINGS, SOURCE_TOLD, Data, Note, Risk, Stage, WhyNotPersons

HANDLE = "breach.handle"
OFFICE = "FG"
# Own notes are shown as long as somebody may wonder what came of them.
OWN_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says with a step. done_at: when somebody was told. why_late: of the authority."""

    words: str
    done_at: datetime | None = None
    why_late: str = ""


@transaction.atomic
def note(noted: Note, *, by: Actor) -> list[PersonalDataBreach]:
    """Note a breach: one record for each office that answers for these data.

    The same words noted again by the same person change nothing. Raises NotYours for a service, Incomplete
    and WrongMoment.
    """
    if not by.human:
        raise NotYours
    rules.check_note(noted, by.now)
    # One at a time of one person, so that a form that is sent twice is noted once.
    User.objects.select_for_update().get(pk=by.user_id)
    before = _noted_before(noted, by)
    if before:
        return before
    return [_note(noted, office, by) for office in _offices(noted, by)]


def is_read(breach: PersonalDataBreach, *, by: Actor) -> bool:
    """Whether somebody works at that office as its officer, so that the note is read."""
    return _has_officer(Organisation.objects.get(pk=breach.provider_id), by)


def own_notes(*, by: Actor) -> list[PersonalDataBreach]:
    """What this person noted last, whatever they work for now. The steps are not theirs to see."""
    rows = PersonalDataBreach.objects.unscoped("who noted it sees their own words and how far it is")
    found = list(rows.noted_by_user(by.user_id)[:OWN_SHOWN])
    if found:
        record("breach.own-notes-read", found, by=by, operation=Operation.CONSULTATION)
    return found


@transaction.atomic
def assess(breach: PersonalDataBreach, risk: Risk, said: Said, *, by: Actor) -> PersonalDataBreach:
    """Say how great the risk for the persons is; again when more is known.

    Raises NotThere, NotYours, IllegalTransition and Incomplete.
    """
    breach = _going_to(breach, Stage.ASSESSED, by)
    breach.risk, breach.why_not_persons = risk, ""
    return _keep(breach, Stage.ASSESSED, said, by)


@transaction.atomic
def tell_authority(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """The authority was told, outside this system. Raises also WrongMoment and WhyLate."""
    breach = _going_to(breach, Stage.TOLD, by)
    at = _moment(breach, said, by)
    if breach.told_at is None:
        rules.check_delay(at, breach.noticed_at, said.why_late)
    breach.told_at = breach.told_at or at
    return _keep(breach, Stage.TOLD, said, by)


@transaction.atomic
def leave_authority(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """The authority need not be told, with why a risk is unlikely. Raises also NotForThisRisk."""
    breach = _going_to(breach, Stage.NOT_TOLD, by)
    rules.check_not_told(breach.risk)
    return _keep(breach, Stage.NOT_TOLD, said, by)


@transaction.atomic
def tell_persons(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """The persons were told. Raises also WrongMoment."""
    breach = _going_to(breach, Stage.PERSONS_TOLD, by)
    breach.persons_told_at = breach.persons_told_at or _moment(breach, said, by)
    return _keep(breach, Stage.PERSONS_TOLD, said, by)


@transaction.atomic
def leave_persons(
    breach: PersonalDataBreach, why: WhyNotPersons, said: Said, *, by: Actor
) -> PersonalDataBreach:
    """The persons are not told, for one of the law's reasons. Raises also NotForThisRisk."""
    breach = _going_to(breach, Stage.PERSONS_NOT_TOLD, by)
    rules.check_persons_not_told(breach.risk, why)
    breach.why_not_persons = why
    return _keep(breach, Stage.PERSONS_NOT_TOLD, said, by)


@transaction.atomic
def tell_source(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """Who gave these data, or has them too, was told (Directive (EU) 2016/680 art. 30(6)).

    How far it is does not change. Raises also WrongMoment.
    """
    breach = _open(breach, by)
    breach.has_source, breach.source_told_at = True, _moment(breach, said, by)
    return _keep(breach, SOURCE_TOLD, said, by)


@transaction.atomic
def add(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """More is known; how far it is does not change."""
    return _keep(_open(breach, by), ADDED, said, by)


@transaction.atomic
def close(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """All is told and done. Raises also SourceNotTold."""
    breach = _going_to(breach, Stage.CLOSED, by)
    rules.check_closes(has_source=breach.has_source, source_told=breach.source_told_at is not None)
    return _keep(breach, Stage.CLOSED, said, by)


@transaction.atomic
def end_as_no_breach(breach: PersonalDataBreach, said: Said, *, by: Actor) -> PersonalDataBreach:
    """It was no breach of personal data: ended with the reason, and kept."""
    return _keep(_going_to(breach, Stage.NO_BREACH, by), Stage.NO_BREACH, said, by)


@transaction.atomic
def end_as_noted_twice(
    breach: PersonalDataBreach, other: PersonalDataBreach, said: Said, *, by: Actor
) -> PersonalDataBreach:
    """The same breach as another one of this office, which goes on and has the earlier of the two moments.

    Raises NotThere, NotYours, IllegalTransition, Incomplete and NotTheSame.
    """
    # In one order, so that two who end them into each other wait, and the second is refused.
    rows = {one.pk: _locked(one, by) for one in sorted((breach, other), key=lambda one: one.pk)}
    breach, other = rows[breach.pk], rows[other.pk]
    if other.provider_id != breach.provider_id:
        raise NotThere
    rules.check_transition(rules.NEXT, Stage(breach.stage), Stage.NOTED_TWICE)
    rules.check_same(breach.reference, other.reference, other.stage)

    other.noticed_at = min(other.noticed_at, breach.noticed_at)
    if breach.source_open:
        other.has_source, other.source_told_at = True, None
    other.save(update_fields=["noticed_at", "has_source", "source_told_at"])
    breach.same_as = other.reference
    record("breach.joined", other, by=by)
    return _keep(breach, Stage.NOTED_TWICE, said, by)


@transaction.atomic
def forget_breaches(*, by: Actor) -> int:
    """Destroy records whose term is over, with their keys; how many. The journal keeps that they were."""
    policy.require_function(by, "case.destroy")
    over = PersonalDataBreach.objects.unscoped("their term is over").over(by.now)[:100]
    keys, scopes = [row.pk for row in over], [row.scope for row in over]
    erase(BreachStep.objects.unscoped("their term is over").filter(breach__in=keys), by=by)
    erase(PersonalDataBreach.objects.unscoped("their term is over").filter(pk__in=keys), by=by)
    forget_scopes(set(scopes))
    for scope in scopes:
        destroy_on_commit(scope)
    return len(keys)


def _noted_before(noted: Note, by: Actor) -> list[PersonalDataBreach]:
    """What the same person noted already in the same words: sent twice."""
    rows = PersonalDataBreach.objects.unscoped("whether it was sent twice").noted_by_user(by.user_id)
    words = rules.Told.of_bytes(noted.told.as_bytes())
    return [row for row in rows.filter(noticed_at=noted.noticed_at) if row.words() == words]


def _note(noted: Note, office: Organisation, by: Actor) -> PersonalDataBreach:
    made = PersonalDataBreach(
        provider=office,
        category=rules.CATEGORY,
        purposes=pack([rules.PURPOSE]),
        organisation_id=by.organisation_id,
        noted_by_id=by.user_id,
        noted_at=by.now,
        noticed_at=noted.noticed_at,
        data=list(noted.data),
        persons=noted.persons,
        records=noted.records,
        has_source=bool(noted.told.source.strip()),
    )
    made.scope = made.reference
    made.told = key_store().seal(made.scope, noted.told.as_bytes(), context=CONTEXT)
    made.save(force_insert=True)
    record("breach.noted", made, by=by, operation=Operation.COLLECTION, recipients=[office.reference])
    return made


def _offices(noted: Note, by: Actor) -> list[Organisation]:
    """Of whose officers this is a record: of where it was noted, and of the unit for travel data."""
    bodies = [Organisation.objects.get(pk=by.organisation_id)]
    if Data.TRAVEL in noted.data:
        bodies += Organisation.objects.filter(authority=SERVICES["receiving"].authority)
    return list(dict.fromkeys(_office_of(body, by) for body in bodies))


def _office_of(body: Organisation, by: Actor) -> Organisation:
    """Where its officer works: at the body itself, else in an office for its region, else nowhere yet."""
    office = Organisation.objects.filter(authority=OFFICE, region=body.region).order_by("pk").first()
    return body if office is None or _has_officer(body, by) else office


def _has_officer(body: Organisation, by: Actor) -> bool:
    officers = Mandate.objects.in_force(by.today).filter(role=Role.DATA_PROTECTION_OFFICER)
    return officers.filter(user__organisation=body, user__is_active=True).exists()


def _locked(breach: PersonalDataBreach, by: Actor) -> PersonalDataBreach:
    rows = PersonalDataBreach.objects.unscoped("two officers may take a step at once")
    found: PersonalDataBreach = rows.select_for_update().get(pk=breach.pk)
    policy.require(by, HANDLE, found)
    return found


def _open(breach: PersonalDataBreach, by: Actor) -> PersonalDataBreach:
    """Locked, and not ended. Raises NotThere, NotYours and IllegalTransition."""
    breach = _locked(breach, by)
    rules.check_open(breach.stage)
    return breach


def _going_to(breach: PersonalDataBreach, wanted: Stage, by: Actor) -> PersonalDataBreach:
    """Locked, and where the wanted state may follow. Raises NotThere, NotYours and IllegalTransition."""
    breach = _locked(breach, by)
    rules.check_transition(rules.NEXT, Stage(breach.stage), wanted)
    return breach


def _moment(breach: PersonalDataBreach, said: Said, by: Actor) -> datetime:
    """When somebody was told. Raises WrongMoment."""
    at = said.done_at or by.now
    rules.check_moment(at, breach.noticed_at, by.now)
    return at


def _keep(breach: PersonalDataBreach, what: str, said: Said, by: Actor) -> PersonalDataBreach:
    """The breach as it now is, and the step that led there. what: see ``BreachStep``. Raises Incomplete."""
    rules.check_words(said.words)
    if what in Stage:
        breach.stage = what
        breach.ended_at = by.now if what in ENDINGS else None
    breach.save()

    box = key_store().box(breach.scope, context=CONTEXT, make=False)
    why_late = said.why_late.strip()
    step = BreachStep(
        **breach.protection(),
        breach=breach,
        what=what,
        risk=breach.risk if what == Stage.ASSESSED else "",
        why=breach.why_not_persons if what == Stage.PERSONS_NOT_TOLD else "",
        sealed=box.seal(said.words.strip().encode()),
        why_late=box.seal(why_late.encode()) if why_late else b"",
        done_at=said.done_at,
        at=by.now,
        by_id=by.user_id,
    )
    step.save(force_insert=True)
    record(f"breach.{what}", breach, by=by, operation=Operation.DECISION)
    return breach

"""Planning an assessment, two people writing it, and what becomes of it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotThere, NotYours, pack
from samenhang.cases.models import Case, CaseParty
from samenhang.cases.rules import check_current
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Statement
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.persons.rules import check_human
from samenhang.risk import rules
from samenhang.risk.models import (
    Answer,
    Assessment,
    Contest,
    Evidence,
    Opinion,
    accredited,
    instrument_of,
)
from samenhang.risk.rules import Draft, Instrument, Stage


@transaction.atomic
def plan(
    case: Case, instrument: Instrument, first: User, second: User, *, best_interest: str = "", by: Actor
) -> Assessment:
    """Ask two people who sit at the case, and are accredited today, to assess it.

    best_interest: what serves the child best; compulsory for a minor. Raises NotThere, NotYours, NotOpen,
    TwoAssessors, NotAccredited, OnlyOfHumans, NotForThisPerson, Incomplete.
    """
    policy.require(by, "assessment.plan", case)
    check_current(case.status, case.review_on, by.today)
    rules.check_assessors(first.pk, second.pk)
    person = Person.objects.unscoped("how old who it is about is").get(pk=case.person_id)
    check_human(person.kind)
    rules.check_person(instrument, person.birth_date, by.today, best_interest)
    parties = {
        party.organisation_id: party
        for party in CaseParty.objects.unscoped("who sits there").of(case).active()
    }
    for user in (first, second):
        if user.organisation_id not in parties:
            raise NotYours
        _check_accredited(instrument, user, by.today)
    assessment = Assessment(
        scope=case.scope,
        provider_id=case.provider_id,
        category=rules.CONCLUSION,
        purposes=pack([rules.APPROACH]),
        case=case,
        person_id=case.person_id,
        instrument=instrument.id,
        version=instrument.version,
        first=first,
        second=second,
        best_interest=best_interest.strip(),
        planned_at=by.now,
        planned_by=by.user,
    )
    assessment.save()
    for organisation in {user.organisation for user in (first, second)}:
        basis = parties[organisation.pk].basis
        access.grant(
            case.scope, organisation, categories=[rules.DETAIL], basis=basis, capacity="CASUS", by=by
        )
    record("assessment.planned", assessment, by=by)
    return assessment


@transaction.atomic
def write(assessment: Assessment, draft: Draft, *, give: bool, by: Actor) -> Opinion:
    """Write one's opinion: a draft as often as one likes, and given once. The first assessor gives it to
    the second; with the second's both read each other's.

    Raises NotYours to whoever's turn it is not, NotAccredited, Incomplete, IllegalTransition.
    """
    assessment = _locked(assessment)
    policy.require(by, "assessment.assess", assessment)
    instrument = instrument_of(assessment.instrument, assessment.version)
    _check_turn(assessment, by)
    _check_accredited(instrument, User.objects.get(pk=by.user_id), by.today)
    rules.check_draft(draft, instrument)
    said = _statements(assessment, draft, by)
    if give:
        rules.check_complete(draft, instrument)
    opinion = _opinion(assessment, draft, by)
    _answer(opinion, draft, said, by)
    if give:
        _give(assessment, opinion, said.values(), by)
    elif by.user_id == assessment.first_id:
        _step(assessment, Stage.DRAFTING)
        record("assessment.drafted", assessment, by=by)
    return opinion


@transaction.atomic
def finish(assessment: Assessment, *, on_difference: str = "", by: Actor) -> Assessment:
    """Make it final, for the first assessor once the second has given an opinion. Earlier ones are replaced.

    Nothing is added up: where the two differ both opinions stand, and on_difference says why.
    """
    assessment = _locked(assessment)
    policy.require(by, "assessment.assess", assessment)
    if assessment.first_id != by.user_id:
        raise NotYours
    if not assessment.second_in:
        raise rules.Incomplete(_("The second assessor has not given an opinion yet."))
    first, second = _both(assessment)
    levels = [_levels(opinion) for opinion in (first, second)]
    rules.check_difference(
        on_difference,
        rules.differing(levels[0], levels[1]),
        judgements_differ=first.judgement != second.judgement,
    )
    _check_standing(assessment)
    first.on_difference = on_difference.strip()
    first.save(update_fields=["on_difference"])
    instrument = instrument_of(assessment.instrument, assessment.version)
    assessment.protective = _together(first.protective, second.protective)
    assessment.conditions = _together(first.conditions, second.conditions)
    assessment.final_at = by.now
    assessment.valid_until = rules.valid_until(instrument, by.today)
    _step(assessment, Stage.FINAL)
    _supersede(assessment, by)
    record("assessment.made-final", assessment, by=by, operation=Operation.DECISION)
    return assessment


@transaction.atomic
def call_off(assessment: Assessment, *, reason: str, by: Actor) -> Assessment:
    """Not to be made after all, as long as it is not final."""
    assessment = _locked(assessment)
    policy.require(by, "assessment.plan", assessment)
    rules.check_reason(reason)
    assessment.ended_at = by.now
    _step(assessment, Stage.CALLED_OFF)
    record("assessment.called-off", assessment, by=by, reason=reason)
    return assessment


@transaction.atomic
def contest(assessment: Assessment, *, words: str, by_the_person: bool, by: Actor) -> Contest:
    """Say that it is wrong, for one's own organisation or in the name of the person. It counts no longer
    until somebody else answered."""
    assessment = _locked(assessment)
    policy.require(by, "assessment.contest", assessment)
    rules.check_reason(words)
    if assessment.stage != Stage.CONTESTED:
        _step(assessment, Stage.CONTESTED)
    made = Contest(
        **assessment.protection(category=rules.CONCLUSION),
        assessment=assessment,
        by_the_person=by_the_person,
        organisation_id=by.organisation_id,
        words=words.strip(),
        made_at=by.now,
    )
    made.save()
    record("assessment.contested", assessment, by=by, reason=words)
    return made


@transaction.atomic
def settle(contested: Contest, *, answer: str, upheld: bool, by: Actor) -> Contest:
    """Answer with reasons, as somebody who did not assess. upheld: the assessment stands, when nothing else
    is unanswered; otherwise it counts no longer and a new one must be made."""
    contested = Contest.objects.unscoped("locked").select_for_update().get(pk=contested.pk)
    policy.require(by, "assessment.settle", contested)
    assessment = _locked(Assessment.objects.unscoped("of the contest").get(pk=contested.assessment_id))
    if by.user_id in (assessment.first_id, assessment.second_id):
        raise NotYours
    if contested.answered_at is not None:
        raise rules.IllegalTransition(_("This was answered already."))
    rules.check_reason(answer)
    contested.answer, contested.answered_at, contested.answered_by = answer.strip(), by.now, by.user
    contested.save(update_fields=["answer", "answered_at", "answered_by"])
    others = Contest.objects.unscoped("whether all are answered").on(assessment).unanswered()
    if assessment.stage == Stage.CONTESTED:
        if not upheld:
            assessment.ended_at = by.now
            _step(assessment, Stage.STALE)
        elif not others.exists():
            _step(assessment, Stage.FINAL)
    record("assessment.contest-answered", assessment, by=by, operation=Operation.DECISION, reason=answer)
    return contested


@transaction.atomic
def end_stale(*, by: Actor) -> int:
    """Write down which ones no longer count: past their last day, or a statement under them fell.

    Pages and figures know it before: they ask, and do not wait for this.
    """
    everything = Assessment.objects.unscoped("whatever no longer counts, whoever it is of")
    counting = everything.filter(stage__in=[Stage.FINAL, Stage.CONTESTED])
    gone = {row.pk: row for row in (*counting.fallen(), *counting.out_of_date(by.today))}
    for assessment in gone.values():
        assessment.ended_at = by.now
        _step(assessment, Stage.STALE)
        record("assessment.stale", assessment, by=by)
    return len(gone)


def _locked(assessment: Assessment) -> Assessment:
    return Assessment.objects.unscoped("locked").select_for_update().get(pk=assessment.pk)


def _step(assessment: Assessment, wanted: Stage) -> None:
    rules.check_transition(rules.NEXT, Stage(assessment.stage), wanted)
    assessment.stage = wanted
    assessment.save()


def _check_turn(assessment: Assessment, by: Actor) -> None:
    """The first while it is being written; then the second, once."""
    if by.user_id not in (assessment.first_id, assessment.second_id):
        raise NotYours
    wanted = (
        assessment.first_id if assessment.stage in (Stage.PLANNED, Stage.DRAFTING) else assessment.second_id
    )
    over = assessment.second_in or assessment.stage not in rules.IN_THE_MAKING
    if over or by.user_id != wanted:
        raise rules.IllegalTransition(_("It is not your turn to write, or your opinion was given already."))


def _check_accredited(instrument: Instrument, user: User, on: date) -> None:
    able = accredited(instrument.accreditation, on, [user.organisation])
    if user not in able:
        raise rules.NotAccredited(
            _("%(name)s is not accredited for “%(instrument)s” today. Ask the administrator there.")
            % {"name": user.name, "instrument": instrument}
        )


def _statements(assessment: Assessment, draft: Draft, by: Actor) -> dict[int, Statement]:
    """The statements that the draft names: readable by the actor, about this person, older than this."""
    wanted = {key for said in draft.answers.values() for key in said.statements}
    readable = Statement.objects.visible_to(by).standing().about(assessment.person_id)
    found = readable.in_bulk(wanted)
    if found.keys() != wanted:
        raise NotThere
    rules.check_dated_before((one.known_at for one in found.values()), by.now)
    return found


def _opinion(assessment: Assessment, draft: Draft, by: Actor) -> Opinion:
    opinion = Opinion.objects.unscoped("their own").filter(assessment=assessment, user=by.user_id).first()
    if opinion is None:
        opinion = Opinion(
            **assessment.protection(provider_id=by.organisation_id, category=rules.CONCLUSION),
            assessment=assessment,
            user_id=by.user_id,
        )
    opinion.judgement, opinion.reasons = draft.judgement, draft.reasons.strip()
    for code in rules.SECTIONS:
        setattr(opinion, code, draft.sections.get(code, "").strip())
    opinion.save()
    return opinion


def _answer(opinion: Opinion, draft: Draft, said: dict[int, Statement], by: Actor) -> None:
    known = {one.indicator: one for one in Answer.objects.unscoped("their own").of([opinion])}
    rows = [
        known.get(code)
        or Answer(
            **opinion.protection(provider_id=by.organisation_id, category=rules.DETAIL),
            opinion=opinion,
            indicator=code,
        )
        for code in dict.fromkeys((*known, *draft.answers))
    ]
    for row in rows:
        given = draft.answers.get(row.indicator, rules.Said(level=""))
        row.level, row.words, row.answered_at = given.level, given.words.strip(), by.now
    for row in known.values():
        row.save(update_fields=["level", "words", "answered_at"])
    Evidence.objects.filter(answer_id__in=[one.pk for one in known.values()]).delete()
    Answer.objects.bulk_create(row for row in rows if row.pk is None)
    Evidence.objects.bulk_create(
        Evidence(answer=row, statement=said[key])
        for row in rows
        if row.indicator in draft.answers
        for key in draft.answers[row.indicator].statements
    )


def _give(assessment: Assessment, opinion: Opinion, said: Iterable[Statement], by: Actor) -> None:
    opinion.given_at = by.now
    opinion.save(update_fields=["given_at"])
    for statement in said:
        exchange.rely(statement, assessment, by=by)
    if by.user_id == assessment.first_id:
        if assessment.stage == Stage.PLANNED:
            _step(assessment, Stage.DRAFTING)
        _step(assessment, Stage.PEER_REVIEW)
        record("assessment.given", assessment, by=by)
        return
    assessment.second_in = True
    assessment.save(update_fields=["second_in"])
    # Both are in: from now on they are the conference's, and each reads the other's.
    both = Opinion.objects.unscoped("both are in").on(assessment)
    keys = list(both.values_list("pk", flat=True))
    both.update(provider=assessment.provider_id)
    Answer.objects.unscoped("both are in").filter(opinion_id__in=keys).update(provider=assessment.provider_id)
    record("assessment.reviewed", assessment, by=by)


def _both(assessment: Assessment) -> tuple[Opinion, Opinion]:
    """The first assessor's opinion, and the second's."""
    rows = {one.user_id: one for one in Opinion.objects.unscoped("of both").on(assessment)}
    return rows[assessment.first_id], rows[assessment.second_id]


def _levels(opinion: Opinion) -> dict[str, str]:
    return {one.indicator: one.level for one in Answer.objects.unscoped("to compare").of([opinion])}


def _check_standing(assessment: Assessment) -> None:
    if assessment.has_fallen():
        raise rules.Incomplete(
            _("A statement under this assessment was withdrawn or corrected. Call it off and plan a new one.")
        )


def _supersede(assessment: Assessment, by: Actor) -> None:
    earlier = Assessment.objects.unscoped("which it replaces").of_case(assessment.case_id)
    for row in earlier.filter(stage__in=[Stage.FINAL, Stage.CONTESTED, Stage.STALE]).exclude(
        pk=assessment.pk
    ):
        row.ended_at = row.ended_at or by.now
        _step(row, Stage.SUPERSEDED)
        record("assessment.superseded", row, by=by)


def _together(first: str, second: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in (first, second) if text))

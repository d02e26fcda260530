"""Letting a third party read some items of a case, until a day (Wet PGA art. 3(3) and (4))."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.cases import rules
from samenhang.cases.actions.opening import APPROACH
from samenhang.cases.models import Case, CaseParty, Consent, SharedItem, ThirdParty
from samenhang.cases.rules import Regime
from samenhang.cases.rules.third_parties import (
    CAPACITY,
    MET_BY_ADMITTING,
    NEXT_OF_ADMISSION,
    Admission,
    CannotAdmit,
    check_items,
    third_parties,
)
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.foundation.days import end_of
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation


@transaction.atomic
def propose_third_party(
    case: Case, body: Organisation, items: Sequence[str], *, until: date, reason: str, by: Actor
) -> ThirdParty:
    """Ask police, prosecution and mayor to let this body read these items until the end of a day.

    Nobody outside the case reads anything yet. Raises NotLawful, CannotAdmit, NotOpen.
    """
    case = Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
    policy.require(by, "case.work", case)
    rules.check_reason(reason)
    rules.check_new_work(case.status, case.review_on, by.today)
    check_items(items, until, by.today)
    if body.authority not in third_parties():
        raise CannotAdmit(_("This organisation is no third party: it may sit at the case, or read nothing."))
    answer = law.ask("CASUS", CAPACITY, "plan", APPROACH, by.today)
    if case.regime != Regime.ACT or not answer.permitted:
        raise NotLawful(answer.sentence)

    made: ThirdParty = ThirdParty.objects.create(
        **case.protection(),
        case=case,
        organisation=body,
        reason=reason.strip(),
        until=until,
        rule=answer.rule or "",
        proposed_at=by.now,
    )
    for text in items:
        _item(made, text, by)
    record("case.third-party-proposed", made, by=by, reason=reason)
    return made


@transaction.atomic
def agree_to_third_party(third: ThirdParty, *, by: Actor) -> ThirdParty:
    """One of the three agrees; with the third the items are disclosed under the rule of that day.

    Raises NoSeat, SeatTaken, VotedTwice, NotLawful, NotOpen, IllegalTransition.
    """
    third, case = _locked(third, "weighing.judge", by)
    rules.check_seat(by.authority, by.roles, human=by.human)
    rules.check_transition(NEXT_OF_ADMISSION, Admission(third.stage), Admission.ADMITTED)
    agreed = [(one.seat, one.user) for one in Consent.objects.unscoped("who agreed").to(third)]
    rules.check_turn(by.authority, by.user, agreed)
    Consent.objects.create(
        **third.protection(),
        third_party=third,
        seat=by.authority,
        user=by.user,
        agreed_at=by.now,
    )
    record("case.third-party-agreed", third, by=by, operation=Operation.DECISION)
    if len(agreed) + 1 == len(rules.SEATS):
        _admit(third, case, by)
    return third


@transaction.atomic
def refuse_third_party(third: ThirdParty, *, reason: str, by: Actor) -> ThirdParty:
    """One of the three does not agree: the third party reads nothing."""
    third, _case = _locked(third, "weighing.judge", by)
    rules.check_seat(by.authority, by.roles, human=by.human)
    rules.check_reason(reason)
    rules.check_transition(NEXT_OF_ADMISSION, Admission(third.stage), Admission.REFUSED)
    third.stage, third.answer = Admission.REFUSED, reason.strip()
    third.save(update_fields=["stage", "answer"])
    record("case.third-party-refused", third, by=by, operation=Operation.DECISION)
    return third


@transaction.atomic
def end_third_party(third: ThirdParty, *, by: Actor) -> ThirdParty:
    """It reads nothing any more, before its day."""
    third, _case = _locked(third, "case.work", by)
    rules.check_transition(NEXT_OF_ADMISSION, Admission(third.stage), Admission.ENDED)
    return _end(third, by)


def end_third_parties(case: Case, *, by: Actor) -> None:
    """The case closes or goes elsewhere: nobody reads these items any more. Inside that deed."""
    for third in ThirdParty.objects.unscoped("all end").of(case):
        if third.stage in (Admission.PROPOSED, Admission.ADMITTED):
            _end(third, by)
        for item in SharedItem.objects.unscoped("read no more").of(third):
            access.end_grants(item.scope, by=by)


def _admit(third: ThirdParty, case: Case, by: Actor) -> None:
    rules.check_new_work(case.status, case.review_on, by.today)
    check_items(["."], third.until, by.today)
    body = Organisation.objects.get(pk=third.organisation_id)
    items = SharedItem.objects.unscoped("what is disclosed").of(third)
    given = Provision(
        Organisation.objects.get(pk=third.provider_id),
        tuple(Item(item.scope, item.category) for item in items),
        APPROACH,
        CAPACITY,
        rules.not_known_to_be_met(MET_BY_ADMITTING),
        ends_at=end_of(third.until),
    )
    exchange.give(given, to=body, by=by)
    third.stage, third.admitted_at = Admission.ADMITTED, by.now
    third.save(update_fields=["stage", "admitted_at"])
    record("case.third-party-admitted", third, by=by, recipients=[body.reference], basis=third.rule)


def _end(third: ThirdParty, by: Actor) -> ThirdParty:
    body = Organisation.objects.get(pk=third.organisation_id)
    for item in SharedItem.objects.unscoped("read no more").of(third):
        access.end_grants(item.scope, organisation=body, by=by)
    third.stage, third.ended_at = Admission.ENDED, by.now
    third.save(update_fields=["stage", "ended_at"])
    record("case.third-party-ended", third, by=by)
    return third


def _item(third: ThirdParty, text: str, by: Actor) -> None:
    """One item in a scope of its own; who sits at the case reads it, so that they know what goes out."""
    item = SharedItem(
        provider_id=third.provider_id,
        category="plan",
        purposes=pack([APPROACH]),
        third_party=third,
        organisation_id=third.organisation_id,
        text=text.strip(),
        until=third.until,
    )
    item.scope = item.reference
    item.save()
    for party in CaseParty.objects.unscoped("who must know").filter(case_id=third.case_id).active():
        body = Organisation.objects.get(pk=party.organisation_id)
        access.grant(item.scope, body, categories=["plan"], basis=party.basis, capacity="CASUS", by=by)


def _locked(third: ThirdParty, deed: str, by: Actor) -> tuple[ThirdParty, Case]:
    case = Case.objects.unscoped("locked").select_for_update().get(pk=third.case_id)
    third = ThirdParty.objects.unscoped("locked").select_for_update().get(pk=third.pk)
    policy.require(by, deed, third)
    return third, case

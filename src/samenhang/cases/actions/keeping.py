"""Who leads a case, who is the deputy, and handing that over: a duty is with somebody at every moment."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.cases import rules
from samenhang.cases.models import Case, Charge, Takeover
from samenhang.cases.models.keeping import ChargeQuerySet
from samenhang.cases.rules.keeping import (
    NEXT_OF_OFFER,
    CannotKeep,
    Offer,
    Pack,
    Part,
    check_free,
    check_pack,
)
from samenhang.journal import Actor, record
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import Organisation, User
from samenhang.organisations.rules import NoMandate, PurposeNotAllowed


@transaction.atomic
def appoint(case: Case, user: User, part: Part, *, by: Actor) -> Charge:
    """Make somebody of the home municipality lead or deputy, where nobody is. Raises CannotKeep, NotOpen."""
    case = _locked(case, by)
    check_free(part, _held(case), user.pk)
    _check_able(case, user, by)
    made = _charge(case, user, part, by)
    record(f"case.appointed.{part}", made, by=by)
    return made


@transaction.atomic
def step_in(case: Case, *, reason: str, by: Actor) -> Charge:
    """The deputy becomes lead at once, because the lead cannot hand over. Raises NotYours, CannotKeep."""
    case = _locked(case, by)
    rules.check_reason(reason)
    standing = _standing(case)
    deputy = standing.filter(part=Part.DEPUTY, user_id=by.user_id).first()
    if deputy is None:
        raise NotYours
    lead = standing.filter(part=Part.LEAD).first()
    for one in (deputy, lead):
        if one is not None:
            _end(one, by)
            _keep_what_was_offered(one, by)
    made = _charge(case, User.objects.get(pk=by.user_id), Part.LEAD, by)
    record("case.deputy-stepped-in", made, by=by, reason=reason)
    return made


@transaction.atomic
def offer(charge: Charge, receiver: User, pack: Pack, *, by: Actor) -> Takeover:
    """Offer one's own charge to a colleague. The duty stays until the colleague takes it over.

    Raises NotYours, CannotKeep, NotOpen.
    """
    case = _locked(Case.objects.unscoped("of the charge").get(pk=charge.case_id), by)
    charge = Charge.objects.unscoped("locked").select_for_update().get(pk=charge.pk)
    if charge.user_id != by.user_id or charge.until is not None:
        raise NotYours
    check_pack(pack, by.today)
    if receiver.pk == by.user_id:
        raise CannotKeep(_("You have this charge already."))
    _check_able(case, receiver, by)
    _keep_what_was_offered(charge, by)
    made: Takeover = Takeover.objects.create(
        **case.protection(),
        case=case,
        charge=charge,
        giver_id=charge.user_id,
        receiver=receiver,
        reason=pack.reason.strip(),
        promises=pack.promises.strip(),
        call_first=pack.call_first.strip(),
        back_on=pack.back_on,
        offered_at=by.now,
    )
    record("case.hand-over-offered", made, by=by)
    return made


@transaction.atomic
def take_over(takeover: Takeover, *, by: Actor) -> Charge:
    """The receiver accepts: in the same moment the giver's charge ends and the receiver's begins."""
    takeover, case = _offered(takeover, Offer.TAKEN_OVER, by)
    if takeover.receiver_id != by.user_id:
        raise NotYours
    given = Charge.objects.unscoped("what is taken over").get(pk=takeover.charge_id)
    _end(given, by)
    # A deputy who becomes lead leaves the place of the deputy open, and the case says so.
    for other in _standing(case).filter(user_id=by.user_id):
        _end(other, by)
        _keep_what_was_offered(other, by)
    made = _charge(case, User.objects.get(pk=by.user_id), Part(given.part), by)
    _answer(takeover, Offer.TAKEN_OVER, "", by)
    record("case.taken-over", takeover, by=by)
    return made


@transaction.atomic
def decline(takeover: Takeover, *, reason: str, by: Actor) -> Takeover:
    """The receiver does not take it; it stays with the giver, who is told why."""
    takeover, _case = _offered(takeover, Offer.REFUSED, by)
    if takeover.receiver_id != by.user_id:
        raise NotYours
    rules.check_reason(reason)
    _answer(takeover, Offer.REFUSED, reason.strip(), by)
    record("case.hand-over-refused", takeover, by=by)
    return takeover


@transaction.atomic
def keep(takeover: Takeover, *, by: Actor) -> Takeover:
    """The giver keeps the charge after all."""
    takeover, _case = _offered(takeover, Offer.KEPT, by)
    if takeover.giver_id != by.user_id:
        raise NotYours
    _answer(takeover, Offer.KEPT, takeover.answer, by)
    record("case.hand-over-kept", takeover, by=by)
    return takeover


def end_charges(case: Case, *, by: Actor) -> None:
    """Nobody leads it any more: it closes, or goes elsewhere. Inside the transaction of that deed."""
    for one in _standing(case):
        _end(one, by)
        _keep_what_was_offered(one, by)
    _count(case)


def end_charges_of_who_left(*, by: Actor, limit: int = 100) -> int:
    """End the charges of people who may not work any more, so that their cases ask for somebody else."""
    policy.require_function(by, "case.lapse")
    gone = Charge.objects.unscoped("the service of terms looks at mandates alone").of_who_left(by.today)
    return sum(_lose(charge, by) for charge in gone[:limit])


@transaction.atomic
def _lose(charge: Charge, by: Actor) -> int:
    charge = Charge.objects.unscoped("locked").select_for_update().get(pk=charge.pk)
    if charge.until is not None:
        return 0
    _end(charge, by)
    _keep_what_was_offered(charge, by)
    _count(Case.objects.unscoped("of the charge").get(pk=charge.case_id))
    record("case.charge-ended", charge, by=by)
    return 1


def _locked(case: Case, by: Actor) -> Case:
    case = Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
    policy.require(by, "case.work", case)
    if case.status not in rules.RUNNING:
        raise rules.NotOpen(_("This case is closed."))
    if Organisation.objects.get(pk=by.organisation_id).region != case.municipality:
        raise NotYours
    return case


def _offered(takeover: Takeover, wanted: Offer, by: Actor) -> tuple[Takeover, Case]:
    case = _locked(Case.objects.unscoped("of the hand-over").get(pk=takeover.case_id), by)
    takeover = Takeover.objects.unscoped("locked").select_for_update().get(pk=takeover.pk)
    rules.check_transition(NEXT_OF_OFFER, Offer(takeover.stage), wanted)
    return takeover, case


def _check_able(case: Case, user: User, by: Actor) -> None:
    """A colleague of the home municipality who may read and work on this case today."""
    able = user.organisation_id == by.organisation_id
    if able:
        try:
            colleague = actor_for(user, purpose=by.purpose, now=by.now)
        except (NoMandate, PurposeNotAllowed):
            able = False
        else:
            able = policy.decide(colleague, "case.work", case).allowed
    if not able:
        raise CannotKeep(_("This colleague may not work on this case today."))


def _charge(case: Case, user: User, part: Part, by: Actor) -> Charge:
    made: Charge = Charge.objects.create(
        **case.protection(),
        case=case,
        user=user,
        part=part,
        since=by.now,
    )
    _count(case)
    return made


def _end(charge: Charge, by: Actor) -> None:
    charge.until = by.now
    charge.save(update_fields=["until"])


def _keep_what_was_offered(charge: Charge, by: Actor) -> None:
    """What was offered before and not taken over is over."""
    before = Takeover.objects.unscoped("over").filter(charge=charge, stage__in=[Offer.OFFERED, Offer.REFUSED])
    before.update(stage=Offer.KEPT, answered_at=by.now)


def _answer(takeover: Takeover, stage: Offer, words: str, by: Actor) -> None:
    takeover.stage, takeover.answer, takeover.answered_at = stage, words, by.now
    takeover.save(update_fields=["stage", "answer", "answered_at"])


def _standing(case: Case) -> ChargeQuerySet:
    return Charge.objects.unscoped("who answers for it").of(case).standing()


def _held(case: Case) -> dict[str, int]:
    return {one.part: one.user_id for one in _standing(case)}


def _count(case: Case) -> None:
    """How many people answer for it, kept beside the case: a list of many cases asks it of each."""
    case.kept_by = _standing(case).count()
    case.save(update_fields=["kept_by"])

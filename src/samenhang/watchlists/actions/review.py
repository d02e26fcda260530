"""What people make of a hit. A machine never does any of this."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.exchange.actions import give
from samenhang.exchange.rules import Item, Provision
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.travel.actions import keep_longer
from samenhang.travel.models import Passenger
from samenhang.watchlists.actions.counting import count
from samenhang.watchlists.actions.found import no_longer_remember, remember
from samenhang.watchlists.models import Alert, Hit, Judgement
from samenhang.watchlists.models.hits import REMARK
from samenhang.watchlists.rules import check_reason
from samenhang.watchlists.rules import hits as rules
from samenhang.watchlists.rules.hits import Status, Verdict, Why
from samenhang.watchlists.rules.quality import What, waited

OUTCOMES: dict[str, What] = {
    Verdict.NO_MATCH: What.NO_MATCH,
    Verdict.UNDECIDED: What.UNDECIDED,
    Verdict.ASK: What.ASKED,
}


@transaction.atomic
def judge(hit: Hit, verdict: str, *, why: Why, by: Actor) -> Hit:
    """Say what the records are. Nothing leaves: a match waits for a second person.

    No match ends the hit, and the same pair is not asked again while its data
    stand. Raises NotThere, NotYours, UnknownVerdict, AlreadyJudged,
    ColleagueNeeded and AlertEnded.
    """
    hit = _locked(hit, by, "hit.judge")
    rules.check_why(verdict, why)
    last = Judgement.objects.unscoped("to know who spoke last").verdicts().of(hit).last()
    rules.check_may_judge(hit.status, last.user_id if last else 0, by.user_id)
    alert = _alert(hit)
    if verdict == Verdict.MATCH:
        _check_stands(alert, by)

    _say(hit, verdict, why, by, second=False)
    count(hit.issuer_id, What.JUDGEMENT, by=by)
    hit.status = rules.AFTER[verdict]
    _count_first(hit, last, verdict, by)
    if verdict == Verdict.NO_MATCH:
        hit.finished_at = by.now
        remember(_passenger(hit), alert, by=by)
    hit.save(update_fields=["status", "finished_at"])

    record(f"hit.judged.{verdict}", hit, by=by, operation=Operation.DECISION, reason=_reason(why))
    return hit


@transaction.atomic
def confirm(hit: Hit, *, agree: bool, why: Why, by: Actor) -> Hit:
    """Say as the second person of the unit whether it is a match. Only then it goes to the issuer.

    It goes to the issuer of the alert and to nobody else, under the rule of the
    day; without one everything stays as it was. Without agreement a colleague
    looks again. Raises NotThere, NotYours, UnknownVerdict, AlreadyJudged,
    ColleagueNeeded, AlertEnded, and NotLawful with the law's sentence.
    """
    hit = _locked(hit, by, "hit.confirm")
    verdict = Verdict.MATCH if agree else Verdict.NO_MATCH
    rules.check_why(verdict, why)
    said = Judgement.objects.unscoped("to know who judged").of(hit).last()
    rules.check_may_confirm(hit.status, said.user_id if said else 0, by.user_id)

    _say(hit, verdict, why, by, second=True)
    count(hit.issuer_id, What.JUDGEMENT, by=by)
    hit.status = Status.UNDECIDED
    if agree:
        _check_stands(_alert(hit), by)
        _give_to_issuer(hit, by)
        hit.status, hit.finished_at = Status.CONFIRMED, by.now
        count(hit.issuer_id, What.CONFIRMED, by=by)
    hit.save(update_fields=["status", "finished_at"])

    event = "hit.confirmed" if agree else "hit.not-confirmed"
    record(event, hit, by=by, operation=Operation.DECISION, reason=_reason(why))
    return hit


@transaction.atomic
def reopen(hit: Hit, *, reason: str, by: Actor) -> Hit:
    """Ask for a second opinion on a hit that ended as no match, while its records can still be compared.

    It waits for a colleague of who judged last; both judgements stay. The pair is no longer remembered as
    false until somebody says so again. Raises NotThere, NotYours, ReasonMissing, NotReopened and AlertEnded.
    """
    hit = _locked(hit, by, "hit.judge")
    check_reason(reason)
    passenger, alert = _passenger(hit), _alert(hit)
    rules.check_may_reopen(hit.status, masked=passenger.masked_at is not None)
    _check_stands(alert, by)

    why = Why(rules.OTHER, reason)
    _say(hit, rules.REOPENED, why, by, second=False)
    hit.status, hit.finished_at = Status.UNDECIDED, None
    hit.save(update_fields=["status", "finished_at"])
    no_longer_remember(passenger, alert, by=by)
    count(hit.issuer_id, What.REOPENED, by=by)

    record("hit.reopened", hit, by=by, operation=Operation.DECISION, reason=reason.strip())
    return hit


def _locked(hit: Hit, by: Actor, deed: str) -> Hit:
    found: Hit = Hit.objects.unscoped("two colleagues may judge at once").select_for_update().get(pk=hit.pk)
    policy.require(by, deed, found)
    if not by.human or found.provider_id != by.organisation_id:
        raise NotYours
    return found


def _alert(hit: Hit) -> Alert:
    found: Alert = Alert.objects.unscoped("whether the alert still stands").get(pk=hit.alert_id)
    return found


def _passenger(hit: Hit) -> Passenger:
    found: Passenger = Passenger.objects.unscoped("whose record it is").get(pk=hit.passenger_id)
    return found


def _check_stands(alert: Alert, by: Actor) -> None:
    """Only a lawful alert may lead anywhere (PNR-wet art. 6). Raises AlertEnded."""
    if alert.lifted_at is not None or alert.review_on < by.today:
        raise rules.AlertEnded(
            _("The alert was lifted or is past its day of review. Ask the issuer before anything else.")
        )


def _say(hit: Hit, verdict: str, why: Why, by: Actor, *, second: bool) -> None:
    remark = why.remark.strip()
    Judgement.objects.create(
        scope=hit.scope,
        provider_id=hit.provider_id,
        category=hit.category,
        purposes=hit.purposes,
        hit=hit,
        user_id=by.user_id,
        second=second,
        verdict=verdict,
        reason=why.code,
        remark=key_store().seal(hit.scope, remark.encode(), context=REMARK) if remark else b"",
        revision=hit.revision,
        at=by.now,
    )


def _count_first(hit: Hit, last: Judgement | None, verdict: str, by: Actor) -> None:
    """For the quality of the list: what was said, and of the first judgement how long the hit had waited."""
    if last is None:
        count(hit.issuer_id, What.FIRST, minutes=waited(by.now - hit.found_at), by=by)
    if verdict in OUTCOMES:
        count(hit.issuer_id, OUTCOMES[verdict], by=by)


def _give_to_issuer(hit: Hit, by: Actor) -> None:
    """The hit and the passenger's record, and keep the record: there is evidence now."""
    passenger = _passenger(hit)
    items = (Item(hit.scope, rules.CATEGORY), Item(passenger.scope, rules.CATEGORY))
    unit = Organisation.objects.get(pk=hit.provider_id)
    give(Provision(unit, items, rules.PURPOSE), to=Organisation.objects.get(pk=hit.issuer_id), by=by)
    keep_longer(passenger, reason=f"{hit.reference}", by=by)


def _reason(why: Why) -> str:
    return f"{why.code}: {why.remark.strip()}".rstrip(": ")

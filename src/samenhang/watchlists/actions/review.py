"""What people make of a hit, and what that means for its list and its pair of records."""

from django.db import transaction

from samenhang.journal import Actor
from samenhang.judging import actions as judging
from samenhang.judging.rules import Why
from samenhang.travel.models import Passenger
from samenhang.watchlists.actions.counting import count
from samenhang.watchlists.actions.found import no_longer_remember, remember
from samenhang.watchlists.models import Alert, Hit, Judgement
from samenhang.watchlists.rules.hits import Verdict
from samenhang.watchlists.rules.quality import What, waited

COUNTED: dict[str, What] = {
    Verdict.NO_MATCH: What.NO_MATCH,
    Verdict.UNDECIDED: What.UNDECIDED,
    Verdict.ASK: What.ASKED,
}


@transaction.atomic
def judge(hit: Hit, verdict: str, *, why: Why, by: Actor) -> Hit:
    """As ``judging.judge``. After no match the same pair is not asked again while its data stand."""
    hit = judging.judge(hit, verdict, why=why, by=by)
    count(hit.issuer_id, What.JUDGEMENT, by=by)
    if verdict in COUNTED:
        count(hit.issuer_id, COUNTED[verdict], by=by)
    if Judgement.objects.unscoped("whether this is the first").verdicts().of(hit).count() == 1:
        count(hit.issuer_id, What.FIRST, minutes=waited(by.now - hit.found_at), by=by)
    if verdict == Verdict.NO_MATCH:
        remember(*_pair(hit), by=by)
    return hit


@transaction.atomic
def confirm(hit: Hit, *, agree: bool, why: Why, by: Actor) -> Hit:
    """As ``judging.confirm``: only then it goes to the issuer of the alert."""
    hit = judging.confirm(hit, agree=agree, why=why, by=by)
    count(hit.issuer_id, What.JUDGEMENT, by=by)
    if agree:
        count(hit.issuer_id, What.CONFIRMED, by=by)
    return hit


@transaction.atomic
def reopen(hit: Hit, *, reason: str, by: Actor) -> Hit:
    """As ``judging.reopen``. The pair is no longer remembered as false until somebody says so again."""
    hit = judging.reopen(hit, reason=reason, by=by)
    no_longer_remember(*_pair(hit), by=by)
    count(hit.issuer_id, What.REOPENED, by=by)
    return hit


def _pair(hit: Hit) -> tuple[Passenger, Alert]:
    """The two whose records were compared."""
    passenger = Passenger.objects.unscoped("whose record it is").get(pk=hit.passenger_id)
    return passenger, Alert.objects.unscoped("whether it still stands").get(pk=hit.alert_id)

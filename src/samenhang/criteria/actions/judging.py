"""What people make of a match. A machine never does any of this."""

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.criteria import rules as law
from samenhang.criteria.models import Match, Ruling
from samenhang.criteria.models.matches import REMARK
from samenhang.criteria.rules import matches as rules
from samenhang.criteria.rules.matches import Outcome, Status, Why
from samenhang.exchange.actions import give
from samenhang.exchange.rules import Item, Provision
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.travel.actions import keep_longer
from samenhang.travel.models import Passenger

PURPOSE = "investigation"


@transaction.atomic
def judge(match: Match, outcome: str, *, why: Why, by: Actor) -> Match:
    """Say what the journey is. Nothing leaves: passing on waits for a second person.

    Raises NotThere, NotYours, UnknownOutcome, AlreadyJudged and ColleagueNeeded.
    """
    match = _locked(match, by, "match.judge")
    rules.check_why(outcome, why)
    rules.check_may_judge(match.status, _last(match), by.user_id)

    _say(match, outcome, why, by, second=False)
    _become(match, rules.AFTER[outcome], by)

    record(f"match.judged.{outcome}", match, by=by, operation=Operation.DECISION, reason=_reason(why))
    return match


@transaction.atomic
def confirm(match: Match, *, agree: bool, why: Why, by: Actor) -> Match:
    """Say as the second person of the unit whether it is passed on. Only then it goes to the authority.

    To the authority that the rule names and to nobody else, under the disclosure rule of the day; without
    one everything stays as it was. Without agreement a colleague looks again. Raises NotThere, NotYours,
    UnknownOutcome, AlreadyJudged, ColleagueNeeded, and NotLawful with the law's sentence.
    """
    match = _locked(match, by, "match.confirm")
    outcome = Outcome.PASS_ON if agree else Outcome.NOTHING
    rules.check_why(outcome, why)
    rules.check_may_confirm(match.status, _last(match), by.user_id)

    _say(match, outcome, why, by, second=True)
    if agree:
        _give(match, by)
    _become(match, Status.CONFIRMED if agree else Status.UNDECIDED, by)

    event = "match.confirmed" if agree else "match.not-confirmed"
    record(event, match, by=by, operation=Operation.DECISION, reason=_reason(why))
    return match


def _locked(match: Match, by: Actor, deed: str) -> Match:
    rows = Match.objects.unscoped("two colleagues may judge at once").select_for_update()
    found: Match = rows.get(pk=match.pk)
    policy.require(by, deed, found)
    if not by.human or found.provider_id != by.organisation_id:
        raise NotYours
    return found


def _last(match: Match) -> int:
    said = Ruling.objects.unscoped("to know who spoke last").of(match).last()
    return said.user_id if said else 0


def _become(match: Match, wanted: Status, by: Actor) -> None:
    law.check_transition(rules.NEXT_OF_MATCH, Status(match.status), wanted)
    match.status = wanted
    match.finished_at = None if wanted in rules.UNFINISHED else by.now
    match.save(update_fields=["status", "finished_at"])


def _say(match: Match, outcome: str, why: Why, by: Actor, *, second: bool) -> None:
    remark = why.remark.strip()
    Ruling.objects.create(
        scope=match.scope,
        provider_id=match.provider_id,
        category=match.category,
        purposes=match.purposes,
        match=match,
        user_id=by.user_id,
        second=second,
        outcome=outcome,
        reason=why.code,
        remark=key_store().seal(match.scope, remark.encode(), context=REMARK) if remark else b"",
        revision=match.revision,
        at=by.now,
    )


def _give(match: Match, by: Actor) -> None:
    """The match and the passenger's record, and keep the record: there is evidence now."""
    passenger = Passenger.objects.unscoped("whose journey it is").get(pk=match.passenger_id)
    items = (Item(match.scope, law.CATEGORY), Item(passenger.scope, law.CATEGORY))
    unit = Organisation.objects.get(pk=match.provider_id)
    give(Provision(unit, items, PURPOSE), to=Organisation.objects.get(pk=match.recipient_id), by=by)
    keep_longer(passenger, reason=f"{match.reference}", by=by)


def _reason(why: Why) -> str:
    return f"{why.code}: {why.remark.strip()}".rstrip(": ")

"""What people make of what was found. A machine never does any of this."""

from typing import TypeVar, cast

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.exchange.actions import give
from samenhang.exchange.rules import Item, Provision
from samenhang.foundation.states import check_transition
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging import rules
from samenhang.judging.models import Judged
from samenhang.judging.rules import Status, Why
from samenhang.organisations.models import Organisation
from samenhang.travel.actions import keep_longer
from samenhang.travel.models import Passenger

Thing = TypeVar("Thing", bound=Judged)


@transaction.atomic
def judge(thing: Thing, verdict: str, *, why: Why, by: Actor) -> Thing:
    """Say what it is. Nothing leaves: what is to be passed on waits for a second person.

    Raises NotThere, NotYours, UnknownVerdict, AlreadyJudged, ColleagueNeeded, and what
    ``check_stands`` raises.
    """
    thing = locked(thing, "judge", by=by)
    answer = rules.check_why(thing.KIND, verdict, why)
    rules.check_may_judge(thing.status, _last(thing), by.user_id)
    if answer.after == Status.JUDGED:
        thing.check_stands(by.today)

    _say(thing, verdict, why, by)
    become(thing, answer.after, by=by)

    _record(thing, f"judged.{verdict}", str(why), by)
    return thing


@transaction.atomic
def confirm(thing: Thing, *, agree: bool, why: Why, by: Actor) -> Thing:
    """Say as the second person of the unit whether it is passed on. Only then it goes to its recipient.

    To that body and to nobody else, under the disclosure rule of the day; without one everything stays as
    it was. Without agreement a colleague looks again. Raises NotThere, NotYours, UnknownVerdict,
    AlreadyJudged, ColleagueNeeded, what ``check_stands`` raises, and NotLawful with the law's sentence.
    """
    thing = locked(thing, "confirm", by=by)
    verdict = thing.KIND.of_second(agree=agree).code
    rules.check_why(thing.KIND, verdict, why)
    rules.check_may_confirm(thing.status, _last(thing), by.user_id)

    _say(thing, verdict, why, by, second=True)
    if agree:
        thing.check_stands(by.today)
        _give(thing, by)
    become(thing, Status.CONFIRMED if agree else Status.UNDECIDED, by=by)

    _record(thing, "confirmed" if agree else "not-confirmed", str(why), by)
    return thing


@transaction.atomic
def reopen(thing: Thing, *, reason: str, by: Actor) -> Thing:
    """Ask for a second opinion on what ended with nothing to pass on, while the record can still be read.

    It waits for a colleague of who judged last; both judgements stay. Raises NotThere, NotYours,
    ReasonMissing, NotReopened, and what ``check_stands`` raises.
    """
    thing = locked(thing, "judge", by=by)
    rules.check_reason(reason)
    rules.check_may_reopen(thing.status, masked=_passenger(thing).masked_at is not None)
    thing.check_stands(by.today)

    _say(thing, rules.REOPENED, Why(rules.OTHER, reason), by)
    become(thing, Status.UNDECIDED, by=by)

    _record(thing, "reopened", reason.strip(), by)
    return thing


def become(thing: Judged, wanted: Status, *, by: Actor) -> None:
    """Let it be in this state from now on; inside the transaction of a deed. Raises IllegalTransition."""
    check_transition(rules.NEXT, Status(thing.status), wanted)
    thing.status = wanted
    thing.finished_at = None if wanted in rules.UNFINISHED else by.now
    # Whoever asked the issuer waits for the answer; all else is for the next person.
    thing.hold(*((by.user_id, by.now) if wanted == Status.ASKED else (None, None)))
    thing.save(update_fields=["status", "finished_at", "claimed_by", "claimed_at"])


def locked(thing: Thing, deed: str, *, by: Actor) -> Thing:
    rows = type(thing).doors().unscoped("two colleagues may judge at once")
    found = rows.select_for_update().get(pk=thing.pk)
    policy.require(by, f"{thing.KIND.name}.{deed}", found)
    if not by.human or found.provider_id != by.organisation_id:
        raise NotYours
    return cast("Thing", found)


def _last(thing: Judged) -> int:
    said = thing.judgement().objects.unscoped("to know who spoke last").verdicts().of(thing).last()
    return said.user_id if said else 0


def _say(thing: Judged, verdict: str, why: Why, by: Actor, *, second: bool = False) -> None:
    said = thing.judgement()(
        **thing.protection(),
        thing=thing,
        user_id=by.user_id,
        second=second,
        verdict=verdict,
        reason=why.code,
        revision=thing.revision,
        at=by.now,
    )
    said.write(why.remark)
    said.save()


def _give(thing: Judged, by: Actor) -> None:
    """The thing and the passenger's record, and keep the record: there is evidence now."""
    passenger = _passenger(thing)
    items = (Item(thing.scope, rules.CATEGORY), Item(passenger.scope, rules.CATEGORY))
    unit = Organisation.objects.get(pk=thing.provider_id)
    give(Provision(unit, items, rules.PURPOSE), to=Organisation.objects.get(pk=thing.recipient_id), by=by)
    keep_longer(passenger, reason=thing.reference, by=by)


def _passenger(thing: Judged) -> Passenger:
    found: Passenger = Passenger.objects.unscoped("whose record it is").get(pk=thing.passenger_id)
    return found


def _record(thing: Judged, event: str, reason: str, by: Actor) -> None:
    record(f"{thing.KIND.name}.{event}", thing, by=by, operation=Operation.DECISION, reason=reason)

"""Three people, five criteria, unanimous or not taken up (Wet PGA art. 5)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases import rules
from samenhang.cases.actions.inquiring import ask_for_more, call_inquiries_off
from samenhang.cases.actions.opening import open_case
from samenhang.cases.actions.panel import STATUS, open_to_the_submitter, open_to_the_three
from samenhang.cases.models import Notice, Position, Weighing
from samenhang.cases.rules import Opinion, Stage
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import Status as SignalStatus
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.actions import found
from samenhang.persons.models import is_child


@transaction.atomic
def open_weighing(signal: Signal, *, not_met: Collection[str] = (), by: Actor) -> Weighing:
    """Offer the signal to the three and lay it before the triage panel of the home municipality.

    not_met: conditions of the law that the submitter did not confirm. Raises
    NotLawful with the law's sentence, NobodyThere, NoCriteria.
    """
    signal = exchange.offer(signal, not_met=not_met, by=by)
    rules.criteria_on(by.today)
    panel = found(
        "WEEG", f"{law.authority('WEEG').name_nl} {signal.municipality}", region=signal.municipality, by=by
    )

    weighing: Weighing = Weighing.objects.create(
        signal=signal,
        scope=signal.scope,
        provider=panel,
        category="signal",
        purposes=pack(["weighing"]),
        municipality=signal.municipality,
        triage=signal.triage,
        opened_at=by.now,
    )
    for said in _statements(signal):
        exchange.rely(said, weighing, by=by)

    record("weighing.opened", weighing, by=by)
    return weighing


@transaction.atomic
def take_position(weighing: Weighing, judgement: rules.Judgement, *, by: Actor) -> Weighing:
    """Take the seat of the actor's organisation; the third position decides, in the same transaction.

    Raises NotThere, NotYours, NoSeat, NotNational, ReasonsMissing, QuestionMissing, NoMoreRounds,
    InterestMissing, VotedTwice, SeatTaken, and NotOpen when it was decided, waits, or its signal was
    withdrawn.
    """
    weighing = Weighing.objects.unscoped("locked").select_for_update().get(pk=weighing.pk)
    policy.require(by, "weighing.judge", weighing)
    rules.check_seat(by.authority, by.roles, human=by.human)
    rules.check_judgement(judgement, weighing.criteria)
    rules.check_question(judgement.opinion, judgement.question, weighing.round)
    takes_up = judgement.opinion == Opinion.APPROACH
    signal = Signal.objects.unscoped("the signal of a weighing that may be read").get(pk=weighing.signal_id)
    if takes_up:
        rules.check_interest(judgement.best_interest, child=is_child(signal.person_id, by.today))
    if weighing.stage == Stage.WAITING:
        raise rules.NotOpen(_("The submitter was asked for more. It comes back to you by itself."))
    taken = Position.objects.unscoped("counted by seat and person, never shown").on(weighing)
    rules.check_turn(by.authority, by.user, taken.values_list("seat", "user"))
    _check_open(weighing)

    position: Position = Position.objects.create(
        **weighing.protection(provider_id=by.organisation_id, category="meeting-minutes"),
        weighing=weighing,
        seat=by.authority,
        user=by.user,
        round=weighing.round,
        opinion=judgement.opinion,
        question=judgement.question.strip() if judgement.opinion == Opinion.MORE else "",
        best_interest=judgement.best_interest.strip() if takes_up else "",
        taken_at=by.now,
        **{code: judgement.reasons[code].strip() for code in rules.CRITERIA},
    )
    weighing.seats_in = pack([*weighing.seats, by.authority])
    weighing.save(update_fields=["seats_in"])
    record("position.taken", position, by=by, operation=Operation.DECISION)

    outcome = rules.outcome(taken.all().values_list("opinion", flat=True))
    if outcome is None:
        return weighing
    return _wait(weighing, by) if outcome == Opinion.MORE else _decide(weighing, outcome, by=by)


@transaction.atomic
def call_off(signal: Signal, *, reason: str, by: Actor) -> Signal:
    """Withdraw the signal, and with it a weighing that is still open."""
    signal = exchange.withdraw_signal(signal, reason=reason, by=by)
    running = Weighing.objects.unscoped("falls with its signal").select_for_update()
    for weighing in running.filter(signal=signal, stage__in=[Stage.OPEN, Stage.WAITING]):
        call_inquiries_off(weighing, by=by)
        _end(weighing, Stage.CALLED_OFF, by)
        weighing.save(update_fields=["stage", "decided_at"])
        record("weighing.called_off", weighing, by=by)
    return signal


@transaction.atomic
def acknowledge(notice: Notice, *, by: Actor) -> Notice:
    """The participant read that its signal was not taken up."""
    notice = Notice.objects.unscoped("locked").select_for_update().get(pk=notice.pk)
    policy.require(by, "signal.submit", notice)
    if notice.read_at is None:
        notice.read_at = by.now
        notice.save(update_fields=["read_at"])
        record("notice.read", notice, by=by)
    return notice


@transaction.atomic
def go_on_with(weighing: Weighing, *, by: Actor) -> Weighing:
    """The prosecution or the mayor goes on with what the three saw elsewhere, under a law of its own.

    Nothing of the weighing goes along. Raises NotThere, NotYours for whose work it is not.
    """
    weighing = Weighing.objects.unscoped("locked").select_for_update().get(pk=weighing.pk)
    policy.require(by, "weighing.judge", weighing)
    if not rules.goes_on(weighing.outcome, by.authority, by.roles):
        raise NotYours
    if weighing.taken_over_at is None:
        weighing.taken_over_at = by.now
        weighing.save(update_fields=["taken_over_at"])
        record("weighing.taken-over", weighing, by=by)
    return weighing


def _wait(weighing: Weighing, by: Actor) -> Weighing:
    """The three read one another, and the submitter is asked what they need."""
    signal = Signal.objects.unscoped("the signal of a weighing that may be read").get(pk=weighing.signal_id)
    rules.check_transition(rules.NEXT_OF_WEIGHING, Stage(weighing.stage), Stage.WAITING)
    weighing.stage = Stage.WAITING
    weighing.save(update_fields=["stage"])
    _open_positions(weighing, by)
    asked = Position.objects.unscoped("what the submitter must tell").on(weighing)
    record("weighing.waiting", weighing, by=by, operation=Operation.DECISION)
    ask_for_more(weighing, signal, asked.values_list("question", flat=True), by=by)
    return weighing


def _decide(weighing: Weighing, outcome: Opinion, *, by: Actor) -> Weighing:
    taken_up = outcome == Opinion.APPROACH
    signal = Signal.objects.unscoped("the signal of a weighing that may be read").get(pk=weighing.signal_id)
    signal = exchange.mark_weighed(signal, taken_up=taken_up, outcome=outcome, by=by)
    _end(weighing, Stage.TAKEN_UP if taken_up else Stage.NOT_TAKEN_UP, by)
    weighing.outcome = outcome
    if taken_up:  # what was weighed is then part of the case; what was not, is read for nothing else
        weighing.purposes = pack(["weighing", "person-centred-approach"])
    weighing.save(update_fields=["stage", "decided_at", "outcome", "purposes"])
    _open_positions(weighing, by)
    record(f"weighing.{weighing.stage}", weighing, by=by, operation=Operation.DECISION)

    if taken_up:
        open_case(weighing, by=by)
    else:
        _tell(weighing, signal, by)
    return weighing


def _end(weighing: Weighing, wanted: Stage, by: Actor) -> None:
    rules.check_transition(rules.NEXT_OF_WEIGHING, Stage(weighing.stage), wanted)
    weighing.stage, weighing.decided_at = wanted, by.now


def _open_positions(weighing: Weighing, by: Actor) -> None:
    """All are in, so they are the panel's minutes now: the three may read one another."""
    Position.objects.unscoped("handed to the panel").of(weighing).order_by().update(
        provider=weighing.provider_id, purposes=weighing.purposes
    )
    open_to_the_three(weighing, "meeting-minutes", by=by)


def _tell(weighing: Weighing, signal: Signal, by: Actor) -> None:
    """Only the participant that submitted is told, and only that it was not taken up (Wet PGA art. 5(6))."""
    submitter = open_to_the_submitter(weighing, signal, by=by)
    notice = Notice.objects.create(
        **weighing.protection(category=STATUS),
        weighing=weighing,
        recipient=submitter,
        made_at=by.now,
        due_on=by.today + rules.TELL_WITHIN,
    )
    record("notice.made", notice, by=by, recipients=[submitter.reference])


def _check_open(weighing: Weighing) -> None:
    if weighing.stage != Stage.OPEN:
        raise rules.NotOpen(_("This signal was weighed already."))
    withdrawn = Signal.objects.unscoped("whether it still stands").filter(
        pk=weighing.signal_id, status=SignalStatus.WITHDRAWN
    )
    if withdrawn.exists():
        raise rules.NotOpen(_("The signal was withdrawn. There is nothing left to weigh."))


def _statements(signal: Signal) -> list[Statement]:
    return list(Statement.objects.unscoped("what the weighing leans on").standing().filter(signals=signal))

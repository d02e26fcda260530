"""More information: the three ask the submitter, and weigh afresh when it came, or did not come in time."""

from collections.abc import Collection, Iterable

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.cases import rules
from samenhang.cases.actions.panel import STATUS, open_to_the_submitter, open_to_the_three
from samenhang.cases.models import Inquiry, Weighing
from samenhang.cases.rules import Stage
from samenhang.cases.rules.opinions import MORE_WITHIN, NEXT_OF_INQUIRY
from samenhang.cases.rules.opinions import Inquiry as Stands
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import Content
from samenhang.journal import Actor, record
from samenhang.persons.models import Person


def ask_for_more(weighing: Weighing, signal: Signal, questions: Iterable[str], *, by: Actor) -> Inquiry:
    """Ask the submitter what the three need, within the term. Inside the third position's transaction."""
    submitter = open_to_the_submitter(weighing, signal, by=by)
    open_to_the_three(weighing, STATUS, by=by)
    inquiry: Inquiry = Inquiry.objects.create(
        **weighing.protection(category=STATUS),
        weighing=weighing,
        round=weighing.round,
        organisation=submitter,
        what="\n\n".join(dict.fromkeys(said.strip() for said in questions if said.strip())),
        asked_at=by.now,
        due_on=by.today + MORE_WITHIN,
    )
    record("inquiry.made", inquiry, by=by, recipients=[submitter.reference])
    return inquiry


@transaction.atomic
def answer_inquiry(
    inquiry: Inquiry, content: Content, *, not_met: Collection[str] = (), by: Actor
) -> Inquiry:
    """Say more of the own signal; the three weigh it afresh.

    Raises NotYours for everybody but the submitter, IllegalTransition, and what
    ``exchange.state`` and ``exchange.add_to_signal`` raise.
    """
    inquiry, weighing = _of_asked(inquiry, Stands.ANSWERED, by)
    signal = Signal.objects.unscoped("the own signal").get(pk=weighing.signal_id)
    person = Person.objects.unscoped("whom the own signal is about").get(pk=signal.person_id)
    said: Statement = exchange.state(content, about=person, by=by)
    exchange.add_to_signal(signal, said, not_met=not_met, by=by)
    exchange.rely(said, weighing, by=by)
    inquiry.statement = said
    return _over(inquiry, weighing, Stands.ANSWERED, by)


@transaction.atomic
def refuse_inquiry(inquiry: Inquiry, *, reason: str, by: Actor) -> Inquiry:
    """Know nothing more, and say so; the three weigh it afresh on what they have. Raises as ``answer``."""
    inquiry, weighing = _of_asked(inquiry, Stands.REFUSED, by)
    rules.check_reason(reason)
    inquiry.answer = reason.strip()
    return _over(inquiry, weighing, Stands.REFUSED, by)


def lapse_inquiries(*, by: Actor, limit: int = 100) -> int:
    """What was not answered in time goes back to the three, who see that. Returns how many.

    Safe to stop, to repeat and to run twice at once.
    """
    policy.require_function(by, "case.lapse")
    late = Inquiry.objects.unscoped("the service of terms looks at dates alone").past_its_day(by.today)
    return sum(_lapse(inquiry, by) for inquiry in late[:limit])


def call_inquiries_off(weighing: Weighing, *, by: Actor) -> None:
    """The signal was withdrawn: nobody waits for more. Inside the transaction of that."""
    for inquiry in Inquiry.objects.unscoped("falls with its signal").filter(
        weighing=weighing, stage=Stands.ASKED
    ):
        _close(inquiry, Stands.CALLED_OFF, by)


@transaction.atomic
def _lapse(inquiry: Inquiry, by: Actor) -> int:
    rows = Inquiry.objects.unscoped("claimed by stage and date").select_for_update()
    claimed = rows.filter(pk=inquiry.pk, stage=Stands.ASKED).first()
    if claimed is None:
        return 0
    _over(claimed, _weighing(claimed), Stands.LAPSED, by)
    return 1


def _of_asked(inquiry: Inquiry, wanted: Stands, by: Actor) -> tuple[Inquiry, Weighing]:
    """Both locked, for the participant that submitted it. Raises NotThere, NotYours, IllegalTransition."""
    inquiry = Inquiry.objects.unscoped("locked").select_for_update().get(pk=inquiry.pk)
    policy.require(by, "statement.disclose", inquiry)
    if inquiry.organisation_id != by.organisation_id:
        raise NotYours
    rules.check_transition(NEXT_OF_INQUIRY, Stands(inquiry.stage), wanted)
    return inquiry, _weighing(inquiry)


def _weighing(inquiry: Inquiry) -> Weighing:
    return Weighing.objects.unscoped("locked").select_for_update().get(pk=inquiry.weighing_id)


def _over(inquiry: Inquiry, weighing: Weighing, stage: Stands, by: Actor) -> Inquiry:
    """Back to the three, for a round with positions of its own."""
    _close(inquiry, stage, by)
    rules.check_transition(rules.NEXT_OF_WEIGHING, Stage(weighing.stage), Stage.OPEN)
    weighing.stage, weighing.round, weighing.seats_in = Stage.OPEN, weighing.round + 1, ""
    weighing.save(update_fields=["stage", "round", "seats_in"])
    record("weighing.back", weighing, by=by)
    return inquiry


def _close(inquiry: Inquiry, stage: Stands, by: Actor) -> None:
    inquiry.stage, inquiry.answered_at = stage, by.now
    inquiry.save(update_fields=["stage", "answer", "answered_at", "statement"])
    record(f"inquiry.{stage.replace('_', '-')}", inquiry, by=by)

"""G30: correction and recall reach every recipient, and it is known who did not answer."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from samenhang.access.rules import NotThere
from samenhang.exchange import actions
from samenhang.exchange.models import Disclosure, Recall, Reconsideration, Refusal, Signal, Statement
from samenhang.exchange.rules import Content, IllegalTransition, Incomplete, NotYourData, Status
from samenhang.exchange.rules.receiving import Outcome, Standing, Why
from samenhang.journal import Actor
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.weighing import SAID, signal_by

pytestmark = pytest.mark.django_db
RIGHT = Content("Told one colleague.", basis=SAID.basis, necessity=SAID.necessity)
HOW = "Removed from our file and from the shared drive."


@dataclass
class Given:
    """A statement of the police in a signal, given to the prosecution and to the mayor for weighing."""

    police: Actor
    prosecution: Actor
    mayor: Actor
    statement: Statement

    def to(self, actor: Actor) -> Disclosure:
        given = Disclosure.objects.unscoped("test").of(self.statement.scope)
        return given.get(recipient_id=actor.organisation_id)

    def asked(self, actor: Actor) -> Recall:
        return Recall.objects.visible_to(actor).open().get(item=self.statement.scope)


@pytest.fixture
def given(world: World, actor_of: ActorOf) -> Given:
    signal = signal_by(world.police, actor_of)
    police, prosecution, mayor = (
        actor_of(user, "weighing") for user in (world.police, world.prosecutor, world.mayor)
    )
    actions.offer(signal, by=police)
    return Given(police, prosecution, mayor, Statement.objects.visible_to(police).get())


def test_a_correction_asks_every_recipient_to_take_it_over_and_says_who_did_not(given: Given) -> None:
    actions.correct(given.statement, RIGHT, reason="misheard", by=given.police)

    assert {given.to(one).standing for one in (given.mayor, given.prosecution)} == {Standing.CHANGED}
    actions.confirm_change(given.asked(given.mayor), by=given.mayor)

    late = given.police.today + timedelta(days=15)
    open_ones = Disclosure.objects.visible_to(given.police).given_by(given.police.organisation_id)
    assert list(open_ones.to_pursue(late)) == [given.to(given.prosecution)]
    assert not open_ones.to_pursue(given.police.today).exists()


def test_a_withdrawal_asks_every_recipient_to_delete_and_certificates_come_back(given: Given) -> None:
    actions.withdraw(given.statement, reason="the witness took it back", by=given.police)

    for one in (given.mayor, given.prosecution):
        actions.certify(given.asked(one), words=HOW, by=one)
        assert given.to(one).standing == Standing.DELETED
        assert given.to(one).answer == HOW


def test_a_withdrawn_signal_is_recalled_from_everyone_as_well(given: Given) -> None:
    signal = Signal.objects.visible_to(given.police).get()
    actions.withdraw_signal(signal, reason="mistaken identity", by=given.police)

    assert Signal.objects.visible_to(given.police).get().status == Status.WITHDRAWN
    assert Recall.objects.visible_to(given.mayor).filter(item=signal.scope, why=Why.WITHDRAWN).exists()


def test_what_is_recalled_from_one_recipient_is_gone_there_at_once_and_stays_elsewhere(given: Given) -> None:
    actions.recall(given.to(given.mayor), reason="It came to you by mistake.", by=given.police)

    assert not Statement.objects.visible_to(given.mayor).exists()
    assert Statement.objects.visible_to(given.prosecution).exists()
    asked = given.asked(given.mayor)
    assert (asked.why, asked.words) == (Why.RECALLED, "It came to you by mistake.")
    assert not Recall.objects.visible_to(given.prosecution).exists()
    assert asked.due_on == given.police.today + timedelta(days=14)


def test_what_the_recipient_built_on_a_recalled_disclosure_must_be_reconsidered(given: Given) -> None:
    built = actions.state(SAID, about=None, derived_from=[given.statement], by=given.mayor)
    elsewhere = actions.state(SAID, about=None, derived_from=[given.statement], by=given.prosecution)

    actions.recall(given.to(given.mayor), reason="It came to you by mistake.", by=given.police)

    duties = set(Reconsideration.objects.unscoped("test").values_list("thing", flat=True))
    assert built.reference in duties
    assert elsewhere.reference not in duties


def test_whoever_keeps_it_says_why_and_the_data_protection_officer_reads_that(
    given: Given, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    actions.recall(given.to(given.mayor), reason="It came to you by mistake.", by=given.police)
    with pytest.raises(Incomplete):
        actions.keep_despite(given.asked(given.mayor), reason=" ", by=given.mayor)

    actions.keep_despite(given.asked(given.mayor), reason="A court asked for it.", by=given.mayor)

    officer = actor_of(world.privacy, "oversight")
    told = Refusal.objects.visible_to(officer).open().get()
    assert (told.reason, told.keeper_id) == ("A court asked for it.", given.mayor.organisation_id)
    assert given.to(given.mayor).standing == Standing.KEPT
    page = client_of(world.privacy, "oversight")
    assert "A court asked for it." in page.get(f"/refusals/{told.reference}/").content.decode()
    assert told.reference in page.get("/").content.decode()
    assert client_of(world.mayor, "weighing").get(f"/refusals/{told.reference}/").status_code == 404
    actions.review_refusal(told, opinion="The court order was shown to me.", by=officer)
    assert not Refusal.objects.visible_to(officer).open().exists()
    actions.certify(Recall.objects.visible_to(given.mayor).get(), words=HOW, by=given.mayor)
    assert given.to(given.mayor).standing == Standing.DELETED


def test_who_must_delete_need_not_take_over_an_earlier_change(given: Given) -> None:
    right = actions.correct(given.statement, RIGHT, reason="misheard", by=given.police)
    actions.withdraw(right, reason="not true at all", by=given.police)

    assert given.asked(given.mayor).why == Why.WITHDRAWN
    overtaken = Recall.objects.visible_to(given.mayor).exclude(outcome=Outcome.OPEN)
    assert [one.outcome for one in overtaken] == [Outcome.OVERTAKEN]


def test_recipients_of_something_in_doubt_are_told_as_well(given: Given, world: World) -> None:
    heard = actions.state(SAID, about=None, by=given.police)
    actions.rely(heard, given.statement, by=given.police)

    actions.withdraw(heard, reason="The source lied.", by=given.police)

    assert given.asked(given.mayor).why == Why.DOUBTED
    assert Statement.objects.visible_to(given.mayor).exists()


def test_the_recipient_accepts_or_refuses_with_a_reason_and_then_reads_it_no_more(given: Given) -> None:
    actions.accept(given.to(given.prosecution), by=given.prosecution)
    with pytest.raises(Incomplete):
        actions.refuse(given.to(given.mayor), reason="", by=given.mayor)

    actions.refuse(given.to(given.mayor), reason="Not for our task.", by=given.mayor)

    assert given.to(given.prosecution).standing == Standing.ACCEPTED
    assert (given.to(given.mayor).standing, given.to(given.mayor).answer) == (
        Standing.REFUSED,
        "Not for our task.",
    )
    assert not Statement.objects.visible_to(given.mayor).exists()
    with pytest.raises(IllegalTransition):
        actions.refuse(given.to(given.prosecution), reason="Too late.", by=given.prosecution)


def test_only_the_recipient_answers_and_only_the_provider_recalls(
    given: Given, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(NotYourData):
        actions.accept(given.to(given.mayor), by=given.police)
    with pytest.raises(NotYourData):
        actions.recall(given.to(given.mayor), reason="I want it back.", by=given.mayor)
    with pytest.raises(NotThere):
        actions.recall(given.to(given.mayor), reason="I want it back.", by=actor_of(world.school, "weighing"))
    actions.recall(given.to(given.mayor), reason="It came by mistake.", by=given.police)
    for other in (given.prosecution, actor_of(world.school, "weighing")):
        with pytest.raises(NotThere):
            actions.certify(given.asked(given.mayor), words=HOW, by=other)


def test_the_pages_say_who_certified_and_who_did_not(
    given: Given, world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    actions.withdraw(given.statement, reason="the witness took it back", by=given.police)
    asked = given.asked(given.mayor)
    mayor, police = client_of(world.mayor, "weighing"), client_of(world.police, "weighing")
    page = f"/recalls/{asked.reference}/"
    assert asked.reference in mayor.get("/").content.decode()
    assert police.get(page).status_code == 404
    assert mayor.post(page, {"outcome": "certified", "words": "x"}).status_code == 422
    assert mayor.post(page, {"outcome": "certified", "words": HOW}).status_code == 302
    assert HOW in mayor.get(page).content.decode()

    clock.moment += timedelta(days=20)
    police = client_of(world.police, "weighing")
    ledger = police.get("/disclosures/?show=recalled").content.decode()
    assert "Teruggeroepen en verwijderd" in ledger
    assert "Teruggeroepen, nog geen bewijs van verwijdering: te laat" in ledger
    kept = given.to(given.prosecution)
    assert f"Vraag na over verstrekking {kept.reference}" in police.get("/").content.decode()
    assert kept.reference not in client_of(world.school, "weighing").get("/disclosures/").content.decode()

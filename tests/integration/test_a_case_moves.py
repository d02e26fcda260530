"""A case goes to the municipality where its person lives now, with what no source held back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions
from samenhang.cases.models import Case, Contribution, Transfer
from samenhang.cases.rules import ReasonsMissing
from samenhang.cases.rules.keeping import Part
from samenhang.cases.rules.moving import CannotMove, Move, Say
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange.models import Disclosure, Signal, Statement
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.persons.models import Person
from tests.cast import ELSEWHERE, ActorOf, ClientOf, StandingClock, World
from tests.ending import fresh
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
WHY = "The person moved to the other imaginary town."


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def offered(case: Case, world: World, actor_of: ActorOf) -> Transfer:
    by = actor_of(world.director, APPROACH)
    return actions.offer_transfer(fresh(case), world.other_municipality, reason=WHY, by=by)


def answered(transfer: Transfer, by: Actor, *, stays: str = "") -> None:
    """The source lets everything go along but one kind of thing."""
    for asked in Contribution.objects.unscoped("test").asked_by(transfer).filter(say=Say.OPEN):
        said = Say.STAYS if asked.source.startswith(stays or "–") else Say.GOES
        actions.say(asked, said, reason="It would harm an imaginary source.", confirmed=True, by=by)


def reads(actor: Actor) -> dict[str, int]:
    models = (Case, Signal, Statement, Person)
    return {model.__name__: model.objects.visible_to(actor).count() for model in models}


def waits(by: Actor, code: str) -> int:
    return sum(group.count for group in gather(KINDS, by) if group.kind.code == code)


def now(transfer: Transfer) -> Transfer:
    found: Transfer = Transfer.objects.unscoped("test").get(pk=transfer.pk)
    return found


NOTHING = {"Case": 0, "Signal": 0, "Statement": 0, "Person": 0}


def test_the_new_municipality_has_the_case_under_its_number_and_the_old_one_reads_it_no_more(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    old, new = actor_of(world.director, APPROACH), actor_of(world.other_director, APPROACH)
    actions.appoint(case, world.director, Part.LEAD, by=old)
    kept = Entry.objects.filter(organisation=old.organisation).count()
    transfer = offered(case, world, actor_of)
    answered(transfer, actor_of(world.police, APPROACH))
    assert reads(new) == NOTHING, "an offer names nobody"

    moved = actions.accept_transfer(now(transfer), by=new)

    assert (moved.reference, moved.pk, moved.municipality) == (case.reference, case.pk, ELSEWHERE)
    assert reads(new) == {"Case": 1, "Signal": 1, "Statement": 1, "Person": 1}
    assert reads(actor_of(world.police, APPROACH))["Case"] == 1
    for user in (world.director, world.mayor):
        assert reads(actor_of(user, APPROACH)) == NOTHING
        assert reads(actor_of(user, "weighing")) == NOTHING
    assert Entry.objects.filter(organisation=old.organisation).count() >= kept > 0
    assert fresh(case).kept_by == 0
    assert waits(new, "alone") == 1
    given = Disclosure.objects.unscoped("test").filter(recipient=world.other_municipality)
    assert {one.rule for one in given.filter(scope__in=[case.scope, transfer.scope])} == {"CASUS-CASUS"}
    assert all(one.rule for one in given)


def test_what_a_source_holds_back_does_not_travel(case: Case, world: World, actor_of: ActorOf) -> None:
    transfer = offered(case, world, actor_of)
    police = actor_of(world.police, APPROACH)
    assert waits(police, "contributions") == 2
    answered(transfer, police, stays="S-")

    new = actor_of(world.other_mayor, APPROACH)
    actions.accept_transfer(now(transfer), by=new)

    assert reads(new) == {"Case": 1, "Signal": 1, "Statement": 0, "Person": 1}
    assert reads(police)["Statement"] == 1
    assert not Disclosure.objects.unscoped("test").filter(
        recipient=world.other_municipality, scope__startswith="S-"
    )


def test_nothing_goes_while_a_source_may_object_and_silence_carries_only_what_needs_no_more(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    transfer = offered(case, world, actor_of)
    with pytest.raises(CannotMove, match="december"):
        actions.accept_transfer(transfer, by=actor_of(world.other_mayor, APPROACH))

    late = clock.moment + timedelta(days=15)
    asked = Contribution.objects.unscoped("test").first()
    assert asked is not None
    with pytest.raises(CannotMove):
        actions.say(asked, Say.STAYS, reason=WHY, by=actor_of(world.police, APPROACH, now=late))
    actions.accept_transfer(transfer, by=actor_of(world.other_mayor, APPROACH, now=late))
    assert fresh(case).municipality == ELSEWHERE


def test_only_the_municipality_that_was_asked_accepts_and_only_the_source_objects(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    transfer = offered(case, world, actor_of)
    asked = Contribution.objects.unscoped("test").filter(provider=world.police.organisation).first()
    assert asked is not None

    with pytest.raises(NotYours):
        actions.accept_transfer(transfer, by=actor_of(world.director, APPROACH))
    for outsider in (world.school, world.police):
        with pytest.raises(NotThere):
            actions.accept_transfer(transfer, by=actor_of(outsider, APPROACH))
    for other in (world.prosecutor, world.director, world.other_director, world.school):
        with pytest.raises(NotThere):
            actions.say(asked, Say.STAYS, reason=WHY, by=actor_of(other, APPROACH))
    with pytest.raises(ReasonsMissing):
        actions.say(asked, Say.STAYS, by=actor_of(world.police, APPROACH))
    with pytest.raises(CannotMove):
        offered(case, world, actor_of)


def test_a_refused_or_called_off_transfer_changes_nothing(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    before = reads(actor_of(world.director, APPROACH))
    refused = offered(case, world, actor_of)
    actions.refuse_transfer(
        refused, reason="He lives in a third town.", by=actor_of(world.other_mayor, APPROACH)
    )
    called_off = offered(case, world, actor_of)
    actions.call_off_transfer(called_off, by=actor_of(world.director, APPROACH))

    assert [now(one).stage for one in (refused, called_off)] == [Move.REFUSED, Move.CALLED_OFF]
    assert reads(actor_of(world.director, APPROACH)) == before
    assert not Transfer.objects.visible_to(actor_of(world.other_mayor, APPROACH)).filter(pk=called_off.pk)


def test_before_the_act_no_rule_lets_one_conference_give_to_another() -> None:
    june = datetime(2014, 6, 30, tzinfo=ZoneInfo("Europe/Amsterdam")).date()

    assert not law.ask("CASUS", "CASUS", "plan", APPROACH, june).permitted


def test_the_pages_are_for_the_two_municipalities_and_the_source(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    page = client_of(world.director, APPROACH).post(
        f"/cases/{case.reference}/transfer/",
        {"to": world.other_municipality.reference, "reason": WHY},
    )
    transfer = Transfer.objects.unscoped("test").get()
    assert page.headers["Location"] == f"/transfers/{transfer.reference}/"
    asked = Contribution.objects.unscoped("test").filter(source__startswith="S-").get()
    offer = client_of(world.other_mayor, APPROACH).get(page.headers["Location"])
    assert "Fantasia" not in offer.content.decode()
    source = client_of(world.police, APPROACH).get(f"/contributions/{asked.reference}/")
    assert "answer the demonstration with fire" in source.content.decode()
    for outsider, path in (
        (world.police, page.headers["Location"]),
        (world.school, page.headers["Location"]),
        (world.director, f"/contributions/{asked.reference}/"),
    ):
        assert client_of(outsider, APPROACH).get(path).status_code == 404

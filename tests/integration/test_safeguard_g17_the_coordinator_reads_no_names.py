"""G17: the coordinator works without names; one is shown with a reason and a second person (Wct&nv 7(2))."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samenhang.access import actions as access
from samenhang.access.rules import NotThere, NotYours
from samenhang.coordination import actions as coordination
from samenhang.coordination import rules
from samenhang.coordination.models import Reidentification
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.grounds.rules import ask, identity_providers, law, permitted_tuples
from samenhang.grounds.rules.disclosure import names_a_person
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer, service_account
from samenhang.organisations.models import User
from samenhang.persons.models import IdentityClaim, Person
from tests.cast import PASSWORD, SINCE, ActorOf, ClientOf, StandingClock, World
from tests.weighing import SAID, opened_case, signal_by

NAME, BORN = "Fantasia", "2001"
DAYS = (date(2014, 11, 1), date(2025, 7, 1), date(2026, 11, 23))


@pytest.mark.parametrize("day", DAYS)
def test_for_no_purpose_does_the_law_let_a_name_go_to_it(day: date) -> None:
    for purpose in law().purposes:
        assert not identity_providers("NCTV", purpose, day)
        assert "identity" not in {category for _giver, category in permitted_tuples("NCTV", purpose, day)}
    given = ask("BURG", "NCTV", "signal", "coordination", DAYS[-1])
    assert given.permitted
    assert not given.identity_accompanies


@pytest.mark.django_db
def test_its_view_holds_no_name_even_when_somebody_let_it_in(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    by = installer(clock.moment)
    coordination = organisations.found("NCTV", "An imaginary coordinator", by=by)
    user = organisations.open_account("nctv", "Imaginary nctv", coordination, password=PASSWORD, by=by)
    for role in ("case-director", "police-analyst", "statistician"):
        organisations.give_mandate(user, role, starts_on=SINCE, by=by)
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    signal = Signal.objects.unscoped("test").get()
    items = (Item(signal.scope, "signal"), Item(person.scope, "identity"))
    named = Provision(world.municipality, items, "coordination")
    with pytest.raises(NotLawful):
        exchange.disclose(named, to=coordination, by=actor_of(world.mayor, "weighing"))
    for scope in (person.scope, case.scope, signal.scope):  # as if somebody had let it in by mistake
        access.grant(scope, coordination, categories=["identity", "signal", "plan"], basis="test", by=by)

    for purpose in ("weighing", "person-centred-approach", "investigation", "statistics"):
        actor = actor_of(user, purpose)
        assert not Person.objects.visible_to(actor).exists()
        assert not IdentityClaim.objects.visible_to(actor).exists()
        browser = client_of(user, purpose)
        for address in (
            "/",
            "/signals/",
            "/cases/",
            "/travellers/",
            "/search/",
            f"/persons/{person.reference}/",
        ):
            page = browser.get(address).content.decode()
            assert NAME not in page, (purpose, address)
            # The form that asks for a date of birth has one as its example.
            assert BORN not in page or address == "/search/", (purpose, address)


REASON = "The same person may be in another report of this week."


@dataclass
class Given:
    """A mayor's item about Pippi that the coordinator has, under a pseudonym; two people work there."""

    item: Statement
    person: Person
    users: list[User]
    one: Actor
    two: Actor
    mayor: Actor

    def asked(self) -> Reidentification:
        return coordination.ask_who(self.item, reason=REASON, by=self.one)

    def agreed(self) -> Reidentification:
        return coordination.decide(self.asked(), agree=True, reason=REASON, by=self.two)


@pytest.fixture
def given(world: World, actor_of: ActorOf, clock: StandingClock) -> Given:
    by = installer(clock.moment)
    body = organisations.found("NCTV", "An imaginary coordinator", by=by)
    users = [
        organisations.open_account(f"nctv.{name}", f"Imaginary {name}", body, password=PASSWORD, by=by)
        for name in ("one", "two")
    ]
    for user in users:
        organisations.give_mandate(user, "decision-officer", starts_on=SINCE, by=by)
    person = Person.objects.unscoped("test").get(pk=signal_by(world.mayor, actor_of).person_id)
    mayor = actor_of(world.mayor, "weighing")
    item = exchange.state(
        SAID, about=person, category="signal", purposes=["coordination", "weighing"], by=mayor
    )
    provision = Provision(world.municipality, (Item(item.scope, "signal"),), "coordination")
    exchange.disclose(provision, to=body, by=mayor)
    one, two = (actor_of(user, "coordination") for user in users)
    return Given(item, person, users, one, two, mayor)


@pytest.mark.django_db
def test_it_reads_the_item_under_a_pseudonym_and_sees_the_name_after_a_colleague_agreed(
    given: Given, client_of: ClientOf
) -> None:
    one, two = (client_of(user, "coordination") for user in given.users)
    listed = one.get("/coordination/").content.decode()
    assert SAID.text in listed
    assert given.person.reference in listed
    assert NAME not in listed

    assert one.post(f"/coordination/{given.item.reference}/ask/", {"reason": "why not"}).status_code == 422
    asked = one.post(f"/coordination/{given.item.reference}/ask/", {"reason": REASON})
    page, row = asked.headers["Location"], Reidentification.objects.unscoped("test").get()
    assert one.post(page).status_code == 422  # nobody agreed yet
    assert [task.url for group in gather(KINDS, given.two) for task in group.tasks] == [page]
    assert not [task for group in gather(KINDS, given.one) for task in group.tasks]
    assert two.post(page, {"agree": "yes", "reason": REASON}).status_code == 302

    assert NAME not in one.get(page).content.decode()  # shown by a deed, and not by a link
    assert NAME in one.post(page).content.decode()
    again = two.post(page, {"agree": "yes", "reason": REASON})
    assert again.status_code == 422
    assert NAME not in again.content.decode()  # only who asked sees it
    events = list(Entry.objects.filter(event__startswith="reidentification").values_list("event", flat=True))
    assert sorted(set(events)) == [f"reidentification.{one}" for one in ("agreed", "asked", "shown")]
    assert all(NAME.encode() not in bytes(entry.envelope) for entry in Entry.objects.all())
    assert row.status == "asked"
    assert not IdentityClaim.objects.visible_to(given.one).exists()


@pytest.mark.django_db
def test_nobody_agrees_with_themselves_and_a_refusal_or_a_day_later_shows_nothing(given: Given) -> None:
    asked = given.asked()
    with pytest.raises(rules.SecondPersonNeeded):
        coordination.decide(asked, agree=True, reason=REASON, by=given.one)
    rows, until = (
        Reidentification.objects.unscoped("test").filter(pk=asked.pk),
        given.one.now + rules.SHOWN_FOR,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(status="agreed", decided_by=given.one.user, shown_until=until)
    refused = coordination.decide(asked, agree=False, reason=REASON, by=given.two)
    with pytest.raises(rules.NotShown):
        coordination.show_names(refused, by=given.one)

    agreed = given.agreed()
    assert coordination.show_names(agreed, by=given.one) == ["Pippi Fantasia"]
    with pytest.raises(rules.NotShown):
        coordination.show_names(agreed, by=replace(given.one, now=given.one.now + rules.SHOWN_FOR))
    with pytest.raises(rules.NotShown):
        coordination.show_names(agreed, by=given.two)


@pytest.mark.django_db
def test_a_child_a_recalled_item_and_a_rule_that_wants_pseudonyms_are_never_named(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = given.agreed()
    with monkeypatch.context() as law_changes:
        law_changes.setattr("samenhang.coordination.rules.names_a_person", lambda answer: False)
        with pytest.raises(rules.NoNames):
            coordination.show_names(agreed, by=given.one)
    Person.objects.unscoped("test").filter(pk=given.person.pk).update(birth_date="2010-06-01")
    with pytest.raises(rules.NoNames):
        coordination.show_names(agreed, by=given.one)
    with pytest.raises(rules.NoNames):
        given.asked()
    Person.objects.unscoped("test").filter(pk=given.person.pk).update(birth_date="2001-04-30")

    exchange.withdraw(given.item, reason="Heard wrongly.", by=given.mayor)
    with pytest.raises(NotThere):
        coordination.show_names(agreed, by=given.one)


def test_the_law_itself_says_which_items_may_name_somebody() -> None:
    today = DAYS[-1]

    assert names_a_person(ask("BURG", "NCTV", "signal", "coordination", today))
    assert not names_a_person(ask("AIVD", "NCTV", "official-message", "coordination", today))
    assert not names_a_person(ask("POL", "NCTV", "signal", "coordination", today))


@pytest.mark.django_db
def test_nobody_else_asks_and_a_request_is_forgotten_after_four_weeks(
    given: Given, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    asked = given.asked()
    for user in (world.mayor, world.minister, world.school):
        assert client_of(user).get(f"/coordination/requests/{asked.reference}/").status_code == 404
        assert client_of(user).get("/coordination/").status_code == 403
    with pytest.raises((NotThere, NotYours)):
        coordination.ask_who(given.item, reason=REASON, by=given.mayor)
    with pytest.raises(NotThere):
        coordination.ask_who(given.item, reason=REASON, by=actor_of(world.minister, "coordination"))

    sooner = service_account("terms", now=given.one.now + timedelta(days=27))
    later = service_account("terms", now=given.one.now + timedelta(days=28))
    assert (coordination.forget_requests(by=sooner), coordination.forget_requests(by=later)) == (0, 1)
    assert not Reidentification.objects.unscoped("test").exists()

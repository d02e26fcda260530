"""The register of official messages: what a service may write, to whom, and who reads it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenhang.exchange import actions, rules
from samenhang.exchange.models import OfficialMessage
from samenhang.exchange.rules.messages import Letter, RegisteredAlready, Topic
from samenhang.journal.models import Entry
from samenhang.organisations import acting
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.organisations.rules import purposes_of
from tests.cast import ActorOf, ClientOf, StandingClock, World

LETTER = Letter(
    "XX-2026-0001",
    date(2026, 11, 20),
    Topic.INTENDS,
    "Imaginary person Pippi Fantasia prepares to leave for the zone.",
    "The information comes from a reliable source.",
)
TYPED = {
    "number": "XX-2026-0002",
    "dated_on": "20-11-2026",
    "topic": "intends",
    "text": LETTER.text,
    "reliability": LETTER.reliability,
    "person": "",
}


@pytest.fixture
def service(world: World, clock: StandingClock) -> Organisation:
    return found("AIVD", "An imaginary service", by=acting.installer(clock.moment))


@pytest.fixture
def message(service: Organisation, world: World, actor_of: ActorOf) -> OfficialMessage:
    return actions.register_message(LETTER, service=service, by=actor_of(world.mayor, "public-order"))


def test_the_addressee_registers_a_message_under_the_rule_of_its_day(message: OfficialMessage) -> None:
    assert message.rule.startswith("SVC-BURG-PO")
    assert Entry.objects.filter(event="official-message.registered").count() == 1


def test_it_is_read_for_its_purpose_alone(message: OfficialMessage, world: World, actor_of: ActorOf) -> None:
    def seen(purpose: str) -> bool:
        return OfficialMessage.objects.visible_to(actor_of(world.mayor, purpose)).exists()

    assert seen("public-order")
    assert not seen("person-centred-approach")
    assert not seen("passport-decision")


def test_nobody_else_sees_it(message: OfficialMessage, world: World, actor_of: ActorOf) -> None:
    outsiders = [user for user in world.users() if user != world.mayor]

    for user in outsiders:
        for purpose in purposes_of(frozenset(user.mandates.values_list("role", flat=True))):
            assert not OfficialMessage.objects.visible_to(actor_of(user, purpose)).exists(), user


def test_what_the_law_of_that_day_does_not_let_a_service_give_goes_back(
    service: Organisation, world: World, actor_of: ActorOf
) -> None:
    for user, purpose in ((world.mayor, "passport-decision"), (world.prosecutor, "prosecution")):
        with pytest.raises(rules.NotLawful):
            actions.register_message(LETTER, service=service, by=actor_of(user, purpose))
    before_the_service = replace(LETTER, dated_on=date(2002, 5, 28))
    with pytest.raises(rules.NotLawful):
        actions.register_message(
            before_the_service, service=service, by=actor_of(world.mayor, "public-order")
        )


def test_only_a_service_writes_official_messages(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(rules.NotLawful):
        actions.register_message(
            LETTER, service=world.police.organisation, by=actor_of(world.mayor, "public-order")
        )


@pytest.mark.parametrize(
    "fault", [{"number": " "}, {"text": ""}, {"reliability": " "}, {"dated_on": date(2026, 11, 24)}]
)
def test_an_incomplete_letter_is_refused(
    service: Organisation, world: World, actor_of: ActorOf, fault: dict[str, object]
) -> None:
    with pytest.raises(rules.Incomplete):
        actions.register_message(
            replace(LETTER, **fault),  # type: ignore[arg-type]
            service=service,
            by=actor_of(world.mayor, "public-order"),
        )


def test_a_number_is_registered_once_and_again_after_it_was_withdrawn(
    message: OfficialMessage, service: Organisation, world: World, actor_of: ActorOf
) -> None:
    mayor = actor_of(world.mayor, "public-order")
    with pytest.raises(RegisteredAlready):
        actions.register_message(LETTER, service=service, by=mayor)
    message.pk, message.reference = None, "L-ANOTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)

    standing = OfficialMessage.objects.visible_to(mayor).get()
    actions.withdraw_message(standing, reason="The service took it back.", by=mayor)

    assert not OfficialMessage.objects.visible_to(mayor).exists()
    actions.register_message(LETTER, service=service, by=mayor)


def test_sent_between_counts_by_the_day_of_the_letter_and_not_what_was_withdrawn(
    message: OfficialMessage, world: World, actor_of: ActorOf
) -> None:
    def count(since: date, until: date) -> int:
        return OfficialMessage.objects.unscoped("test").sent_between(since, until).count()

    day = LETTER.dated_on
    assert count(day, day) == 1
    assert count(date(2026, 11, 21), date(2026, 12, 1)) == count(date(2026, 1, 1), date(2026, 11, 19)) == 0

    actions.withdraw_message(message, reason="Taken back.", by=actor_of(world.mayor, "public-order"))

    assert count(day, day) == 0


def test_what_came_of_it_is_said_once(message: OfficialMessage, world: World, actor_of: ActorOf) -> None:
    mayor = actor_of(world.mayor, "public-order")
    assert OfficialMessage.objects.visible_to(mayor).without_follow_up().count() == 1

    actions.follow_up(message, outcome="Spoken with the family.", by=mayor)

    assert not OfficialMessage.objects.visible_to(mayor).without_follow_up().exists()
    with pytest.raises(rules.IllegalTransition):
        actions.follow_up(message, outcome="Something else.", by=mayor)


def test_registering_following_up_and_withdrawing_on_the_pages(
    service: Organisation, world: World, client_of: ClientOf
) -> None:
    mayor = client_of(world.mayor, "public-order")

    kept = mayor.post("/official-messages/new/", {**TYPED, "service": service.reference})
    page = mayor.get(kept["Location"])
    waits = mayor.get("/")
    mayor.post(kept["Location"], {"outcome": "Spoken with the family."})
    told = mayor.get(kept["Location"])
    mayor.post(f"{kept['Location']}withdraw/", {"reason": "The service took it back."})

    assert kept.status_code == 302
    assert "Pippi Fantasia" in page.text
    assert "openbare orde" in page.text.lower()
    assert TYPED["number"] in waits.text
    assert "Spoken with the family." in told.text
    assert mayor.get(kept["Location"]).status_code == 404
    assert TYPED["number"] not in mayor.get("/official-messages/").text


def test_an_unlawful_or_wrong_message_comes_back_with_the_form(
    service: Organisation, world: World, client_of: ClientOf
) -> None:
    mayor = client_of(world.mayor, "passport-decision")

    unlawful = mayor.post("/official-messages/new/", {**TYPED, "service": service.reference})
    stranger = mayor.post(
        "/official-messages/new/", {**TYPED, "service": world.police.organisation.reference}
    )
    unknown = client_of(world.mayor, "public-order").post(
        "/official-messages/new/", {**TYPED, "service": service.reference, "person": "P-NOBODY"}
    )

    assert (unlawful.status_code, stranger.status_code, unknown.status_code) == (422, 422, 422)
    assert not OfficialMessage.objects.unscoped("test").exists()


def test_an_outsider_cannot_tell_whether_the_message_exists(
    message: OfficialMessage, world: World, client_of: ClientOf
) -> None:
    for user in (world.other_mayor, world.school, world.director, world.police):
        client = client_of(user)
        for url in (f"/official-messages/{message.reference}/", "/official-messages/L-NOBODY/"):
            assert client.get(url).status_code == 404
            assert client.post(f"{url}withdraw/", {"reason": "Because I say so."}).status_code == 404
        assert message.number not in client.get("/official-messages/").text

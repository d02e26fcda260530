"""Beside the password: codes that work once, codes for recovery, and no page before one was proved."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from samenhang.config import settings as installed
from samenhang.foundation.models import Installation
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.models import Factor, Session, User
from samenhang.organisations.rules.signing_in import PAUSE, TRIES, Kind, WrongCode, code_at, step_at
from samenhang.organisations.sealed import opened
from tests.cast import PASSWORD, ActorOf, ClientOf, StandingClock, World, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_installed(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = installed.SECOND_FACTOR_REQUIRED


def app_of(user: User, by: Actor) -> Factor:
    """An authenticator app that this user added a while ago."""
    factor = actions.begin_code(user, "Imaginary phone", by=by)
    Factor.objects.filter(pk=factor.pk).update(confirmed=True)
    return Factor.objects.get(pk=factor.pk)


def shown(factor: Factor, clock: StandingClock) -> str:
    """What the app shows at this moment."""
    return code_at(opened(factor), step_at(clock.moment))


def password_typed(user: User) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def events() -> list[str]:
    return list(Entry.objects.exclude(event__startswith="page.").values_list("event", flat=True))


def test_every_installation_but_a_demonstration_requires_a_second_factor(world: World) -> None:
    client = password_typed(world.police)

    asked = [client.get(path) for path in ("/", "/cases/", "/task/", "/account/", "/account/recovery-codes/")]

    assert installed.SECOND_FACTOR_REQUIRED is True
    assert {answer.url for answer in asked} == {"/account/second-factor/"}


def test_no_variable_switches_the_second_factor_off() -> None:
    source = open(installed.__file__, encoding="utf-8").read()  # noqa: SIM115, PTH123

    assert re.findall(r"^SECOND_FACTOR_REQUIRED = (.*)$", source, re.MULTILINE) == ["True"]


def test_in_a_demonstration_the_password_is_enough(world: World) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"kind": Installation.Kind.DEMONSTRATION})

    answer = password_typed(world.police).get("/task/")

    assert answer.status_code == 200


def test_somebody_adds_an_app_at_the_first_sign_in_and_then_goes_on(
    world: World, clock: StandingClock
) -> None:
    client = password_typed(world.police)
    began = client.post("/account/code/", {"name": "Imaginary phone"})
    factor = world.police.factors.get()

    answer = client.post(began.url, {"code": shown(factor, clock)})

    assert answer.url == "/account/recovery-codes/"
    assert client.get("/task/").status_code == 200
    assert "factor.added" in events()
    assert Session.objects.get(user=world.police).authentication == "pwd+totp"


def test_an_app_that_shows_another_code_is_not_added(world: World, clock: StandingClock) -> None:
    client = password_typed(world.police)
    began = client.post("/account/code/", {"name": "Imaginary phone"})

    answer = client.post(began.url, {"code": "000000"})

    assert answer.status_code == 422
    assert not world.police.has_second_factor()
    assert client.get("/task/").url == "/account/second-factor/"


def test_the_password_alone_opens_nothing_for_who_has_an_app(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    client = password_typed(world.police)
    before = client.get("/task/")

    answer = client.post("/sign-in/second-factor/", {"code": shown(factor, clock)})

    assert before.url == "/sign-in/?next=/task/"
    assert answer.url == "/task/"
    assert client.get("/task/").status_code == 200
    told = Entry.objects.get(event="sign-in.accepted").envelope
    assert b'"authentication":"pwd+totp"' in bytes(told)


def test_a_code_works_once(world: World, actor_of: ActorOf, clock: StandingClock) -> None:
    factor = app_of(world.police, actor_of(world.police))
    code = shown(factor, clock)
    password_typed(world.police).post("/sign-in/second-factor/", {"code": code})

    again = password_typed(world.police).post("/sign-in/second-factor/", {"code": code})

    assert again.status_code == 422


def test_a_recovery_code_works_once_and_the_list_gets_shorter(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    app_of(world.police, actor_of(world.police))
    codes = actions.make_recovery_codes(world.police, by=actor_of(world.police))

    first = password_typed(world.police).post("/sign-in/second-factor/", {"code": codes[0].upper()})
    again = password_typed(world.police).post("/sign-in/second-factor/", {"code": codes[0]})
    other = password_typed(world.police).post("/sign-in/second-factor/", {"code": codes[1].replace("-", "")})

    assert (first.status_code, again.status_code, other.status_code) == (302, 422, 302)
    assert b"pwd+recovery" in bytes(Entry.objects.filter(event="sign-in.accepted")[0].envelope)


def test_after_too_many_wrong_codes_no_code_is_looked_at_for_a_while(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    client = password_typed(world.police)
    for _ in range(TRIES):
        client.post("/sign-in/second-factor/", {"code": "000000"})

    during = client.post("/sign-in/second-factor/", {"code": shown(factor, clock)})
    clock.moment += PAUSE
    after = password_typed(world.police).post("/sign-in/second-factor/", {"code": shown(factor, clock)})

    assert during.status_code == 429
    assert after.status_code == 302
    assert events().count("second-factor.refused") == TRIES


def test_the_door_between_password_and_second_factor_does_not_stay_open(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    client = password_typed(world.police)
    clock.moment += timedelta(minutes=11)

    answer = client.post("/sign-in/second-factor/", {"code": shown(factor, clock)})

    assert answer.url == "/sign-in/"
    assert client.get("/task/").status_code == 302


def test_a_wrong_password_asks_for_no_second_factor_and_tells_nothing_of_it(
    world: World, actor_of: ActorOf
) -> None:
    app_of(world.police, actor_of(world.police))

    with_app = Client().post("/sign-in/", {"username": world.police.username, "password": "other"})
    without = Client().post("/sign-in/", {"username": world.mayor.username, "password": "other"})

    assert with_app.status_code == without.status_code == 422
    assert _bare(with_app.content, world.police) == _bare(without.content, world.mayor)


def test_a_key_that_nobody_has_opens_nothing(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    client.get("/sign-in/passkey/")

    answers = [
        client.post("/sign-in/passkey/", {"answer": answer}) for answer in ("", "[]", "{}", '{"rawId": 3}')
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert client.get("/task/").status_code == 302


def test_the_last_factor_stays_and_another_persons_is_not_there(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    mine, theirs = app_of(world.police, actor_of(world.police)), app_of(world.mayor, actor_of(world.mayor))
    client = client_of(world.police)

    last = client.post(f"/account/factors/{mine.reference}/remove/")
    others = client.post(f"/account/factors/{theirs.reference}/remove/")

    assert (last.status_code, others.status_code) == (409, 404)
    assert Factor.objects.filter(confirmed=True).count() == 2


def test_removing_one_of_two_factors_is_told_and_ends_the_other_sessions(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    one = app_of(world.police, actor_of(world.police))
    app_of(world.police, actor_of(world.police))
    elsewhere, client = client_of(world.police), client_of(world.police)

    client.post(f"/account/factors/{one.reference}/remove/")

    assert not Factor.objects.filter(pk=one.pk).exists()
    assert elsewhere.get("/task/").url.startswith("/sign-in/")
    assert client.get("/task/").status_code == 200
    assert {"factor.removed", "session.ended"} <= set(events())


def test_changing_an_account_asks_again_after_a_while(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    client = signed_in(world.police)
    clock.moment += timedelta(minutes=20)

    asked = client.get("/account/code/")
    wrong = client.post(asked.url, {"code": "000000"})
    right = client.post(asked.url, {"code": shown(factor, clock)})

    assert asked.url == "/account/confirm/?next=%2Faccount%2Fcode%2F"
    assert wrong.status_code == 422
    assert right.url == "/account/code/"
    assert client.get("/account/code/").status_code == 200
    assert "session.confirmed" in events()


def test_the_confirmation_sends_nobody_to_another_site(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    client = signed_in(world.police)

    answer = client.post("/account/confirm/?next=https://elsewhere.example/", {"code": shown(factor, clock)})

    assert answer.url == "/"


def test_the_database_without_the_key_store_reveals_no_secret_and_no_code(
    world: World, actor_of: ActorOf
) -> None:
    factor = app_of(world.police, actor_of(world.police))
    codes = actions.make_recovery_codes(world.police, by=actor_of(world.police))
    secret = opened(factor)

    dumped = serializers.serialize("json", [*Factor.objects.all(), *User.objects.all()])

    held = [bytes(each.sealed) for each in Factor.objects.all()]
    assert all(secret not in sealed for sealed in held)
    assert not any(code in dumped or code.replace("-", "") in dumped for code in codes)
    assert Factor.objects.filter(kind=Kind.RECOVERY).count() == 1


def test_a_sealed_secret_moved_to_another_account_is_worth_nothing(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    mine, theirs = app_of(world.police, actor_of(world.police)), app_of(world.mayor, actor_of(world.mayor))
    code = shown(mine, clock)
    Factor.objects.filter(pk=theirs.pk).update(sealed=mine.sealed)

    with pytest.raises(Exception, match="factors:") as found:
        actions.check_code(world.mayor, code, by=actor_of(world.mayor))

    assert not isinstance(found.value, WrongCode)


def _bare(content: bytes, user: User) -> bytes:
    plain = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
    return plain.replace(user.username.encode(), b"")

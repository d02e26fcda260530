"""``samenhang account``: a first administrator, a lost factor, a closed account; always somebody, and why."""

import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from samenhang.foundation.keys import key_store
from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Factor, ProviderAccount, Session, User
from tests.cast import PASSWORD, SINCE, StandingClock, World, signed_in

pytestmark = pytest.mark.django_db
NEW = "another phrase of nobody"
FIRST = [
    "--name", "Imaginary First", "--authority", "JENV", "--organisation", "Ministry of Justice and Security",
    "--role", "administrator", "--reason", "a new installation",
]  # fmt: skip


def account(*words: str) -> str:
    out = io.StringIO()
    call_command("account", *words, stdout=out)
    return out.getvalue()


def password_in(told: str) -> str:
    return re.search(r": ([\w-]{16})$", told, re.MULTILINE)[1]  # type: ignore[index]


def events() -> list[str]:
    return list(Entry.objects.exclude(event__startswith="page.").values_list("event", flat=True))


@pytest.fixture
def second(world: World, clock: StandingClock) -> User:
    """A second administrator."""
    by = installer(clock.moment)
    organisation = world.administrator.organisation
    user = actions.open_account(
        "imaginary.second", "Imaginary second", organisation, password=PASSWORD, by=by
    )
    actions.give_mandate(user, "administrator", starts_on=SINCE, by=by)
    return user


def test_the_first_administrator_comes_in_changes_the_password_and_then_adds_a_factor(
    clock: StandingClock, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    first = password_in(account("open", "imaginary.first", *FIRST))
    client = Client()
    came_in = client.post("/sign-in/", {"username": "imaginary.first", "password": first})

    must_change = client.get("/task/")
    changed = client.post(must_change.url, {"present": first, "password": NEW, "again": NEW})
    then = client.get("/task/")

    assert came_in.status_code == 302
    assert must_change.url == "/account/password/"
    assert changed.url == "/account/"
    assert then.url == "/account/second-factor/"
    assert {"account.opened", "mandate.given", "first-password.given", "password.changed"} <= set(events())


def test_once_there_is_an_administrator_somebody_answers_for_each_account(world: World) -> None:
    with pytest.raises(CommandError, match=re.escape(world.administrator.username)):
        account("open", "imaginary.first", *FIRST)
    with pytest.raises(CommandError):
        account("open", "imaginary.first", *FIRST, "--operator", world.police.username)

    assert not User.objects.filter(username="imaginary.first").exists()


def test_nobody_makes_an_administrator_or_undoes_a_factor_alone(world: World, second: User) -> None:
    operator = ("--operator", world.administrator.username)
    lost = ("reset-factor", world.police.username, "--reason", "lost the phone", *operator)
    for alone in ((), ("--second", world.administrator.username), ("--second", world.police.username)):
        with pytest.raises(CommandError):
            account("open", "imaginary.first", *FIRST, *operator, *alone)
        with pytest.raises(CommandError):
            account(*lost, *alone)

    account(*lost, "--second", second.username)

    entry = Entry.objects.get(event="factors.reset")
    assert entry.user == world.administrator.reference
    assert second.reference.encode() in bytes(entry.envelope)


def test_a_lost_factor_is_forgotten_with_its_key_and_the_old_password_no_longer_works(
    world: World, clock: StandingClock, django_capture_on_commit_callbacks: Any
) -> None:
    by = installer(clock.moment)
    factor = actions.begin_code(world.police, "Imaginary phone", by=by)
    Factor.objects.update(confirmed=True)
    stolen = signed_in(world.police)

    with django_capture_on_commit_callbacks(execute=True):
        told = account(
            "reset-factor", world.police.username, "--reason", "lost the phone",
            "--operator", world.administrator.username,
        )  # fmt: skip

    old = Client().post("/sign-in/", {"username": world.police.username, "password": PASSWORD})
    new = Client().post("/sign-in/", {"username": world.police.username, "password": password_in(told)})
    assert (old.status_code, new.status_code) == (422, 302)
    assert not world.police.factors.exists()
    assert not key_store().holds(factor.scope)
    assert stolen.get("/task/").status_code == 302


def test_a_first_password_works_for_three_days(world: World, clock: StandingClock) -> None:
    operator = ("--operator", world.administrator.username, "--reason", "forgot the password")
    first = password_in(account("first-password", world.police.username, *operator))
    clock.moment = clock.moment.replace(day=27)

    late = Client().post("/sign-in/", {"username": world.police.username, "password": first})

    assert late.status_code == 422
    assert not Session.objects.exists()


def test_nobody_works_on_their_own_account(world: World, second: User) -> None:
    with pytest.raises(CommandError):
        account(
            "reset-factor", world.administrator.username, "--reason", "mine",
            "--operator", world.administrator.username, "--second", second.username,
        )  # fmt: skip


def test_a_closed_account_opens_nothing_and_keeps_no_factor(world: World, clock: StandingClock) -> None:
    actions.link_provider_account(
        world.police, "https://provider.example", "nobody", reason="new", by=installer(clock.moment)
    )

    account("close", world.police.username, "--reason", "left", "--operator", world.administrator.username)

    answer = Client().post("/sign-in/", {"username": world.police.username, "password": PASSWORD})
    assert answer.status_code == 422
    assert not ProviderAccount.objects.exists()
    assert "account.closed" in events()


def test_the_list_tells_who_has_what_and_nothing_of_their_work(world: World) -> None:
    told = json.loads(account("list", "--json", "--operator", world.administrator.username))

    police = next(person for person in told if person["username"] == world.police.username)
    assert police == {
        "username": "imaginary.police",
        "name": "Imaginary police",
        "organisation": "Police",
        "open": True,
        "roles": ["police-analyst"],
        "factors": [],
    }
    assert "accounts.listed" in events()


def test_a_reason_is_kept_and_cannot_be_read_in_the_database(world: World) -> None:
    account(
        "close", world.police.username, "--reason", "left for another service",
        "--operator", world.administrator.username,
    )  # fmt: skip

    entry = Entry.objects.get(event="account.closed")

    assert b"another service" not in bytes(entry.envelope)
    assert b'"reason":""' not in bytes(entry.envelope)

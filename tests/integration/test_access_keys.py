"""A machine asks the API with a key of its own: for one person, one purpose, and a limited time."""

import re
from base64 import b64encode
from datetime import date
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.acting import installer
from samenhang.organisations.models import AccessKey, User
from samenhang.organisations.rules import PurposeNotAllowed
from tests.cast import PASSWORD, StandingClock, World
from tests.integration.test_accounts_by_command import account

pytestmark = pytest.mark.django_db
MESSAGE = "/api/v1/messages/X-0000-0000-0000"


@pytest.fixture(autouse=True)
def _as_installed(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def key(world: World, clock: StandingClock) -> str:
    """A key of the travel analyst, for 90 days."""
    by = installer(clock.moment)
    return actions.make_access_key(world.travel, "investigation", days=90, reason="carrier link", by=by)


def ask(user: User, secret: str, purpose: str = "investigation") -> Any:
    told = b64encode(f"{user.username}:{secret}".encode()).decode()
    return Client().get(MESSAGE, headers={"Authorization": f"Basic {told}", "Purpose": purpose})


def test_a_key_opens_what_the_person_may_see_and_the_journal_says_that_it_was_a_key(
    world: World, key: str
) -> None:
    answer = ask(world.travel, key)

    assert answer.status_code == 404  # inside: there is no such message
    entry = Entry.objects.filter(event__startswith="page.GET.api").latest("pk")
    assert entry.user == world.travel.reference
    assert b'"authentication":"key"' in bytes(entry.envelope)


def test_a_password_alone_opens_nothing_outside_a_demonstration(world: World) -> None:
    answer = ask(world.travel, PASSWORD)

    assert (answer.status_code, answer.json()["type"]) == (401, "password-not-enough")


def test_a_key_is_worth_nothing_for_another_person_or_purpose_or_altered(world: World, key: str) -> None:
    answers = [
        ask(world.travel_two, key),
        ask(world.travel, key, "weighing"),
        ask(world.travel, key, ""),
        ask(world.travel, key[:-1] + ("A" if key[-1] != "A" else "B")),
    ]

    assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {(401, "wrong-password")}


def test_a_key_ends_with_its_last_day_the_account_and_by_command(
    world: World, key: str, clock: StandingClock
) -> None:
    operator = ("--operator", world.administrator.username, "--reason", "the link was replaced")
    other = account("access-key", world.travel_two.username, "--purpose", "investigation", *operator)
    second = re.search(r"samenhang-key-\S+", other)[0]  # type: ignore[index]
    alive = ask(world.travel_two, second).status_code

    account("end-access-keys", world.travel_two.username, *operator)
    ended = ask(world.travel_two, second).status_code
    clock.moment = clock.moment.replace(year=2027)
    late = ask(world.travel, key).status_code

    assert (alive, ended, late) == (404, 401, 401)


def test_closing_the_account_ends_its_keys(world: World, key: str, clock: StandingClock) -> None:
    actions.close_account(world.travel, reason="left", by=installer(clock.moment))

    assert ask(world.travel, key).status_code == 401
    assert not AccessKey.objects.working(date(2026, 11, 23)).exists()


def test_no_key_is_made_for_a_purpose_outside_the_mandate(world: World, clock: StandingClock) -> None:
    with pytest.raises(PurposeNotAllowed):
        actions.make_access_key(
            world.travel, "weighing", days=90, reason="too much", by=installer(clock.moment)
        )


def test_the_database_does_not_hold_the_key(key: str) -> None:
    assert key not in serializers.serialize("json", AccessKey.objects.all())
    assert key.removeprefix("samenhang-key-") not in serializers.serialize("json", AccessKey.objects.all())

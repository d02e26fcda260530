"""The door: name, password, task, and nothing without an entry in the journal."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(moment: datetime) -> User:
    by = installer(moment)
    police = actions.found("POL", "Police", by=by)
    user = actions.open_account("imaginary.analyst", "I. Maginary", police, password="secret words", by=by)
    actions.give_mandate(user, "police-analyst", starts_on=date(2026, 1, 1), by=by)
    return user


def test_the_right_password_opens_the_door_and_asks_for_a_task(analyst: User, client: Client) -> None:
    answer = client.post("/sign-in/", {"username": analyst.username, "password": "secret words"}, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/task/")
    assert Entry.objects.filter(event="sign-in.accepted", subject=analyst.reference).count() == 1


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(analyst: User, client: Client) -> None:
    wrong = client.post("/sign-in/", {"username": analyst.username, "password": "other"})
    unknown = client.post("/sign-in/", {"username": "nobody.here", "password": "other"})

    assert wrong.status_code == unknown.status_code == 422

    def strip(answer: Any) -> bytes:
        return bytes(answer.content.replace(b"nobody.here", b"").replace(analyst.username.encode(), b""))

    assert _without_token(strip(wrong)) == _without_token(strip(unknown))


def test_after_ten_wrong_passwords_the_right_one_is_refused_for_a_while(
    analyst: User, client: Client
) -> None:
    for _ in range(10):
        client.post("/sign-in/", {"username": analyst.username, "password": "other"})

    answer = client.post("/sign-in/", {"username": analyst.username, "password": "secret words"})

    assert answer.status_code != 302


def test_a_name_that_nobody_has_is_paused_in_the_same_way(analyst: User, client: Client) -> None:
    answers = [
        [client.post("/sign-in/", {"username": name, "password": "other"}) for _ in range(11)][-1]
        for name in (analyst.username, "nobody.here")
    ]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert _without_token(answers[0].content) == _without_token(answers[1].content)


def test_a_mandate_that_ended_closes_the_door_at_the_next_request(
    analyst: User, client: Client, moment: datetime
) -> None:
    client.post("/sign-in/", {"username": analyst.username, "password": "secret words"})
    actions.end_mandate(analyst.mandates.get(), ends_on=date(2026, 1, 2), by=installer(moment))

    answer = client.post("/task/", {"purpose": "investigation"})
    again = client.post("/sign-in/", {"username": analyst.username, "password": "secret words"})

    assert answer.url.startswith("/sign-in/")
    assert again.status_code == 422
    assert "session.ended" in Entry.objects.values_list("event", flat=True)


def test_a_purpose_outside_the_mandate_is_refused(analyst: User, client: Client) -> None:
    client.post("/sign-in/", {"username": analyst.username, "password": "secret words"})

    answer = client.post("/task/", {"purpose": "asset-freeze"})

    assert answer.status_code == 422
    assert "purpose" not in client.session


def _without_token(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)

"""Messages through the API: the same deed, the same refusals, the same door."""

from base64 import b64encode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from samenhang.config import api
from samenhang.journal.models import Entry
from samenhang.organisations.models import User
from samenhang.travel.models import Message
from tests.cast import PASSWORD, World
from tests.integration.test_receiving_messages import ANNA, BRAM, paxlst

pytestmark = pytest.mark.django_db
URL = "/api/v1/messages"


def headers(user: User, password: str = PASSWORD, purpose: str = "investigation") -> dict[str, str]:
    told = b64encode(f"{user.username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {told}", **({"Purpose": purpose} if purpose else {})}


def send(client: Client, user: User, data: bytes, **door: str) -> Any:
    return client.post(URL, data, content_type="application/edifact", headers=headers(user, **door))


def test_a_message_is_received_and_read_at_once(world: World, client: Client) -> None:
    answer = send(client, world.travel, paxlst(ANNA, BRAM))

    told = answer.json()
    assert (answer.status_code, told["state"], told["kind"], told["passengers"]) == (201, "read", "PAXLST", 2)
    assert answer["API-Version"] == api.VERSION
    assert "VERZONNEN" not in answer.text
    entry = Entry.objects.get(event="message.received")
    assert (entry.user, entry.purpose) == (world.travel.reference, "investigation")
    assert Entry.objects.filter(event__startswith="page.POST.api", user=world.travel.reference).exists()


def test_the_same_bytes_again_answer_200_with_what_they_were(world: World, client: Client) -> None:
    first = send(client, world.travel, paxlst(ANNA)).json()
    again = send(client, world.travel, paxlst(ANNA))

    assert again.status_code == 200
    assert again.json() == first | {"duplicate": True}


def test_what_became_of_a_message_can_be_asked_later(world: World, client: Client) -> None:
    sent = send(client, world.travel, paxlst(ANNA)).json()

    answer = client.get(f"{URL}/{sent['reference']}", headers=headers(world.travel_two))

    assert answer.json() == sent


def test_an_outsider_gets_the_same_answer_for_a_message_and_for_none(world: World, client: Client) -> None:
    sent = send(client, world.travel, paxlst(ANNA)).json()

    there = client.get(f"{URL}/{sent['reference']}", headers=headers(world.police))
    missing = client.get(f"{URL}/B-0000-0000-0000", headers=headers(world.police))

    assert there.status_code == missing.status_code == 404
    assert there.content == missing.content
    assert dict(there.headers) == dict(missing.headers)


def test_a_refusal_is_a_problem_in_words(world: World, client: Client) -> None:
    answer = send(client, world.police, paxlst(ANNA))

    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["status"]) == (403, "forbidden", 403)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["API-Version"] == api.VERSION
    assert not Message.objects.unscoped("a test looks").exists()


@pytest.mark.parametrize(
    ("door", "status", "kind"),
    [
        ({"password": "wrong"}, 401, "wrong-password"),
        ({"purpose": ""}, 400, "purpose-missing"),
        ({"purpose": "asset-freeze"}, 403, "purpose-not-allowed"),
    ],
)
def test_the_door_says_what_is_wrong(
    door: dict[str, str], status: int, kind: str, world: World, client: Client
) -> None:
    answer = send(client, world.travel, paxlst(ANNA), **door)

    assert (answer.status_code, answer.json()["type"]) == (status, kind)


def test_without_a_name_and_password_nothing_is_answered(world: World, client: Client) -> None:
    client.force_login(world.travel, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(URL, paxlst(ANNA), content_type="application/edifact")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")


def test_after_ten_wrong_passwords_the_right_one_is_refused_for_a_while(world: World, client: Client) -> None:
    for _ in range(10):
        send(client, world.travel, paxlst(ANNA), password="wrong")

    answer = send(client, world.travel, paxlst(ANNA))

    assert answer.status_code in (401, 403, 429)
    assert not Message.objects.unscoped("a test looks").exists()


def test_a_wrong_parameter_is_named_without_its_value(world: World, client: Client) -> None:
    answer = client.post(
        f"{URL}?name={'x' * 121}", b"", content_type="application/edifact", headers=headers(world.travel)
    )

    assert (answer.status_code, answer.json()["type"]) == (422, "invalid")
    assert "xxx" not in answer.text


def test_the_description_is_there_and_the_file_of_it_is_up_to_date(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    out = StringIO()
    call_command("openapi", stdout=out)

    assert answer.status_code == 200
    assert answer["API-Version"] == api.VERSION
    assert set(answer.json()["paths"]) == {"/api/v1/messages", "/api/v1/messages/{reference}"}
    kept = Path(__file__).resolve().parents[2] / "docs/api/openapi.json"
    assert kept.read_text(encoding="utf-8") == out.getvalue(), "run: samenhang openapi docs/api/openapi.json"

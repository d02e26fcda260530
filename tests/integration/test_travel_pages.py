"""The pages of passenger messages: for the Passenger Information Unit, and for nobody else."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samenhang.access.models import Block
from samenhang.journal.models import Entry
from samenhang.organisations.acting import installer
from samenhang.travel import actions
from samenhang.travel.models import Message, Passenger
from tests.cast import ActorOf, ClientOf, World
from tests.integration.test_receiving_messages import ANNA, BRAM, paxlst

pytestmark = pytest.mark.django_db


def upload(client: Client, data: bytes) -> Any:
    return client.post("/travel/upload/", {"file": SimpleUploadedFile("list.edi", data)}, follow=True)


def the_message() -> Message:
    return Message.objects.unscoped("a test looks").get()


def test_an_analyst_uploads_a_list_and_sees_who_was_on_board(world: World, client_of: ClientOf) -> None:
    page = upload(client_of(world.travel), paxlst(ANNA, BRAM))

    assert page.redirect_chain[-1][0] == f"/travel/messages/{the_message().reference}/"
    assert "VERZONNEN, ANNA" in page.text
    assert "XX0000002" in page.text
    seen = Entry.objects.filter(event="page.GET.travel:message").latest("pk")
    for passenger in Passenger.objects.unscoped("a test looks"):
        assert passenger.reference in bytes(seen.envelope).decode()


def test_the_same_file_again_says_so_and_adds_nothing(world: World, client_of: ClientOf) -> None:
    client = client_of(world.travel)
    upload(client, paxlst(ANNA))

    page = upload(client, paxlst(ANNA))

    assert "al ontvangen" in page.text
    assert Passenger.objects.unscoped("a test counts").count() == 1


def test_the_list_shows_counts_and_problems(world: World, client_of: ClientOf) -> None:
    client = client_of(world.travel)
    upload(client, paxlst(ANNA, BRAM).replace(b"CNT+42:2", b"CNT+42:9"))

    page = client.get("/travel/")

    assert the_message().reference in page.text
    assert the_message().problem_count == 1
    assert "PAXLST" in page.text


def test_problems_are_shown_by_their_offset(world: World, client_of: ClientOf) -> None:
    data = paxlst(ANNA).replace(b"CNT+42:1", b"CNT+42:9")
    page = upload(client_of(world.travel), data)

    assert f"<td>{data.index(b'CNT')}</td><td>CNT</td>" in page.text


def test_what_is_no_message_is_shown_as_what_it_is(world: World, client_of: ClientOf) -> None:
    page = upload(client_of(world.travel), b"%PDF-1.7 something else")

    assert "not EDIFACT: PDF" in page.text


def test_nothing_chosen_is_explained_on_the_form(world: World, client_of: ClientOf) -> None:
    page = client_of(world.travel).post("/travel/upload/", {})

    assert page.status_code == 422


@pytest.mark.parametrize("who", ["police", "school", "mayor", "administrator", "border", "privacy"])
def test_an_outsider_cannot_tell_whether_a_message_exists(
    who: str, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    by = actor_of(world.travel)
    message = actions.read(actions.receive(paxlst(ANNA), name="a", by=by).message, by=by)
    client = client_of(getattr(world, who))

    there = client.get(f"/travel/messages/{message.reference}/")
    missing = client.get("/travel/messages/B-0000-0000-0000/")

    assert there.status_code == missing.status_code == 404
    assert there.content == missing.content
    assert dict(there.headers) == dict(missing.headers)
    assert message.reference not in client.get("/travel/").text


def test_an_outsider_receives_nothing_by_uploading(world: World, client_of: ClientOf) -> None:
    page = upload(client_of(world.police), paxlst(ANNA))

    assert page.status_code == 422
    assert not Message.objects.unscoped("a test looks").exists()


def test_a_blocked_passenger_is_not_on_the_page_of_their_message(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    by = actor_of(world.travel)
    message = actions.read(actions.receive(paxlst(ANNA, BRAM), name="a", by=by).message, by=by)
    everyone = Passenger.objects.unscoped("a test chooses")
    anna = next(one for one in everyone if one.told["surname"] == "VERZONNEN")
    Block.objects.create(
        scope=anna.reference, kind=Block.Kind.SHIELDED, starts_at=by.now, given_by=installer(by.now).user
    )

    page = client_of(world.travel).get(f"/travel/messages/{message.reference}/")

    assert re.search("BEDACHT, BRAM", page.text)
    assert "VERZONNEN" not in page.text

"""The pages: side by side, by key, in both languages; and nothing at all for outsiders."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenhang.watchlists import actions
from samenhang.watchlists.models import Alert, Hit
from tests.cast import ActorOf, ClientOf, World
from tests.watchlists import (
    MATCH,
    NO_MATCH,
    alert,
    every_alert,
    every_hit,
    one_hit,
    screener,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_menu")]


@pytest.fixture
def hit(world: World, actor_of: ActorOf) -> Hit:
    return one_hit(actor_of(world.police))


def page_of(hit: Hit) -> str:
    return f"/hits/{hit.reference}/"


def post(
    client: Client, hit: Hit, verdict: str, reason: str, *, deed: str = "judgement", remark: str = ""
) -> Any:
    typed = {"verdict": verdict, "reason": reason, "remark": remark, "revision": hit.revision}
    return client.post(f"{page_of(hit)}{deed}/", typed)


def status() -> str:
    return str(every_hit().get().status)


@pytest.mark.parametrize(
    ("language", "said", "against"),
    [
        ("en", "Resemblance of records, not danger", "Speaks for"),
        ("nl", "Gelijkenis van gegevens, geen gevaar", "Spreekt ervoor"),
    ],
)
def test_the_passenger_stands_beside_the_listed_person_in_both_languages(
    language: str, said: str, against: str, hit: Hit, world: World, client_of: ClientOf
) -> None:
    page = client_of(world.travel).get(page_of(hit), headers={"accept-language": language})

    text = page.content.decode()
    assert page.status_code == 200
    assert said in text
    assert against in text
    assert "FANTASIO VAN DER VERZONNEN" in text
    assert "Fantasio van der Verzonnen" in text
    assert "Invented desk, 000-0000" in text


def test_the_queue_shows_what_waits_in_order_of_arrival_and_no_resemblance(
    hit: Hit, world: World, client_of: ClientOf
) -> None:
    text = client_of(world.travel).get("/hits/").content.decode()

    assert "FANTASIO VAN DER VERZONNEN" in text
    assert str(hit.resemblance) not in text
    assert f"{hit.resemblance:.1f}" not in text


def test_every_decision_has_its_key_and_its_reasons(hit: Hit, world: World, client_of: ClientOf) -> None:
    client = client_of(world.travel)

    first = client.get(page_of(hit)).content.decode()
    chosen = client.get(f"{page_of(hit)}?verdict=match").content.decode()

    for key in "mnua":
        assert f'data-key="{key}"' in first
    assert 'name="reason" value="same-name-and-birth" data-key="2"' in chosen
    assert 'value="other-birth"' not in chosen


def test_a_judgement_and_its_confirmation_by_a_colleague(hit: Hit, world: World, client_of: ClientOf) -> None:
    first, second = client_of(world.travel), client_of(world.travel_two)

    assert post(first, hit, "match", "same-name-and-birth").status_code == 302
    assert status() == "judged"
    waiting = first.get(page_of(hit)).content.decode()
    assert 'data-key="m"' not in waiting
    assert 'data-key="m"' in second.get(page_of(hit)).content.decode()
    assert post(first, hit, "match", "all-agrees", deed="confirmation").status_code == 422
    assert post(second, hit, "match", "all-agrees", deed="confirmation").status_code == 302

    assert status() == "confirmed"


def test_after_a_decision_the_next_hit_of_the_same_work_opens(
    hit: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    police = actor_of(world.police)
    alert(police, documents=("X0000002",))
    actions.screen_waiting(by=screener(police.now))
    other = every_hit().exclude(pk=hit.pk).get()
    first, second = client_of(world.travel), client_of(world.travel_two)

    assert post(first, hit, "match", "all-agrees")["Location"] == page_of(other)
    # What the first judged is for a colleague: to the first nothing more waits.
    assert post(first, other, "match", "all-agrees")["Location"] == "/hits/"
    agreed = post(second, hit, "match", "all-agrees", deed="confirmation")
    assert agreed["Location"] == page_of(other)


def test_a_question_to_an_issuer_stays_in_the_work_of_the_unit(
    hit: Hit, world: World, client_of: ClientOf
) -> None:
    reviewer, outsider = client_of(world.travel), client_of(world.police)
    said = {"accept-language": "en"}

    post(reviewer, hit, "ask", "issuer-knows-more")

    assert (
        f"answer: hit {hit.reference}" in reviewer.get(reverse("desk:my-work"), headers=said).content.decode()
    )
    assert hit.reference not in outsider.get(reverse("desk:my-work"), headers=said).content.decode()


def test_a_refusal_stands_on_the_page_and_changes_nothing(
    hit: Hit, world: World, client_of: ClientOf
) -> None:
    client = client_of(world.travel)

    for answer in (
        post(client, hit, "match", ""),
        post(client, hit, "match", "other-birth"),
        post(client, hit, "no_match", "other"),
        post(client, hit, "guilty", "other", remark="x"),
        client.post(
            f"{page_of(hit)}judgement/", {"verdict": "match", "reason": "all-agrees", "revision": 99}
        ),
    ):
        assert answer.status_code == 422
        assert b"samenhang-errors" in answer.content

    assert status() == "waiting"


def test_there_is_no_way_to_decide_by_reading(hit: Hit, world: World, client_of: ClientOf) -> None:
    client = client_of(world.travel)

    client.get(f"{page_of(hit)}?verdict=match&reason=all-agrees")

    assert client.get(f"{page_of(hit)}judgement/").status_code == 405
    assert status() == "waiting"


def outsiders_of_a_hit(world: World) -> list[tuple[Any, str]]:
    return [
        (world.police, "investigation"),
        (world.border, "investigation"),
        (world.administrator, "oversight"),
        (world.prosecutor, "prosecution"),
        (world.school, "weighing"),
        (world.list_manager, "asset-freeze"),
    ]


def test_to_an_outsider_a_hit_is_the_same_as_a_missing_one(
    hit: Hit, world: World, client_of: ClientOf
) -> None:
    for user, purpose in outsiders_of_a_hit(world):
        client = client_of(user, purpose)
        for suffix, method in (("", "get"), ("judgement/", "post"), ("confirmation/", "post")):
            ask = getattr(client, method)
            there, missing = ask(f"{page_of(hit)}{suffix}"), ask(f"/hits/H-0000-0000-0000/{suffix}")
            assert there.status_code == missing.status_code == 404
            assert there.content == missing.content
            assert dict(there.headers) == dict(missing.headers)
        assert b"FANTASIO" not in client.get("/hits/").content


def test_the_issuer_sees_the_confirmed_hit_without_the_words_of_the_unit(
    hit: Hit, world: World, client_of: ClientOf
) -> None:
    post(client_of(world.travel), hit, "match", "other", remark="our own words")
    post(client_of(world.travel_two), hit, "match", "all-agrees", deed="confirmation")
    police = client_of(world.police, "investigation")

    text = police.get(page_of(hit)).content.decode()

    assert "FANTASIO VAN DER VERZONNEN" in text
    assert "our own words" not in text
    assert 'data-key="m"' not in text
    assert hit.reference in police.get("/hits/").content.decode()
    assert post(police, hit, "no_match", "other-name").status_code == 403
    assert client_of(world.border, "investigation").get(page_of(hit)).status_code == 404


def test_the_queue_costs_the_same_for_one_and_for_many(
    hit: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    client = client_of(world.travel)
    with CaptureQueriesContext(connection) as one:
        client.get("/hits/")
    for _ in range(5):
        alert(actor_of(world.police))
    actions.screen_waiting(by=screener(actor_of(world.police).now))
    assert every_hit().count() == 6

    with CaptureQueriesContext(connection) as many:
        client.get("/hits/")

    assert len(many) == len(one)


ISSUE = {
    "names": "Verzinsel de Testpersoon\nV. Testpersoon",
    "birth_dates": "31-05-1990\n1991",
    "sex": "F",
    "nationalities": "bel",
    "documents": "X77",
    "action": "stop",
    "criteria": ["overall-assessment"],
    "contact": "Invented desk, 000-0000",
    "review_on": "01-05-2027",
}


def test_the_police_issue_renew_and_lift_on_the_pages(world: World, client_of: ClientOf) -> None:
    police = client_of(world.police, "investigation")

    answer = police.post("/alerts/new/", ISSUE)
    made = every_alert().get()

    assert answer["Location"] == f"/alerts/{made.reference}/"
    assert (made.names, made.birth_dates) == (
        ["Verzinsel de Testpersoon", "V. Testpersoon"],
        ["1990-05-31", "1991"],
    )
    assert (made.kind, made.nationalities) == ("SIS-36", ["BEL"])
    page = f"/alerts/{made.reference}/"
    assert police.post(f"{page}renewal/", {"review_on": "01-06-2027", "reason": "sought"}).status_code == 302
    assert police.post(f"{page}renewal/", {"review_on": "01-06-2029", "reason": "sought"}).status_code == 422
    assert police.post(f"{page}lifting/", {"reason": "found"}).status_code == 302
    assert police.post(f"{page}lifting/", {"reason": "again"}).status_code == 422
    assert police.get("/alerts/").status_code == police.get(page).status_code == 200


def test_an_alert_that_says_too_little_is_refused_on_the_page(world: World, client_of: ClientOf) -> None:
    police = client_of(world.police, "investigation")

    for change in ({"criteria": []}, {"birth_dates": "yesterday"}, {"birth_dates": "", "documents": ""}):
        assert police.post("/alerts/new/", {**ISSUE, **change}).status_code == 422
    assert client_of(world.travel).post("/alerts/new/", ISSUE).status_code == 422

    assert not every_alert().exists()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_overdue_alert_says_so(
    language: str, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    alert(actor_of(world.police))
    Alert.objects.unscoped("a test").update(review_on="2026-11-01")

    text = client_of(world.police, "investigation").get("/alerts/", headers={"accept-language": language})

    assert {"nl": "Te laat", "en": "Overdue"}[language] in text.content.decode()


def test_to_an_outsider_an_alert_is_the_same_as_a_missing_one(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    made = alert(actor_of(world.police))
    outsiders = [*outsiders_of_a_hit(world)[1:], (world.travel, "investigation")]

    for user, purpose in outsiders:
        client = client_of(user, purpose)
        for suffix, method in (("", "get"), ("renewal/", "post"), ("lifting/", "post")):
            ask = getattr(client, method)
            there, missing = (
                ask(f"/alerts/{made.reference}/{suffix}"),
                ask(f"/alerts/A-0000-0000-0000/{suffix}"),
            )
            assert there.status_code == missing.status_code == 404
            assert there.content == missing.content
        assert b"Verzonnen" not in client.get("/alerts/").content


def test_a_dismissed_hit_stays_readable_for_the_unit(
    hit: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))

    page = client_of(world.travel_two).get(page_of(hit))

    assert page.status_code == 200
    assert b'data-key="m"' not in page.content
    assert MATCH.code.encode() not in page.content

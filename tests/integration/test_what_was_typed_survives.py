"""A form that cannot be taken gives back what was typed: on the page that says why, and nowhere else."""

import re

import pytest
from django.test import Client

from samenhang.cases.models import Position
from samenhang.cases.rules import CRITERIA
from samenhang.oversight.models import PersonalDataBreach
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import weighing_by

pytestmark = pytest.mark.django_db
WORDS = "A letter about Fantasio went to the wrong <imaginary> house."
SHOWN = "A letter about Fantasio went to the wrong &lt;imaginary&gt; house."
POSITION = {"opinion": "approach", **{code: f"Imaginary words about {code}." for code in CRITERIA}}


def checking(client: Client) -> Client:
    """The same browser, at a server that looks at the tokens of forms, as every real one does."""
    client.handler.enforce_csrf_checks = True
    return client


def token_on(client: Client, address: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]


def test_a_form_made_for_another_task_is_refused_with_its_text(world: World, client_of: ClientOf) -> None:
    browser = checking(client_of(world.police, "investigation"))
    made = token_on(browser, "/breaches/note/")

    browser.post("/task/", {"purpose": "weighing", "csrfmiddlewaretoken": made})
    page = browser.post("/breaches/note/", {"happened": WORDS, "csrfmiddlewaretoken": made})

    assert page.status_code == 403
    assert "Dit formulier geldt niet meer" in page.text
    assert "een andere taak gekozen" in page.text
    assert SHOWN in page.text
    assert made not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert not PersonalDataBreach.objects.unscoped("test").exists()


def test_choosing_the_same_task_again_refuses_no_form(world: World, client_of: ClientOf) -> None:
    browser = checking(client_of(world.police, "investigation"))
    made = token_on(browser, "/breaches/note/")

    browser.post("/task/", {"purpose": "investigation", "csrfmiddlewaretoken": made})
    page = browser.post("/breaches/note/", {"happened": WORDS, "csrfmiddlewaretoken": made})

    assert page.status_code == 422  # other fields are empty: the form was read


def test_who_was_signed_out_meanwhile_gets_the_text_back(client: Client, db: None) -> None:
    page = client.post("/breaches/note/", {"happened": WORDS})

    assert page.status_code == 401
    assert "U bent afgemeld" in page.text
    assert SHOWN in page.text


def test_nothing_of_a_form_with_a_password_comes_back(client: Client, db: None) -> None:
    secret = "an imaginary secret of many words"
    page = client.post("/account/password/", {"old": secret, "new": secret})

    assert page.status_code == 302
    assert secret not in page.text


def test_a_second_opinion_from_another_tab_is_refused_on_top_with_its_text(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    weighing, browser = weighing_by(world.police, actor_of), client_of(world.prosecutor, "weighing")
    address = f"/weighings/{weighing.reference}/"

    first = browser.get(address).text
    browser.post(address, POSITION)
    page = browser.post(
        address, {**POSITION, "opinion": "nothing", "violence": "Quite other words than before."}
    )

    assert "Daarna kunt u het niet meer veranderen." in first
    assert page.status_code == 422
    assert page.text.index("U hebt uw oordeel al gegeven") < page.text.index('id="signal"')
    assert "Quite other words than before." in page.text
    assert Position.objects.unscoped("test").get().opinion == "approach"


def test_a_question_beside_another_opinion_is_not_thrown_away(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    weighing, browser = weighing_by(world.police, actor_of), client_of(world.prosecutor, "weighing")

    page = browser.post(
        f"/weighings/{weighing.reference}/", {**POSITION, "question": "Who saw it, and when was that?"}
    )

    assert page.status_code == 422
    assert "maak dit vak leeg" in page.text
    assert not Position.objects.unscoped("test").exists()

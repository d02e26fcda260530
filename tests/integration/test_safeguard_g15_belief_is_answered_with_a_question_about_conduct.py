"""G15: a text about belief, descent or clothing is met with a question; nothing is kept of it (Gw 6)."""

import pytest
from django.apps import apps

from samenhang.cases.forms import Position, Statement
from samenhang.cases.rules import CRITERIA
from samenhang.exchange.models import Statement as Kept
from samenhang.exchange.rules.conduct import asks_conduct
from tests.cast import ClientOf, World

ENGLISH = {"accept-language": "en"}
ATTENDS = "He goes to the mosque every Friday and grew a beard."
DID = "He told two colleagues that he would stab the guard there."
SIGNAL = {
    "surname": "Fantasia", "municipality": "Nergenshuizen", "true_from": "20-11-2026", "kind": "fact",
    "origin": "report", "triage": "2",
    "source_evaluation": "B", "information_evaluation": "2", "handling": "H0",
    "basis": "Politiewet 2012 art. 3", "necessity": "They must know what was seen.",
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Bezoekt sinds kort de moskee.", "Heeft een baard en een djellaba.", "She became a Muslim.",
        "Gaat elke zondag naar de kerk.", "Streng gelovig gezin.", "Draagt een keppeltje.",
        "Is bekeerd.", "Van Marokkaanse afkomst.", "Wears a headscarf.", "He is a salafist.",
    ],
)  # fmt: skip
def test_a_text_about_belief_descent_or_clothing_is_met_with_a_question(text: str) -> None:
    assert asks_conduct(text)


@pytest.mark.parametrize(
    "text",
    [
        "Showed a colleague a knife at the station.", "Reisde via Turkije naar Syrië.",
        "Woont in de Kerkstraat.",
        "Kocht een enkele reis.", "Fled from the guard.",
        "Heeft een vast adres in Nieuwerkerk.",
    ],
)  # fmt: skip
def test_a_text_about_conduct_is_left_alone(text: str) -> None:
    assert not asks_conduct(text)


def test_the_question_is_asked_once_and_blocks_nothing(world: World, client_of: ClientOf) -> None:
    browser = client_of(world.police, "weighing")
    first = browser.post("/signals/new/", {**SIGNAL, "text": ATTENDS}, headers=ENGLISH)

    again = browser.post("/signals/new/", {**SIGNAL, "text": ATTENDS, "conduct": "", "conduct_asked": "1"})

    assert first.status_code == 422
    assert "What did the person do, and in what context?" in first.content.decode()
    assert 'name="conduct_asked" value="1"' in first.content.decode()
    assert again.status_code == 302
    assert Kept.objects.unscoped("test").get().text == ATTENDS


def test_an_answer_becomes_part_of_the_text_and_nothing_else_is_kept(
    world: World, client_of: ClientOf
) -> None:
    client_of(world.police, "weighing").post(
        "/signals/new/", {**SIGNAL, "text": ATTENDS, "conduct": DID, "conduct_asked": "1"}
    )

    kept = Kept.objects.unscoped("test").get()
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert kept.text == f"{ATTENDS}\n\n{DID}"
    assert not kept.special
    assert not {"conduct", "conduct_asked"} & fields


def test_a_signal_about_conduct_meets_no_question() -> None:
    form = Statement({**SIGNAL, "text": DID})

    assert form.is_valid(), form.errors
    assert "conduct" not in form.fields


def test_whoever_weighs_is_asked_too() -> None:
    words = dict.fromkeys(CRITERIA, DID) | {"identification": "He prays a lot."}
    asked = Position({**words, "opinion": "approach"}, may_ask=True)
    answered = Position({**words, "opinion": "approach", "conduct": DID, "conduct_asked": "1"}, may_ask=True)

    assert not asked.is_valid()
    assert answered.is_valid(), answered.errors
    assert answered.judgement().reasons["identification"] == f"He prays a lot.\n\n{DID}"

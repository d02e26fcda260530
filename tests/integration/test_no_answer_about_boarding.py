"""No carrier hears whether a passenger may board: no adverse decision by a machine (art. 7(6))."""

import re
from pathlib import Path

import pytest

from samenhang.travel.models import Passenger
from tests.cast import ActorOf, ClientOf, World
from tests.messages import ANSWER

PRODUCT = Path(__file__).parents[2] / "src" / "samenhang"
ANSWERS = re.compile(r"edifact\.write\(|from edifact import [^\n]*\bwrite\b|write_cusres")


@pytest.mark.django_db
def test_the_page_says_that_it_is_off_and_why_and_has_nothing_to_switch(
    world: World, client_of: ClientOf
) -> None:
    for who in (world.minister, world.travel, world.administrator):
        client = client_of(who)
        page = client.get("/travel/boarding/").text
        main = page[page.index("<main") : page.index("</main>")]

        assert "Uitgeschakeld" in main
        assert "artikel 7, lid 6" in main
        assert "<form" not in main
        assert client.post("/travel/boarding/", {"on": "1"}).status_code == 405


def test_no_code_of_the_product_writes_such_an_answer() -> None:
    files = [file for file in PRODUCT.rglob("*.py") if ANSWERS.search(file.read_text(encoding="utf-8"))]

    assert files == []


def test_no_setting_names_it() -> None:
    settings = (PRODUCT / "config" / "settings.py").read_text(encoding="utf-8")

    assert not re.search(r"cusres|board", settings, re.IGNORECASE)


@pytest.mark.django_db
def test_an_answer_that_comes_in_is_recognised_and_nothing_of_it_is_kept(
    world: World, actor_of: ActorOf
) -> None:
    from samenhang.travel import actions

    message = actions.take_in(ANSWER.encode(), name="a", by=actor_of(world.travel)).message

    assert message.answers > 0
    assert not Passenger.objects.unscoped("a test looks").exists()

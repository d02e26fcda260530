"""G10: what a service says of its reliability goes with everything that comes of its message (CTIVD 67)."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from samenhang.exchange import actions, rules
from samenhang.exchange.models import OfficialMessage
from samenhang.organisations.acting import installer
from samenhang.organisations.actions import found
from tests.cast import ActorOf, ClientOf, World
from tests.integration.test_official_messages import LETTER
from tests.weighing import SAID

TEMPLATES = Path(__file__).parents[2] / "src" / "samenhang"
# What a template shows of a message or a statement, and what must then stand beside it.
SHOWS = {
    "official_message*.html": (r"\.(text|get_topic_display)\b", ".reliability"),
    "_statement.html": (r"\bstatement\.text", ".evaluation"),
}


def test_no_page_shows_what_a_message_or_a_statement_says_without_how_sure_it_is() -> None:
    seen = []
    for name, (shown, beside) in SHOWS.items():
        for path in TEMPLATES.glob(f"*/templates/**/{name}"):
            text = path.read_text(encoding="utf-8")
            if re.search(shown, text):
                seen.append(path.name)
                assert beside in text, path

    assert sorted(seen) == ["_statement.html", "official_message.html", "official_messages.html"]


@pytest.fixture
def message(world: World, actor_of: ActorOf, moment: datetime) -> OfficialMessage:
    service = found("AIVD", "An imaginary service", by=installer(moment))
    return actions.register_message(LETTER, service=service, by=actor_of(world.mayor, "public-order"))


@pytest.mark.django_db
def test_list_and_page_say_how_reliable_it_is_and_so_does_what_is_concluded_from_it(
    message: OfficialMessage, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    mayor = client_of(world.mayor, "public-order")

    for address in ("/official-messages/", f"/official-messages/{message.reference}/"):
        page = mayor.get(address).content.decode()
        assert LETTER.reliability in page, address
    assert client_of(world.police).get(f"/official-messages/{message.reference}/").status_code == 404
    by = actor_of(world.mayor, "public-order")
    concluded = actions.state(SAID, about=None, derived_from=[message], by=by)
    for part in (SAID.text, message.number, LETTER.reliability):
        assert part in concluded.text


@pytest.mark.django_db
def test_a_conclusion_is_not_firmer_than_what_it_was_concluded_from(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police, "weighing")
    weak = replace(SAID, source_evaluation="C", information_evaluation="4")
    heard = actions.state(weak, about=None, by=police)

    firmer = (replace(weak, source_evaluation="B"), replace(weak, information_evaluation="3"))
    for content in firmer:
        with pytest.raises(rules.TooFirm):
            actions.state(content, about=None, derived_from=[heard], by=police)
    assert actions.state(weak, about=None, derived_from=[heard], by=police).evaluation.startswith("C4: ")

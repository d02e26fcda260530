"""G9: what a service knows enters no plan as free text (CTIVD 57, 67)."""

from dataclasses import replace
from datetime import date

import pytest

from samenhang.conferences import actions as conferences
from samenhang.conferences.rules import DecisionStage
from samenhang.exchange.rules.conduct import OnlyByOfficialMessage
from samenhang.measures import actions as measures
from tests.cast import ActorOf, World
from tests.conference import PROPOSAL, discussing

pytestmark = pytest.mark.django_db
QUOTES = "Volgens de AIVD wil hij vertrekken."
WHY = "An imaginary reason in a full sentence."


def test_no_decision_action_minutes_or_measure_quotes_a_service(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    chair = replace(table.chair, simulated=True)

    for part in ("wording", "proportionality", "subsidiarity"):
        with pytest.raises(OnlyByOfficialMessage):
            conferences.propose(table.item, replace(PROPOSAL, **{part: QUOTES}), by=chair)
    with pytest.raises(OnlyByOfficialMessage):
        conferences.assign(table.item, world.police, what=QUOTES, due_on=date(2026, 12, 1), by=chair)
    for part in ("necessity", "subsidiarity", "intended"):
        words = dict.fromkeys(("necessity", "subsidiarity", "intended"), WHY) | {part: QUOTES}
        with pytest.raises(OnlyByOfficialMessage):
            measures.suggest(table.case, "GW-172A", **words, by=chair)
    conferences.decide(conferences.propose(table.item, PROPOSAL, by=chair), DecisionStage.TAKEN, by=chair)
    conferences.close_item(table.item, by=chair)
    with pytest.raises(OnlyByOfficialMessage):
        conferences.draft_minutes(table.now().item, text=QUOTES, by=chair)
    assert conferences.draft_minutes(table.now().item, text=WHY, by=chair).minutes == WHY

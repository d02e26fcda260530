"""The states of rules and matches: the page is drawn from them, and each is reached and ends."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils.translation import override

from samenhang.criteria import rules
from scripts.draw_states import CRITERIA, drawing


def test_the_page_is_drawn_from_the_tables() -> None:
    with override("en"):
        assert CRITERIA.path.read_text(encoding="utf-8") == drawing(CRITERIA)


@pytest.mark.parametrize("table", rules.MACHINES.values(), ids=list(rules.MACHINES))
def test_every_state_is_reached_from_the_first_and_leads_to_an_end(table: Mapping[Any, set[Any]]) -> None:
    reached, ends = {next(iter(table))}, {state for state, following in table.items() if not following}
    for _step in table:
        reached |= {after for state in reached for after in table[state]}
        ends |= {state for state, following in table.items() if following & ends}
    assert reached == set(table) == ends

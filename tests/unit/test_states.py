"""Every state machine is a table, drawn from it, and whole: nothing is out of reach, and all of it ends."""

import pytest
from django.utils.translation import override

from samenhang.cases.rules.moving import Say
from scripts.draw_states import PAGES, Page, drawing

# A source may say otherwise until its term is over: there the term is the end, and no state.
ENDED_BY_A_TERM = {Say.GOES, Say.STAYS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_is_drawn_from_the_tables(page: Page) -> None:
    with override("en"):
        assert page.path.read_text(encoding="utf-8") == drawing(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_state_is_reached_from_the_first_and_leads_to_an_end(page: Page) -> None:
    for table in page.machines.values():
        reached, ends = {next(iter(table))}, {state for state, following in table.items() if not following}
        ends |= ENDED_BY_A_TERM & set(table)
        for _step in table:
            reached |= {after for state in reached for after in table[state]}
            ends |= {state for state, following in table.items() if following & ends}

        assert set(type(next(iter(table)))) == set(table) == reached == ends

"""Countries with a travel-data portal: a checked table in which each fact has its source, day and mark."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from samenhang.programme.rules import Read, tables
from samenhang.programme.rules.portals import PortalFault, portals, portals_on, read

# Kamerstuk 29 754, nr. 251, note 4.
FUNDED = {"NL", "FI", "FR", "EE", "AT", "LV", "SE", "RO", "PT", "ES", "SI", "HU", "BG", "LT"}


def test_the_fourteen_of_the_letter_are_known_on_its_day_and_nothing_else_is() -> None:
    known = portals_on(date(2014, 6, 30))

    assert {one.code for one in known} == FUNDED
    assert {fact.about for one in known for fact in one.facts} == {"portal"}
    assert portals_on(date(2014, 6, 29)) == []


def test_what_is_known_of_a_unit_is_verified_for_one_country_and_marked_for_the_others() -> None:
    units = {one.code: fact.read for one in portals() for fact in one.facts if fact.about == "unit"}

    assert len(units) == len(portals()) == 28
    assert {code for code, mark in units.items() if mark != Read.NOT} == {"NL"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table["countries"][0]["facts"][0].pop("source"), "source"),
        (lambda table: table["countries"][0]["facts"][0].update(read="sure"), "sure"),
        (lambda table: table["countries"][0]["facts"][0].update(known_on="soon"), "soon"),
        (lambda table: table["countries"].append(deepcopy(table["countries"][0])), "stands there twice"),
    ],
)
def test_a_fact_without_source_mark_or_day_stops_the_program(change: Any, said: str) -> None:
    table = tables.table("portals")
    change(table)

    with pytest.raises(PortalFault, match=said):
        read(table)

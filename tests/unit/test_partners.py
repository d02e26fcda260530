"""The table of partners is sound, and says nothing that the law of a day says differently."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from samenhang.grounds.rules import ask, law, permitted_tuples
from samenhang.grounds.rules.bodies import called, gets, gives, of_the_day, seated_by_law
from samenhang.grounds.rules.vocabulary import names_in_use
from samenhang.programme.rules import tables
from samenhang.programme.rules.partners import PartnerFault, partners, read, refused_to_or_by, roles_of

LETTER, ACT = date(2014, 6, 30), date(2025, 7, 1)
NAMED = {"AIVD", "DEF", "BZ", "SZW", "OCW", "NCTV", "OM", "POL", "BURG"}


def test_every_partner_that_the_letter_names_has_a_role_on_its_day() -> None:
    assert {code for code in NAMED if not roles_of(code, LETTER)} == set()


def test_the_service_shares_at_the_table_until_the_act_and_by_message_alone_since() -> None:
    def of_interventions(on: date) -> list[str]:
        return [role.text["en"] for role in roles_of("AIVD", on) if role.chapter == 3]

    assert of_interventions(LETTER) != of_interventions(ACT)
    assert len(of_interventions(LETTER)) == len(of_interventions(ACT)) == 1


def test_what_is_often_asked_is_refused_since_the_first_day_of_the_act() -> None:
    assert [one.question for one in partners().asked if ask(*one.question, ACT).permitted] == []


def test_on_a_day_on_which_the_law_allowed_it_nothing_says_that_it_did_not() -> None:
    def shown(on: date) -> set[tuple[str, str]]:
        return {one.question[:2] for one, _why in refused_to_or_by("AIVD", on)}

    assert ask("AIVD", "CASUS", "official-message", "person-centred-approach", LETTER).permitted
    assert ("AIVD", "CASUS") not in shown(LETTER)
    assert ("AIVD", "CASUS") in shown(ACT)


@pytest.mark.parametrize("day", [LETTER, ACT])
def test_a_page_has_every_rule_that_the_policy_goes_by_and_no_other(day: date) -> None:
    """Two roads to the same: what the page lists for a body, and what the policy lets it have."""
    for code in of_the_day(day):
        listed = {
            (name, line.rule.category, line.rule.purpose)
            for line in gets(code, day)
            if line.in_use
            for side in law().expand(line.rule.provider)
            for name in names_in_use(side, day)
        }
        lawful = {
            (*pair, purpose)
            for purpose in law().purposes
            for pair in permitted_tuples(called(code, day), purpose, day)
        }
        assert listed == lawful


def test_what_one_gives_another_gets() -> None:
    given = {line.rule.id for code in of_the_day(ACT) for line in gives(code, ACT)}
    got = {line.rule.id for code in of_the_day(ACT) for line in gets(code, ACT)}

    assert given == got


def test_the_law_seats_six_at_the_case_since_the_act() -> None:
    assert set(seated_by_law(ACT)) == {"BURG", "COLL", "POL", "OM", "RECL", "RVDK"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["partners"][0]["roles"][0].pop("source"), "source"),
        (lambda told: told["partners"][0].update(code="NOBODY"), "NOBODY"),
        (lambda told: told["partners"].append(deepcopy(told["partners"][0])), "stands there twice"),
        (lambda told: told["asked"][0].update(category="hearsay"), "hearsay"),
    ],
)
def test_a_role_without_source_or_of_nobody_stops_the_program(change: Any, said: str) -> None:
    told = tables.table("partners")
    change(told)

    with pytest.raises(PartnerFault, match=said):
        read(told)

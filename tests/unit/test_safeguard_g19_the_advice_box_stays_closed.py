"""G19: of advice of the CT Infobox a day and a number are kept, and no content (the box is closed)."""

from datetime import date

import pytest
from django.db.models import CheckConstraint

from samenhang.grounds import rules as law
from samenhang.measures.models import Finding
from samenhang.measures.rules.findings import BadFinding, Found, Kind, check_found

TODAY = date(2026, 11, 23)
GIVEN = date(2026, 11, 20)


def test_advice_with_content_or_without_a_number_is_refused() -> None:
    check_found(Found(Kind.BOX_ADVICE, GIVEN, number="XX-1"), TODAY)

    for found in (
        Found(Kind.BOX_ADVICE, GIVEN, text="He knows them.", number="XX-1"),
        Found(Kind.BOX_ADVICE, GIVEN),
    ):
        with pytest.raises(BadFinding):
            check_found(found, TODAY)


def test_the_database_refuses_what_code_might_let_through() -> None:
    names = {one.name for one in Finding._meta.constraints if isinstance(one, CheckConstraint)}

    assert "advice_of_the_box_has_a_number_and_no_content" in names


def test_the_law_lets_the_box_give_advice_and_nothing_else() -> None:
    tables = law.law()
    given = {rule.category for rule in tables.rules if "CTBOX" in tables.expand(rule.provider)}

    assert given == {"box-advice"}

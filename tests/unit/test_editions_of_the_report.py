"""The definitions of figures are data: checked by a schema, valid for days, and said in both languages."""

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from samenhang.national_picture.rules import Asked, EditionFault, Kind, NoEdition, edition_on, editions
from samenhang.national_picture.rules.editions import DATA, read
from samenhang.national_picture.rules.figures import quoted

# The figures of the letter (Kamerstuk 29 754, nr. 251) that nobody can count here: key, value, word.
QUOTED = {
    "dtn_edition": (36, "exact"),
    "threat_level_2014": ("substantieel", "exact"),
    "brussels_victims": (4, "exact"),
    "eu_travellers": (3000, "ongeveer"),
    "adherents": ("honderden", "estimate"),
    "countries_group": (9, "exact"),
    "countries_pnr_funded": (14, "exact"),
    "gctf_meetings": (3, "exact"),
    "intelligence_products": ("enkele tientallen", "estimate"),
    "firstline_trained": ("enkele duizenden", "estimate"),
    "isdep_trainers": (16, "exact"),
}


def tables() -> list[dict[str, Any]]:
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((DATA / "editions").iterdir())]


def test_which_figures_a_report_has_depends_on_its_last_day() -> None:
    assert edition_on(date(2014, 6, 30)).edition == "integral-2014"
    assert edition_on(date(2026, 11, 23)).edition == "person-centred"
    with pytest.raises(NoEdition):
        edition_on(date(2011, 12, 31))


def test_editions_follow_one_another_without_a_gap() -> None:
    for before, after in pairwise(editions()):
        assert before.valid_until is not None
        assert (after.valid_from - before.valid_until).days == 1


def test_every_text_stands_in_both_languages() -> None:
    for edition in editions():
        for figure in edition.figures:
            for text in (figure.unit, figure.definition, figure.source):
                assert set(text) == {"nl", "en"}


def test_in_the_edition_of_today_a_measure_stands_in_one_figure_only() -> None:
    kinds = [kind for figure in edition_on(date(2026, 1, 1)).figures for kind in figure.kinds]

    assert len(kinds) == len(set(kinds))


def test_what_the_letter_quotes_is_quoted_with_its_word() -> None:
    report = edition_on(date(2014, 6, 30))
    figures = [quoted(d, Asked(date(2014, 6, 30))) for d in report.figures if d.origin == "quoted"]

    assert {f.definition.key: (f.published.value, str(f.published.word)) for f in figures} == QUOTED


def test_a_quotation_is_not_known_for_an_earlier_day() -> None:
    told = edition_on(date(2014, 6, 30)).find("brussels_victims")

    before, after = (quoted(told, Asked(date(2014, 5, day))) for day in (23, 24))

    assert (before.published.value, before.printed("nl")) == (None, "niet bekend")
    assert (after.published.value, after.printed("nl")) == (4, "vier")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"window": {"kind": "own"}}, "not valid under any"),
        ({"precision": "roughly"}, "roughly"),
        ({"value": 30}, "False schema"),
        ({"origin": "quoted"}, "'value' is a required property"),
        ({"unit": {"nl": "personen"}}, "'en' is a required property"),
        ({"chapter": 12}, "is in no chapter"),
        ({"key": "passport_alerts"}, "stands there 2 times"),
    ],
)
def test_an_unsound_definition_makes_no_report(change: dict[str, Any], fault: str) -> None:
    rows = tables()
    row = next(f for f in rows[0]["figures"] if f["key"] == "deregistered")
    row |= change

    with pytest.raises(EditionFault, match=fault):
        read(rows)


def test_two_editions_on_one_day_are_a_fault() -> None:
    rows = tables()
    rows[0]["valid_until"] = "2015-06-01"

    with pytest.raises(EditionFault, match="hold on the same day"):
        read(rows)


def test_a_figure_with_days_of_its_own_keeps_its_first_day_and_is_cut_at_the_last() -> None:
    own = edition_on(date(2014, 6, 30)).find("passport_alerts").window

    cut = own.cut(Asked(date(2013, 5, 31), since=date(2013, 5, 1)))

    assert (own.kind, cut.since, cut.until) == (Kind.OWN, date(2012, 1, 1), date(2013, 5, 31))

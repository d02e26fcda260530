"""What the reviewer reads of a comparison: which way, how much, how common, and what is not known."""

from typing import Any, get_args

import pytest
from django.utils.translation import override

from samenhang.watchlists.rules import words
from samenhang.watchlists.rules.dates_in_words import difference
from screening.records import How, Kind


@pytest.mark.parametrize(
    ("passenger", "listed", "said"),
    [
        ("1990-03-14", "1992-03-14", "2 years earlier than the listed person. Day and month are the same."),
        ("1992-03-14", "1991-03-14", "1 year later than the listed person. Day and month are the same."),
        ("1988-06-06", "1990-01-02", "2 years earlier than the listed person."),
        ("1994-08-05", "1994-05-08", "Day and month are the other way round."),
        ("1994-08-05", "1994-08-06", "1 day earlier than the listed person. Month and year are the same"),
        ("1993-12-31", "1994-01-01", "1 day earlier than the listed person."),
        ("1994-08-05", "1994-02-05", "Born in the same year, in another month. The day is the same"),
        ("1994-08-05", "1994", "Born in the same year; one of the records says no more"),
        ("1994-08-05", "1994-08", "Born in the same month"),
        ("1994-08", "1994-09", "in another month"),
        ("1990", "1993", "3 years earlier than the listed person. A record with only a year is sometimes"),
        ("2003-01-01", "1941", "62 years later than the listed person. That is too much for an estimate."),
        ("1994-08-05", "1994-08-05", "The same day, month and year."),
        ("1994", "1994", "neither record has the day"),
    ],
)
def test_two_dates_of_birth_are_told_apart_aloud(passenger: str, listed: str, said: str) -> None:
    with override("en"):
        assert said in difference(passenger, listed)


@pytest.mark.parametrize("text", ["", "1990-03-14"])
def test_a_date_that_is_not_there_is_not_compared(text: str) -> None:
    assert difference(text, "") == difference("", text) == ""


def test_dates_in_dutch_say_who_is_older() -> None:
    with override("nl"):
        assert "2 jaar eerder geboren" in difference("1990-03-14", "1992-03-14")


def compared(**evidence: Any) -> dict[str, Any]:
    part = {"query": "JAN", "listed": "JAN", "how": "same", "weight": 1.3}
    line = {"kind": "birth_date", "verdict": "different", "query": "1990", "listed": "1992", "weight": -5.0}
    return {"parts": [part], "evidence": [{**line, **evidence}]}


def test_each_line_stands_on_its_own_side_and_the_weightiest_comes_first() -> None:
    parts = [
        {"query": text, "listed": text, "how": "same", "weight": weight}
        for text, weight in (("JAN", 1.3), ("VERZONNEN", 2.9))
    ]

    told = words.lines({**compared(), "parts": parts})

    assert [line.passenger for line in words.in_favour(told)] == ["VERZONNEN", "JAN"]
    assert [line.what for line in words.against(told)] == [str(words.KINDS["birth_date"])]


def test_a_name_left_out_is_told_otherwise_than_a_name_in_place_of_another() -> None:
    missing = {"query": "", "listed": "HASSAN", "how": "missing", "weight": -0.9}
    extra = {"query": "HUSSEIN", "listed": "", "how": "extra", "weight": -3.8}

    with override("en"):
        alone = words.lines({"parts": [missing], "evidence": []})
        both = words.lines({"parts": [missing, extra], "evidence": []})

    assert "often leaves a name out" in alone[0].words
    assert [(line.passenger, line.alert, round(line.weight, 1)) for line in both] == [
        ("HUSSEIN", "HASSAN", -4.7)
    ]
    assert "does not know as a spelling" in both[0].words


def test_of_three_names_in_place_of_others_each_is_told() -> None:
    parts = [
        {"query": "", "listed": "HASSAN", "how": "missing", "weight": -0.9},
        {"query": "HUSSEIN", "listed": "", "how": "extra", "weight": -3.8},
        {"query": "KARIM", "listed": "", "how": "extra", "weight": -2.0},
    ]

    with override("en"):
        told = words.lines({"parts": parts, "evidence": []})

    assert len(told) == 3
    assert all("another name instead" in line.words for line in told)


@pytest.mark.parametrize(
    ("parts", "sexes", "minded"),
    [
        (("same", "missing", "extra"), "same", True),
        (("same",), "different", True),
        (("same", "missing"), "same", False),
        (("missing", "extra"), "same", False),
    ],
)
def test_relatives_are_minded_where_one_name_agrees_and_another_or_the_sex_does_not(
    parts: tuple[str, ...], sexes: str, minded: bool
) -> None:
    explanation = {
        "parts": [{"query": "A", "listed": "B", "how": how, "weight": 1.0} for how in parts],
        "evidence": [{"kind": "sex", "verdict": sexes}],
    }

    assert bool(words.perhaps_relatives(explanation)) is minded


@pytest.mark.parametrize(
    ("query", "listed", "weight", "said"),
    [
        ("1989-10-23", "1988-10-23", 3.0, True),
        ("1989-10-23", "1988-10-23", -3.0, False),
        ("1988-10-23", "1988-10-23", 3.0, False),
        ("1988-10-23", "1988", 3.0, False),
    ],
)
def test_a_date_that_is_only_near_is_named_a_difference_though_it_speaks_for(
    query: str, listed: str, weight: float, said: bool
) -> None:
    with override("en"):
        told = words.lines(compared(query=query, listed=listed, weight=weight))[-1]

    assert ("difference all the same" in told.words) is said


def test_the_sex_of_a_record_is_a_word_and_not_a_letter() -> None:
    with override("nl"):
        assert [words.sex(letter) for letter in ("M", "F", "X", "")] == [
            "Man",
            "Vrouw",
            "X in het document",
            "",
        ]


def test_every_way_in_which_names_agree_has_words() -> None:
    assert set(get_args(How)) <= words.HOW.keys()
    # Nationality is never compared, so it never comes.
    assert set(get_args(Kind)) - {"nationality"} <= words.KINDS.keys()


def test_a_kind_that_the_library_adds_later_is_shown_and_not_hidden() -> None:
    told = words.lines(compared(kind="something_new", verdict="so"))

    assert ("something_new", "so") in {(line.what, line.words) for line in told}


@pytest.mark.parametrize(
    ("part", "said"),
    [("VAN", "small word"), ("MOHAMED", "very common: about 1 in"), ("NERGENSQUAVLIET", "rare")],
)
def test_how_common_a_name_is_stands_in_words(part: str, said: str) -> None:
    with override("en"):
        assert said in words.rarity(part)


def test_what_is_not_known_is_said_of_the_side_that_lacks_it() -> None:
    told = {"surname": "X", "given_names": "Y", "birth_date": "", "sex": "M", "documents": [{"number": "1"}]}
    listed = {"birth_dates": ["1990"], "sex": "", "documents": ["2"]}

    with override("en"):
        said = words.unknown(told, listed)

    assert said[0] == "Not known of the passenger: date of birth."
    assert said[1] == "Not in the alert: sex."
    assert "settles nothing" in said[2]


def test_no_weight_and_no_total_is_shown() -> None:
    with override("en"):
        told = words.lines(compared())
        sides = [line.side.text for line in told]

    assert sides == ["Says little", "Speaks strongly against"]
    assert not any("1.3" in line.words for line in told)

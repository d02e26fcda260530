"""What the rules and forms of a conference take from a hurried chair, and what they refuse."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from samenhang.conferences import forms, rules
from samenhang.desk.room import _since

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN = ["Pippi Fantasia / Pippi Langkous", "Bo de Verzonsel"]


@pytest.mark.parametrize("place", ["At Fantasia at home", "pippi langkous", "Verzonsel, 2nd floor"])
def test_a_place_with_the_name_of_somebody_of_the_cases_is_refused(place: str) -> None:
    with pytest.raises(rules.NameInPlace):
        rules.check_place(place, KNOWN)


@pytest.mark.parametrize("place", ["Town hall, room 3", "Fantasialaan 4", "Bo"])
def test_a_room_a_street_or_a_first_name_alone_is_no_name_of_somebody(place: str) -> None:
    rules.check_place(place, KNOWN)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (NOW - HOUR, NOW + HOUR, "voorbij|past"),
        (NOW + HOUR, NOW + HOUR, "eindigt|ends before"),
        (NOW + timedelta(days=400), NOW + timedelta(days=400) + HOUR, "jaar|year"),
    ],
)
def test_each_wrong_moment_says_what_is_wrong_with_it(starts: datetime, ends: datetime, words: str) -> None:
    with pytest.raises(rules.NotOfThePast, match=words):
        rules.check_moments(starts, ends, NOW)


@pytest.mark.parametrize("length", [forms.WORDS, forms.WORDS + 1])
def test_a_pasted_file_is_no_question(length: int) -> None:
    form = forms.Reason({"words": "W" * length}, label="Question")

    assert form.is_valid() == (length == forms.WORDS)


def test_what_came_since_the_assessment_says_when_it_happened_and_how_far_a_measure_is() -> None:
    said: Any = SimpleNamespace(
        known_at=NOW, true_from=date(2026, 11, 12), text="Shouted.", get_kind_display=lambda: "Fact"
    )
    measure: Any = SimpleNamespace(
        kind="SIS-36", suggested_on=date(2026, 11, 19), necessity="He packs.",
        get_status_display=lambda: "Suggested",
    )  # fmt: skip
    made: Any = SimpleNamespace(made_on=date(2026, 10, 6))

    fact, suggested = _since(made, [said], [], [measure])

    assert (fact.came_on, fact.happened_on) == (date(2026, 11, 23), date(2026, 11, 12))
    assert suggested.status == "Suggested"

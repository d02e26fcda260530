"""The benchmark tells which withheld names a matcher may be asked for, and what befalls names (0201)."""

import random
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(ROOT / "bench")
    import screening_damage
    import screening_linked

    return screening_linked, screening_damage


@pytest.mark.parametrize(
    ("withheld", "left", "may"),
    [
        pytest.param("Fantasia Verzonnen", "VERZONNEN Fantasya", True, id="all parts alike"),
        pytest.param(
            "Fantasia Olegovna Verzonnen", "Fantasia VERZONNEN", True, id="one name has a part more"
        ),
        pytest.param("Fantasiaverzonnen", "Fantasia Verzonnen", True, id="written as one"),
        pytest.param("Fantasia Bedacht", "Fantasia VERZONNEN", False, id="another family name"),
        pytest.param("Abu Verzonnen", "Fantasia AL-VERZONNEN", False, id="but one part that is no particle"),
        pytest.param("Verzonnen Verzonen", "Fantasia VERZONNEN", False, id="two parts resemble one"),
    ],
)
def test_a_withheld_name_may_be_found_if_it_resembles_one_that_is_left(
    bench: Any, withheld: str, left: str, may: bool
) -> None:
    assert bench[0].linked(withheld, [left]) is may


def test_nobody_is_linked_with_an_empty_list(bench: Any) -> None:
    assert not bench[0].linked("Fantasia Verzonnen", [])


@pytest.mark.parametrize("seed", range(40))
def test_the_only_family_name_is_never_left_out_or_glued_to_a_given_name(bench: Any, seed: int) -> None:
    noise = bench[1].KEYED._replace(shares={"drop": 1, "merge": 1, "swap": 1})
    parts, _ = bench[1].changed(random.Random(seed), bench[1].fields("Fantasia Maria VERZONNEN"), noise)
    assert "VERZONNEN" in parts


def test_what_stands_in_capitals_is_the_family_name(bench: Any) -> None:
    assert bench[1].fields("AL-VERZONNEN Fantasia Al-Bedacht") == (
        ["FANTASIA", "AL", "BEDACHT"],
        ["AL", "VERZONNEN"],
    )

"""One letter that sets two parts of a name apart, as fingers slip and otherwise, on invented people."""

from functools import cache

import numpy as np
import pytest

from screening import Entry, Index, Query
from screening.compiled import compiled
from screening.likeness import NONE, ONE_LETTER, SLIP, one_letter
from screening.spelling import Bytes


@compiled
def _apart(one: Bytes, other: Bytes) -> int:
    return one_letter(one, 0, len(one), other, 0, len(other))


def apart(one: str, other: str) -> int:
    return _apart(*(np.frombuffer(text.encode(), np.uint8) - np.uint8(65) for text in (one, other)))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("VERZONNEN", "VERZOMNEN", SLIP),
        ("VERZONNEN", "VERXONNEN", SLIP),
        ("VERZONNEN", "VERZONENN", SLIP),
        ("VERZONNEN", "EVRZONNEN", SLIP),
        ("VERZONNEN", "VERZONEN", SLIP),
        ("VERZONNEN", "VERZONNENN", SLIP),
        ("VERZONNEN", "VERZOPNEN", ONE_LETTER),
        ("VERZONNEN", "ERZONNEN", ONE_LETTER),
        ("VERZONNEN", "VERZONNENA", ONE_LETTER),
        ("VERZONNEN", "VERZOLNEN", ONE_LETTER),
        ("VERZONNEN", "VERZONNE", ONE_LETTER),
        ("VERZONNEN", "NERZONNEV", NONE),
        ("VERZONNEN", "VERZO", NONE),
    ],
)
def test_one_letter_is_told_from_a_slip_of_the_fingers_whichever_side_has_it(
    one: str, other: str, how: int
) -> None:
    assert (apart(one, other), apart(other, one)) == (how, how)


@cache
def the_index() -> Index:
    return Index.build([Entry("1", ("Fantasia VERZONNEN-PHANTOMSSON",), ("1981-02-03",))])


def score(name: str) -> float:
    (found,) = the_index().search(Query("q", (name,), "1981-02-03"), threshold=-50)
    return found.score


@pytest.mark.parametrize("surname", ["PHAMTOMSSON", "PHANTPMSSON", "PHATNOMSSON"])
def test_a_slip_of_the_fingers_counts_less_than_another_wrong_letter(surname: str) -> None:
    slipped, other = score(f"FANTASIA VERZONNEN {surname}"), score("FANTASIA VERZONNEN PHANTZMSSON")

    assert other < slipped < score("FANTASIA VERZONNEN PHANTOMSSON")


def test_one_wrong_letter_counts_less_than_two() -> None:
    assert score("FANTASIA VERZONNEN PGANTXMSSON") < score("FANTASIA VERZONNEN PHANTXMSSON")

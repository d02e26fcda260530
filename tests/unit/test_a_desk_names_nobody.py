"""A partner is reached at a desk: the words that say how hold the name of nobody who works there."""

from dataclasses import replace

import pytest

from samenhang.programme.rules.contact import Contact, NotFunctional, check_functional

DESK = Contact("Imaginary desk", "desk@example.org", "+31 70 000 0000", "9 to 17", "Call the duty room")
PEOPLE = ["Fantasio Verzonnen"]


@pytest.mark.parametrize(
    "words", ["FANTASIO VERZONNEN", "Fantasio Verzonnens telefoon", "Ask Verzonnen", "the verzonnen-desk"]
)
def test_a_name_is_found_whole_with_an_ending_and_by_its_last_word(words: str) -> None:
    with pytest.raises(NotFunctional):
        check_functional(replace(DESK, out_of_hours=words), PEOPLE)


@pytest.mark.parametrize("words", ["Fantasio alone is nobody", "the verzonnenlaan"])
def test_a_first_name_and_a_longer_word_are_nobody(words: str) -> None:
    check_functional(replace(DESK, out_of_hours=words), PEOPLE)

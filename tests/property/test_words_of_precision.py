"""Each word of precision keeps its promise for every count."""

from hypothesis import given
from hypothesis import strategies as st

from samenhang.national_picture.rules import Stated, Word, is_small, printed, stated

COUNTS = st.integers(1, 100_000)


@given(COUNTS)
def test_ruim_is_less_than_what_was_counted_and_within_the_same_ten(counted: int) -> None:
    said = stated(Word.RUIM, counted)

    assert isinstance(said.value, int)
    if said.word == Word.RUIM:
        assert said.value < counted < said.value + 10
        assert said.value >= 10
    else:
        assert said.word == Word.CIRCA, "never exact: the word is chosen to say less"
        assert counted % 10 == 0 or counted < 10


@given(COUNTS)
def test_circa_is_a_ten_and_at_most_five_away(counted: int) -> None:
    said = stated(Word.CIRCA, counted)

    assert isinstance(said.value, int)
    assert said.value % 10 == 0
    assert -5 < said.value - counted <= 5


@given(COUNTS)
def test_ongeveer_is_a_hundred_and_at_most_fifty_away(counted: int) -> None:
    said = stated(Word.ONGEVEER, counted)

    assert isinstance(said.value, int)
    assert said.value % 100 == 0
    assert -50 < said.value - counted <= 50


@given(st.sampled_from([Word.EXACT, Word.RUIM, Word.CIRCA, Word.ONGEVEER]), COUNTS)
def test_a_larger_count_is_never_said_smaller(word: Word, counted: int) -> None:
    less, more = stated(word, counted).value, stated(word, counted + 1).value

    assert isinstance(less, int)
    assert isinstance(more, int)
    # “Circa 30” for exactly thirty, then “ruim 30”: equal, never less. Below ten “circa 10”.
    assert less <= more


@given(st.sampled_from([Word.EXACT, Word.RUIM, Word.CIRCA, Word.ONGEVEER]))
def test_nothing_is_exactly_nothing(word: Word) -> None:
    assert stated(word, 0) == Stated(0, Word.EXACT)


@given(st.integers(0, 1000))
def test_one_to_four_are_small_and_nothing_else_is(counted: int) -> None:
    assert is_small(counted) == (counted in {1, 2, 3, 4})


def test_terms_one_by_one_are_always_small_for_they_are_about_each() -> None:
    assert is_small((90, 60))
    assert not is_small(())


def test_the_letter_is_printed_as_the_letter_prints() -> None:
    def dutch(word: Word, counted: int | tuple[int, ...], *, spelled: bool = False) -> str:
        return printed(stated(word, counted), "nl", spelled=spelled)

    assert dutch(Word.CIRCA, 128) == "circa 130"
    assert dutch(Word.RUIM, 33, spelled=True) == "ruim dertig"
    assert dutch(Word.RUIM, 34) == "ruim 30"
    assert dutch(Word.EXACT, 29) == "29"
    assert dutch(Word.EXACT, 6, spelled=True) == "zes"
    assert dutch(Word.EXACT, (90, 60)) == "90 en 60"
    assert dutch(Word.ONGEVEER, 2987) == "ongeveer 3.000"
    assert printed(stated(Word.RUIM, 33), "en", spelled=True) == "over thirty"
    assert printed(Stated(None, Word.SUPPRESSED), "en") == "not published"

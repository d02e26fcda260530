"""What many ask during one request is asked once in it, and never kept for the next."""

from itertools import count

from samenhang.foundation.once import once, remembering


def test_inside_a_block_a_question_is_asked_once() -> None:
    numbers = count()

    with remembering():
        told = [once("how many", lambda: next(numbers)) for _time in range(3)]

    assert told == [0, 0, 0]


def test_a_block_inside_another_knows_what_was_told_and_forgets_nothing_of_it() -> None:
    numbers = count()

    with remembering():
        before = once("how many", lambda: next(numbers))
        with remembering():
            inside = once("how many", lambda: next(numbers))
        after = once("how many", lambda: next(numbers))

    assert (before, inside, after) == (0, 0, 0)


def test_after_a_block_and_outside_of_one_it_is_asked_anew() -> None:
    numbers = count()

    with remembering():
        inside = once("how many", lambda: next(numbers))

    assert (inside, *(once("how many", lambda: next(numbers)) for _time in range(2))) == (0, 1, 2)

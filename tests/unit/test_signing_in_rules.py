"""One-time codes against the tables of their RFCs; limits; recovery codes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.organisations.rules import signing_in
from samenhang.organisations.rules.signing_in import (
    CODE_SECONDS,
    IDLE,
    LONGEST,
    PAUSE,
    TRIES,
    Ending,
    TooManyTries,
    accepted_step,
    check_tries,
    code_at,
    digest_of,
    over,
    step_at,
)

SECRET = b"12345678901234567890"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "code"),
    list(
        enumerate(
            [
                "755224",
                "287082",
                "359152",
                "969429",
                "338314",
                "254676",
                "287922",
                "162583",
                "399871",
                "520489",
            ]
        )
    ),
)
def test_the_codes_are_those_of_rfc_4226_appendix_d(count: int, code: str) -> None:
    assert code_at(SECRET, count) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_the_last_six_digits_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    assert code_at(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code[-6:]


@pytest.mark.parametrize(("aside", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_behind_or_ahead(aside: int, accepted: bool) -> None:
    typed = code_at(SECRET, step_at(NOON) + aside)

    assert (accepted_step(SECRET, typed, now=NOON, after=0) is not None) is accepted


def test_a_code_is_worth_nothing_after_a_later_one_was_used() -> None:
    earlier = code_at(SECRET, step_at(NOON) - 1)

    assert accepted_step(SECRET, earlier, now=NOON, after=step_at(NOON)) is None


@given(st.text(max_size=12))
def test_nothing_but_the_code_is_accepted(typed: str) -> None:
    right = {code_at(SECRET, step_at(NOON) + aside) for aside in (-1, 0, 1)}

    accepted = accepted_step(SECRET, typed, now=NOON, after=0) is not None

    assert accepted == ("".join(typed.split()) in right)


def test_the_code_may_be_typed_in_two_groups() -> None:
    code = code_at(SECRET, step_at(NOON))

    assert accepted_step(SECRET, f"{code[:3]} {code[3:]}", now=NOON, after=0) == step_at(NOON)


def test_recovery_codes_are_ten_different_ones_that_can_be_typed_carelessly() -> None:
    codes = signing_in.new_recovery_codes()

    assert len({digest_of(code) for code in codes}) == 10
    assert digest_of(codes[0]) == digest_of(f" {codes[0].upper().replace('-', ' ')} ")


@pytest.mark.parametrize(
    ("age", "unseen", "ending"),
    [
        (timedelta(hours=1), timedelta(minutes=1), None),
        (IDLE, IDLE - timedelta(seconds=1), None),
        (IDLE, IDLE, Ending.IDLE),
        (LONGEST - timedelta(seconds=1), timedelta(0), None),
        (LONGEST, timedelta(0), Ending.TOO_LONG),
    ],
)
def test_a_session_ends_at_its_limits(age: timedelta, unseen: timedelta, ending: Ending | None) -> None:
    assert over(NOON - age, NOON - unseen, NOON) == ending


def test_a_pause_begins_after_five_wrong_codes_and_ends_by_itself() -> None:
    check_tries(TRIES - 1, NOON, NOON)
    check_tries(TRIES, NOON - PAUSE, NOON)

    with pytest.raises(TooManyTries):
        check_tries(TRIES, NOON, NOON + PAUSE - timedelta(seconds=1))


def test_a_code_lives_half_a_minute() -> None:
    assert step_at(NOON + timedelta(seconds=CODE_SECONDS)) == step_at(NOON) + 1

"""Hit or no hit: the limits, what is told, and where the law lets it be asked."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.exchange.rules.asking import (
    CATEGORIES,
    MOST,
    Limit,
    Reply,
    Sent,
    limit_reached,
    may_tell,
    told,
)

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
TODAY = NOW.date()


def test_knowing_nobody_saying_nothing_and_silence_are_told_the_same() -> None:
    assert told(Reply.NONE) == told(Reply.SILENT) == told("") == "no_hit"
    assert (told(Reply.HIT), told(Reply.REFUSED)) == ("hit", "refused")


@pytest.mark.parametrize(
    ("limit", "sent"),
    [
        (Limit.AGAIN, lambda _n: Sent("P-1", 1, "U-other", NOW)),
        (Limit.PERSON, lambda n: Sent("P-1", 100 + n, "U-other", NOW)),
        (Limit.ASKER, lambda n: Sent(f"P-{n}-", 1, "U-1", NOW)),
        (Limit.ORGANISATION, lambda n: Sent(f"P-{n}-", 1, f"U-{n}-", NOW)),
    ],
)
def test_a_limit_stops_the_next_question_and_is_over_after_its_time(limit: Limit, sent: object) -> None:
    most, window = MOST[limit]
    before = [sent(number) for number in range(most)]  # type: ignore[operator]
    new = Sent("P-1", 1, "U-1", NOW + timedelta(hours=1))
    later = Sent("P-1", 1, "U-1", NOW + window)

    assert limit_reached(new, before[1:]) is None
    assert limit_reached(new, before) == limit
    assert limit_reached(later, before) is None


@pytest.mark.parametrize(
    ("asker", "asked", "purpose", "rule"),
    [
        ("BURG", "POL", "public-order", "POL-BURG-PO-26"),
        ("OM", "POL", "prosecution", "POL-OM-PROS"),
        ("POL", "KMAR", "investigation", "KMAR-POL-TRAV"),
        # A school reports by itself; a service writes messages; the unit has everybody's journeys.
        ("BURG", "SCHOOL", "weighing", ""),
        ("BURG", "AIVD", "public-order", ""),
        ("OM", "PINL", "prosecution", ""),
        ("POL", "CTBOX", "investigation", ""),
        # The other way round, for another purpose, and to who works with pseudonyms.
        ("POL", "BURG", "public-order", ""),
        ("BURG", "POL", "passport-decision", ""),
        ("NCTV", "RECL", "coordination", ""),
    ],
)
def test_only_a_rule_of_that_day_lets_a_partner_be_asked(
    asker: str, asked: str, purpose: str, rule: str
) -> None:
    answer = may_tell(asked, asker, purpose, on=TODAY, enabled=())

    assert (answer.permitted, answer.rule if answer.permitted else "") == (bool(rule), rule)
    assert answer.sentence


def test_a_rule_that_had_not_begun_or_whose_condition_is_not_met_lets_nobody_be_asked() -> None:
    unmet = may_tell("POL", "BURG", "public-order", on=TODAY, enabled=(), not_met=["necessity-statement"])

    assert "POL-BURG-PO-26" in unmet.sentence
    assert not unmet.permitted
    assert not may_tell("POL", "BURG", "public-order", on=date(1999, 1, 1), enabled=()).permitted


def test_what_everybody_is_in_is_never_asked_so() -> None:
    assert not {"residence", "travel-document", "passenger-data", "signal"} & set(CATEGORIES)

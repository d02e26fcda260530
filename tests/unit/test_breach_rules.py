"""What may follow what, the clock of 72 hours, and which reason fits which risk."""

from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from samenhang.foundation.errors import Refused
from samenhang.oversight import rules
from samenhang.oversight.rules import NEXT, Note, Risk, Stage, Told, WhyNotPersons

NOTICED = datetime(2026, 11, 20, 14, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
END = NOTICED + timedelta(hours=72)
SECOND = timedelta(seconds=1)
WORDS = "A letter went to the wrong house."


@pytest.mark.parametrize(("current", "wanted"), list(product(Stage, Stage)))
def test_an_arrow_that_is_not_in_the_table_cannot_be_taken(current: Stage, wanted: Stage) -> None:
    if wanted in NEXT[current]:
        rules.check_transition(NEXT, current, wanted)
    else:
        with pytest.raises(rules.IllegalTransition):
            rules.check_transition(NEXT, current, wanted)


@pytest.mark.parametrize(("stage", "risk", "source_open"), list(product(Stage, ["", *Risk], [True, False])))
def test_a_page_offers_what_may_follow_and_nothing_else(stage: Stage, risk: str, source_open: bool) -> None:
    offered = rules.steps_from(stage, risk, source_open=source_open)

    states = set(offered) - {rules.ADDED, rules.SOURCE_TOLD}
    left_out = set(NEXT[stage]) - states
    assert states <= NEXT[stage]
    # Not offered: to leave the authority out when there is a risk; to close while others must be told.
    assert left_out <= {Stage.NOT_TOLD, Stage.CLOSED}
    assert (Stage.CLOSED in left_out) == (source_open and Stage.CLOSED in NEXT[stage])
    assert bool(offered) == (stage not in rules.ENDINGS)
    assert len(set(offered)) == len(offered)


def test_after_72_hours_and_not_before_the_reason_for_the_delay_goes_along() -> None:
    rules.check_delay(END, NOTICED, "")
    rules.check_delay(END + SECOND, NOTICED, "It was a weekend and nobody read the note.")

    with pytest.raises(rules.WhyLate):
        rules.check_delay(END + SECOND, NOTICED, "Late.")


def test_72_hours_are_72_hours_when_the_clock_changes() -> None:
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))

    assert rules.tell_before(saturday).timestamp() - saturday.timestamp() == 72 * 3600


@pytest.mark.parametrize(("risk", "why"), list(product(Risk, WhyNotPersons)))
def test_that_the_risk_is_not_high_is_the_reason_if_and_only_if_it_is_not(
    risk: Risk, why: WhyNotPersons
) -> None:
    if (risk == Risk.HIGH) == (why != WhyNotPersons.NOT_HIGH):
        rules.check_persons_not_told(risk, why)
    else:
        with pytest.raises(rules.NotForThisRisk):
            rules.check_persons_not_told(risk, why)


@pytest.mark.parametrize(
    "note",
    [
        Note(Told("Oops."), NOTICED, ("cases",)),
        Note(Told(WORDS), NOTICED, ()),
        Note(Told(WORDS), NOTICED, ("gossip",)),
        Note(Told(WORDS), END + SECOND, ("cases",)),
    ],
    ids=["too-few-words", "no-data", "unknown-data", "of-the-future"],
)
def test_a_note_says_what_happened_with_which_data_and_is_not_of_the_future(note: Note) -> None:
    with pytest.raises(Refused):
        rules.check_note(note, END)


def test_what_was_written_comes_back_as_it_was() -> None:
    told = Told(WORDS, "Shame.\nAnd more.", "", "“Elsewhere”")

    assert Told.of_bytes(told.as_bytes()) == told

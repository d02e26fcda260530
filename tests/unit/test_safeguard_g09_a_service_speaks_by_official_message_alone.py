"""G9: what a service knows comes in by official message; no statement quotes it (CTIVD 57, 67)."""

from dataclasses import replace
from datetime import date

import pytest

from samenhang.exchange.rules import Content, Incomplete, check_content
from samenhang.exchange.rules.conduct import OnlyByOfficialMessage
from samenhang.exchange.rules.messages import Letter, Topic, check_letter

TODAY = date(2026, 11, 23)
LETTER = Letter("XX-1", date(2026, 11, 20), Topic.INTENDS, "An imaginary text.", "Reliable.")


@pytest.mark.parametrize(
    "text",
    [
        "Volgens de AIVD wil hij vertrekken.",
        "De MIVD meldt dat zij geld verzamelt.",
        "According to the AIVD he bought a ticket.",
        "The intelligence service says so.",
        "Wij hebben informatie van de AIVD.",
    ],
)
def test_a_statement_quotes_no_service(text: str) -> None:
    with pytest.raises(OnlyByOfficialMessage):
        check_content(Content(text=text, basis="Politiewet 2012 art. 3"))


@pytest.mark.parametrize(
    "text", ["Filmde het gebouw van de AIVD.", "Solliciteerde bij de MIVD.", "Showed a colleague a knife."]
)
def test_a_service_may_be_named_where_it_says_nothing(text: str) -> None:
    check_content(Content(text=text, basis="Politiewet 2012 art. 3"))


@pytest.mark.parametrize(
    "changes",
    [{"number": " "}, {"text": ""}, {"reliability": " "}, {"dated_on": date(2026, 11, 24)}],
    ids=["number", "text", "reliability", "date"],
)
def test_an_official_message_lacks_no_number_text_reliability_or_date(
    changes: dict[str, object],
) -> None:
    check_letter(LETTER, TODAY)

    with pytest.raises(Incomplete):
        check_letter(replace(LETTER, **changes), TODAY)  # type: ignore[arg-type]

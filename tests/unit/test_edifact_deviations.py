"""What real transport does to messages: section by section, each costs a problem at most."""

import re

import pytest

from edifact import Message, read
from tests.messages import ANSWER, PERSON, WHOLE, only, surnames

BOTH = ["VOORBEELD", "MODEL"]


def people(text: str | bytes) -> list[str]:
    messages = read(text if isinstance(text, bytes) else text.encode())
    return [name for message in messages for name in surnames(message)]


def same(message: Message) -> tuple[object, ...]:
    return (message.type, message.version, message.sender, message.flights, message.passengers)


CLEAN = same(read(WHOLE.encode())[0])


def wrapped(text: str, width: int) -> str:
    return "\r\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("width", [*range(20, 90), 3])
def test_line_wraps_at_any_width_change_nothing(width: int) -> None:
    assert same(read(wrapped(WHOLE, width).encode())[0]) == CLEAN


@pytest.mark.parametrize(
    "noisy",
    [
        "\ufeff" + WHOLE,
        "\r\nQD AMSXXXX\r\n.HDQXXXX 271137\r\n\x02" + WHOLE + "\r\n\x03\r\n",
        "   " + WHOLE.replace("'", "'\n   ").replace("UNA:+.? '\n   ", "UNA:+.? '"),
        WHOLE.replace("'", "'\r\n").replace("UNA:+.? '\r\n", "UNA:+.? '"),
        WHOLE + "\r\n____\r\nConfidentiality: we're not liable. It's yours, isn't it?\r\nEmail secured",
        WHOLE.removeprefix("UNA:+.? '"),
        WHOLE.replace("'", "''"),
        WHOLE.replace("UNH+", "\x00UNH+"),
        WHOLE.removesuffix("'"),
    ],
)
def test_noise_around_and_between_segments_changes_nothing(noisy: str) -> None:
    assert same(read(noisy.encode())[0]) == CLEAN


@pytest.mark.parametrize("marks", [":*$", ":-'", ":-*", "|^~", "*:#", ">!;"])
def test_declared_separators_are_honoured(marks: str) -> None:
    component, element, terminator = list(marks)
    body = WHOLE.removeprefix("UNA:+.? '").translate(
        {ord(":"): component, ord("+"): element, ord("'"): terminator}
    )

    for una in (f"UNA{component}{element}.? {terminator}", "", f"UNA{element}{component}.?*!"):
        message = read((una + body).encode())[0]

        assert same(message) == CLEAN


@pytest.mark.parametrize("una", [r"UNA:+\*'", "UNA:+.\\*\u2019", "UNA:+.?*'", "UNA:+.? ' ", "UNA+:.? '"])
def test_a_wrong_service_string_advice_is_seen_through(una: str) -> None:
    assert people(una + "\r\n" + WHOLE.removeprefix("UNA:+.? '")) == BOTH


@pytest.mark.parametrize("tag", ["UNB", "UNH", "UNT", "UNZ", "BGM", "TDT", "CNT"])
def test_any_missing_segment_of_the_frame_costs_nobody(tag: str) -> None:
    assert people(re.sub(tag + r"\+[^']*'", "", WHOLE)) == BOTH


@pytest.mark.parametrize("tag", ["ATT", "DTM", "NAD", "LOC", "DOC", "CNT", "UNT"])
def test_a_missing_terminator_before_a_new_line_is_repaired(tag: str) -> None:
    text = WHOLE.replace("'", "'\n").replace(f"'\n{tag}", f"\n{tag}")

    message = read(text.encode())[0]

    assert message.passengers == CLEAN[4]
    assert any("no terminator" in problem.message for problem in message.problems)


def test_a_passenger_glued_to_the_segment_before_is_not_lost() -> None:
    assert people(WHOLE.replace("SPECI2014'DTM+36:310101'LOC+91+UTO'NAD", "SPECI2014NAD")) == BOTH


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_message_cut_off_anywhere_keeps_what_came_before(cut: int) -> None:
    assert people(WHOLE[:-cut])[0] == "VOORBEELD"


def test_lower_case_is_read_as_capitals_are() -> None:
    message = read(WHOLE.lower().encode())[0]

    assert message.type == "PAXLST"
    assert [name.upper() for name in surnames(message)] == BOTH
    assert message.passengers[0].nationality == "UTO"
    assert message.flights[0].carrier == "XX"


def test_two_interchanges_in_one_file_are_two_messages_each_with_its_own_separators() -> None:
    other = WHOLE.removeprefix("UNA:+.? '").replace("+", "*").replace("'", "$")

    messages = read((WHOLE + "\r\nUNA:*.? $\r\n" + other + WHOLE.removeprefix("UNA:+.? '")).encode())

    assert [same(message) for message in messages] == [CLEAN] * 3


def test_several_messages_in_one_interchange_are_read_each() -> None:
    body = WHOLE[WHOLE.index("UNH") : WHOLE.index("UNZ")]

    messages = read((WHOLE[: WHOLE.index("UNZ")] + body + "UNZ+2+77'").encode())

    assert [same(message) for message in messages] == [CLEAN] * 2


def test_released_characters_come_back_as_text() -> None:
    text = WHOLE.replace("VOORBEELD", "O?'VOOR?+B?:E??")

    assert people(text) == ["O'VOOR+B:E?", "MODEL"]
    assert people(wrapped(text, 69)) == ["O'VOOR+B:E?", "MODEL"]


@pytest.mark.parametrize(
    ("encoding", "syntax"),
    [("utf-8", "UNOA"), ("utf-8", "UNOY"), ("latin-1", "UNOC"), ("iso-8859-9", "UNOK")],
)
def test_letters_outside_ascii_are_decoded(encoding: str, syntax: str) -> None:
    name = "GÜNEŞ" if encoding != "latin-1" else "GÜNE"

    text = WHOLE.replace("UNOA", syntax).replace("VOORBEELD", name)

    assert people(text.encode(encoding)) == [name, "MODEL"]


def test_utf_16_is_read_too() -> None:
    assert same(read(WHOLE.encode("utf-16"))[0]) == CLEAN


def test_offsets_point_at_the_bytes_of_the_segment_after_noise_and_wide_letters() -> None:
    data = ("QD X\r\n" + WHOLE.replace("VOORBEELD", "GÜNEŞ").replace("DTM+329:800203", "DTM+329:99")).encode()

    (problem,) = [p for p in read(data)[0].problems if p.message == "unreadable date"]

    assert data[problem.offset :].startswith(b"DTM+329:99")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b"  \r\n", "empty"),
        (b"file,message\nA.txt,PAXLST\n", "plain text"),
        (b'<?xml version="1.0"?>\n<OTA_ReadRQ xmlns="x">', "XML (OTA_ReadRQ)"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04rest", "ZIP archive"),
        (b'{"a": 1}', "JSON"),
        (b"ISA*00*", "ANSI X12"),
        (bytes(range(256)), "binary data"),
    ],
)
def test_other_files_are_named_as_what_they_are(data: bytes, name: str) -> None:
    (message,) = read(data)

    assert message.type == f"not EDIFACT: {name}"
    assert message.problems


def test_other_messages_keep_their_own_type() -> None:
    (message,) = read(b"UNB+UNOA:4+A+B+260301:0800+1'UNH+1+INVOIC:D:96A:UN'BGM+380'UNT+3+1'UNZ+1+1'")

    assert (message.type, message.version) == ("INVOIC", "D:96A:UN")


def test_an_envelope_without_a_message_is_unknown() -> None:
    (message,) = read(b"UNB+UNOA:4+A+B+260301:0800+1'UNZ+0+1'")

    assert message.type == "unknown"
    assert message.problems


def test_a_cusres_gives_flight_and_answers() -> None:
    (message,) = read(ANSWER.encode())

    assert message.type == "CUSRES"
    assert (message.flights[0].number, message.flights[0].arrival_airport) == ("339", "IST")
    assert (message.answers[0].record_locator, message.answers[0].code) == ("ABC123", "0Z")
    assert message.problems == ()


def test_a_person_or_place_named_as_a_service_segment_begins_no_interchange() -> None:
    text = WHOLE.replace("VOORBEELD:", "UNB:").replace("LOC+178+AMS", "LOC+178+UNB").replace("MODEL", "UNA")

    assert [surnames(message) for message in read(text.encode())] == [["UNB", "UNA"]]


@pytest.mark.parametrize("damaged", ["PAXLS", "PAXL ST", "P?:AXLST", "PAXLSTD", "PA", "", "PAXSST"])
def test_a_damaged_type_does_not_cost_the_list(damaged: str) -> None:
    message = read(WHOLE.replace("PAXLST", damaged).encode())[0]

    assert (message.type, surnames(message)) == ("PAXLST", BOTH)
    assert any("read as PAXLST" in problem.message for problem in message.problems)


def test_a_declared_repetition_mark_separates_values_and_otherwise_is_text() -> None:
    told = WHOLE.replace("DTM+329", "COM+060000:TE*TESTJE AT VOORBEELD:EM'DTM+329", 1)

    repeated = only(told.replace("UNA:+.? '", "UNA:+.?*'")).passengers[0]
    plain = only(told).passengers[0]

    assert [contact.kind for contact in repeated.contacts] == ["TE", "EM"]
    assert [contact.kind for contact in plain.contacts] == ["TE*TESTJE AT VOORBEELD"]


def test_segments_of_a_person_may_stand_in_any_order() -> None:
    first, *others = PERSON.rstrip("'").split("'")
    documents = [line for line in others if line[:3] == "DOC" or line[:6] in ("DTM+36", "LOC+91")]
    rest = [line for line in others if line not in documents]
    turned = "'".join([first, *documents, *reversed(rest)]) + "'"

    assert only(WHOLE.replace(PERSON, turned)).passengers == only(WHOLE).passengers


def test_the_same_passenger_several_times_is_given_each_time() -> None:
    assert people(WHOLE.replace(PERSON, PERSON * 3)) == [people(WHOLE)[0]] * 3 + people(WHOLE)[1:]

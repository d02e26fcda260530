"""What is read by one expression is what reading segment by segment gives, faults and offsets too."""

import re
from collections.abc import Iterator
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from edifact import Message, read
from edifact.plain_booking import groups as groups_of_bookings
from edifact.plain_person import groups
from edifact.separators import USUAL, Separators
from edifact.wraps import flat
from tests.messages import BOOKINGS, FLIGHT, HEAD, PERSON, TAIL, WHOLE

LINES = [
    *PERSON.rstrip("'").split("'"),
    "NAD+FM+++MODEL:PIET", "NAD+FL+++VAN DER TEST :ANNA: MARIA:+STRAAT 1+DORP", "NAD+DDT+++:ANNA",
    "NAD+FL+++FNUTEST:FNU", "NAD+FL+++X+KANAD+", "NAD+ZZ+++X", "NAD+FL+A", "ATT+2++f", "ATT+M",
    "ATT+2++", "DTM+329:19800230", "DTM+329:030201", "DTM+329:", "DTM+36:19991301", "DTM+36:19991231",
    "DOC+V+9", "DOC+p:110:111+spec1", "DOC", "LOC+178", "LOC+179+ams", "LOC+179+AMS:139:6", "LOC+91+",
    "RFF+SEA:1A ", "RFF+TN:9", "RFF+AVF:A?+B", "RFF+YZY:1:2", "RFF+ABO:A*B", "COM+060000:TE+X:EM",
    "COM+", "GEI+4+ZZZ", "FTX+BAG+++NULL", "FTX+BAGS+++X1", "MEA+CT++2", "MEA+WT++LBR:9", "MEA+CT++:x",
    "NAD+FL+++VAN<TEST<<ANNA", "NAD+FL+++TEST/ANNA", "NAD+FL+++TEST,ANNA:B", "LOC+180+:::TESTDORP",
    "NAT+2+:::UTO", "EMP+1+CR1:110:111", "NAT+UTO", "QQQ+1", "CNT+42:9", "TDT+20+XX1", "LOC+125+AMS", "",
    "TIF+A+B", "Ş",
]  # fmt: skip
lists = st.lists(
    st.lists(st.sampled_from(LINES), max_size=4).map(lambda more: [*PERSON.split("'")[:9], *more]), max_size=4
).map(lambda people: HEAD + FLIGHT + "".join(f"{line}'\r\n" for person in people for line in person) + TAIL)


def carefully(data: bytes) -> tuple[Message, ...]:
    def nothing(_text: str, _marks: Separators) -> Iterator[re.Match[str]]:
        return iter(())

    quick = patch("edifact.scan.groups", nothing), patch("edifact.scan.flat", lambda _text, _marks: None)
    with quick[0], quick[1], patch("edifact.ssr.PLAIN", re.compile("(?!)")):
        return read(data)


@settings(max_examples=200)
@given(lists, st.integers(0), st.sampled_from(["", "'", "?", "+", ":", "\n", "*", "é", "NAD+FL+++"]))
@example(WHOLE, 0, "")
def test_both_ways_of_reading_give_the_same(text: str, place: int, injury: str) -> None:
    at = place % len(text)
    data = (text[:at] + injury + text[at + bool(injury) :]).encode()

    assert read(data) == carefully(data)


def test_a_plain_person_is_read_by_the_expression() -> None:
    found = [match[0][1:] for match in groups(WHOLE, USUAL)]

    assert [text[:22] for text in found] == ["NAD+FL+++VOORBEELD:TES", "NAD+FM+++MODEL:PIET'AT"]


BOOKED = [
    "SRC", "RCI+XX:ABC123", "RCI+XX:ABC123::010226:1120+YY:Z9", "TIF+VOORBEELD+TESTJEMRS:A:1",
    "TIF+VAN TEST+ANNA",
    "TIF+VOORBEELD+TESTJE:A:2+JAN:C:3", "TIF+VOORBEELD+KLEIN:IN:1", "TIF+MOTIF+ANNA:A:4", "TIF+x+y", "TIF++",
    "SSR+DOCS:HK:1:XX:::::/P/UTO/S1/UTO/03FEB80/F/01JAN31/VOORBEELD/TESTJEMRS+::1",
    "SSR+DOCS:HK:1:XX:::::/P/UTO/S2/UTO/03FEB1980/F/31JAN2031/VOORBEELD/TESTJE/MARIA",
    "SSR+DOCS:HK:1:XX:::::/P/UTO/S3/UTO/10AUG25/FI//VOORBEELD/KLEIN+::1", "SSR+DOCS:HK:1:XX:::::/P/UTO/S4",
    "SSR+DOCS:HK:1:XX:::::/P/UTO/S5/UTO/30FEB1980/M/01JAN31/VAN TEST/ANNA", "IFT",
    "SSR+SEAT:HK:1:XX:::AMS:IST+12A::1", "IFT+4:28+CTCM 31600", "IFT+4:43::XX+PAID", "IFT+4+A?+B",
    "IFT+4:28+A:B", "IFT+4:28+  ", "TVL+010326:0915:010326:1440+AMS+IST+XX+123",
    "TVL+010326:0915:010326:1440+IST+AMS+XX+124",
    "TVL+x", "DAT", "DAT+2:010326:0700", "DAT+2:999999:0700", "TRI++88:::1", "SSD+14C++++Y",
    "TBD++2:34:701++MP+618:1001", "MSG+8", "EQN+1", "ABI+1", "SAC+++X", "FTI+XX:1", "QQQ+1", "UNT+1+1",
    "NAD+FL+++X", "Ş", "TIF+ÉÉN+ANNA:A:1", "TIF+ŞENTÜRK+ÇIĞDEM:A:5", "IFT+4:28+CTCE É",
    "DAT+2:010326:0700:\xa0",
    "SSR+DOCS:HK:1:XX:::::/P/UTO/S6/UTO/03FEB1980/F/31JAN2031/ŞENTÜRK/ÇIĞDEM+::5",
]  # fmt: skip
records = st.lists(
    st.lists(st.sampled_from(BOOKED[1:]), max_size=9).map(
        lambda more: [*BOOKED[:4], BOOKED[10], *more]
    ), max_size=4
)  # fmt: skip


@settings(max_examples=200)
@given(
    records, st.sampled_from(["", "\r\n", "\n", " "]), st.integers(0),
    st.sampled_from(["", "'", "?", "?'", "+", ":", "\n", "*", "é", "SRC'", "TIF+A+B", "cut"]),
    st.sampled_from(["utf-8", "utf-8", "utf-8", "iso-8859-9"]),
)  # fmt: skip
def test_both_ways_of_reading_bookings_give_the_same(
    told: list[list[str]], between: str, place: int, injury: str, charset: str
) -> None:
    text = BOOKINGS.replace("'", f"'{between}")
    at = text.index("SRC")
    text = text[:at] + "".join(f"{line}'{between}" for record in told for line in record) + text[at:]
    at = place % len(text)
    text = text[:at] if injury == "cut" else text[:at] + injury + text[at + bool(injury) :]
    data = text.encode(charset)

    assert read(data) == carefully(data)


def wrapped(text: str, width: int, end: str) -> str:
    return end.join(text[at : at + width] for at in range(0, len(text), width))


@settings(max_examples=200)
@given(
    records, st.integers(12, 90), st.sampled_from(["\r\n", "\n"]), st.integers(0),
    st.sampled_from(["", "", "", "'", "?", "?'", "+", "\n", "é", "SRC'", "TIF+A+B", "cut", " "]),
    st.sampled_from(["", "\r\n\r\n=\r\n", "\r\n"]), st.booleans(),
)  # fmt: skip
def test_what_was_wrapped_at_a_width_is_read_as_when_each_wrap_is_mended(
    told: list[list[str]], width: int, end: str, place: int, injury: str, tail: str, a_list: bool
) -> None:
    text = WHOLE if a_list else BOOKINGS
    if not a_list:
        at = text.index("SRC")
        text = text[:at] + "".join(f"{line}'" for record in told for line in record) + text[at:]
    at = place % len(text)
    text = text[:at] if injury == "cut" else text[:at] + injury + text[at + bool(injury) :]
    data = ("QD AMSPIXH\r\n.XXXRM 010101\r\n" + wrapped(text, width, end) + tail).encode()

    assert read(data) == carefully(data)


def test_a_wrapped_message_is_read_from_one_line_and_says_where_things_stood() -> None:
    data = wrapped(BOOKINGS, 69, "\r\n")

    found = flat(data, Separators(repetition="*"))

    assert found is not None
    assert found.text == BOOKINGS
    assert [data[found.place(at)] for at in range(len(BOOKINGS))] == [*BOOKINGS]
    (message,) = read(data.encode())
    assert [data[record.offset :].replace("\r\n", "")[:4] for record in message.records] == ["SRC'"]


def test_a_plain_record_is_read_as_one() -> None:
    text = BOOKINGS.replace("'", "'\r\n")

    (match,) = groups_of_bookings(text, USUAL)

    assert match[0].startswith("'\r\nSRC'\r\nRCI+XX:ABC123::010226:1120+YY:ZZZ999'")
    assert match[0].endswith("LTS+X")


docs = st.lists(
    st.sampled_from(
        ["", "P", "UTO", "SPECI2014", "010180", "03FEB80", "31JAN2031", "30FEB2031", "F", "FI", "H"]
    )
    | st.sampled_from(["VOORBEELD", "TESTJEMRS", "VAN DE MR", "anna", "FNU", "O-TEST", "MR", " "]),
    min_size=8,
    max_size=12,
)


@settings(max_examples=150)
@given(docs)
@example(["P", "UTO", "SPECI2014", "UTO", "03FEB80", "FI", "31JAN2031", "VOORBEELD", "TESTJEMRS", "MARIA"])
@example(["P", "UTO", "SPECI2014", "UTO", "03FEB1980", "M", "", "VOORBEELD", "TESTJEMRS", "H"])
@example(["P", "UTO", "010180", "UTO", "30FEB1980", "M", "", "VOORBEELD"])
def test_a_plain_docs_is_read_as_any_other(values: list[str]) -> None:
    told = "/P/UTO/SPECI2014/UTO/03FEB80/F/01JAN31/VOORBEELD/TESTJEMRS/MARIA"
    data = BOOKINGS.replace(told, "/" + "/".join(values)).encode()

    assert read(data) == carefully(data)

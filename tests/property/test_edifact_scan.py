import time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edifact import read
from edifact.envelope import Interchange
from edifact.scan import scan
from edifact.segments import EDGE
from edifact.separators import Separators, escape, split, unescape
from edifact.windows import parts
from tests.messages import ANSWER, BOOKINGS, WHOLE, surnames

# Data made mostly of the characters that carry meaning, where parsers go wrong.
text = st.text(alphabet="?+:'AB é\n", max_size=12)
marks = st.permutations(list("?+:'*$|~")).map(lambda m: Separators(*m[:4]))
pieces = st.sampled_from(
    [
        "UNA:+.? '",
        "UNB+UNOA:4+A+B+260301:0800+1'",
        "UNH+1+PAXLST:D:05B:UN:IATA'",
        "NAD+FL+++VOOR:BEELD'",
        "UNH+1+PNRGOV:13:1:IA'",
        "SRC'",
        "RCI+XX:ABC123'",
        "TIF+A+BMR:A:1'",
        "SSR+DOCS:::::::://'",
        "UNT+1'",
        "TVL+010326:0915+A+B+C+1'",
        "TRI'",
        "DTM+329:",
        "DTM+36",
        "LOC+91",
        "DOC+P",
        "TDT+20+XX1'",
        "UNZ",
        "'",
        "\r\n",
        "?",
        "??'",
        "+",
        ":",
        "\u0002",
        "é",
        "’",
        "UN",
        "A",
        "unb+iata:1+",
        "CNT+42:1'",
        "EQN+",
        "TBD++9",
        "MEA+CT++:9'",
        "FTX+BAG+++X9:99'",
        "PDT+'",
        "GEI'",
        "ERP+2'",
        "ERC'",
        "UNA:*.?*$",
        "000000000000000000000000000000",
        "²",
    ]
)
soup = st.lists(pieces | st.text(max_size=3), max_size=40).map("".join)


@given(st.lists(text, min_size=1), marks)
def test_what_is_escaped_and_joined_splits_back(parts: list[str], separators: Separators) -> None:
    for mark in (separators.component, separators.element, separators.terminator):
        joined = mark.join(escape(part, separators) for part in parts)

        assert [
            unescape(part, separators.release) for part in split(joined, mark, separators.release)
        ] == parts


@given(text, st.sampled_from("+:'"), st.sampled_from(["?", ""]))
def test_splitting_loses_no_character(whole: str, separator: str, release: str) -> None:
    assert separator.join(split(whole, separator, release)) == whole


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    assert read(data)


@settings(max_examples=600)
@given(soup, st.sampled_from(["utf-8", "latin-1", "utf-16"]))
def test_no_shuffled_message_makes_reading_raise(whole: str, encoding: str) -> None:
    assert read(whole.encode(encoding, errors="replace"))


# What happens to a message on its way: at a place, so many bytes are replaced by others.
damage = st.lists(
    st.tuples(
        st.integers(0, 2000),
        st.integers(0, 12),
        st.sampled_from([b"", b"'", b"+", b":", b"?", b"/", b"\r\n", b"\x00", b"0", b"UNB", b"TIF+"]),
    ),
    max_size=8,
)


@settings(max_examples=1500)
@given(st.sampled_from([WHOLE, BOOKINGS, ANSWER]), damage)
def test_no_damaged_message_makes_reading_raise(whole: str, damages: list[tuple[int, int, bytes]]) -> None:
    data = bytearray(whole.encode())
    for at, size, other in damages:
        at %= len(data) + 1
        data[at : at + size] = other

    assert read(bytes(data))


@settings(max_examples=400)
@given(soup)
def test_every_byte_is_in_a_segment_or_reported_as_skipped(whole: str) -> None:
    data = whole.encode()
    kept = bytearray(len(data))
    drop = set((EDGE + "\xef\xbb\xbf").encode("latin-1"))
    found = False
    for part in parts(BytesIO(data)):
        if isinstance(part, tuple):
            kept[slice(*part)] = b"x" * (part[1] - part[0])
            continue
        found = True
        interchange = Interchange(part, None)
        scanned = scan(part.text, part.offset, interchange.known)
        kept[part.begin : part.offset] = b"x" * (part.offset - part.begin)
        for offset, end in [*scanned.skipped, *(scanned.spans[n] for n in range(len(scanned.segments)))]:
            kept[offset:end] = b"x" * (end - offset)
        drop.add(ord(interchange.marks.terminator))
    # A typographic quote that stood for a terminator is the terminator.
    lost = bytes(byte for byte, seen in zip(data, kept, strict=True) if not seen and byte not in drop)
    assert not found or not lost.replace("’".encode(), b"")


@given(st.integers(0, len(WHOLE)), st.text(max_size=30).filter(lambda noise: "UN" not in noise.upper()))
def test_noise_before_and_after_an_interchange_costs_nobody(width: int, noise: str) -> None:
    message = read((noise + "\r\n" + WHOLE + "\r\n" + noise).encode("utf-8", errors="replace"))[0]

    assert surnames(message) == ["VOORBEELD", "MODEL"]


@given(st.integers(8, len(WHOLE) - 1))
def test_one_line_break_anywhere_changes_nothing(at: int) -> None:
    broken = read((WHOLE[:at] + "\r\n" + WHOLE[at:]).encode())[0]

    assert broken.passengers == read(WHOLE.encode())[0].passengers


@pytest.mark.usefixtures("no_collecting")
def test_time_grows_as_the_input_does_for_what_makes_parsers_slow() -> None:
    """Ten times the input may take thirty times as long: quadratic would be a hundred."""
    head = "UNA:+.? 'UNB+UNOA:4+A+B+260301:0800+1'UNH+1+PAXLST:D:05B:UN:IATA'"
    for hard in (
        "?'",
        "?",
        "'",
        "\r\n",
        "NAD+FL\n",
        "A'\nNAD+",
        "U\nN",
        "UNA:+",
        "x",
        "9TIF+A",
        "é\n",
        "+",
        " ",
    ):
        took = []
        for size in (10_000, 100_000):
            data = (head + hard * (size // len(hard))).encode()
            begin = time.process_time()
            read(data)
            took.append(time.process_time() - begin)

        assert took[1] < 30 * took[0] + 0.3, repr(hard)

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from edifact import Document, Flight, Passenger, Record, read, write_paxlst, write_pnrgov
from edifact.names import cleaned

# Characters that carry meaning, and letters outside ASCII; no control characters (the format has none).
value = st.text(alphabet="?+:'AZ 09éŞ’-", min_size=1, max_size=12).map(str.strip).filter(bool)
code = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
minutes = st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0)
)
flights = st.builds(
    Flight,
    carrier=st.sampled_from(["KL", "3U", "XXX"]),
    number=st.sampled_from(["1", "1234", "99A"]),
    departure_airport=code,
    arrival_airport=code,
    departs_at=minutes,
    arrives_at=minutes,
)
documents = st.builds(
    Document,
    type=st.sampled_from(["P", "I", "V"]),
    number=value,
    issuer=code | st.just(""),
    expiry=days | st.none(),
)
few = st.lists(value, max_size=3).map(tuple)


@st.composite
def passengers(draw: st.DrawFn) -> Passenger:
    raw = " ".join(draw(value).split())
    born = draw(days | st.none())
    return Passenger(
        surname=draw(value),
        given_names=cleaned(raw, glued=False),
        given_names_raw=raw,
        birth_date=born,
        birth_text=f"{born.year:04d}{born:%m%d}" if born else "",
        sex=draw(st.sampled_from(["", "F", "M", "X", "U"])),
        nationality=draw(code | st.just("")),
        documents=tuple(draw(st.lists(documents, max_size=2))),
        record_locator=draw(value | st.just("")),
        reference=draw(value | st.just("")),
        kind=draw(st.sampled_from(["passenger", "crew", "crew in transit", "passenger in transit"])),
        embarkation=draw(code | st.just("")),
        debarkation=draw(code | st.just("")),
        border_crossing=draw(code | st.just("")),
        seat=draw(value | st.just("")),
        bag_count=draw(st.integers(0, 99) | st.none()),
        bag_weight_kg=draw(st.integers(0, 999) | st.none()),
        bag_tags=draw(few),
        capture_codes=draw(st.sampled_from([(), ("4:173",), ("4:173", "4:ZZZ")])),
        tickets=draw(few),
    )


@given(flights, st.lists(passengers(), max_size=4), minutes, value, value)
def test_a_passenger_list_reads_back_as_it_was_written(
    flight: Flight, people: list[Passenger], sent: datetime, sender: str, reference: str
) -> None:
    (message,) = read(write_paxlst(flight, people, sent, sender, reference))

    assert message.flights == (flight,)
    assert message.passengers == tuple(people)
    assert (message.sender, message.control_reference, message.sent_at) == (sender, reference, sent)


names = st.sampled_from(["JANSEN", "O'VOORBEELD", "EL-MODEL", "DE TEST", "ÖZ?+:"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    locator = draw(st.text(alphabet="ABCDEF123456", min_size=6, max_size=6))
    given_names = draw(
        st.lists(st.sampled_from(["ANNA", "PIET", "KOOS MARIA", "ÇELIK"]), max_size=3, unique=True)
    )
    surname = draw(names)
    people = tuple(
        Passenger(
            surname=surname,
            given_names=given,
            given_names_raw=given,
            birth_date=(born := draw(days)),
            birth_text=f"{born:%d%b%Y}".upper(),
            sex=draw(st.sampled_from("FMX")),
            nationality=draw(code),
            documents=(Document("P", f"NR{number}", draw(code), draw(days)),),
            record_locator=locator,
            reference=str(number),
        )
        for number, given in enumerate(given_names, 1)
    )
    return Record(locator, "KL", created_at=draw(minutes), passengers=people)


@given(flights, st.lists(records(), max_size=3))
def test_booking_records_read_back_as_they_were_written(flight: Flight, pnrs: list[Record]) -> None:
    sent = datetime(2026, 3, 1, 8)  # noqa: DTZ001

    (message,) = read(write_pnrgov(flight, pnrs, sent, "KL", "7"))

    assert [record.passengers for record in message.records] == [record.passengers for record in pnrs]
    assert [record.locator for record in message.records] == [record.locator for record in pnrs]
    assert not message.problems

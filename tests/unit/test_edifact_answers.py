"""The companions: GOVREQ asks, ACKRES acknowledges; and messages that came in parts."""

from edifact import joined, read
from tests.messages import WHOLE, only, surnames

ASK = (
    "UNB+IATA:1+PIU+XX+260301:0800+9'UNH+1+GOVREQ:13:1:IA+A9'MSG+:77'ORG+PIU:AMS'"
    "TVL+010326:0915:010326:1440+AMS+IST+XX+123'RCI+XX:ABC123'TIF+VOORBEELD+TESTJEMRS'UNT+7+1'UNZ+1+9'"
)
ACKNOWLEDGE = (
    "UNB+IATA:1+PIU+XX+260301:0801+9'UNH+1+ACKRES:13:1:IA+A9'MSG+:23:::8'ORG+PIU'ERC+118'"
    "IFT+3+SYSTEM UNABLE TO PROCESS'UNT+6+1'UNZ+1+9'"
)


def test_a_request_names_flight_record_and_people() -> None:
    message = only(ASK)

    assert (message.type, message.function, message.flights[0].number) == ("GOVREQ", "77", "123")
    assert [(record.carrier, record.locator) for record in message.requests] == [("XX", "ABC123")]
    assert [person.given_names for person in message.requests[0].passengers] == ["TESTJE"]
    assert message.passengers == ()
    assert message.problems == ()


def test_an_acknowledgement_has_codes_with_their_text() -> None:
    message = only(ACKNOWLEDGE)

    assert (message.type, message.function) == ("ACKRES", "23")
    assert [(answer.code, answer.text) for answer in message.answers] == [("118", "SYSTEM UNABLE TO PROCESS")]
    assert message.problems == ()


def part(sequence: str, surname: str) -> str:
    return WHOLE.replace("01:F", sequence).replace("VOORBEELD", surname)


def test_parts_are_joined_in_their_order_whatever_order_they_came_in() -> None:
    whole = part("03:F", "DRIE") + part("01:C", "EEN") + part("02", "TWEE")

    (message,) = read(whole.encode())

    assert surnames(message)[::2] == ["EEN", "TWEE", "DRIE"]
    assert len(message.flights) == 1
    assert message.sequence == "01:C 02 03:F"


def test_parts_whose_others_do_not_come_are_given_as_they_are() -> None:
    messages = read((part("01:C", "EEN") + part("03:F", "DRIE") + part("01:F", "ALLEEN")).encode())

    assert [surnames(message)[0] for message in messages] == ["ALLEEN", "EEN", "DRIE"]


def test_too_many_waiting_passengers_are_let_go() -> None:
    messages = [read(part(f"{number:02}:C", "EEN").encode())[0] for number in range(1, 5)]

    given = list(joined(iter([*messages, read(WHOLE.encode())[0]]), most=5))

    assert given[:2] == messages[:2]
    assert len(given) == 5

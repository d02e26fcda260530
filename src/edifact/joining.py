"""Messages that came in parts, made one again: UNH says 01:C, 02 and 03:F with one access reference."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edifact.records import Flight, Message

MOST = 50_000  # passengers held back while the last part is waited for


def joined(messages: Iterable[Message], most: int = MOST) -> Iterator[Message]:
    """Give each message whose parts all came, in whatever order, as one; others as they are.

    A part whose others do not come is given at the end. most: with more passengers waiting
    than this all that waits is given as it is, so that memory stays bounded.
    """
    waiting: dict[tuple[str, str, str], dict[int, Message]] = {}
    held = 0
    for message in messages:
        number, final = _place(message)
        if not message.access_reference or not number or (number == 1 and final):
            yield message
            continue
        key = (message.type, message.sender, message.access_reference)
        parts = waiting.setdefault(key, {})
        if number in parts:  # the same part again: another sending
            yield from waiting.pop(key).values()
            parts = waiting[key] = {}
        parts[number] = message
        held += len(message.passengers) + 1
        last = next((number for number, part in parts.items() if _place(part)[1]), 0)
        if last and sorted(parts) == list(range(1, last + 1)):
            yield _one(waiting.pop(key))
        if held > most:
            for others in waiting.values():
                yield from others.values()
            waiting.clear()
        if not waiting:
            held = 0
    for others in waiting.values():
        yield from others.values()


def _place(message: Message) -> tuple[int, bool]:
    """(number of the part, 0 when it says none; whether it is the last)."""
    number, _, status = message.sequence.partition(":")
    known = number.isascii() and number.isdigit() and len(number) < 5
    return (int(number) if known else 0), status.upper() == "F"


def _one(parts: dict[int, Message]) -> Message:
    whole = [parts[number] for number in sorted(parts)]
    flights: dict[Flight, None] = dict.fromkeys(flight for part in whole for flight in part.flights)
    return replace(
        whole[0],
        sequence=" ".join(part.sequence for part in whole),
        flights=tuple(flights),
        passengers=tuple(person for part in whole for person in part.passengers),
        listed_in_pdt=tuple(person for part in whole for person in part.listed_in_pdt),
        records=tuple(record for part in whole for record in part.records),
        answers=tuple(answer for part in whole for answer in part.answers),
        problems=tuple(
            sorted(
                (problem for part in whole for problem in part.problems), key=lambda problem: problem.offset
            )
        ),
    )

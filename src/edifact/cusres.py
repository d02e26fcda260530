"""CUSRES: a government's answer to a PAXLST (iAPI guide 2013). Recognised; never acted on here."""

from typing import Any

from edifact.envelope import Body
from edifact.flights import Stop, legs
from edifact.records import Answer
from edifact.scan import NO_SEGMENT, Segment


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a CUSRES fills."""
    head: dict[str, Any] = {}
    answers: list[dict[str, str]] = []
    flight: Segment = NO_SEGMENT
    stops: list[Stop] = []
    times: dict[str, str] = {}
    for segment in body.segments:
        tag, qualifier = segment.tag, segment.code(0)
        if tag == "BGM":
            head |= {"code": qualifier, "function": segment.code(1)}
        elif tag == "ERP":
            answers.append({})
        elif tag == "RFF" and not answers:
            if qualifier == "TN":
                head["transaction"] = segment.at(0, 1)
            elif qualifier == "AF":
                flight = segment
        elif tag == "RFF" and qualifier in ("AVF", "ABO"):
            answers[-1]["record_locator" if qualifier == "AVF" else "reference"] = segment.at(0, 1)
        elif tag == "ERC" and answers:
            answers[-1]["code"] = qualifier
        elif tag == "FTX" and answers:
            answers[-1]["text"] = ":".join(segment.elements[3]).strip() if len(segment.elements) > 3 else ""
        elif tag == "DTM":
            times[qualifier] = segment.at(0, 1)
        elif tag == "LOC" and qualifier in ("125", "87"):
            stops.append(Stop(qualifier, segment.code(1)))
    for stop in stops:  # here the times come before the places, and are told apart by their own codes
        if stop.code == "125":
            stop.departs = times.get("189", "")
        else:
            stop.arrives = times.get("232", "")
    if flight.tag or stops:
        number = Segment(flight.offset, flight.end, "RFF", [[], [flight.at(0, 1)]])
        head["flights"] = tuple(legs(number, stops, body))
    return head | {"answers": tuple(Answer(**answer) for answer in answers)}

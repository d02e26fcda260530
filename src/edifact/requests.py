"""GOVREQ, a government asks a carrier for records, and ACKRES, the answer that something came in.

Companions of PNRGOV from release 12.1 on. A request names a flight (TVL), records (RCI) or
people (TIF); an acknowledgement has codes (ERC) and their text (IFT).
"""

from typing import Any

from edifact import names
from edifact.envelope import Body
from edifact.flights import travelled
from edifact.records import Answer, Flight, Passenger, Record
from edifact.segments import Segment
from edifact.table import Table

REQUEST = Table("""
    MSG+:{function}
    ORG+{agency}
    RCI+{carrier}:{locator}
    TIF+{surname}+{given_names_raw}
""")
ANSWER = Table("""
    MSG+:{function}
    ORG+{agency}
    ERC+{code}
    IFT+3+{text}
    RCI+:{record_locator}
""")


def read_request(body: Body) -> dict[str, Any]:
    """The fields of Message that a GOVREQ fills. Who is asked for is no passenger: it stands apart."""
    function, flights, asked = "", [], list[tuple[dict[str, Any], list[Passenger]]]()
    segments = body.segments
    for body.at, segment in enumerate(segments):
        match segment.tag:
            case "MSG":
                function = segment.code(0, 1) or segment.code(0)
            case "TVL":
                flights.append(travelled(segment, body))
            case "RCI":
                asked += [(_locator(element), []) for element in segment.elements]
            case "TIF":
                asked = asked or [({}, [])]
                asked[-1][1].extend(_people(segment, asked[-1][0].get("locator", "")))
    records = tuple(Record(**told, passengers=tuple(people)) for told, people in asked)
    return {"function": function, "flights": tuple(flights), "requests": records}


def _locator(element: list[str]) -> dict[str, Any]:
    carrier, locator, *_ = [*(part.strip().upper() for part in element), "", ""]
    return {"carrier": carrier, "locator": locator}


def _people(tif: Segment, locator: str) -> list[Passenger]:
    raws = [element[0].strip() for element in tif.elements[1:]] or [""]
    return [
        Passenger(
            surname=tif.at(0),
            given_names=names.cleaned(raw, glued=True),
            given_names_raw=raw,
            record_locator=locator,
        )
        for raw in raws
    ]


def read_answer(body: Body) -> dict[str, Any]:
    """The fields of Message that an ACKRES fills: an answer for each ERC, with the text after it."""
    function, flights, answers = "", list[Flight](), list[dict[str, Any]]()
    segments = body.segments
    for body.at, segment in enumerate(segments):
        match segment.tag:
            case "MSG":
                function = segment.code(0, 1) or segment.code(0)
            case "TVL":
                flights.append(travelled(segment, body))
            case "ERC":
                answers.append({"code": segment.code(0)})
            case "IFT":
                answers = answers or [{}]
                answers[-1]["text"] = " ".join(filter(None, (answers[-1].get("text"), segment.line(1))))
            case "RCI" if answers:
                answers[-1]["record_locator"] = segment.code(0, 1)
    return {
        "function": function,
        "flights": tuple(flights),
        "answers": tuple(Answer(**answer) for answer in answers),
    }

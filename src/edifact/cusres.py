"""CUSRES: a government's answer to a PAXLST (iAPI guide 2013). Recognised; never acted on here."""

from typing import Any

from edifact.envelope import Body
from edifact.flights import Stop, legs
from edifact.records import Answer
from edifact.segments import NOTHING, Segment
from edifact.table import Table

HEAD = Table("""
    BGM+{code}+{function}
    RFF+TN:{transaction}
    RFF+AF:{flight}
    DTM+189:{departs_at}:{departs_form}
    DTM+232:{arrives_at}:{arrives_form}
    LOC+125+{departure_airport}
    LOC+87+{arrival_airport}
""")
ANSWER = Table("""
    ERP+{level}
    RFF+AVF:{record_locator}
    RFF+ABO:{reference}
    RFF+AEA:{government_reference}
    ERC+{code}
    FTX+AAP+++{text}
""")


def read(body: Body) -> dict[str, Any]:
    """The fields of Message that a CUSRES fills. ERP opens an answer; what stands before is the flight."""
    head: dict[str, str] = {}
    answers: list[dict[str, Any]] = []
    flight_at = 0
    segments = body.segments
    for body.at, segment in enumerate(segments):
        if segment.tag == "ERP" or (segment.tag == "ERC" and not answers):
            answers.append({})
        row = (ANSWER if answers else HEAD).find(segment)
        if row is None:
            continue
        told = row.read(segment)
        if "flight" in told:
            flight_at = body.at
        if "text" in told:
            text = ":".join(segment.elements[3]).strip() if len(segment.elements) > 3 else ""
            before = answers[-1].get("text") if answers else ""
            told["text"] = " ".join(filter(None, (before, text)))
        if "code" in told:
            told["code"] = told["code"].upper()
        if not answers:
            head |= told
        elif told.get("code") and answers[-1].get("code"):
            answers[-1]["other_codes"] = (*answers[-1].get("other_codes", ()), told["code"])
        else:
            answers[-1] |= told
    return _head(head, flight_at, body) | {"answers": tuple(Answer(**answer) for answer in answers)}


def _head(told: dict[str, str], flight_at: int, body: Body) -> dict[str, Any]:
    head: dict[str, Any] = {name: told[name] for name in ("code", "transaction") if name in told}
    head |= {"function": told["function"].upper()} if "function" in told else {}
    places = (
        ("125", "departure_airport", told.get("departs_at", ""), ""),
        ("87", "arrival_airport", "", told.get("arrives_at", "")),
    )
    stops = [
        Stop(code, told[name].upper(), departs, arrives)
        for code, name, departs, arrives in places
        if name in told
    ]
    if "flight" in told or stops:
        number = Segment("RFF", [[], [told.get("flight", "")]]) if "flight" in told else NOTHING
        head["flights"] = tuple(legs(number, stops, body, flight_at))
    return head

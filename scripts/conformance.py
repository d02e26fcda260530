#!/usr/bin/env python3
"""Compare what the library reads from sample messages with what their MANIFEST.csv says.

    scripts/conformance.py FOLDER

The manifest names each file with its message type, version and counts. For PNRGOV its count
of passengers is that of lines that begin with TIF: people at check-in count again. So names
are compared instead: everybody whom a TIF names before the history must be found.
Exit status 1 when anybody is missing. A folder that is not there is said and skipped.
"""

import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from edifact import Message, read

NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Line:
    """One file: what was expected, what was found, and what is wrong ("" when nothing)."""

    file: str
    type: str
    version: str
    expected: str
    found: str
    problems: int
    wrong: str


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else "../shared/travel/samples")
    manifest = folder / "MANIFEST.csv"
    if not manifest.is_file():
        print(f"conformance: no {manifest}: SKIPPED, no real message was read")
        return 0
    with manifest.open(encoding="utf-8", newline="") as rows:
        lines = [compared(row, (folder / row["file"]).read_bytes()) for row in csv.DictReader(rows)]
    print(f"{'file':<66} {'type':<7} {'version':<13} {'expected':>16} {'found':>16} {'problems':>8}")
    for line in lines:
        print(
            f"{line.file:<66} {line.type:<7} {line.version:<13} {line.expected:>16} {line.found:>16} "
            f"{line.problems:>8} {line.wrong}"
        )
    wrong = sum(bool(line.wrong) for line in lines)
    print(f"{len(lines)} files, {len(lines) - wrong} as expected, {wrong} not")
    return 1 if wrong else 0


def compared(row: dict[str, str], data: bytes) -> Line:
    messages = read(data)
    kind = row["message"]
    passengers = sum(len(message.passengers) for message in messages)
    wrong = [] if {message.type for message in messages} == {kind} else ["type"]
    wrong += [] if messages[0].version == row["version"] else ["version"]
    match kind:
        case "PNRGOV":
            records = sum(len(message.records) for message in messages)
            expected, found = f"{row['pnr_records']} PNR", f"{records} PNR {passengers} pax"
            wrong += [] if records == int(row["pnr_records"]) else ["records"]
            wrong += [f"missing: {name}" for name in named(data) - read_names(messages)]
        case "CUSRES":
            answers = sum(len(message.answers) for message in messages)
            expected, found = f"{row['passengers']} answers", f"{answers} answers"
            wrong += [] if answers == int(row["passengers"]) else ["answers"]
        case _:
            # The manifest counts NAD: who stands in a PDT (US-EDIFACT) is told apart.
            expected, found = f"{row['passengers']} pax", f"{passengers} pax"
            wrong += [] if passengers == int(row["passengers"]) else ["passengers"]
            listed = sum(len(message.listed_in_pdt) for message in messages)
            found += f" {listed} in PDT" if listed else ""
            wrong += [] if listed == len(re.findall(rb"PDT\+", data)) else ["listed in PDT"]
    problems = sum(len(message.problems) for message in messages)
    return Line(row["file"], kind, row["version"], expected, found, problems, ", ".join(wrong))


def named(data: bytes) -> set[str]:
    """Everybody in a TIF of a PNRGOV before the history of the record, by plain search."""
    text = re.sub(r"[\r\n]", "", data.decode("latin-1"))
    mark = "-" if "UNA:-" in text else "+"
    element = re.escape(mark)
    records = re.split(rf"SRC'|RCI{element}", text)
    living = (re.split(rf"ABI{element}", record)[0] for record in records)
    found = (re.findall(rf"TIF{element}([^':+-]*)[^'+-]*{element}([^':+-]*)", record) for record in living)
    return {squeezed(surname + given) for record in found for surname, given in record}


def read_names(messages: tuple[Message, ...]) -> set[str]:
    return {
        squeezed(passenger.surname.split(":")[0] + passenger.given_names_raw)
        for message in messages
        for passenger in message.passengers
    }


def squeezed(text: str) -> str:
    return NOT_A_LETTER.sub("", text.upper())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""python -m edifact read [--json] FILE...: what is in these files; make FOLDER: invented messages."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from edifact.making import Plan, messages
from edifact.reading import read
from edifact.records import Message


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 1 when a file could not be opened (the others are still read)."""
    parser = argparse.ArgumentParser(prog="edifact", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    reader = commands.add_parser(
        "read", help="print the messages of files, or of folders with all below them"
    )
    reader.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    reader.add_argument("--json", action="store_true", help="one JSON object for each message, one on a line")
    maker = commands.add_parser("make", help="invented messages, the same for the same seed")
    maker.add_argument("folder", type=Path, metavar="FOLDER", help="one file is written for each message")
    maker.add_argument("--day", type=date.fromisoformat, default=Plan().day, help="of departure: 2026-03-01")
    maker.add_argument("--flights", type=int, default=Plan().flights)
    maker.add_argument("--people", type=int, default=Plan().people, help="on a flight, on average")
    maker.add_argument("--faults", type=float, default=0.0, help="the share of messages that has a fault")
    maker.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    return _make(chosen) if chosen.command == "make" else _read(chosen)


def _make(chosen: argparse.Namespace) -> int:
    plan = Plan(chosen.day, chosen.flights, chosen.people, chosen.faults, chosen.seed)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    number = people = 0
    for number, made in enumerate(messages(plan), 1):  # noqa: B007  (the last number is told)
        (chosen.folder / made.name).write_bytes(made.data)
        people += made.people
    print(f"{number} messages that name {people} passengers, in {chosen.folder}")  # noqa: T201
    return 0


def _read(chosen: argparse.Namespace) -> int:
    status = 0
    for path in chosen.paths:
        for file in _files(path):
            try:
                data = file.read_bytes()
            except OSError as error:
                print(f"edifact: cannot open {file}: {error.strerror}", file=sys.stderr)  # noqa: T201
                status = 1
                continue
            for message in read(data):
                print(as_json(file, message) if chosen.json else as_row(file, message))  # noqa: T201
    return status


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or all files below a folder, in a fixed order."""
    if path.is_dir():
        yield from sorted(found for found in path.rglob("*") if found.is_file())
    else:
        yield path


def as_json(file: Path, message: Message) -> str:
    """The message as one line. Passengers stand at the message; records give their number."""
    out: dict[str, Any] = {"file": str(file)} | asdict(message)
    for record in out["records"]:
        record["passengers"] = len(record["passengers"])
    return json.dumps(out, default=_iso, ensure_ascii=True)


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(type(value).__name__)


def as_row(file: Path, message: Message) -> str:
    """file, type, version, flights, counts: a line for people."""
    flights = ", ".join(
        f"{flight.carrier}{flight.number} {flight.departure_airport}-{flight.arrival_airport}"
        for flight in message.flights
    )
    counts = f"{len(message.passengers)} passengers"
    if message.records:
        counts += f", {len(message.records)} records"
    if message.answers:
        counts += f", {len(message.answers)} answers"
    counts += f", {len(message.problems)} problems"
    return f"{file}  {message.type} {message.version}  {flights or '-'}  {counts}"


if __name__ == "__main__":
    sys.exit(main())

"""Messages damaged where coverage shows something new: does reading or writing ever raise?

    uv run --with atheris python bench/edifact_guided.py [-runs=1000000] [-max_len=4096] [CORPUS]

Options are those of libFuzzer. Without a corpus it begins from invented messages of each type, which are
written to a temporary folder. Stops at the first exception and writes the input beside.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

try:
    import atheris
except ImportError:  # not a dependency
    print(__doc__)
    sys.exit(0)

with atheris.instrument_imports(include=["edifact"]):
    from edifact import read, write
    from edifact.making import Plan, messages


def one(data: bytes) -> None:
    for message in read(data):
        try:
            again = write(message)
        except ValueError as error:
            if not str(error).startswith("no writer"):
                raise
            continue
        if read(again)[0].type != message.type:
            raise AssertionError(message.type)


def begin(folder: Path) -> None:
    for made in messages(Plan(flights=1, people=2, faults=0.5)):
        (folder / made.name).write_bytes(made.data)
        (message,) = read(made.data)[:1]
        if message.type == "PNRGOV":
            (folder / f"{made.name}.xml").write_bytes(write(replace(message, version="XML 2.000")))


def main() -> None:
    options = sys.argv
    with tempfile.TemporaryDirectory() as temporary:
        if not any(option.startswith(("-runs", "-max_total_time")) for option in options):
            options = [*options, "-runs=20000", "-max_len=4096"]
        if all(option.startswith("-") for option in options[1:]):
            begin(Path(temporary))
            options = [*options, temporary]
        atheris.Setup(options, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

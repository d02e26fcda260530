"""The list of exceptions is itself kept: each has a reason, and names a file that exists."""

import tomllib

from tests.architecture.house import EXCEPTIONS, ROOT


def test_every_exception_has_a_reason_and_names_an_existing_file() -> None:
    rules = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))

    for rule, places in rules.items():
        for place, reason in places.items():
            assert (ROOT / place.partition(":")[0]).exists(), f"{rule}: {place} is gone; remove the entry"
            assert len(reason) >= 20, f"{rule}: {place} needs a reason a reader can judge"

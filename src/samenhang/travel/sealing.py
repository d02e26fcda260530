"""What identifies a passenger, sealed under the key of the day on which they were first named.

Masking is no flag: the key of a day is destroyed, and with it every name of that day
becomes unreadable, in this database and in each copy of it (Directive (EU) 2016/681
art. 12(2); PNR-wet art. 20).
"""

import json
from datetime import date

from samenhang.foundation.keys import Box, key_store
from samenhang.travel.rules.permitted import Told

DAY, KEPT, CONTEXT = "passengers-of:", "kept-passenger:", "travel.passenger"


def of_day(received: date) -> str:
    """The scope of everyone first named on this day."""
    return DAY + received.isoformat()


def of_one(reference: str) -> str:
    """The scope of one passenger who is kept longer than the others of their day."""
    return KEPT + reference


def sealed(content: Told, scope: str) -> bytes:
    """What a passenger's record holds, or anything that quotes it, as JSON under the key of the scope."""
    return Keys().seal(content, scope)


def opened(text: bytes, scope: str) -> Told:
    """Raises KeyDestroyed and CannotOpen."""
    return Keys().open(text, scope)


class Keys:
    """The keys of several passengers, each looked up once. For one batch of them, and then let go."""

    def __init__(self) -> None:
        self._boxes: dict[str, Box] = {}

    def seal(self, content: Told, scope: str) -> bytes:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return self._box(scope, make=True).seal(text.encode())

    def open(self, text: bytes, scope: str) -> Told:
        """Raises KeyDestroyed and CannotOpen."""
        content: Told = json.loads(self._box(scope, make=False).open(text))
        return content

    def _box(self, scope: str, *, make: bool) -> Box:
        if scope not in self._boxes:
            self._boxes[scope] = key_store().box(scope, context=CONTEXT, make=make)
        return self._boxes[scope]

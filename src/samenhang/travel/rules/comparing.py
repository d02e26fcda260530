"""With which lists passengers may be compared: those that the law names that day, and no others."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.foundation.language import language
from samenhang.travel.rules import PURPOSES

DATA = Path(__file__).parent.parent / "data" / "comparable_lists.json"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: whose, for which purpose, and the law that lets passengers be compared; or why none does."""

    code: str
    names: tuple[str, str]
    authority: str
    purpose: str
    basis: str
    why_not: tuple[str, str]
    starts_on: date
    ends_on: date

    @property
    def name(self) -> str:
        return _in_language(self.names)

    @property
    def why(self) -> str:
        return _in_language(self.why_not)

    def allowed(self, on: date) -> bool:
        """Its purpose is one of travel data, and a law names it that day."""
        return bool(self.basis) and self.purpose in PURPOSES and self.starts_on <= on <= self.ends_on


class ListNotAllowed(Refused):
    code = "list-not-allowed"
    status = 403


@cache
def listings() -> tuple[Listing, ...]:
    """All that the table knows, in its order."""
    return tuple(
        Listing(
            row["code"],
            (row["en"], row["nl"]),
            row["authority"],
            row["purpose"],
            row["basis"],
            (row.get("en_why", ""), row.get("nl_why", "")),
            date.fromisoformat(row["from"]) if row.get("from") else date.min,
            date.fromisoformat(row["until"]) if row.get("until") else date.max,
        )
        for row in json.loads(DATA.read_text(encoding="utf-8"))["lists"]
    )


def list_of(authority: str, kind: str) -> str:
    """The code of the alerts of one kind that one authority issues."""
    return f"{authority}:{kind}"


def check_comparable(code: str, on: date) -> None:
    """Raises ListNotAllowed, with the reason."""
    found = next((one for one in listings() if one.code == code), None)
    if found is None:
        raise ListNotAllowed(
            _("Passengers are not compared with “%s”: no law names this list, so its purpose is unknown.")
            % code
        )
    if not found.basis or found.purpose not in PURPOSES:
        raise ListNotAllowed(
            _("Passengers are not compared with “%(list)s”. %(why)s") % {"list": found.name, "why": found.why}
        )
    if not found.allowed(on):
        raise ListNotAllowed(
            _("Passengers are not compared with “%(list)s”: its legal basis does not hold on %(day)s.")
            % {"list": found.name, "day": date_format(on, "DATE_FORMAT")}
        )


def refused(codes: Iterable[str], on: date) -> dict[str, ListNotAllowed]:
    """Those of these lists that passengers may not be compared with that day, and why."""
    found = {}
    for code in sorted(set(codes)):
        try:
            check_comparable(code, on)
        except ListNotAllowed as refusal:
            found[code] = refusal
    return found


def _in_language(texts: tuple[str, str]) -> str:
    return texts[1] if language() == "nl" else texts[0]

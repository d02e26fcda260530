"""How a comparison is told to the reviewer: in plain words, what speaks for, against, and is not known."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.page import Label
from samenhang.travel.rules.spoken import sex
from samenhang.watchlists.rules.dates_in_words import difference
from screening.rarity import most_bits

HOW = {
    "same": gettext_lazy("Written the same in both."),
    "spelling": gettext_lazy("Two ways to write the same name."),
    "typo": gettext_lazy("Nearly the same letters: a typing error, or another name."),
    "affix": gettext_lazy("The same but for a title, or for “al” or “el” in front."),
    "merged": gettext_lazy("The same, but written as one word on one side."),
    "truncated": gettext_lazy("The beginning is the same; the rest is cut off, for want of room."),
    "missing": gettext_lazy("Only in the alert. A carrier often leaves a name out."),
    "extra": gettext_lazy("Only with the passenger. The alert does not have this name."),
}
# Where both records have a name that the other lacks, none was left out: one stands in place of the other.
INSTEAD = {
    "missing": gettext_lazy("Only in the alert. The passenger has another name instead."),
    "extra": gettext_lazy("Only with the passenger. The alert has another name instead."),
}
IN_PLACE = gettext_lazy(
    "One stands in place of the other: another name, or one that the comparison does not know as a spelling "
    "of it. Read both aloud, and look at the other names."
)
RELATIVES = gettext_lazy(
    "Relatives share a family name, and twins a date of birth too. First name, sex and document "
    "tell them apart; if those do not, ask the issuer."
)
KINDS = {
    "name": gettext_lazy("Name"),
    "birth_date": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "document": gettext_lazy("Document"),
}
OTHER_RECORD = gettext_lazy(
    "Not on this record. Another record under this name fits the name better and has another date of birth. "
    "Often both are of one person."
)
ONLY_NEAR = gettext_lazy("Near enough for a slip, so it speaks for; it is a difference all the same.")
SAME_OR_NOT = {"same": gettext_lazy("The same in both."), "different": gettext_lazy("Not the same.")}
# Bits from which a line counts for much, and under which for little.
MUCH, LITTLE = 4.0, 1.5
# Of so many people in whose surroundings a name is at home one bears it: up to here it is common.
PARTICLE, COMMON, KNOWN = 2, 100, 500
# A carrier has room for so many signs of a name.
ROOM = 39


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was compared. weight: bits; above zero speaks for one person behind both records."""

    what: str
    passenger: str
    alert: str
    words: str
    weight: float

    @property
    def side(self) -> Label:
        return side(self.weight)


def lines(explanation: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> list[Line]:
    """Each part of the comparison in words; the names first. A kind unknown here is shown as it is.

    own: other words, for what is no passenger or no alert.
    """
    parts = explanation["parts"]
    instead = _instead(parts)
    how = {**HOW, **(INSTEAD if instead else {}), **(own or {})}
    names = [_name(part, str(how.get(part["how"], part["how"]))) for part in parts]
    # One and one: a single difference. Told as two it would seem to be two arguments.
    if len(instead) == len(INSTEAD) and not own:
        theirs, mine = sorted(instead, key=lambda part: str(part["how"]), reverse=True)
        weight = mine["weight"] + theirs["weight"]
        one = {"query": mine["query"], "listed": theirs["listed"], "weight": weight}
        names = [line for part, line in zip(parts, names, strict=True) if part not in instead]
        names.append(_name(one, str(IN_PLACE)))
    beside = [_beside(line) for line in explanation["evidence"] if line["verdict"] != "unknown"]
    return [*names, *beside]


def _instead(parts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The names that only one side has, where each side has one; else none."""
    found = [part for part in parts if part["how"] in INSTEAD]
    return found if {part["how"] for part in found} == INSTEAD.keys() else []


def perhaps_relatives(explanation: Mapping[str, Any]) -> list[str]:
    """What to mind where a name agrees and another name, or the sex, does not."""
    agrees = any(part["how"] not in INSTEAD for part in explanation["parts"])
    sexes = any(one["kind"] == "sex" and one["verdict"] == "different" for one in explanation["evidence"])
    return [str(RELATIVES)] if agrees and (sexes or _instead(explanation["parts"])) else []


def _name(part: Mapping[str, Any], how: str) -> Line:
    words = f"{how} {rarity(part['listed'] or part['query'])}"
    return Line(str(KINDS["name"]), part["query"], part["listed"], words.strip(), part["weight"])


def _beside(line: Mapping[str, Any]) -> Line:
    kind, verdict = line["kind"], line["verdict"]
    what = str(KINDS.get(kind, kind))
    if kind == "sex":
        said = str(SAME_OR_NOT.get(verdict, verdict))
        return Line(what, sex(line["query"]), sex(line["listed"]), said, line["weight"])
    if verdict == "other_record":
        return Line(what, day(line["query"]), "", str(OTHER_RECORD), line["weight"])
    if kind == "birth_date":
        said = difference(line["query"], line["listed"])
        known = min(len(line["query"]), len(line["listed"]))
        if line["weight"] > 0 and line["query"][:known] != line["listed"][:known]:
            said = f"{said} {ONLY_NEAR}"
        return Line(what, day(line["query"]), day(line["listed"]), said, line["weight"])
    said = str(SAME_OR_NOT.get(verdict, verdict))
    return Line(what, line["query"], line["listed"], said, line["weight"])


def in_favour(told: list[Line]) -> list[Line]:
    """What speaks for one person, the weightiest first."""
    return sorted((line for line in told if line.weight > 0), key=lambda line: -line.weight)


def against(told: list[Line]) -> list[Line]:
    """What speaks against, the weightiest first."""
    return sorted((line for line in told if line.weight < 0), key=lambda line: line.weight)


def unknown(told: Mapping[str, Any], listed: Mapping[str, Any]) -> list[str]:
    """What cannot be compared, and what that means. told: the passenger's; listed: the alert's."""
    found = []
    own = [one.get("number", "") for one in told["documents"] if one.get("number")]
    for what, mine, theirs in (
        (_("date of birth"), told["birth_date"], listed["birth_dates"]),
        (_("sex"), told["sex"] if told["sex"] in ("M", "F") else "", listed["sex"]),
        (_("number of a document"), own, listed["documents"]),
    ):
        if not mine and not theirs:
            found.append(_("Neither record has this: %(what)s.") % {"what": what})
        elif not mine:
            found.append(_("Not known of the passenger: %(what)s.") % {"what": what})
        elif not theirs:
            found.append(_("Not in the alert: %(what)s.") % {"what": what})
    if own and listed["documents"] and not set(own) & set(listed["documents"]):
        found.append(
            _("The documents have different numbers. People get new documents, so this settles nothing.")
        )
    whole = f"{told['surname']} {told['given_names']}"
    if len(whole) >= ROOM - 2:
        found.append(_("The passenger's name fills all the room that a carrier has: its end may be cut off."))
    return found


def rarity(part: str) -> str:
    """How common a name is, for the reader: a common one says little by itself."""
    if not part:
        return ""
    parts = part.split()
    bits = sum(most_bits(one) for one in parts)
    one_in = rounded(2**bits)
    if len(parts) == 1 and one_in <= PARTICLE:
        return _("A small word in many names: it says little.")
    if one_in <= COMMON:
        told = _("This name is very common: about 1 in %(number)s people where it is at home.")
    elif one_in <= KNOWN:
        told = _("This name is fairly common: about 1 in %(number)s people where it is at home.")
    else:
        return _("This name is rare.")
    return told % {"number": one_in}


def rounded(number: float) -> int:
    """To one figure, as one says it: 83 becomes 80."""
    scale = 10 ** max(0, math.floor(math.log10(max(1.0, number))))
    return int(round(number / scale) * scale)


def day(text: str) -> str:
    """A whole ISO day as the reader writes it; a year, or a year and a month, as it is."""
    try:
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text


def side(weight: float) -> Label:
    """Whether a line speaks for one person behind both records, or against it, and how much."""
    if weight >= MUCH:
        return Label(_("Speaks strongly for"), "info")
    if weight >= LITTLE:
        return Label(_("Speaks for"), "info")
    if weight > -LITTLE:
        return Label(_("Says little"), "neutral")
    return Label(_("Speaks against") if weight > -MUCH else _("Speaks strongly against"), "warning")


def strength(bits: float) -> str:
    """The resemblance in words. Of records: it says nothing about anybody's conduct."""
    if bits < 9:
        return _("weak")
    return _("moderate") if bits < 12.5 else _("strong")

"""How a comparison is told to the reviewer: in words, part by part."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.page import Kind, Label

HOW = {
    "same": _("The same"),
    "spelling": _("Another spelling of the same"),
    "typo": _("A slip of the pen apart"),
    "affix": _("The same but for a prefix or suffix"),
    "merged": _("Written as one"),
    "truncated": _("Cut off by the carrier's system"),
    "missing": _("The passenger does not have this part"),
    "extra": _("The alert does not have this part"),
}
KINDS = {
    "name": _("Name"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "document": _("Document"),
}
VERDICTS = {
    "same": _("The same"),
    "same_month": _("The same month"),
    "year_only": _("The same year, more is not known"),
    "day_month_swapped": _("Day and month the other way round"),
    "off_by_one_year": _("One year apart"),
    "same_year": _("The same year, another day"),
    "different": _("Different"),
    "unknown": _("Cannot be compared"),
}


def lines(explanation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each part of the comparison: what it is, both texts, in words, and for or against."""
    names = [{"what": KINDS["name"], **part, "words": HOW[part["how"]]} for part in explanation["parts"]]
    beside = [
        {"what": KINDS.get(line["kind"], line["kind"]), **line, "words": VERDICTS[line["verdict"]]}
        for line in explanation["evidence"]
    ]
    for line in beside:
        if line["kind"] == "birth_date":
            line["query"], line["listed"] = day(line["query"]), day(line["listed"])
    return [{**line, "side": side(line["weight"])} for line in (*names, *beside)]


def day(text: str) -> str:
    """A whole ISO day as the reader writes it; a year, or a year and a month, as it is."""
    try:
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text


def moment(text: str) -> datetime | date | None:
    """A local moment or day from ISO text; None when it is empty or unreadable."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return None


def side(weight: float) -> Label:
    """Whether a line speaks for one person behind both records, or against it."""
    kind: Kind = "neutral"
    if weight > 0:
        return Label(str(_("Speaks for")), "info")
    if weight < 0:
        return Label(str(_("Speaks against")), "warning")
    return Label(str(_("Says nothing")), kind)


def strength(bits: float) -> str:
    """The resemblance in words. Of records: it says nothing about anybody's conduct."""
    if bits < 9:
        return str(_("weak"))
    return str(_("moderate")) if bits < 13 else str(_("strong"))

"""Values of a PAXLST that may be repeated, or stand in parts: contacts, bag tags, addresses."""

import re
from collections.abc import Callable
from typing import Any

from edifact.records import Address, Contact
from edifact.segments import Segment

MOST_TAGS = 99  # a carrier cannot check in more bags for one passenger than this


def _captured(segment: Segment) -> dict[str, tuple[Any, ...]]:
    return {"capture_codes": (":".join(element[0].strip() for element in segment.elements),)}


def _ticket(segment: Segment) -> dict[str, tuple[Any, ...]]:
    return {"tickets": (segment.at(0, 1),)}


def contacts(segment: Segment) -> tuple[Contact, ...]:
    """The means of contact of a COM: several may stand in one."""
    found = ([*(part.strip() for part in element), ""] for element in segment.elements)
    return tuple(Contact(kind.upper(), value) for value, kind, *_ in found if value)


def _bags(segment: Segment) -> dict[str, tuple[Any, ...]]:
    tags: list[str] = []
    for element in segment.elements[3:]:
        tag = element[0].strip()
        if tag and tag.upper() not in ("NULL", "NIL"):
            tags += tags_in_row(tag, element[1].strip() if len(element) > 1 else "1")
    return {"bag_tags": tuple(tags)}


def tags_in_row(tag: str, count: str) -> list[str]:
    """UA123456:3 means three tags with consecutive numbers."""
    number = re.search(r"[0-9]{1,12}$", tag)
    if number is None or not (count.isascii() and count.isdigit() and 1 < int(count[:9]) <= MOST_TAGS):
        return [tag]
    digits = number[0]
    stem = tag[: -len(digits)]
    return [f"{stem}{int(digits) + n:0{len(digits)}d}" for n in range(int(count))]


def address(segment: Segment) -> tuple[Address, ...]:
    """That of a NAD; () where it has none."""
    if len(segment.elements) < 5:
        return ()
    street = " ".join(part.strip() for part in segment.elements[4] if part.strip())
    region = segment.at(6) or segment.at(6, 3)  # a code, or else its name
    found = Address("", street, segment.at(5), region, segment.at(7), segment.code(8))
    return (found,) if found != Address() else ()


def several(segment: Segment) -> dict[str, tuple[Any, ...]] | None:
    """What comes on top of the values of a field that a person may have several of; else None."""
    read = LISTS.get((segment.tag, segment.code(0))) or LISTS.get((segment.tag, ""))
    return read(segment) if read is not None else None


# By tag and qualifier; "" stands for any.
LISTS: dict[tuple[str, str], Callable[[Segment], dict[str, tuple[Any, ...]]]] = {
    ("GEI", ""): _captured, ("RFF", "YZY"): _ticket, ("FTX", "BAG"): _bags,
}  # fmt: skip

"""Official lists in their publishers' formats: the UN consolidated list and OFAC's SDN list.

Only what screening needs is read, and only of persons: entities, vessels and aircraft
are counted. Faults in the input become problems beside the result. After a fatal one
nothing of the list is given, because a list read by half would look like one on which
people were removed. Pure: no query, clock or request.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from samenhang.watchlists.publishers import ofac, un
from samenhang.watchlists.publishers.records import Alias, ListedPerson, NotAList, Problem, PublishedList

__all__ = ["Alias", "Changes", "ListedPerson", "NotAList", "Problem", "PublishedList", "compare", "read"]


@dataclass(frozen=True)
class Changes:
    """What a new list changes; changed holds (before, after)."""

    added: tuple[ListedPerson, ...]
    changed: tuple[tuple[ListedPerson, ListedPerson], ...]
    removed: tuple[ListedPerson, ...]


def read(*contents: bytes) -> PublishedList:
    """Read a list, its format seen from its content: one UN file, or OFAC's sdn with its alt, in any order.

    Raises NotAList for anything else. Never raises on faults inside a recognised list.
    """
    formats = [_format_of(content) for content in contents]
    match sorted(formats):
        case ["un"]:
            return un.read(contents[0])
        case ["sdn"]:
            return ofac.read(contents[0], None)
        case ["alt", "sdn"]:
            return ofac.read(contents[formats.index("sdn")], contents[formats.index("alt")])
        case ["alt"]:
            raise NotAList("OFAC's alt.csv holds aliases only; add the sdn.csv of the same day.")
        case _:
            raise NotAList("Give one UN list, or one OFAC sdn.csv with its alt.csv.")


def compare(old: Iterable[ListedPerson], new: Iterable[ListedPerson]) -> Changes:
    """What happened between two lists of one publisher, by number and in its order.

    The order in which a publisher gives aliases, dates and the like is no change.
    """
    before = {person.number: person for person in old}
    after = {person.number: person for person in new}
    both = sorted(before.keys() & after.keys())
    pairs = ((before[number], after[number]) for number in both)
    return Changes(
        added=tuple(after[number] for number in sorted(after.keys() - before.keys())),
        changed=tuple((one, other) for one, other in pairs if _content(one) != _content(other)),
        removed=tuple(before[number] for number in sorted(before.keys() - after.keys())),
    )


def _content(person: ListedPerson) -> tuple[object, ...]:
    return (
        person.name,
        Counter(person.aliases),
        set(person.birth_dates),
        set(person.nationalities),
        set(person.documents),
        person.listed_on,
        set(person.programmes),
        person.sex,
        person.original_name,
    )


def _format_of(content: bytes) -> str:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<CONSOLIDATED_LIST" in content:
        return "un"
    rows = csv.reader(io.StringIO(ofac.decode(content[:65_536])))
    try:
        first = next(rows, [])
    except csv.Error:
        first = []
    numbered = bool(first) and first[0].strip().isdigit()
    if numbered and len(first) == ofac.SDN_COLUMNS:
        return "sdn"
    if numbered and len(first) == ofac.ALT_COLUMNS and first[1].strip().isdigit():
        return "alt"
    raise NotAList("Neither a UN consolidated list (XML) nor OFAC's sdn.csv or alt.csv.")

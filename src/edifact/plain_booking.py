"""A record of a PNRGOV in which nothing has to be mended, and the segments of it that most people have.

Such a record is one Group from SRC on: its segments are cut apart by one split, and most need not be
kept. Where a segment stands in its record (pnrgov) decides what it means, as with all.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from edifact.groups import gap
from edifact.segments import LATIN_1, quoted
from edifact.separators import SERVICE, TAGS, Separators
from edifact.ssr import CAPITALS, PLAIN_TEXT

OFTEN = ("TIF", "SSR", "TVL", "DAT", "TRI", "SSD", "TBD", "IFT", "RCI")  # looked for first
ANY_TAG = "|".join([*OFTEN, *sorted(TAGS - {*OFTEN, *SERVICE, "SRC"})])
INSIDE = frozenset(" -/")  # what a plain value may hold besides letters and digits


def groups(text: str, marks: Separators) -> Iterator[re.Match[str]]:
    """The records in text that are plain enough."""
    between = marks.terminator + gap(text, marks)
    first, second = "TIF" + marks.element, "NAD" + marks.element
    for match in _record(marks, between).finditer(text):
        record = match[0]
        # Somebody glued to what comes before must not be lost.
        apart = record.count(first) == record.count(between + first) and second not in record
        if apart and (record.isascii() or (_is_text(record, between) and not quoted(marks).search(record))):
            yield match


def _is_text(record: str, between: str) -> bool:
    """Whether its letters outside ASCII are UTF-8 and printable; else they have to be mended."""
    try:
        return record.encode(LATIN_1).decode().replace(between, "").isprintable()
    except UnicodeDecodeError:
        return False


@lru_cache(maxsize=16)
def _record(marks: Separators, between: str) -> re.Pattern[str]:
    """SRC and what follows it: known tags, and printable ASCII or what may be UTF-8. between: segments.

    Possessive, so that nothing is looked through twice.
    """
    usable = map(chr, [*range(32, 127), *range(128, 256)])
    letters = "".join(c for c in usable if c not in (marks.terminator, marks.release))
    plain = f"[{re.escape(letters)}]*+"
    released = f"(?:{re.escape(marks.release)}[{re.escape(letters + marks.release)}]{plain})*+"
    values = plain + released if marks.release else plain
    next_ = re.escape(between)
    return re.compile(
        f"{next_}SRC(?:{next_}(?:{ANY_TAG})(?:{re.escape(marks.element)}{values})?)*+(?={re.escape(marks.terminator)})"
    )


class Patterns:
    """What most segments of a sort look like, with the separators in use.

    traveller: a TIF of one person: surname, given names, kind, key. docs: an SSR DOCS with all its
    slashes: its ten values, and whom it is for. locator: an RCI of carrier and locator alone. text: an
    IFT of one text, with its kind before it.
    """

    def __init__(self, marks: Separators) -> None:
        element, component = re.escape(marks.element), re.escape(marks.component)
        special = marks.element + marks.component + marks.release + marks.repetition + marks.terminator
        words, value = f"[{CAPITALS}](?:[{CAPITALS} -]*[{CAPITALS}])?", "[A-Za-z0-9]*"
        traveller = (
            f"TIF{element}({words}){element}({words})(?:{component}([A-Z]*)(?:{component}({value}))?)?"
        )
        docs = f"SSR{element}DOCS{component}[A-Z]*{component}[0-9]*{component}[A-Z0-9]*{component * 5}"
        whom = f"(?:{element}{component * 2}({value}))?"
        letters = re.escape("".join(c for c in map(chr, range(33, 127)) if c not in special))
        text = f"([{letters}][ {letters}]*)"
        text = f"IFT{element}{value}(?:{component}({value})[A-Za-z0-9{component}]*)?{element}{text}"
        if INSIDE & {*special}:
            traveller = docs = whom = "(?!)"
        self.traveller = re.compile(traveller).fullmatch
        self.docs = re.compile(docs + PLAIN_TEXT + whom).fullmatch
        self.locator = re.compile(f"RCI{element}([A-Z0-9]*){component}([A-Z0-9]+)").fullmatch
        self.text = re.compile(text).fullmatch


patterns = lru_cache(maxsize=16)(Patterns)

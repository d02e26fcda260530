"""The characters that carry meaning: what UNA declares, or what the text itself shows."""

import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import lru_cache

SERVICE = ("UNA", "UNB", "UNG", "UNH", "UNS", "UNT", "UNE", "UNZ")
# Segments of PAXLST and CUSRES (UN/EDIFACT), then of PNRGOV (PADIS).
TAGS = frozenset({
    *SERVICE,
    "ATT", "AUT", "BGM", "CNT", "COM", "CTA", "DOC", "DTM", "EMP", "ERC", "ERP", "FTX", "GEI", "GIS",
    "LOC", "MEA", "NAD", "NAT", "PDT", "RFF", "TDT", "ABI", "ADD", "APD", "DAT", "EBD", "EQN", "FAR",
    "FOP", "FTI", "IFT", "LTS", "MON", "MSG", "ORG", "PTK", "RCI", "REF", "RPI", "SAC", "SRC", "SSD",
    "SSR", "TBD", "TIF", "TKT", "TRA", "TRI", "TVL", "TXD",
})  # fmt: skip
ANY_TAG = "|".join(sorted(TAGS))
SAMPLE = 65536  # characters looked at to infer separators: enough, and bounded


@dataclass(frozen=True, slots=True)
class Separators:
    """Release and repetition are "" where the interchange has no such character."""

    component: str = ":"
    element: str = "+"
    release: str = "?"
    terminator: str = "'"
    repetition: str = ""


USUAL = Separators()


def declared(service: str) -> Separators | None:
    """Read the six service characters after UNA; None when they cannot be true.

    Position 3 is the decimal mark, which no value that is read has. Position 5 is reserved in
    older syntaxes, and separates repetitions in syntax 4 and in PNRGOV.
    """
    if len(service) != 6:
        return None
    component, element, release, terminator = service[0], service[1], service[3], service[5]
    release = "" if release == " " else release
    marks = [component, element, terminator]
    if release:
        marks.append(release)
    sane = all(mark.isascii() and mark.isprintable() and not mark.isalnum() and mark != " " for mark in marks)
    if not sane or len(set(marks)) != len(marks):
        return None
    repetition = service[4] if service[4] in "*%|~^" and service[4] not in marks else ""
    return Separators(component, element, release, terminator, repetition)


def infer(text: str, service: str = "") -> Separators:
    """Find the separators from known tags: what stands before and after them.

    text: from the first service segment on. service: what UNA said, if anything: its
    release character is believed when it is one of the two in use. A text with one
    segment on each line and no terminator gets "\\n".
    """
    sample = text[:SAMPLE]
    element = _most_common(re.findall(rf"(?<![A-Za-z0-9])(?:{ANY_TAG})([^\w\s])", sample, re.I), "+")
    before = re.findall(rf"([!-/:-@\[-`{{-~])\s{{0,4}}(?:{ANY_TAG}){re.escape(element)}", sample, re.I)
    terminator = _most_common([mark for mark in before if mark != element], "")
    if not terminator:
        terminator = "\n" if "'" not in sample else "'"
    component = _most_common(
        [
            mark
            for mark in re.findall(r"(?:UNO[A-Z]|IATA|IATB|SIRE|PAXLST|PNRGOV|CUSRES)([^\w\s])", sample, re.I)
            if mark not in (element, terminator)
        ],
        ":",
    )
    release = next((mark for mark in "?\\" if mark in service), "?")
    return Separators(component, element, release, terminator)


def _most_common(marks: list[str], default: str) -> str:
    return Counter(marks).most_common(1)[0][0] if marks else default


def choose(text: str, una: str | None) -> tuple[Separators, str]:
    """Separators for an interchange whose text begins after UNA, and a complaint or "".

    A declaration is honoured unless the text plainly does not follow it.
    """
    if una is None:
        plain = Separators()
        return (plain, "") if _follows(text, plain) else (infer(text), "no UNA, and other separators in use")
    said = declared(una)
    if said is not None and _follows(text, said):
        return said, ""
    return infer(text, una), "UNA does not declare the separators that the message uses"


def _follows(text: str, marks: Separators) -> bool:
    head = text[:SAMPLE]
    first = re.match(r"\s*U\s*N\s*[BGH]\s*([^\w\s])", head, re.I)
    if first is not None and first.group(1) != marks.element:
        return False
    return marks.terminator in head or len(head) < 40


def split(text: str, separator: str, release: str) -> list[str]:
    """Split at each separator that is not released. Keeps the escapes. Linear."""
    parts = text.split(separator)
    if not release or release not in text:
        return parts
    whole: list[str] = []
    pending: list[str] = []
    for part in parts:
        pending.append(part)
        if (len(part) - len(part.rstrip(release))) % 2 == 0:
            whole.append(separator.join(pending))
            pending = []
    if pending:
        whole.append(separator.join(pending))
    return whole


@lru_cache(maxsize=64)
def _released(release: str) -> re.Pattern[str]:
    return re.compile(re.escape(release) + "(.)", re.DOTALL)


@lru_cache(maxsize=64)
def _marked(separators: Separators) -> re.Pattern[str]:
    marks = "".join(getattr(separators, field.name) for field in fields(separators))
    return re.compile("([" + re.escape(marks) + "])")


def unescape(text: str, release: str) -> str:
    """Take away the release characters. One at the very end releases nothing and stays."""
    return _released(release).sub(r"\1", text) if release and release in text else text


def escape(text: str, separators: Separators) -> str:
    """Put the release character before each character that would carry meaning."""
    release = separators.release.replace("\\", "\\\\")
    return _marked(separators).sub(release + r"\1", text)

"""The text inside special service requests: DOCS, DOCO, DOCA, INFT, CTCE and CTCM."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from edifact import dates, names
from edifact.records import Address, Contact, Document, Name, of_all_fields
from edifact.segments import Segment

_DAY = re.compile(r"\d{1,2}[A-Z]{3}(?:\d{4}|\d{2})$|\d{6}$|\d{8}$|\d{4}-\d{2}-\d{2}$")
_SEX = re.compile(r"[MFXU]I?$")


@dataclass(frozen=True, slots=True)
class Docs:
    """One SSR DOCS: a document and the person it is of.

    infant: the sex was FI or MI, so it is of a child on the lap of the passenger named.
    references: which passengers (TIF keys) it says it is for.
    """

    document: Document
    name: Name
    squeezed: tuple[str, str]
    given_names_raw: str
    birth_text: str
    birth_date: date | None
    sex: str
    nationality: str
    infant: bool
    references: tuple[str, ...]
    unreadable: bool


make_docs, make_name, make_document = of_all_fields(Docs), of_all_fields(Name), of_all_fields(Document)
# Capitals of names in Latin letters: those of ASCII, and with a mark on them (É, Ş, Đ).
CAPITALS = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x250)) if c.isupper() and c.lower() != c)
_DATE = r"([0-9]{2}[A-Z]{3}(?:[0-9]{4}|[0-9]{2}))"
_WORDS = rf"([{CAPITALS}](?:[{CAPITALS} \-]*[{CAPITALS}])?)"
PLAIN_TEXT = (
    rf"/([A-Z]{{0,2}})/((?:[A-Z]{{3}})?)/([A-Z0-9]*)/((?:[A-Z]{{3}})?)/{_DATE}/([MFXU]I?)/{_DATE}?"
    rf"/{_WORDS}(?:/{_WORDS})?(?:/{_WORDS})?"
)
PLAIN = re.compile(PLAIN_TEXT)


def text_of(segment: Segment) -> str:
    """The free text of an SSR: after code, status, number, carrier and the three places."""
    first = segment.elements[0] if segment.elements else []
    for part in first[8:]:
        if part.strip():
            return ":".join(first[8:]).strip()
    # Too few colons: the text is then the part with the slashes, here or in an element of its own.
    others = (part for element in segment.elements[1:] for part in element if part.count("/") > 1)
    return next((part.strip() for part in first[4:] if "/" in part), "") or next(others, "").strip()


def references(segment: Segment) -> tuple[str, ...]:
    """The passenger keys in the elements after the text (+::KEY)."""
    return tuple(e[2].strip() for e in segment.elements[1:] if len(e) > 2 and e[2].strip())


def read_docs(segment: Segment, sent: date | None) -> Docs:
    """The DOCS of a segment, with the passengers that it names by key."""
    return docs_of(text_of(segment), references(segment), sent)


def docs_of(text: str, keys: tuple[str, ...], sent: date | None) -> Docs:
    """/type/issuer/number/nationality/birth/sex/expiry/surname/given/middle.

    Anchored on the date of birth before a sex, because carriers drop slashes.
    """
    if (plain := PLAIN.fullmatch(text)) is not None:
        *values, surname, first, second = plain.groups("")
        return plain_docs(values, named(surname, (first, second)), keys, sent)
    parts = [part.strip() for part in text.split("/")]
    upper = [part.upper() for part in parts]
    birth = _birth_at(upper)
    around = [*[""] * max(0, 5 - birth), *parts, *[""] * 10]
    birth += max(0, 5 - birth)
    kind, issuer, number, nationality = (around[birth - n].upper() for n in (4, 3, 2, 1))
    sex = around[birth + 1].upper()
    after = birth + 2
    expiry = around[after]
    if expiry and not _DAY.match(expiry.upper()):
        expiry = ""  # left out with its slash: the surname stands here
    else:
        after += 1
    surname, *given = around[after:]
    given = [part for part in given if part and part.upper() != "H"]  # H: holder of the document
    name = Name(surname, " ".join(filter(None, (names.cleaned(part, glued=True) for part in given))))
    raw = " ".join(given)
    born, born_wrong = _date(around[birth], sent, birth=True)
    expires, expires_wrong = _date(expiry, sent, birth=False)
    return Docs(
        document=Document(kind, number, issuer, expires),
        name=name,  # MOLLYMRS/ZARA: the title hangs on the first name, not on the last
        squeezed=names.both(name),
        given_names_raw=raw,
        birth_text=around[birth],
        birth_date=born,
        sex=sex[:1] if _SEX.match(sex) else "",
        nationality=nationality,
        infant=sex in ("FI", "MI", "XI", "UI"),
        references=keys,
        unreadable=born_wrong or expires_wrong,
    )


Named = tuple[Name, tuple[str, str], str]  # with its squeezed form, and the given names as sent


def named(surname: str, parts: Sequence[str]) -> Named:
    """The name of a document: surname, and given names each in a place of its own."""
    given = [part for part in parts if part and part != "H"]  # H: holder of the document
    cleaned = [names.cleaned(part, glued=True) for part in given]
    name = make_name(surname, " ".join(filter(None, cleaned)))
    return name, names.both(name), " ".join(given)


def plain_docs(values: Sequence[str], name: Named, keys: tuple[str, ...], sent: date | None) -> Docs:
    """A DOCS with all its slashes, each value in its place: nearly every one."""
    kind, issuer, number, nationality, birth, sex, expiry = values
    born: date | None
    expires: date | None
    try:
        born, expires, wrong = dates.spelled(birth), dates.spelled(expiry) if expiry else None, False
    except (KeyError, ValueError):  # another form, or none
        born, born_wrong = _date(birth, sent, birth=True)
        expires, expires_wrong = _date(expiry, sent, birth=False)
        wrong = born_wrong or expires_wrong
    return make_docs(
        make_document(kind, number, issuer, expires), *name, birth, born,
        sex[:1], nationality, len(sex) > 1, keys, wrong,
    )  # fmt: skip


def _birth_at(parts: list[str]) -> int:
    for index, part in enumerate(parts):
        if _DAY.match(part) and index + 1 < len(parts) and _SEX.match(parts[index + 1]):
            return index
    if len(parts) > 5 and _DAY.match(parts[5]):
        return 5
    if len(parts) > 8 and not parts[5] and (not parts[6] or _SEX.match(parts[6])):
        return 5  # all slashes are there, and no date of birth
    # Not the number (3): it may look like a date. A date after it, or the place it should have.
    return next((i for i, part in enumerate(parts) if i > 3 and _DAY.match(part)), 5)


def _date(text: str, sent: date | None, *, birth: bool) -> tuple[date | None, bool]:
    if not text:
        return None, False
    try:
        return (dates.birth_date if birth else dates.expiry_date)(text, sent), False
    except ValueError:
        return None, True


def read_doco(segment: Segment) -> tuple[str, Document | None]:
    """Place of birth/type/number/place of issue/date of issue/country.

    Gives the place of birth, and the visa; None without a number.
    """
    birth_place, kind, number, place, *_ = [
        *(part.strip() for part in text_of(segment).split("/")), "", "", "", "",
    ]  # fmt: skip
    return birth_place, Document(kind.upper(), number.upper(), place.upper()) if number else None


def read_doca(segment: Segment) -> Address | None:
    """Kind/country/street/city/region/postcode, with or without a slash before: an address."""
    parts = [part.strip() for part in text_of(segment).split("/")]
    if parts[0] == "" and len(parts) > 1:
        parts = parts[1:]
    kind, country, street, city, region, postcode, *_ = [*parts, *[""] * 6]
    found = Address(kind.upper(), street, city, region, postcode, country.upper())
    return found if any((country, street, city, region, postcode)) else None


def read_contact(segment: Segment) -> Contact | None:
    """CTCE: // stands for @ and .. for _ and ./ for -. CTCM: a number, perhaps with a language after /."""
    text = text_of(segment)
    if segment.code(0) == "CTCE":
        text = text.replace("//", "@").replace("./", "-").replace("..", "_")
        return Contact("EM", text) if text else None
    text = text.partition("/")[0].strip()
    return Contact("TE", text) if text else None


def read_child(segment: Segment, sent: date | None) -> tuple[str, date | None]:
    """CHLD: when a child was born, as sent and as read."""
    text = text_of(segment).strip("/ ")
    return text, _date(text, sent, birth=True)[0]


def read_inft(segment: Segment, sent: date | None) -> tuple[Name, str, date | None] | None:
    """SURNAME/GIVEN 20SEP12 or SURNAME/GIVEN/10AUG11: an infant without a seat."""
    parts = text_of(segment).replace("/", " / ").split()
    day = next((part for part in reversed(parts) if _DAY.match(part.upper())), "")
    parts = [part for part in parts if part != day]
    surname, _, given = " ".join(parts).partition(" / ")
    given = given.replace("/", " ").strip()
    if not surname or not given:
        return None
    born, _ = _date(day, sent, birth=True)
    return Name(surname, names.cleaned(" ".join(given.split()), glued=True)), day, born

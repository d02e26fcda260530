"""Which column of a bank's file is what, and how a row becomes somebody to look up."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.watchlists.accounts.reading import Row, Unread
from screening import Query

# What is compared, and headings in which it is recognised. Nationality is not: see rules.screening.query.
KNOWN: dict[str, tuple[str, ...]] = {
    "account": (
        *("account", "accountnumber", "accountid", "iban", "customer", "customerid", "customernumber", "id"),
        *("rekening", "rekeningnummer", "klant", "klantid", "klantnummer"),
    ),
    "name": (
        *("name", "fullname", "accountholder", "accountname", "holder", "customername"),
        *("naam", "volledigenaam", "tenaamstelling", "rekeninghouder", "klantnaam"),
    ),
    "given": ("given", "givenname", "givennames", "firstname", "firstnames", "voornaam", "voornamen"),
    "prefix": ("prefix", "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels"),
    "surname": ("surname", "familyname", "lastname", "achternaam", "geslachtsnaam", "familienaam"),
    "birth-date": ("birthdate", "dateofbirth", "dob", "born", "geboortedatum", "geboren"),
    "sex": ("sex", "gender", "geslacht"),
    "document": (
        *("document", "documentnumber", "passport", "passportnumber", "idnumber"),
        *("documentnummer", "paspoort", "paspoortnummer"),
    ),
}
SEXES = {**dict.fromkeys(("m", "male", "man"), "M"), **dict.fromkeys(("f", "v", "female", "vrouw"), "F")}
# How banks write that an account has several holders.
_TOGETHER = re.compile(r"\s+(?:en/of|e/o|and/or)\s+|\s*;\s*", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?:[T ].*)?\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\Z")


class UnclearColumns(Refused):
    code = "unclear-columns"
    status = 422


@dataclass(frozen=True, slots=True)
class Holder:
    """One holder of one account. number: as the file has it; doubt: what was left out of the comparison."""

    line: int
    number: str
    query: Query
    doubt: str = ""


def recognise(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    """The place of each column. chosen: headings by what they are, above what is recognised.

    Raises UnclearColumns. It tells no heading of the file: without a first line of headings
    these would be somebody's data.
    """
    plain = [_plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for what, names in KNOWN.items():
        wanted = {_plain(chosen[what])} if what in chosen else set(names)
        places = [i for i, heading in enumerate(plain) if heading in wanted]
        if len(places) > 1:
            raise UnclearColumns(
                _("%(many)d columns could be “%(what)s”. Say which: --column %(what)s=HEADING")
                % {"many": len(places), "what": what}
            )
        if what in chosen and not places:
            raise UnclearColumns(_("The first line has no column “%s”.") % chosen[what])
        if places:
            found[what] = places[0]
    if "name" not in found and "surname" not in found:
        raise UnclearColumns(
            _(
                "No column with names was recognised. The first line must hold headings; "
                "say which one: --column name=HEADING, or --column surname=HEADING"
            )
        )
    return found


def holders(row: Row, at: Mapping[str, int]) -> Iterator[Holder | Unread]:
    """Who holds the account of a row; whoever comes after the first is known by name alone."""
    line, cells = row
    known = {what: cells[i].strip() for what, i in at.items()}
    whole = known.get("name") or " ".join(
        filter(None, (known.get(part, "") for part in ("given", "prefix", "surname")))
    )
    names = [name for name in _TOGETHER.split(whole) if any(map(str.isalpha, name))]
    if not names:
        yield Unread(line, _("there is no name"), _("Fill in the name and screen this row again."))
        return
    written = known.get("birth-date", "")
    born = day(written)
    doubt = _("compared without the date of birth, which is not readable") if written and not born else ""
    document, number = known.get("document", ""), known.get("account", "")
    sex = SEXES.get(known.get("sex", "").lower())
    yield Holder(
        line, number, Query(str(line), (names[0],), born, sex, None, (document,) if document else ()), doubt
    )
    for name in names[1:]:
        yield Holder(line, number, Query(str(line), (name,)))


def day(text: str) -> str | None:
    """ISO text of a day, month or year as people write it, day before month where both can be. Or None."""
    text = unicodedata.normalize("NFKC", text).strip()
    if found := _YEAR_FIRST.match(text):
        year, month, last = found.groups()
        # A year that stands as 1980-00-00 is a year alone.
        month, last = (None if part == "00" else part for part in (month, last))
        return _checked(int(year), int(month or 1), int(last or 1)) and "-".join(
            filter(None, (year, month, last if month else None))
        )
    if found := _YEAR_LAST.match(text):
        first, second, whole = (int(part) for part in found.groups())
        return _checked(whole, second, first) or _checked(whole, first, second)
    return None


def _checked(year: int, month: int, last: int) -> str | None:
    try:
        return date(year, month, last).isoformat() if year > 1800 else None
    except ValueError:
        return None


def _plain(heading: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", heading).casefold()))

"""The codes of passenger records in words: sex, country, document and kind of message."""

from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation

import pycountry
from django.utils.translation import get_language, gettext_lazy

# As records have it; anything else is shown as it was sent.
SEXES = {"F": gettext_lazy("Female"), "M": gettext_lazy("Male"), "X": gettext_lazy("X in the document")}
# ICAO 9303: the first letter says what the document is.
DOCUMENTS = {
    "P": gettext_lazy("Passport"),
    "I": gettext_lazy("Identity card"),
    "A": gettext_lazy("Identity card"),
    "C": gettext_lazy("Identity card"),
    "V": gettext_lazy("Visa"),
}
MESSAGES = {"PAXLST": gettext_lazy("Passenger list (PAXLST)"), "PNRGOV": gettext_lazy("Bookings (PNRGOV)")}


def sex(letter: str) -> str:
    """The word for what a record says; empty where it says nothing."""
    return str(SEXES.get(letter, letter))


def country(code: str) -> str:
    """“Netherlands (NLD)” in the language of the page; a code that names no country as it was sent."""
    found = pycountry.countries.get(alpha_3=code) if len(code) == 3 else None
    if found is None:
        return code
    in_language = _names((get_language() or "en")[:2]).gettext
    return f"{in_language(getattr(found, 'common_name', found.name))} ({code})"


def document(told: Mapping[str, str]) -> str:
    """“Passport XF1234567, Netherlands (NLD)”: what it is, its number, and who issued it."""
    kind = str(DOCUMENTS.get(told["type"][:1], told["type"]))
    named = " ".join(filter(None, (kind, told["number"])))
    return ", ".join(filter(None, (named, country(told["issuer"]))))


def message(kind: str) -> str:
    """What a carrier sent: a list of passengers or bookings."""
    return str(MESSAGES.get(kind.upper(), kind))


@cache
def _names(language: str) -> GNUTranslations | NullTranslations:
    return translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)

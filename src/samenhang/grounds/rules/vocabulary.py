"""The closed vocabulary: codes, what they are called, and what to say of a code nobody knows."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.foundation.language import language
from samenhang.grounds.rules.law import Authority, law


class UnknownTerm(Refused, ValueError):
    """A code that is not in the vocabulary. Never a silent deny: a slip of the pen is not the law."""

    code = "unknown-term"
    status = 422

    def __init__(self, what: str, term: str, known: Iterable[str]) -> None:
        self.term = term
        self.close = close_matches(term, known)
        message = _("“%(term)s” is not a known %(what)s.") % {"term": term, "what": what}
        if self.close:
            message += " " + _("Did you mean %(close)s?") % {"close": _(" or ").join(self.close)}
        super().__init__(message)


def close_matches(term: str, known: Iterable[str]) -> list[str]:
    """Up to three known codes that look like the term, capitals aside."""
    by_folded = {code.casefold(): code for code in known}
    return [by_folded[hit] for hit in get_close_matches(term.casefold(), by_folded, n=3, cutoff=0.5)]


def authority(code: str) -> Authority:
    """The body with this code. Raises UnknownTerm."""
    try:
        return law().authorities[code]
    except KeyError:
        raise UnknownTerm(_("authority"), code, law().authorities) from None


def check_category(code: str) -> None:
    if code not in law().categories:
        raise UnknownTerm(_("category of data"), code, law().categories)


def check_purpose(code: str) -> None:
    if code not in law().purposes:
        raise UnknownTerm(_("purpose"), code, law().purposes)


def check_condition(code: str) -> None:
    if code not in law().conditions:
        raise UnknownTerm(_("condition"), code, law().conditions)


def names_in_use(code: str, on: date) -> tuple[str, ...]:
    """The codes of one body that exist on that day: BDTOES in 2018, TOES since 2020.

    Empty when the body did not exist under any name; more than one where the
    table knows the body under an old and a lasting code (VENJ and JENV in 2014).
    """
    known = law()
    canonical = known.canonical(code)
    same = [canonical, *(old for old, new in known.aliases.items() if new == canonical)]
    return tuple(name for name in same if known.authorities[name].period.covers(on))


def chosen(nl: str, en: str) -> str:
    """The one of two that the reader's language asks for."""
    return nl if language() == "nl" else en


_label = lazy(chosen, str)


def authority_label(code: str) -> str:
    """The body's name in the reader's language (lazy). Raises UnknownTerm."""
    body = authority(code)
    return _label(body.name_nl, body.name_en)


def spoken(code: str) -> str:
    """The body as it stands in a sentence: "the mayor", and for ``kind:ministry`` "a minister" (lazy).

    Raises UnknownTerm.
    """
    if code.startswith("kind:"):
        word = law().kinds[code.removeprefix("kind:")]
        return _label(word.nl, word.en)
    body = authority(code)
    return _label(body.spoken_nl, body.spoken_en)


def category_label(code: str) -> str:
    """How a user reads a category of data (lazy). Raises UnknownTerm."""
    check_category(code)
    word = law().categories[code]
    return _label(word.nl, word.en)


def purpose_label(code: str) -> str:
    """How a user reads a purpose (lazy). Raises UnknownTerm."""
    check_purpose(code)
    word = law().purposes[code]
    return _label(word.nl, word.en)


def condition_label(code: str) -> str:
    """What a condition asks, in the reader's language (lazy). Raises UnknownTerm."""
    check_condition(code)
    condition = law().conditions[code]
    return _label(condition.nl, condition.en)

"""A list of travellers as a spreadsheet: what each row says, and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from samenhang.exchange.rules import Information, Source
from samenhang.exchange.rules.movements import Seen, Whereabouts, check_seen
from samenhang.exchange.rules.zones import Zone
from samenhang.foundation.spreadsheets import Columns, NotASheet, Problem, born, choice, day, read_rows
from samenhang.persons.rules import Identity, check_identity

COLUMNS = Columns(
    {
        "surname": ("surname", "achternaam", "naam"),
        "given_names": ("given names", "voornamen"),
        "born": ("born", "geboren"),
        "municipality": ("municipality", "gemeente"),
        "status": ("status", "toestand"),
        "since": ("since", "sinds"),
        "place": ("place", "plaats"),
        "source": ("source", "bron"),
        "information": ("information", "informatie"),
        "basis": ("basis", "grondslag"),
    },
    optional=("given_names", "born", "place", "source", "information"),
    longest={"surname": 120, "given_names": 160, "municipality": 80, "place": 80, "basis": 120},
)


# Where the identity of who came in with a list is from.
SOURCE = "list of travellers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One traveller as the sheet has it. row: its number in the sheet."""

    row: int
    identity: Identity
    municipality: str
    seen: Seen


def entries(rows: list[list[str]], today: date, zones: Collection[Zone]) -> tuple[list[Entry], list[Problem]]:
    """What can be taken in, and what cannot, row by row. Raises NotASheet when a column is missing.

    zones: as for ``check_seen``.
    """
    return read_rows(rows, COLUMNS, partial(_entry, today, zones), lambda entry: entry.identity)


def _entry(today: date, zones: Collection[Zone], number: int, said: Mapping[str, str]) -> Entry:
    birth_date = born(said.get("born", ""))
    identity = Identity(said["surname"], said.get("given_names", ""), birth_date, SOURCE)
    check_identity(identity)
    seen = Seen(
        _status(said["status"]),
        day(said["since"]),
        said["basis"],
        place=said.get("place", ""),
        source_evaluation=choice(Source, said.get("source", ""), Source.UNKNOWN),
        information_evaluation=choice(Information, said.get("information", ""), Information.UNCONFIRMED),
    )
    check_seen(seen, today, zones)
    if not said["municipality"]:
        raise NotASheet(_("The home municipality is missing."))
    return Entry(number, identity, said["municipality"], seen)


def _status(text: str) -> Whereabouts:
    for one in Whereabouts:
        if text.casefold() in (one.value, str(one.label).casefold()):
            return one
    known = ", ".join(one.value for one in Whereabouts)
    raise NotASheet(_("“%(text)s” is no status. Use one of: %(known)s.") % {"text": text, "known": known})

"""A caseload of before, as a spreadsheet: each row is a person and what they did, to be weighed anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from samenhang.exchange.rules.conduct import asks_conduct
from samenhang.exchange.rules.statements import (
    Content,
    Information,
    Kind,
    NecessityMissing,
    Source,
    check_content,
)
from samenhang.foundation.spreadsheets import Columns, NotASheet, Problem, born, choice, day, read_rows
from samenhang.persons.rules import Identity, check_identity, check_may_be_weighed

COLUMNS = Columns(
    {
        "surname": ("surname", "achternaam", "naam"),
        "given_names": ("given names", "voornamen"),
        "born": ("born", "geboren"),
        "municipality": ("municipality", "gemeente"),
        "conduct": ("conduct", "gedrag"),
        "on": ("on", "datum"),
        "kind": ("kind", "soort"),
        "source": ("source", "bron"),
        "information": ("information", "informatie"),
        "basis": ("basis", "grondslag"),
        "necessity": ("necessity", "noodzaak"),
    },
    optional=("given_names", "born", "kind", "source", "information"),
    longest={
        "surname": 120, "given_names": 160, "municipality": 80, "basis": 120, "conduct": 4000,
        "necessity": 4000,
    },
)  # fmt: skip
# By this the identity of somebody of a caseload is known, to take the caseload back.
SOURCE = "caseload of before"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the caseload. row: its number in the sheet."""

    row: int
    identity: Identity
    municipality: str
    content: Content


def entries(
    rows: list[list[str]], today: date, municipalities: Iterable[str]
) -> tuple[list[Entry], list[Problem]]:
    """What can be taken in, and what cannot, row by row. Raises NotASheet when a column is missing."""
    read = partial(_entry, today, frozenset(municipalities))
    return read_rows(rows, COLUMNS, read, lambda entry: entry.identity)


def to_look_at(good: Iterable[Entry]) -> list[Problem]:
    """Rows that speak of belief, descent or clothing. They are taken in all the same."""
    text = _("This speaks of belief, descent or clothing. That alone is never a reason: say what was done.")
    return [Problem(one.row, text) for one in good if asks_conduct(one.content.text)]


def _entry(today: date, municipalities: frozenset[str], number: int, said: Mapping[str, str]) -> Entry:
    birth_date = born(said.get("born", ""))
    identity = Identity(said["surname"], said.get("given_names", ""), birth_date, SOURCE)
    check_identity(identity)
    check_may_be_weighed(birth_date, today)
    if said["municipality"] not in municipalities:
        raise NotASheet(_("“%s” is no municipality that takes part here.") % said["municipality"])
    on = day(said["on"])
    if on > today:
        raise NotASheet(_("“%s” has not come yet.") % said["on"])
    content = Content(
        text=said["conduct"],
        basis=said["basis"],
        necessity=said["necessity"],
        kind=choice(Kind, said.get("kind", ""), Kind.FACT),
        source_evaluation=choice(Source, said.get("source", ""), Source.UNKNOWN),
        information_evaluation=choice(Information, said.get("information", ""), Information.UNCONFIRMED),
        true_from=on,
    )
    check_content(content)
    if not content.necessity:
        raise NecessityMissing(_("Say in the row why the recipients must know exactly this."))
    return Entry(number, identity, said["municipality"], content)

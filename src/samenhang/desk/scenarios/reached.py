"""How three organisations are reached, in both demonstrations: invented desks, one of them not confirmed for long."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from samenhang.desk.scenarios.cast import Cast
from samenhang.desk.scenarios.letter.telling import Deed
from samenhang.programme import actions as programme
from samenhang.programme.rules.contact import Contact

# Domain and numbers that nobody can have.
DESKS = {
    "politiebeheer": Contact(
        "Informatiepunt persoonsgerichte aanpak", "informatiepunt@politie.example", "+31 00 000 0001",
        "werkdagen van 8.00 tot 18.00 uur", "Bel hetzelfde nummer: de dienst van die nacht neemt op.",
    ),
    "beheerder": Contact(
        "Directie aanpak, loket", "loket@ministerie.example", "+31 00 000 0002",
        "werkdagen van 9.00 tot 17.00 uur", "Bel de piketdienst: +31 00 000 0003.",
    ),
    "gemeentebeheer": Contact(
        "Team veiligheid, meldpunt", "veiligheid@gemeente.example", "+31 00 000 0004",
        "werkdagen van 8.30 tot 17.00 uur", "Bel de piketdienst van de gemeente: +31 00 000 0005.",
    ),
}  # fmt: skip


def deeds(cast: Cast, written: Mapping[str, datetime], confirmed: Mapping[str, datetime]) -> Iterator[Deed]:
    """Who manages the accounts writes it down, and some say later that it is still right."""
    for who, at in written.items():
        yield Deed(at, partial(_write, cast, who))
    for who, at in confirmed.items():
        yield Deed(at, partial(_confirm, cast, who))


def _write(cast: Cast, who: str, at: datetime) -> None:
    programme.keep_contact(cast.body(who), DESKS[who], by=cast.at(at, who, "oversight"))


def _confirm(cast: Cast, who: str, at: datetime) -> None:
    programme.confirm_contact(cast.body(who), by=cast.at(at, who, "oversight"))

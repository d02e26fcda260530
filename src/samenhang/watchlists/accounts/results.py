"""What screening found, as a CSV file that a person opens in a spreadsheet."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.spreadsheets import harmless
from samenhang.watchlists.accounts.columns import Holder
from samenhang.watchlists.accounts.reading import Unread
from samenhang.watchlists.rules import screening, words
from screening import Candidate

HEADINGS = (
    *("line", "account", "result", "strength", "bits", "listed", "listed_name", "name"),
    *("speaks_for", "speaks_against", "to_do"),
)
OWN = {
    "missing": gettext_lazy("Only on the list. The account holder does not have this name."),
    "extra": gettext_lazy("Only with the account holder. The list does not have this name."),
}
BORN = {
    "same": gettext_lazy("The same day."),
    "same_month": gettext_lazy("The same month; the day is not known."),
    "year_only": gettext_lazy("The same year; more is not known."),
    "day_month_swapped": gettext_lazy("Day and month the other way round."),
    "off_by_one_year": gettext_lazy("One year apart."),
    "same_year": gettext_lazy("The same year, another day."),
    "different": gettext_lazy("Another date."),
    "other_record": words.OTHER_RECORD,
}


class Results:
    """Writes rows and counts them."""

    def __init__(self, out: TextIO) -> None:
        self._writer = csv.writer(out)
        self._writer.writerow(HEADINGS)
        self.matches = self.not_compared = self.in_part = 0

    def match(self, holder: Holder, found: Candidate) -> None:
        self.matches += 1
        told = list(_told(found))
        reasons = [" | ".join(map(_reason, side)) for side in (words.in_favour(told), words.against(told))]
        self._write(
            holder.line,
            holder.number,
            _("possible match"),
            words.strength(found.score),
            found.score,
            found.entry_key,
            found.listed_name,
            holder.query.names[0],
            *reasons,
            _("Compare with the identity document that you hold."),
        )

    def doubtful(self, holder: Holder) -> None:
        """Compared, but not by all that the row holds."""
        self.in_part += 1
        to_do = _("Write the date as 1980-12-31 and screen this row again.")
        self._write(holder.line, holder.number, holder.doubt, *[""] * 7, to_do)

    def unread(self, row: Unread) -> None:
        self.not_compared += 1
        self._write(row.line, "", _("not compared: %s") % row.why, *[""] * 7, row.to_do)

    def _write(self, *cells: str | float) -> None:
        self._writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])


def _told(found: Candidate) -> Iterator[words.Line]:
    """The comparison in words for who keeps accounts: there is no passenger and no alert."""
    born = next((line.verdict for line in found.evidence if line.kind == "birth_date"), "")
    for line in words.lines(screening.explanation(found), OWN):
        is_born = line.what == str(words.KINDS["birth_date"]) and born in BORN
        yield replace(line, words=str(BORN[born])) if is_born else line


def _reason(line: words.Line) -> str:
    both = " / ".join(filter(None, (line.passenger, line.alert)))
    return f"{line.what}: {both}. {line.words} ({line.weight:+.1f})"

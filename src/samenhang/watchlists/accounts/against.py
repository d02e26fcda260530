"""The lists that accounts are compared with, as an index in files."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from samenhang.watchlists.models import ListedRecord, OfficialList
from samenhang.watchlists.publishers import ListedPerson, PublishedList
from samenhang.watchlists.rules import accounts as rules
from samenhang.watchlists.rules import lists
from screening import Index


@dataclass(frozen=True, slots=True)
class Against:
    """What accounts are compared with. sources: which lists, each with what tells its content."""

    index: Path
    sources: tuple[str, ...]
    persons: int


@contextmanager
def of_files(published: Sequence[PublishedList]) -> Iterator[Against]:
    """Lists from files, as an index that lasts as long as this context. Raises NotUsable."""
    for one in published:
        first = one.problems[0] if one.problems else None
        lists.check_usable(one.usable, f"{first.where}: {first.message}" if first else "")
    persons = [(one.publisher, person) for one in published for person in one.persons]
    sources = tuple(f"{one.publisher} {one.digest[:16]}" for one in published)
    with _indexed(persons, sources) as found:
        yield found


@contextmanager
def of_home(on: date) -> Iterator[Against]:
    """The lists of this home that somebody approved, on that day. Raises NotApproved when there is none."""
    approved = OfficialList.objects.for_account_screening(on)
    rows = ListedRecord.objects.current().filter(official_list__in=approved).select_related("official_list")
    persons = [(row.official_list.publisher, lists.from_json(row.content)) for row in rows]
    if not persons:
        raise lists.NotApproved(
            _("No list was approved for account screening. Name one with --list, or import and approve one.")
        )
    sources = tuple(
        f"{one.publisher} {version.digest[:16]}" for one in approved if (version := one.versions.last())
    )
    with _indexed(persons, sources) as found:
        yield found


@contextmanager
def _indexed(persons: Iterable[tuple[str, ListedPerson]], sources: tuple[str, ...]) -> Iterator[Against]:
    with tempfile.TemporaryDirectory() as folder:
        index = Index.build(rules.entry(publisher, person) for publisher, person in persons)
        yield Against(index.save(Path(folder)), sources, len(index))


def of_index(folder: Path) -> Against:
    """An index that was saved before, which its own version tells."""
    return Against(folder, (f"index {folder.name[:16]}",), len(Index.load(folder)))

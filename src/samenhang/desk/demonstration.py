"""Turning an empty home into a demonstration, once and for ever."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.desk.scenarios import story_2014, story_2026
from samenhang.desk.scenarios.cast import People
from samenhang.foundation.clock import installation
from samenhang.foundation.errors import Refused
from samenhang.foundation.keys import forget_stores
from samenhang.foundation.models import Installation
from samenhang.foundation.setup import bring_up_to_date
from samenhang.organisations.models import User
from samenhang.organisations.rules import Role


@dataclass(frozen=True)
class Scenario:
    """A story: how it is told, when its clock stands, and with whose accounts one can look."""

    tell: Callable[[], Iterator[str]]
    ends: datetime
    people: Callable[[], People]


SCENARIOS = {
    "2014": Scenario(story_2014.tell, story_2014.ENDS, story_2014.accounts),
    "2026": Scenario(story_2026.tell, story_2026.ENDS, story_2026.accounts),
}
USUAL = "2026"


class NotEmpty(Refused):
    """Real data and invented people never share a home."""

    code = "not-empty"


def told_here() -> str:
    """The scenario of this home, or none."""
    marked = installation()
    return marked.scenario if marked is not None else ""


@dataclass(frozen=True, slots=True)
class Account:
    """With which one can look at a demonstration, and as what."""

    username: str
    name: str
    work: str


def accounts(scenario: str) -> list[Account]:
    """Everybody in the story who can sign in."""
    found = []
    for username, (name, _authority, _region, organisation, _team, roles) in (
        SCENARIOS[scenario].people().items()
    ):
        labels = ", ".join(str(Role(role).label) for role in roles)
        found.append(Account(username, name, f"{labels}, {organisation}"))
    return found


def make(scenario: str) -> Iterator[str]:
    """Mark the home, tell the story, set the clock to where it ended; yields what happens.

    A home that already is this demonstration stays as it is; one that was stopped
    midway is told again from the start. Raises NotEmpty for a home with other data or another story.
    """
    marked = installation()
    if marked is not None and marked.kind == Installation.Kind.DEMONSTRATION:
        if marked.scenario != scenario:
            raise NotEmpty(
                _("This home tells the story of %s. Choose an empty folder with --home.") % marked.scenario
            )
        if marked.clock_at is not None:
            return
        _start_over()
        marked = None
    if marked is not None or User.objects.filter(human=True).exists():
        raise NotEmpty(_("This home holds data of its own. Choose an empty folder with --home."))
    story = SCENARIOS[scenario]
    # Marked before the first invented person exists: what begins as a demonstration stays one.
    mark = Installation.objects.create(kind=Installation.Kind.DEMONSTRATION, scenario=scenario)
    yield from story.tell()
    with transaction.atomic():
        mark.clock_at, mark.clock_set_at = story.ends, timezone.now()
        mark.save(update_fields=["clock_at", "clock_set_at"])


def _start_over() -> None:
    """Throw away a demonstration that never came to its end: invented people, in files of their own."""
    if connection.vendor != "sqlite":
        raise NotEmpty(_("This demonstration was interrupted halfway. Give it an empty database."))
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for path in (
        database,
        database.with_name(f"{database.name}-wal"),
        database.with_name(f"{database.name}-shm"),
    ):
        path.unlink(missing_ok=True)
    forget_stores()
    for folder in (Path(settings.KEY_STORE), Path(settings.FILES)):
        shutil.rmtree(folder, ignore_errors=True)
    bring_up_to_date()

"""Turning an empty home into a demonstration, once and for ever."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.desk.scenarios import story_2026
from samenhang.foundation.clock import installation
from samenhang.foundation.errors import Refused
from samenhang.foundation.models import Installation
from samenhang.organisations.models import User

SCENARIOS: dict[str, tuple[Callable[[], Iterator[str]], datetime]] = {
    "2026": (story_2026.tell, story_2026.ENDS),
}


class NotEmpty(Refused):
    """Real data and invented people never share a home."""

    code = "not-empty"


class HalfMade(Refused):
    """An earlier try was stopped in the middle of the story."""

    code = "half-made"


def make(scenario: str) -> Iterator[str]:
    """Mark the home, tell the story, set the clock to where it ended; yields what happens.

    A home that already is this demonstration stays as it is. Raises NotEmpty
    for a home with other data, HalfMade for one that was stopped midway.
    """
    marked = installation()
    if marked is not None and marked.kind == Installation.Kind.DEMONSTRATION:
        if marked.clock_at is None:
            raise HalfMade(
                _("Making this demonstration was interrupted. Choose an empty folder with --home.")
            )
        return
    if marked is not None or User.objects.filter(human=True).exists():
        raise NotEmpty(_("This home holds data of its own. Choose an empty folder with --home."))
    tell, ends = SCENARIOS[scenario]
    # Marked before the first invented person exists: what begins as a demonstration stays one.
    mark = Installation.objects.create(kind=Installation.Kind.DEMONSTRATION, scenario=scenario)
    yield from tell()
    with transaction.atomic():
        mark.clock_at, mark.clock_set_at = ends, timezone.now()
        mark.save(update_fields=["clock_at", "clock_set_at"])

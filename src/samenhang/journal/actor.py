"""Who acts, for which organisation, under which mandate, for what purpose, at what moment."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Actor:
    """Comes with every action, so that no action reads the clock or the request.

    user, organisation, session: opaque references. authority: the code of the
    organisation in ``grounds`` (``POL``, ``OM``, ``BURG``). purpose: a code of
    ``grounds``. case: reference of the case at hand, or empty. now: an aware
    moment. simulated: the clock is a demonstration's. organisation_id, user_id:
    the rows behind the references, for the areas that link to them.
    """

    user: str
    organisation: str
    authority: str
    roles: frozenset[str]
    purpose: str
    now: datetime
    mandate: str = ""
    case: str = ""
    clearance: int = 0
    human: bool = True
    simulated: bool = False
    session: str = ""
    authentication: str = ""
    organisation_id: int = 0
    user_id: int = 0

    @property
    def today(self) -> date:
        """The day in the Netherlands, because terms of law run by it."""
        return timezone.localtime(self.now).date()

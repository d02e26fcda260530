"""Counting what happens to hits, in the transaction in which it happens."""

from django.db.models import F

from samenhang.journal import Actor
from samenhang.watchlists.models import HitTally
from samenhang.watchlists.rules.quality import What


def count(issuer: int, what: What, *, times: int = 1, minutes: int = 0, by: Actor) -> None:
    """So many more today, for the list of this issuer (its key). Call it inside the deed's transaction."""
    row = HitTally.objects.filter(issuer=issuer, on=by.today, what=what, minutes=minutes)
    if not row.update(count=F("count") + times):
        HitTally.objects.get_or_create(issuer_id=issuer, on=by.today, what=what, minutes=minutes)
        row.update(count=F("count") + times)

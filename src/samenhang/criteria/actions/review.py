"""What people make of a match, and that it is counted."""

from django.db import transaction
from django.db.models import F

from samenhang.criteria.models import Match, MatchTally
from samenhang.criteria.rules.matches import What
from samenhang.journal import Actor
from samenhang.judging import actions as judging
from samenhang.judging.rules import Status, Why

FINISHED = {Status.CONFIRMED: What.CONFIRMED, Status.DISMISSED: What.DISMISSED}


def count(what: What, *, by: Actor) -> None:
    """One more today. Call it inside the deed's transaction."""
    row = MatchTally.objects.filter(on=by.today, what=what)
    if not row.update(count=F("count") + 1):
        MatchTally.objects.get_or_create(on=by.today, what=what)
        row.update(count=F("count") + 1)


@transaction.atomic
def judge(match: Match, verdict: str, *, why: Why, by: Actor) -> Match:
    """As ``judging.judge``."""
    return _counted(judging.judge(match, verdict, why=why, by=by), by)


@transaction.atomic
def confirm(match: Match, *, agree: bool, why: Why, by: Actor) -> Match:
    """As ``judging.confirm``: only then it goes to the authority that the rule names."""
    return _counted(judging.confirm(match, agree=agree, why=why, by=by), by)


def _counted(match: Match, by: Actor) -> Match:
    finished = FINISHED.get(Status(match.status))
    if finished:
        count(finished, by=by)
    return match

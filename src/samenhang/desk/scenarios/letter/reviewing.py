"""Every case is reviewed within half a year; in these years each of them stays, and the mayor says why."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from samenhang.cases import actions as cases
from samenhang.cases.rules import Reviewed, Verdict, review_on
from samenhang.desk.scenarios.letter.cast import TOWNS, local
from samenhang.desk.scenarios.letter.telling import CASE_WORK, Deed, Story, moment
from samenhang.desk.scenarios.letter.wording import IN_ITS_INTEREST, STAYS, place
from samenhang.persons.models import is_child

MONTHS = [date(year, month, 1) for year in (2012, 2013, 2014) for month in range(1, 13)]
ENDS = date(2014, 6, 30)
AHEAD = timedelta(days=32)


def deeds(story: Story) -> Iterator[Deed]:
    """Each month those whose last day comes before the next."""
    for day in MONTHS:
        if day < ENDS:
            yield Deed(moment(day, 2), lambda at: _review_who_is_due(story, at))


def _review_who_is_due(story: Story, at: datetime) -> None:
    for key, case in list(story.cases.items()):
        if case.review_on <= at.date() + AHEAD:
            by = story.cast.at(
                at, local("burgemeester", TOWNS.index(case.municipality)), CASE_WORK, case.reference
            )
            found = Reviewed(
                Verdict.CONTINUE,
                criteria_hold=True,
                reasons=STAYS[place(story.where.get(key))],
                lighter="Gesprekken alleen helpen nog niet; de partners stemmen hun stappen op elkaar af.",
                next_on=review_on(by.today),
                best_interest=IN_ITS_INTEREST if is_child(case.person_id, by.today) else "",
            )
            story.cases[key] = cases.review(case, found, by=by).case

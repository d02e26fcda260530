"""Who left, was in the zone, came back, or was stopped: as the police learned it, days later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from samenhang.cases import actions as cases
from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import Deed, Story, moment
from samenhang.desk.scenarios.letter.wording import MOVED, police_act
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules import Information, Source
from samenhang.exchange.rules.movements import Seen, Whereabouts

# What the ministry of this story counts as a conflict zone.
ZONE = "Imaginarië"
# How many days after it happened the police know.
LEARNED_AFTER = timedelta(days=6)
# Travellers, by their place in the order of leaving.
LEFT_TWICE, FIRST_RETURNEE = 2, 34
IN_ZONE, DEAD, ELSEWHERE = range(20), range(100, 108), range(110, 114)


def deeds(story: Story) -> Iterator[Deed]:
    """All movements of the plot, and three that turned out to be wrong."""
    people = plot.travellers()
    left = plot.days(plot.LEFT)
    for place, (who, day) in enumerate(zip(people, left, strict=True)):
        yield _learned(story, who, Whereabouts.LEFT, day)
        for status, places, after in (
            (Whereabouts.IN_ZONE, IN_ZONE, 21),
            (Whereabouts.DEAD, DEAD, 90),
            (Whereabouts.THIRD_COUNTRY, ELSEWHERE, 60),
        ):
            if place in places:
                yield _learned(story, who, status, min(day + timedelta(days=after), date(2014, 6, 20)))
    for who, day in zip(returnees(), plot.days(plot.RETURNED), strict=False):
        yield _learned(story, who, Whereabouts.RETURNED, day)
    for who, day in zip(people[:LEFT_TWICE], (date(2014, 3, 10), date(2014, 3, 17)), strict=True):
        yield _learned(story, who, Whereabouts.LEFT, day)
    for who, day in zip(plot.intending(), plot.days(plot.ALERTED_INTENDING), strict=True):
        yield _learned(story, who, Whereabouts.INTENDS, day - timedelta(days=40))
        yield _learned(story, who, Whereabouts.STOPPED, day)
    for who, day in zip(plot.minors(), plot.days(plot.MINORS), strict=True):
        yield _learned(story, who, Whereabouts.INTENDS, day - timedelta(days=40))
        yield _learned(story, who, Whereabouts.STOPPED, day)
    yield from _mistakes(story)


def returnees() -> tuple[Somebody, ...]:
    """In the order of coming back: two who leave again, and others who stay."""
    people = plot.travellers()
    return (*people[:LEFT_TWICE], *people[FIRST_RETURNEE:])


def _mistakes(story: Story) -> Iterator[Deed]:
    """One day corrected, one who had not left at all, and one who was somebody else."""
    intends = plot.intending()
    corrected = plot.travellers()[30]
    yield Deed(moment(date(2013, 9, 3)), partial(_correct_day, story, corrected))
    yield _learned(story, intends[6], Whereabouts.LEFT, date(2014, 4, 8))
    yield Deed(moment(date(2014, 5, 6)), partial(_stopped_after_all, story, intends[6]))
    yield _learned(story, intends[7], Whereabouts.RETURNED, date(2014, 4, 15))
    yield Deed(moment(date(2014, 5, 13)), partial(_somebody_else, story, intends[7]))


def _learned(story: Story, who: Somebody, status: Whereabouts, day: date) -> Deed:
    return Deed(moment(day + LEARNED_AFTER, 11), partial(_record, story, who, _seen(status, day)))


def _seen(status: Whereabouts, day: date) -> Seen:
    return Seen(
        status,
        day,
        police_act(day),
        text=MOVED[status],
        place=ZONE if status == Whereabouts.IN_ZONE else "",
        source_evaluation=Source.MOSTLY,
        information_evaluation=Information.CONFIRMED,
    )


def _record(story: Story, who: Somebody, seen: Seen, at: datetime) -> None:
    person = story.open_person(who, at)
    made = exchange.record_movement(person, seen, by=story.on("politie1", at, who=who))
    story.where[who.key] = Whereabouts(seen.status)
    case = story.cases.get(who.key)
    if case is not None:
        cases.share_movement(case, made, by=story.on("politie1", at, who=who))


def _last(story: Story, who: Somebody, status: Whereabouts, at: datetime) -> tuple[Movement, Seen]:
    by = story.on("politie1", at, who=who)
    rows = Movement.objects.visible_to(by).about(story.people[who.key].pk).known_by(at).filter(status=status)
    row = rows[0]
    return row, _seen(status, row.true_on)


def _correct_day(story: Story, who: Somebody, at: datetime) -> None:
    row, seen = _last(story, who, Whereabouts.LEFT, at)
    right = replace(seen, true_on=row.true_on + timedelta(days=2))
    by = story.on("politie2", at, who=who)
    exchange.correct_movement(row, right, reason="Op de datum van het ticket gezet.", by=by)


def _stopped_after_all(story: Story, who: Somebody, at: datetime) -> None:
    row, seen = _last(story, who, Whereabouts.LEFT, at)
    by = story.on("politie2", at, who=who)
    right = replace(seen, status=Whereabouts.STOPPED, text=MOVED[Whereabouts.STOPPED])
    story.where[who.key] = Whereabouts.STOPPED
    exchange.correct_movement(row, right, reason="Betrokkene bleek thuis: niet vertrokken.", by=by)


def _somebody_else(story: Story, who: Somebody, at: datetime) -> None:
    row, _seen_then = _last(story, who, Whereabouts.RETURNED, at)
    by = story.on("politie2", at, who=who)
    exchange.withdraw_movement(row, reason="Het ging om iemand anders.", by=by)
    story.where[who.key] = Whereabouts.STOPPED

"""Every traveller is reviewed by a prosecutor; every returnee is met, assessed by two people and taken in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from samenhang.desk.scenarios import coming_back
from samenhang.desk.scenarios.coming_back import DIRECTOR, POLICE, PROSECUTION, SECOND, Crew
from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.cast import local
from samenhang.desk.scenarios.letter.moving import LEARNED_AFTER, returnees
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import Deed, Story, moment
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules import Item, Provision
from samenhang.exchange.rules.movements import AWAY
from samenhang.journal import Actor
from samenhang.risk.models import Trajectory

LAST = date(2014, 6, 30)
# Days after the police learned of it.
TOLD, MET, ASSESSED, TAKEN_IN = (timedelta(days=days) for days in (1, 1, 2, 3))
# Before the term of half a year is over, and before the prosecutor's year is.
ASSESSED_AGAIN, REVIEWED_AGAIN = timedelta(days=170), timedelta(days=350)


def deeds(story: Story) -> Iterator[Deed]:
    """Reviews of all who left, and the way back of all who returned."""
    for who, day in zip(plot.travellers(), plot.days(plot.LEFT), strict=True):
        told = day + LEARNED_AFTER + TOLD
        yield Deed(moment(told, 10), partial(_tell_the_prosecution, story, who))
        for on in _repeated(told, REVIEWED_AGAIN):
            yield Deed(moment(on, 14), partial(_review, story, who))
    for who, day in zip(returnees(), plot.days(plot.RETURNED), strict=False):
        learned, held = day + LEARNED_AFTER, Held()
        yield Deed(moment(learned + MET, 14), partial(_bring_home, story, who))
        yield Deed(moment(learned + MET, 15), partial(_meet, story, who, day, held))
        for on in _repeated(learned + ASSESSED, ASSESSED_AGAIN):
            yield Deed(moment(on, 15), partial(_assess, story, who))
        yield Deed(moment(learned + TAKEN_IN, 15), partial(_take_in, story, who, held))


class Held:
    """The way back, once it is followed."""

    way: Trajectory


def _repeated(first: date, every: timedelta) -> Iterator[date]:
    on = first
    while on < LAST:
        yield on
        on += every


def _tell_the_prosecution(story: Story, who: Somebody, at: datetime) -> None:
    """The police give name and movement to the prosecution, under the rule of that day."""
    by = story.on("politie1", at, "investigation")
    person = story.people[who.key]
    moved = Movement.objects.visible_to(by).about(person.pk)[0]
    items = (Item(person.scope, "identity"), Item(moved.scope, moved.category))
    given = Provision(story.body("politie1"), items, "prosecution")
    exchange.disclose(given, to=story.body("officier"), by=by)


def _review(story: Story, who: Somebody, at: datetime) -> None:
    coming_back.review(story.people[who.key], by=story.on("officier", at, "prosecution"))


def _bring_home(story: Story, who: Somebody, at: datetime) -> None:
    """The case of who came back: a new one, or the one that was open while they were away."""
    if who.key in story.cases:
        story.bring(who, at)
    story.open_case(who, at)


def _meet(story: Story, who: Somebody, day: date, held: Held, at: datetime) -> None:
    held.way = coming_back.meet(_crew(story, who), story.cases[who.key], back_on=day, moment=at)


def _assess(story: Story, who: Somebody, at: datetime) -> None:
    gone = story.where.get(who.key) in AWAY
    coming_back.assess(_crew(story, who), story.cases[who.key], at, gone_again=gone)


def _take_in(story: Story, who: Somebody, held: Held, at: datetime) -> None:
    coming_back.take_in(_crew(story, who), held.way, at)


def _crew(story: Story, who: Somebody) -> Crew:
    posts = {POLICE: "politie1", SECOND: "politie2", PROSECUTION: "officier"}
    posts[DIRECTOR] = local("regisseur", who.town)

    def at(post: str, when: datetime) -> Actor:
        return story.on(posts[post], when, who=who)

    return Crew(at)

"""Two who had come back are arrested in the spring of 2014; a third, who never left, for recruiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.moving import LEFT_TWICE, returnees
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import Deed, Story, moment
from samenhang.measures import actions as measures
from samenhang.measures.models import Arrest
from samenhang.measures.rules.custody import Arrested, Held, Stage


@dataclass(frozen=True)
class Told:
    """An arrest of the plot, with the days of each decision after it."""

    who: Somebody
    arrested: Arrested
    terms: tuple[tuple[Stage, int], ...]


def told() -> tuple[Told, ...]:
    back = returnees()[LEFT_TWICE:]
    return (
        Told(
            back[0],
            Arrested(
                date(2014, 4, 22),
                back[0].home,
                "Sr 46, 96, 132, 134a",
                "Zich klaarmaken om opnieuw te vechten.",
            ),
            ((Stage.POLICE, 3), (Stage.REMAND, 14), (Stage.DETENTION, 90)),
        ),
        Told(
            back[1],
            Arrested(
                date(2014, 5, 14),
                back[1].home,
                "Sr 46, 312, 421",
                "Een overval voorbereiden, voor geld voor de strijd.",
            ),
            ((Stage.POLICE, 3), (Stage.REMAND, 14), (Stage.DETENTION, 60)),
        ),
        Told(
            plot.recruiter(),
            Arrested(
                date(2014, 6, 23), plot.recruiter().home, "Sr 205", "Anderen werven voor de gewapende strijd."
            ),
            ((Stage.POLICE, 3), (Stage.REMAND, 10)),
        ),
    )


def deeds(story: Story) -> Iterator[Deed]:
    """Each arrest, and each decision on the day before the last term ends."""
    for one in told():
        day = one.arrested.arrested_on
        yield Deed(moment(day, 18), partial(_arrest, story, one))
        starts = day
        for stage, days in one.terms:
            decided = starts if starts == day else starts - timedelta(days=1)
            held = Held(stage, decided, starts, days, f"XX-{decided:%Y%m%d}")
            yield Deed(moment(decided, 20), partial(_hold, story, one, held))
            starts = held.ends_on


def _arrest(story: Story, one: Told, at: datetime) -> None:
    person = story.open_person(one.who, at)
    measures.report_arrest(person, one.arrested, by=story.on("politie1", at, "investigation"))


def _hold(story: Story, one: Told, held: Held, at: datetime) -> None:
    by = story.on("officier", at, "prosecution")
    arrest = Arrest.objects.visible_to(by).get(person_id=story.people[one.who.key].pk)
    measures.record_custody(arrest, held, by=by)

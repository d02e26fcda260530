"""Criminal cases of 2014: returnees, somebody who wanted to leave, a recruiter, a facilitator, a financer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.moving import LEFT_TWICE, returnees
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import Deed, Story, moment
from samenhang.journal import Actor
from samenhang.prosecution import actions as prosecution
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import Stage
from samenhang.prosecution.rules.evidence import Kind, Noted, State
from samenhang.prosecution.rules.reach import AT_HOME, Place, Reached

# Punishable there too: nobody read a law of an invented country.
THERE_TOO = "Verzonnen: artikel 1 van het strafrecht van dat land stelt het ook strafbaar."
HERE = Reached(AT_HOME)
DUTCH = Reached("SR-5-2-OLD", ("dutch-old",), THERE_TOO)


@dataclass(frozen=True)
class Charged:
    """An offence of the plot, with what is known of its proof."""

    article: str
    where: Place
    reached: Reached = HERE
    proof: tuple[tuple[Noted, State], ...] = ()


@dataclass(frozen=True)
class Told:
    """A criminal case of the plot. prosecuted: whether it went on to a prosecution."""

    who: Somebody
    began_on: date
    roles: tuple[str, ...]
    charged: tuple[Charged, ...] = ()
    prosecuted: bool = False


def told() -> tuple[Told, ...]:
    back = returnees()[LEFT_TWICE:]
    wants, recruiter, away = plot.intending()[0], plot.recruiter(), plot.travellers()[40]
    return (
        Told(
            back[0], date(2014, 4, 22), ("returnee", "intended-traveller"), prosecuted=True,
            charged=(
                Charged("SR-134A", Place(date(2014, 2, 3), back[0].home, "NL"), proof=(
                    (Noted("obtains", Kind.DEVICE, "map 2, proces-verbaal 14"), State.SECURED),
                    (Noted("intent", Kind.SUSPECT, "map 3, verhoor 2"), State.CHALLENGED),
                )),
                Charged("SR-132", Place(date(2014, 3, 10), back[0].home, "NL"), proof=(
                    (Noted("text", Kind.DOCUMENT, "map 2, beslag 7"), State.SECURED),
                )),
                Charged("SR-140A", Place(date(2013, 5, 1), "strijdgebied", "SY"), DUTCH, proof=(
                    (Noted("part", Kind.WITNESS, "gezocht: wie tegelijk daar was"), State.SOUGHT),
                )),
            ),
        ),
        Told(
            back[1], date(2014, 5, 14), ("returnee", "financer"), prosecuted=True,
            charged=(
                Charged("SR-312-46", Place(date(2014, 5, 12), back[1].home, "NL"), proof=(
                    (Noted("object", Kind.OBJECT, "map 1, beslag 2"), State.SECURED),
                    (Noted("meant", Kind.WITNESS, "map 1, verhoor 5", exculpatory=True), State.SECURED),
                )),
            ),
        ),
        Told(
            recruiter, date(2014, 6, 23), ("recruiter",),
            charged=(
                Charged("SR-205", Place(date(2014, 5, 20), recruiter.home, "NL"), proof=(
                    (Noted("recruits", Kind.WITNESS, "map 1, verhoor 1"), State.SECURED),
                )),
            ),
        ),
        Told(wants, date(2014, 3, 4), ("intended-traveller", "facilitator")),
        Told(away, date(2014, 1, 20), ("traveller",)),
    )  # fmt: skip


def deeds(story: Story) -> Iterator[Deed]:
    """Each case: written down by the police in the evening, taken and proved in the days after."""
    for one in told():
        yield Deed(moment(one.began_on, 21), partial(_begin, story, one))


def _begin(story: Story, one: Told, at: datetime) -> None:
    person = story.open_person(one.who, at)
    police, prosecutor = story.on("politie1", at, "investigation"), story.on("officier", at, "prosecution")
    case = prosecution.open_case(
        person, roles=one.roles, began_on=one.began_on, number=f"XX-{one.began_on:%Y%m%d}", by=police
    )
    prosecution.move_on(case, Stage.INVESTIGATION, by=prosecutor)
    for charged in one.charged:
        _charge(case, charged, police, prosecutor)
    if one.prosecuted:
        prosecution.move_on(case, Stage.PROSECUTION, by=prosecutor)


def _charge(case: CriminalCase, charged: Charged, police: Actor, prosecutor: Actor) -> None:
    offence = prosecution.note_offence(case, charged.article, charged.where, charged.reached, by=police)
    for noted, state in charged.proof:
        first = State.SOUGHT if state == State.SOUGHT else State.SECURED
        piece = prosecution.note_evidence(offence, noted, state=first, by=police)
        if state != first:
            prosecution.move_evidence(piece, state, words="De verdediging betwist dit.", by=prosecutor)

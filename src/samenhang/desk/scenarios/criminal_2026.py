"""Criminal cases in the demonstration of 2026: one with its evidence, one that waits for a prosecutor."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from samenhang.desk.scenarios.cast import HOME, Cast
from samenhang.journal import Actor
from samenhang.persons.models import Person
from samenhang.prosecution import actions as prosecution
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import Stage
from samenhang.prosecution.rules.evidence import Kind, Noted, Route, State
from samenhang.prosecution.rules.reach import AT_HOME, Place, Reached

ZONE = ZoneInfo("Europe/Amsterdam")
BEGAN, WAITS = datetime(2026, 10, 6, 14, tzinfo=ZONE), datetime(2026, 11, 20, 16, tzinfo=ZONE)
AWAY = Place(date(2026, 3, 9), "strijdgebied", "SY", date(2026, 9, 28))
THERE_TOO = "Verzonnen: artikel 1 van het strafrecht van dat land stelt het ook strafbaar."


def criminal_track(cast: Cast, returned: int, waits: int) -> None:
    """Who came back is investigated since October; of somebody else the police wrote it down on Friday.

    returned, waits: keys of the persons.
    """
    police, prosecutor = _at(cast, BEGAN)
    case = prosecution.open_case(
        Person.objects.visible_to(police).get(pk=returned),
        roles=("returnee", "facilitator"),
        began_on=BEGAN.date(),
        number="PL-XX-0001",
        by=police,
    )
    prosecution.move_on(case, Stage.INVESTIGATION, number="XX-2026-0001", by=prosecutor)
    _abroad(case, police, prosecutor)
    _at_home(case, police)
    late, _officer = _at(cast, WAITS)
    prosecution.open_case(
        Person.objects.visible_to(late).get(pk=waits),
        roles=("intended-traveller",),
        began_on=WAITS.date(),
        number="PL-XX-0002",
        by=late,
    )


def _abroad(case: CriminalCase, police: Actor, prosecutor: Actor) -> None:
    reached = Reached("SR-7-1", ("dutch",), THERE_TOO)
    offence = prosecution.note_offence(case, "SR-140A", AWAY, reached, by=police)
    organisation = Noted("organisation", Kind.EXPERT, "map 1, verslag 2")
    prosecution.note_evidence(offence, organisation, state=State.SECURED, by=police)
    part = prosecution.note_evidence(
        offence, Noted("part", Kind.DEVICE, "map 2, beslag 4"), state=State.SECURED, by=police
    )
    prosecution.move_evidence(
        part, State.CHALLENGED, words="De verdediging betwist de datering.", by=prosecutor
    )
    speaks_for = Noted("part", Kind.WITNESS, "map 3, verhoor 1", exculpatory=True)
    prosecution.note_evidence(offence, speaks_for, state=State.SECURED, by=police)
    asked = Noted("aim", Kind.FOREIGN, "gevraagd aan een ander land")
    prosecution.note_evidence(offence, asked, by=police)


def _at_home(case: CriminalCase, police: Actor) -> None:
    where = Place(date(2026, 10, 1), HOME, "NL")
    offence = prosecution.note_offence(case, "SR-132", where, Reached(AT_HOME), by=police)
    seen = Noted("text", Kind.DOCUMENT, "map 4, proces-verbaal 9", route=Route.INVESTIGATION)
    prosecution.note_evidence(offence, seen, state=State.SECURED, by=police)


def _at(cast: Cast, moment: datetime) -> tuple[Actor, Actor]:
    return cast.at(moment, "politie1", "investigation"), cast.at(moment, "officier", "prosecution")

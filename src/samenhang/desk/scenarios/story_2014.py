"""The years before the letter of June 2014, in a country that does not exist, under the Dutch law of that time.

No passenger data: the law had none. The police learn who left; the service writes
official messages; the partners of a covenant confer; ministers, municipal
executives, benefit bodies and courts decide. On the last day an official lets the
small totals of the letter leave.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from samenhang.desk.scenarios import cast as people
from samenhang.desk.scenarios import effort, promises, reached
from samenhang.desk.scenarios.letter import (
    cast,
    deciding,
    holding,
    messages,
    moving,
    prosecuting,
    returning,
    reviewing,
)
from samenhang.desk.scenarios.letter.cast import SINCE, TOWNS, local
from samenhang.desk.scenarios.letter.telling import Story, moment, tell_in_order
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules.zones import Zone
from samenhang.grounds.actions import approve
from samenhang.national_picture import actions as national_picture
from samenhang.national_picture.rules import Asked
from samenhang.national_picture.rules.effort import Quarter
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer, service_account

LAST_DAY = date(2014, 6, 30)
ENDS = moment(LAST_DAY, 12)
# Who said when how it is reached.
DESKS = {
    "gemeentebeheer": moment(date(2013, 9, 2)),
    "politiebeheer": moment(date(2013, 10, 1)),
    "beheerder": moment(date(2014, 4, 1)),
}
# Kinds that the demonstration's invented lawyer looked at; all others stay marked.
APPROVED = ("PASS-ALERT", "BRP-DEREG", "FREEZE-NL", "OTS")


def tell() -> Iterator[str]:
    """Tell it from the first day to the last; yields what happens, for whoever waits."""
    yield "organisaties en mensen"
    story = begin(moment(SINCE))
    themes = (moving, messages, deciding, holding, prosecuting, returning, reviewing)
    yield from tell_in_order(
        chain(
            *(theme.deeds(story) for theme in themes),
            reached.deeds(story.cast, DESKS, {"politiebeheer": moment(date(2014, 6, 16))}),
            effort.deeds(story.cast, effort.POLICE_2014, effort.SERVICE_2014, Quarter(2014, 1)),
        )
    )
    yield "toezeggingen"
    promises.of_the_letter(story.cast, "minister", moment(LAST_DAY, 10))
    yield "kleine totalen vrijgegeven"
    _release(story, moment(LAST_DAY, 11))


def accounts() -> people.People:
    """With whose accounts one can look."""
    return cast.people()


def begin(at: datetime) -> Story:
    """Bodies, people and a covenant in each town."""
    story = Story(people.hire(cast.people(), at, since=SINCE))
    people.train(story.cast, at, until=LAST_DAY + timedelta(days=365))
    lawyer = story.on("jurist", at)
    for kind in APPROVED:
        approve(
            kind, lawyer=cast.people()["jurist"][0], reason="Beoordeeld voor deze demonstratie.", by=lawyer
        )
    exchange.name_zone(
        Zone(
            moving.ZONE, SINCE, "Minister van Veiligheid en Justitie", "Verzonnen brief van deze demonstratie"
        ),
        reason="Er wordt gevochten, en inwoners reizen erheen.",
        by=story.on("minister", at, "investigation"),
    )
    for number, town in enumerate(TOWNS):
        table = ["politie1", "officier", local("burgemeester", number), local("college", number), "raad"]
        organisations.sign_covenant(
            f"Convenant casusoverleg {town}",
            [story.body(name) for name in table],
            signed_on=SINCE,
            by=installer(at, simulated=True),
        )
    return story


def _release(story: Story, at: datetime) -> None:
    """A named official lets the letter's own small totals leave; everything else that is small stays inside."""
    asked = Asked(LAST_DAY)
    report = national_picture.make_report(asked, by=service_account("reporting", now=at, simulated=True))
    by = story.on("minister", at, "statistics")
    for figure in report.figures:
        # Of criminal cases the letter says “several”, and gives no number.
        if figure.releasable and not figure.definition.key.startswith("criminal_cases_"):
            national_picture.release(
                figure.definition.key,
                asked,
                reason="De Kamer vroeg om dit totaal; het wijst niemand aan.",
                by=by,
            )

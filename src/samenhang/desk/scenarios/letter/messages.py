"""The letters of the service, each to the one body that could act on it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import cycle

from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.moving import returnees
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import CASE_WORK, Deed, Story, moment
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import OfficialMessage
from samenhang.exchange.rules.messages import Letter, Topic
from samenhang.organisations.acting import installer
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation

SERVICE = "Algemene Inlichtingen- en Veiligheidsdienst"
SINCE = date(2012, 1, 2)
# To whom, for which purpose, about what: gone through again and again.
ADDRESSEES = (
    ("landelijk", "investigation", Topic.THERE),
    ("burgemeester", CASE_WORK, Topic.INTENDS),
    ("landelijk", "prosecution", Topic.RECRUITS),
    ("bz", "asset-freeze", Topic.THERE),
    ("raad", "child-protection", Topic.INTENDS),
    ("landelijk", "investigation", Topic.FACILITATES),
    ("ind", "residence-decision", Topic.THERE),
    ("burgemeester2", "public-order", Topic.INTENDS),
    ("jeugdzorg", "child-protection", Topic.INTENDS),
    ("landelijk", "investigation", Topic.RETURNED),
)
TEXTS = {
    Topic.THERE: "{name} verblijft in het strijdgebied en neemt deel aan de strijd.",
    Topic.INTENDS: "{name} wil op korte termijn naar het strijdgebied vertrekken.",
    Topic.RECRUITS: "{name} spreekt anderen aan om mee te gaan vechten en belooft de reis te betalen.",
    Topic.FACILITATES: "{name} regelt reizen en geld voor wie naar het strijdgebied wil.",
    Topic.RETURNED: "{name} is teruggekeerd uit het strijdgebied.",
}
RELIABILITY = "De informatie is afkomstig uit een betrouwbare bron en door een tweede bevestigd."
# From this day on the addressees are still busy with a letter when the story ends.
BUSY = date(2014, 6, 3)
WRONG = "XX-2013-900"
# The mayors to whom the service writes, with the number of their town.
TOWN_OF = {"burgemeester": 0, "burgemeester2": 1}
# How long after leaving somebody is in the conflict zone.
ARRIVES = timedelta(days=21)
LAST = date(2014, 6, 30)


def deeds(story: Story) -> Iterator[Deed]:
    """Every letter of the plot, and one that the service took back."""
    days = plot.days(plot.LETTERS)
    for number, (day, (username, purpose, topic)) in enumerate(zip(days, cycle(ADDRESSEES), strict=False)):
        # Nobody can be said to be back before anybody was.
        early = topic == Topic.RETURNED and day <= plot.days(plot.RETURNED)[0]
        addressee = (username, purpose, Topic.THERE if early else topic)
        yield Deed(
            moment(day + timedelta(days=1), 9),
            partial(_register, story, number, day, addressee, _fit(addressee, day, number)),
        )
    yield Deed(moment(date(2013, 10, 1), 9), partial(_wrong, story))
    yield Deed(moment(date(2013, 10, 8), 9), partial(_taken_back, story))


def _fit(addressee: tuple[str, str, Topic], day: date, number: int) -> Somebody:
    """Of whom the letter can be true that day: a child for who protects children, a resident for a mayor."""
    username, purpose, topic = addressee
    if purpose == "child-protection":
        return _nearest(zip(plot.minors(), plot.days(plot.MINORS), strict=True), day)
    if topic == Topic.INTENDS:
        leaving = [*zip(plot.travellers(), plot.days(plot.LEFT), strict=True)]
        leaving += zip(plot.intending(), plot.days(plot.ALERTED_INTENDING), strict=True)
        town = TOWN_OF[username]
        return _nearest(((who, on) for who, on in leaving if who.town == town and on > day), day)
    back = {who.key: on for who, on in zip(returnees(), plot.days(plot.RETURNED), strict=False)}
    if topic == Topic.RETURNED:
        return _nearest(((who, back[who.key]) for who in returnees() if back.get(who.key, day) < day), day)
    away = [
        who
        for who, on in zip(plot.travellers(), plot.days(plot.LEFT), strict=True)
        if on + ARRIVES < day and back.get(who.key, LAST) > day
    ]
    return away[number % len(away)]


def _nearest(people: Iterable[tuple[Somebody, date]], day: date) -> Somebody:
    return min(people, key=lambda one: abs(one[1] - day))[0]


def _register(
    story: Story, number: int, day: date, addressee: tuple[str, str, Topic], who: Somebody, at: datetime
) -> OfficialMessage:
    username, purpose, topic = addressee
    by = story.on(username, at, purpose)
    letter = Letter(
        f"XX-{day:%Y}-{number + 1:03d}", day, topic, TEXTS[topic].format(name=who.name), RELIABILITY
    )
    message = exchange.register_message(letter, service=_service(at), by=by)
    if day < BUSY:
        exchange.follow_up(message, outcome="Besproken en meegenomen in de eigen beslissing.", by=by)
    return message


def _wrong(story: Story, at: datetime) -> None:
    """A letter about the wrong person."""
    username, purpose, topic = ADDRESSEES[0]
    text = TEXTS[topic].format(name=plot.intending()[0].name)
    letter = Letter(WRONG, at.date() - timedelta(days=1), topic, text, RELIABILITY)
    exchange.register_message(letter, service=_service(at), by=story.on(username, at, purpose))


def _taken_back(story: Story, at: datetime) -> None:
    username, purpose, _topic = ADDRESSEES[0]
    by = story.on(username, at, purpose)
    message = OfficialMessage.objects.visible_to(by).get(number=WRONG)
    exchange.withdraw_message(message, reason="De dienst trok het bericht in: persoonsverwisseling.", by=by)


def _service(at: datetime) -> Organisation:
    """The service takes part as a sender: nobody of it has an account."""
    return found("AIVD", SERVICE, by=installer(at, simulated=True))

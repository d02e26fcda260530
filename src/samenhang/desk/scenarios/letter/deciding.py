"""Passports, the population register, benefits, frozen assets and children: each as the law of that day has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from samenhang.desk.scenarios.letter import plot
from samenhang.desk.scenarios.letter.cast import local
from samenhang.desk.scenarios.letter.plot import Somebody
from samenhang.desk.scenarios.letter.telling import CASE_WORK, Deed, Story, moment
from samenhang.desk.scenarios.letter.wording import why
from samenhang.grounds.rules import authority
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Ruling, Term, Upload, suggested_term
from samenhang.measures.rules.findings import Found, Kind
from samenhang.organisations.acting import service_account

LETTER = Upload(
    name="besluit-demonstratie.pdf",
    content=b"%PDF-1.4\n% Een verzonnen besluit in een demonstratie.\n%%EOF\n",
)
LEGALITY = "De grond bestaat op deze dag en de vastgestelde feiten vallen eronder."
REASONS = "De feiten in het dossier zijn vastgesteld en dragen dit besluit."
FINDINGS = {
    Kind.ADDRESS: "Drie huisbezoeken op verschillende uren; niemand thuis, geen post opgehaald, buren weten niets.",
    Kind.OWN_FACTS: "Zelf vastgesteld: langer dan toegestaan buiten Nederland, inlichtingen bleven uit.",
    Kind.CHILD: "Het kind is gehoord; blijven en hulp krijgen is in zijn belang.",
}
# Days before the decision on which each step is taken.
SUGGESTED, CHECKED, PROPOSED, FOUND = (timedelta(days=days) for days in (21, 17, 14, 8))
YEARLY = timedelta(days=360)
# Days on which the service of terms looks: what has had its time lapses by itself.
TERMS = [date(year, month, 2) for year in (2012, 2013, 2014) for month in range(1, 13)]
ENDS = date(2014, 6, 30)
REGISTERED_AGAIN = date(2013, 10, 8)


@dataclass(frozen=True)
class Wanted:
    """One measure of the plot: on whom, of which kind, decided on which day by which body."""

    who: Somebody
    kind: str
    on: date
    by: str

    def at(self, before: timedelta, hour: int) -> datetime:
        return moment(plot.working_day(self.on - before), hour)


class Held:
    """The measure, once it was suggested."""

    measure: Measure


def deeds(story: Story) -> Iterator[Deed]:
    """Every measure of the plot, step by step, and what lapses in between."""
    for wanted in _written():
        yield from recorded(story, wanted, Held())
    yield from _mistaken_alert(story)
    for wanted in _deregistered():
        yield from by_college(story, wanted, Held())
    yield from _registered_again(story)
    for wanted in _frozen():
        yield from _by_minister(story, wanted, decided=True)
    for wanted in _to_freeze():
        yield from _by_minister(story, wanted, decided=False)
    for day in TERMS:
        if day < ENDS:
            yield Deed(
                moment(day, 3),
                lambda at: measures.apply_terms(by=service_account("terms", now=at, simulated=True)),
            )


def _written() -> Iterator[Wanted]:
    """Decided in writing elsewhere, and recorded by two people of the municipality."""
    people = plot.travellers()
    for who, on in zip(people, plot.days(plot.ALERTED), strict=False):
        yield Wanted(who, "PASS-ALERT", on, "JENV")
    for who, on in zip(plot.intending(), plot.days(plot.ALERTED_INTENDING), strict=True):
        yield Wanted(who, "PASS-ALERT", on, "JENV")
    for who, on in zip(people, plot.days(plot.ALERTED_AGAIN), strict=False):
        yield Wanted(who, "PASS-ALERT", on, "JENV")
    for place, on in enumerate(plot.days(plot.BENEFITS)):
        # Who lost one benefit before now loses another.
        social = (place % 3 != 2) == (place < 30)
        yield Wanted(
            people[place % 30], "BEN-BIJSTAND" if social else "BEN-SZ", on, "SOZA" if social else "UWV"
        )
    for place, on in enumerate(plot.days(plot.ALLOWANCES)):
        student = place % 2
        yield Wanted(
            people[6 + place], "BEN-STUFI" if student else "BEN-TOESLAG", on, "DUO" if student else "BDTOES"
        )
    for place, (who, on) in enumerate(zip(plot.minors(), plot.days(plot.MINORS), strict=True)):
        if place == 1:
            yield Wanted(who, "VOTS", on - timedelta(days=14), "KIRE")
        yield Wanted(who, "OTS", on, "KIRE")
        if place in {2, 4}:
            yield Wanted(who, "GESL", on, "KIRE")


def _deregistered() -> Iterator[Wanted]:
    """Once, and for good as far as this story goes; who registered again is told apart."""
    again = len(plot.days(plot.DEREGISTERED_AGAIN))
    days = plot.days(plot.DEREGISTERED)[again:]
    for who, on in zip(plot.travellers()[again:], days, strict=False):
        yield Wanted(who, "BRP-DEREG", on, "COLL")


def _frozen() -> Iterator[Wanted]:
    for who, on in zip(plot.travellers()[10:], plot.days(plot.FROZEN), strict=False):
        yield Wanted(who, "FREEZE-NL", on, "BZ")


def _to_freeze() -> Iterator[Wanted]:
    for who, on in zip(plot.travellers()[14:], plot.days(plot.TO_FREEZE), strict=False):
        yield Wanted(who, "FREEZE-NL", on, "BZ")


def recorded(story: Story, wanted: Wanted, held: Held) -> Iterator[Deed]:
    """Suggested, checked, found, recorded from the letter, compared by a second person, told."""
    who = wanted.who
    suggests = "raad" if wanted.by == "KIRE" else local("regisseur", who.town)
    yield Deed(wanted.at(SUGGESTED, 10), partial(_suggest, story, wanted, held, suggests))
    yield Deed(wanted.at(CHECKED, 11), partial(_check, story, wanted, held))
    yield Deed(
        wanted.at(FOUND, 12), partial(_find, story, wanted, held, local("regisseur", who.town), CASE_WORK)
    )
    yield Deed(moment(wanted.on, 14), partial(_record, story, wanted, held))
    yield Deed(moment(wanted.on, 16), partial(_confirm, story, wanted, held))
    yield Deed(moment(wanted.on, 17), partial(_tell, story, wanted, held))


def _mistaken_alert(story: Story) -> Iterator[Deed]:
    """Asked for one person too many, and taken back: no figure counts it."""
    wanted, held = Wanted(plot.travellers()[20], "PASS-ALERT", date(2013, 9, 10), "JENV"), Held()
    yield from recorded(story, wanted, held)

    def take_back(at: datetime) -> None:
        by = story.of_town("burgemeester", wanted.who, at)
        reason = "Het ministerie trok het verzoek in: de grond bleek niet te onderbouwen."
        measures.withdraw(held.measure, reason=reason, by=by)

    yield Deed(moment(date(2013, 10, 15), 14), take_back)


def _registered_again(story: Story) -> Iterator[Deed]:
    """Two came back and registered, left again, and were deregistered again: two decisions, one person each."""
    people = plot.travellers()
    first, again = plot.days(plot.DEREGISTERED), plot.days(plot.DEREGISTERED_AGAIN)
    for who, before, after in zip(people, first, again, strict=False):
        held = Held()
        yield from by_college(story, Wanted(who, "BRP-DEREG", before, "COLL"), held)
        yield Deed(moment(REGISTERED_AGAIN, 11), partial(_lift, story, who, held))
        yield from by_college(story, Wanted(who, "BRP-DEREG", after, "COLL"), Held())


def _lift(story: Story, who: Somebody, held: Held, at: datetime) -> None:
    by = story.of_town("college", who, at, "residence-registration")
    measures.lift(held.measure, reason="Teruggekeerd en opnieuw ingeschreven.", by=by)


def by_college(story: Story, wanted: Wanted, held: Held) -> Iterator[Deed]:
    """The college decides itself, after its own investigation of the address."""
    college = local("college", wanted.who.town)
    yield Deed(
        wanted.at(SUGGESTED, 10), partial(_suggest, story, wanted, held, local("regisseur", wanted.who.town))
    )
    yield Deed(wanted.at(CHECKED, 11), partial(_check, story, wanted, held))
    yield Deed(wanted.at(PROPOSED, 12), partial(_propose, story, wanted, held, college))
    registration = "residence-registration"
    yield Deed(wanted.at(FOUND, 12), partial(_find, story, wanted, held, college, registration))
    yield Deed(moment(wanted.on, 14), partial(_decide, story, wanted, held, college, registration))


def _by_minister(story: Story, wanted: Wanted, *, decided: bool) -> Iterator[Deed]:
    """The prosecution proposes, the minister of foreign affairs examines, and decides or has not yet."""
    held = Held()
    first = wanted.on - SUGGESTED if decided else wanted.on
    for after, hour, do in (
        (timedelta(0), 10, partial(_suggest, story, wanted, held, "officier")),
        (timedelta(days=4), 11, partial(_check, story, wanted, held)),
        (timedelta(days=7), 12, partial(_propose, story, wanted, held, "bz")),
    ):
        yield Deed(moment(plot.working_day(first + after), hour), do)
    if decided:
        yield Deed(moment(wanted.on, 14), partial(_decide, story, wanted, held, "bz", "asset-freeze"))


def _suggest(story: Story, wanted: Wanted, held: Held, username: str, at: datetime) -> None:
    case = story.open_case(wanted.who, at)
    by = story.on(username, at, who=wanted.who)
    told = why(wanted.kind, story.where.get(wanted.who.key))
    held.measure = measures.suggest(
        case,
        wanted.kind,
        necessity=told.necessity,
        subsidiarity=told.subsidiarity,
        intended=told.intended,
        by=by,
    )


def _check(story: Story, wanted: Wanted, held: Held, at: datetime) -> None:
    by = story.of_town("jurist", wanted.who, at)
    held.measure = measures.check(held.measure, holds=True, legality=LEGALITY, by=by)


def _propose(story: Story, wanted: Wanted, held: Held, to: str, at: datetime) -> None:
    username = "officier" if to == "bz" else local("regisseur", wanted.who.town)
    about = f"{wanted.who.name}, {wanted.who.born:%d-%m-%Y}"
    by = story.on(username, at, who=wanted.who)
    held.measure = measures.propose(held.measure, story.body(to), about=about, by=by)


def _find(story: Story, wanted: Wanted, held: Held, username: str, purpose: str, at: datetime) -> None:
    """What the law wants found; and of the closed box no more than that it advised."""
    by = story.on(username, at, purpose, who=wanted.who)
    if wanted.kind.startswith("BEN-"):
        advice = Found(Kind.BOX_ADVICE, at.date(), number=f"XX-INFOBOX-{held.measure.pk}")
        measures.find(held.measure, advice, by=by)
    kind = {"COLL": Kind.ADDRESS, "KIRE": Kind.CHILD, "JENV": None}.get(wanted.by, Kind.OWN_FACTS)
    if kind is not None:
        measures.find(held.measure, Found(kind, at.date(), FINDINGS[kind]), by=by)


def _record(story: Story, wanted: Wanted, held: Held, at: datetime) -> None:
    term = _term(wanted)
    ruling = Ruling(
        authority=wanted.by,
        authority_name=authority(wanted.by).name_nl,
        decided_on=wanted.on,
        number=f"XX-{wanted.kind}-{wanted.on:%Y%m%d}-{wanted.who.key}",
        reasons=REASONS,
        term=term,
    )
    by = story.of_town("regisseur", wanted.who, at)
    held.measure = measures.record_decision(held.measure, ruling, LETTER, by=by)


def _confirm(story: Story, wanted: Wanted, held: Held, at: datetime) -> None:
    by = story.of_town("collega", wanted.who, at)
    held.measure = measures.confirm_record(
        held.measure, agrees=True, reason="Brief en invoer naast elkaar gelegd.", by=by
    )


def _tell(story: Story, wanted: Wanted, held: Held, at: datetime) -> None:
    """Who is away cannot be told, and whoever is alerted is told at the decision on the passport itself."""
    by = story.of_town("regisseur", wanted.who, at)
    if wanted.by in {"JENV"}:
        held.measure = measures.notify(
            held.measure,
            deferred_until=wanted.on + timedelta(days=730),
            ground="Bekendmaking volgt bij het voornemen tot vervallenverklaring (Paspoortwet art. 25).",
            by=by,
        )
    else:
        held.measure = measures.notify(held.measure, told_on=wanted.on, represented=True, by=by)


def _decide(story: Story, wanted: Wanted, held: Held, username: str, purpose: str, at: datetime) -> None:
    by = story.on(username, at, purpose, who=wanted.who)
    measure = measures.decide(held.measure, impose=True, reasons=REASONS, term=_term(wanted), by=by)
    held.measure = measures.notify(measure, told_on=wanted.on, represented=True, by=by)


def _term(wanted: Wanted) -> Term:
    latest = suggested_term(wanted.kind, wanted.on)
    return Term(wanted.on, latest, None if latest else wanted.on + YEARLY)

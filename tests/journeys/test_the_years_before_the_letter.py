"""The demonstration of 2012 to June 2014: told by the actions that users call, counted as the letter did."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from samenhang.cases.models import Case
from samenhang.desk import demonstration
from samenhang.desk.scenarios import names
from samenhang.desk.scenarios.cast import Cast
from samenhang.desk.scenarios.letter import cast, deciding, plot
from samenhang.desk.scenarios.letter.moving import returnees
from samenhang.desk.scenarios.letter.telling import Story, moment
from samenhang.desk.scenarios.summary import summary
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement, OfficialMessage
from samenhang.exchange.rules.messages import Letter, Topic
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.foundation.days import end_of
from samenhang.grounds.rules import is_available
from samenhang.journal.models import Entry
from samenhang.measures import actions as measures
from samenhang.measures.models import Arrest, Custody, Measure
from samenhang.measures.rules.custody import Arrested, Held, Stage
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import Organisation, User
from samenhang.organisations.rules import purposes_of
from samenhang.persons.models import IdentityClaim, Person
from samenhang.risk import actions as risk
from samenhang.risk.models import Assessment
from samenhang.risk.models.coverage import coverage, every_movement
from samenhang.travel.models import Message
from samenhang.watchlists.models import Alert
from tests.cast import signed_in

LAST = date(2014, 6, 30)
NOW = moment(LAST, 13)
PLACES = (*cast.TOWNS, cast.OUTSIDE)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Story]:
    """Told once for all tests of this file, in a transaction that is never committed."""
    folder = tmp_path_factory.mktemp("letter")
    own = override_settings(KEY_STORE=folder / "keys", FILES=folder / "files")
    with django_db_blocker.unblock(), own, transaction.atomic():
        for _step in demonstration.make("2014"):
            pass
        yield found_again()
        transaction.set_rollback(True)


@pytest.fixture
def told(once: Story, db: None) -> Story:
    return replace(once, people=dict(once.people), cases=dict(once.cases))


def found_again() -> Story:
    """Who is who in a story that was told."""
    story = Story(Cast({user.username: user for user in User.objects.filter(human=True)}))
    people = Person.objects.unscoped("test").in_bulk()
    claims = IdentityClaim.objects.unscoped("test")
    by_name = {claim.full_name: people[claim.person_id or 0] for claim in claims}
    everybody = (*plot.travellers(), *plot.intending(), *plot.minors(), plot.recruiter())
    story.people = {who.key: by_name[who.name] for who in everybody}
    cases = {case.person_id: case for case in Case.objects.unscoped("test")}
    story.cases = {key: cases[row.pk] for key, row in story.people.items() if row.pk in cases}
    return story


def counted(until: date = LAST) -> dict[str, Any]:
    by = service_account("reporting", now=NOW, simulated=True)
    report = make_report(Asked(until), by=by)
    return {row.definition.key: row.counted for row in report.figures if row.definition.origin == "counted"}


def moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {key: (before[key], after[key]) for key in before if after[key] != before[key]}


def test_the_figures_are_those_of_the_letter(told: Story) -> None:
    by = service_account("reporting", now=NOW, simulated=True)

    report = make_report(Asked(LAST), by=by)

    printed = {row.definition.key: row.printed("nl") for row in report.figures if row.counted is not None}
    assert printed == {
        "travellers_out": "circa 130",
        "returned": "ruim dertig",
        "official_messages": "47",
        "returnees_arrested": "twee",
        "ptd_extension_days": "90 en 60",
        "deregistered": "ruim dertig",
        "passport_alerts": "29",
        "minors_stopped": "zes",
        "benefits_stopped": "ruim 30",
        "freezes_done": "vier",
        "freezes_pending": "acht",
        # The letter says “several”, and each of these is small.
        **{key: "niet gepubliceerd" for key in printed if key.startswith("criminal_cases_")},
    }


def test_persons_alerts_benefits_and_decisions_are_not_the_same_number(told: Story) -> None:
    def imposed(*kinds: str) -> Any:
        return Measure.objects.unscoped("test").decided_between(date(2012, 1, 1), LAST).filter(kind__in=kinds)

    def people(*kinds: str) -> int:
        return int(imposed(*kinds).order_by().values("person_id").distinct().count())

    assert (imposed("PASS-ALERT").count(), people("PASS-ALERT")) == (29, 27)
    assert (imposed("BRP-DEREG").count(), people("BRP-DEREG")) == (36, 34)
    assert (imposed("BEN-BIJSTAND", "BEN-SZ").count(), people("BEN-BIJSTAND", "BEN-SZ")) == (36, 30)
    assert (imposed("OTS", "VOTS", "GESL").count(), people("OTS", "VOTS", "GESL")) == (9, 6)


# Counted by hand from the rows of the plot.
EARLIER = {
    date(2012, 12, 31): {
        "travellers_out": 24, "passport_alerts": 2, "deregistered": 2, "benefits_stopped": 1,
    },
    date(2013, 12, 31): {
        "travellers_out": 24 + 48 + 39, "returned": 19, "official_messages": 30, "passport_alerts": 2 + 15,
        "deregistered": 2 + 18, "minors_stopped": 4, "benefits_stopped": 1 + 19, "freezes_done": 4,
    },
    date(2014, 2, 28): {
        "travellers_out": 24 + 48 + 39 + 7, "returned": 19 + 5, "official_messages": 30 + 7,
        "passport_alerts": 17 + 1 + 2, "deregistered": 20 + 5, "minors_stopped": 5,
        "benefits_stopped": 20 + 5, "freezes_done": 4, "criminal_cases_traveller": 1,
    },
}  # fmt: skip


@pytest.mark.parametrize("until", EARLIER)
def test_an_earlier_report_counts_what_had_happened_by_then(told: Story, until: date) -> None:
    found = counted(until)

    nothing = {key: () if key == "ptd_extension_days" else 0 for key in found}
    assert found == nothing | EARLIER[until]


def test_what_was_known_of_a_past_day_differs_from_what_is_known_now(told: Story) -> None:
    rows, window = Movement.objects.unscoped("test"), (date(2012, 1, 1), date(2014, 4, 20))

    def known(by: date) -> tuple[int, int]:
        at = moment(by, 13)
        left, back = rows.left_between(*window, known_by=at), rows.returned_between(*window, known_by=at)
        return left.count(), back.count()

    # On 1 May one was thought to have left who was at home, and one to be back who was somebody else.
    then, now = known(date(2014, 5, 1)), known(LAST)
    assert (then[0] - now[0], then[1] - now[1]) == (1, 1)
    assert known(date(2012, 1, 9)) == (0, 0)


def test_withdrawing_one_alert_moves_one_figure(told: Story) -> None:
    before = counted()
    who = plot.intending()[0]
    by = told.of_town("burgemeester", who, NOW)
    alert = Measure.objects.visible_to(by).get(kind="PASS-ALERT", person_id=told.people[who.key].pk)

    measures.withdraw(alert, reason="Het verzoek is ingetrokken.", by=by)

    assert moved(before, counted()) == {"passport_alerts": (29, 28)}


def test_a_second_alert_on_one_person_is_an_alert_more_and_no_person_more(told: Story) -> None:
    before, who = counted(), plot.intending()[0]

    impose(told, deciding.Wanted(who, "PASS-ALERT", LAST, "JENV"))

    assert moved(before, counted()) == {"passport_alerts": (29, 30)}


def test_a_second_deregistration_of_one_person_moves_no_figure(told: Story) -> None:
    before, who = counted(), plot.travellers()[5]

    impose(told, deciding.Wanted(who, "BRP-DEREG", LAST, "COLL"))

    assert moved(before, counted()) == {}


@pytest.mark.parametrize(("day", "change"), [(date(2014, 6, 30), 1), (date(2014, 7, 1), 0)])
def test_a_decision_one_day_after_the_window_does_not_count(told: Story, day: date, change: int) -> None:
    before, who = counted(), plot.travellers()[40]

    impose(told, deciding.Wanted(who, "BRP-DEREG", day, "COLL"))

    expected = {"deregistered": (34, 35)} if change else {}
    assert moved(before, counted()) == expected


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2013, 2, 28), False),
        (date(2013, 3, 1), True),
        (date(2014, 5, 31), True),
        (date(2014, 6, 1), False),
    ],
)
def test_an_official_message_counts_by_its_own_day(told: Story, day: date, counts: bool) -> None:
    before = counted()
    by = told.on("landelijk", NOW, "investigation")
    service = Organisation.objects.get(authority="AIVD")
    letter = Letter("XX-2014-999", day, Topic.THERE, "Een verzonnen tekst.", "Een betrouwbare bron.")

    exchange.register_message(letter, service=service, by=by)

    assert moved(before, counted()) == ({"official_messages": (47, 48)} if counts else {})


def test_a_message_that_the_service_takes_back_counts_no_more(told: Story) -> None:
    before = counted()
    by = told.on("landelijk", NOW, "investigation")
    message = (
        OfficialMessage.objects.visible_to(by).filter(dated_on__year=2013, dated_on__month__gte=3).first()
    )
    assert message is not None

    exchange.withdraw_message(message, reason="De dienst trok het in.", by=by)

    assert moved(before, counted()) == {"official_messages": (47, 46)}


def test_one_more_who_left_and_one_who_had_not(told: Story) -> None:
    before = counted()
    by = told.on("politie1", NOW)
    seen = Seen(Whereabouts.LEFT, LAST, "Politiewet 2012 art. 3")

    exchange.record_movement(told.people[plot.recruiter().key], seen, by=by)

    assert moved(before, counted()) == {"travellers_out": (131, 132)}
    row = Movement.objects.visible_to(by).get(
        person_id=told.people[plot.travellers()[50].key].pk, status="left"
    )
    exchange.withdraw_movement(row, reason="Het ging om iemand anders.", by=by)
    assert moved(before, counted()) == {}


def test_an_arrest_of_a_returnee_and_of_somebody_else(told: Story) -> None:
    before = counted()
    by = told.on("politie1", NOW, "investigation")
    arrested = Arrested(LAST, "Schijndorp", "Sr 205", "Anderen werven voor de strijd.")

    measures.report_arrest(told.people[plot.intending()[2].key], arrested, by=by)
    assert moved(before, counted()) == {}
    arrest = measures.report_arrest(told.people[returnees()[5].key], arrested, by=by)
    assert moved(before, counted()) == {"returnees_arrested": (2, 3)}

    measures.withdraw_arrest(arrest, reason="Het ging om iemand anders.", by=by)

    assert moved(before, counted()) == {}


def test_another_extension_stands_beside_the_first_two(told: Story) -> None:
    before = counted()
    by = replace(told.on("officier", NOW, "prosecution"), now=moment(date(2014, 7, 29), 13))
    back = told.people[returnees()[3].key]
    arrest = Arrest.objects.visible_to(by).get(person_id=back.pk)

    measures.record_custody(arrest, Held(Stage.DETENTION_AGAIN, LAST, arrest.held_until or LAST, 30), by=by)

    assert moved(before, counted()) == {"ptd_extension_days": ((90, 60), (90, 60, 30))}


def test_nobody_in_the_story_used_what_the_law_had_not(told: Story) -> None:
    assert not Message.objects.unscoped("test").exists()
    assert not Alert.objects.unscoped("test").exists()
    for row in Measure.objects.unscoped("test"):
        assert is_available(row.kind, row.decided_on or row.suggested_on), row.kind
    assert not Measure.objects.unscoped("test").filter(kind__startswith="TW-").exists()
    assert not Entry.objects.filter(simulated=False).exists()
    acted = list(Entry.objects.order_by("pk").values_list("acted_at", flat=True))
    assert (acted[0].date(), acted[-1].date()) == (date(2012, 1, 1), LAST)
    assert acted == sorted(acted)


def test_outsiders_see_nothing_of_movements_messages_and_arrests(told: Story) -> None:
    everyone = {user.username: user for user in User.objects.filter(human=True)}
    nobody = [everyone[name] for name in ("buitenstaander", "beheerder", "statisticus")]
    records = (Movement, OfficialMessage, Arrest, Custody, Measure, Person)

    for user, model in product(nobody, records):
        for purpose in purposes_of(frozenset(user.mandates.values_list("role", flat=True))):
            assert not model.objects.visible_to(told.on(user.username, NOW, purpose)).exists()
    # A mayor reads the letters to that mayor, and no arrest; the police read no letter.
    mayor, police = told.on("burgemeester", NOW), told.on("politie1", NOW)
    mine = OfficialMessage.objects.visible_to(mayor)
    assert {row.addressee_id for row in mine} == {mayor.organisation_id}
    assert not Arrest.objects.visible_to(mayor).exists()
    assert not OfficialMessage.objects.visible_to(police).exists()


def test_every_name_is_made_of_syllables_that_no_language_uses(told: Story) -> None:
    given = {first + middle + last for first in names.FIRST for middle in names.MIDDLE for last in names.LAST}
    houses = {h + f.lower() + e for h in names.HOUSES for f in names.FIRST for e in names.ENDS}

    claims = IdentityClaim.objects.unscoped("test")
    assert {claim.given_names for claim in claims} <= given
    assert {claim.surname for claim in claims} <= houses
    assert {person.home_municipality for person in Person.objects.unscoped("test")} <= set(PLACES)
    assert len({(claim.given_names, claim.surname) for claim in claims}) == claims.count()


def test_the_summary_says_what_there_is_and_the_figures_of_the_report(told: Story) -> None:
    told_of = summary()

    assert told_of["scenario"] == "2014"
    assert (told_of["messages"], told_of["arrests"], told_of["official_messages"]) == (0, 3, 52)
    figures = {row["key"]: row["value"] for row in told_of["figures"]}
    assert figures["deregistered"] == 30
    assert figures["ptd_extension_days"] == [90, 60]
    by = service_account("reporting", now=NOW, simulated=True)
    assert told_of["figures"] == make_report(Asked(LAST), by=by).rows("nl", exact=True)


def test_the_other_story_does_not_come_into_this_home(told: Story) -> None:
    assert list(demonstration.make("2014")) == []
    with pytest.raises(demonstration.NotEmpty):
        list(demonstration.make("2026"))


def impose(story: Story, wanted: deciding.Wanted) -> None:
    """Step by step, as the story does it."""
    held = deciding.Held()
    way = deciding.by_college if wanted.by == "COLL" else deciding.recorded
    for deed in sorted(way(story, wanted, held), key=lambda deed: deed.at):
        deed.do(deed.at)


def test_nobody_is_uncovered_and_removing_one_assessment_makes_it_one(told: Story) -> None:
    """S19, S22 and S50 of the letter: every returnee assessed and met, every traveller reviewed."""

    def lacking() -> tuple[int, int, int]:
        found = coverage(LAST, known_by=NOW, movements=every_movement())
        return len(found.unassessed), len(found.uninvestigated), len(found.unreviewed)

    found = coverage(LAST, known_by=NOW, movements=every_movement())
    assert (len(found.returnees), len(found.travellers)) == (33, 131)
    assert lacking() == (0, 0, 0)

    who = returnees()[5]
    last = Assessment.objects.unscoped("test").standing(LAST).get(person=told.people[who.key])
    director = told.of_town("regisseur", who, NOW)
    risk.contest(last, words="Op een verkeerd dossier gemaakt.", by_the_person=False, by=director)

    assert lacking() == (1, 0, 0)


def test_the_ministry_reads_numbers_and_no_name_and_a_prosecutor_reads_all_travellers(
    told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenhang.foundation.clock.timezone", SimpleNamespace(now=lambda: NOW))

    def shown(username: str, purpose: str) -> tuple[str, list[tuple[str, str]]]:
        page = signed_in(told.cast.users[username], purpose).get("/travellers/coverage/").text
        return page, re.findall(r"<strong>(\d+)</strong></div></td><td>(\d+)", page)

    page, numbers = shown("statisticus", "statistics")
    assert numbers == [("0", "33"), ("0", "33"), ("0", "131")]
    assert not any(person.reference in page for person in told.people.values())
    assert shown("politie1", "person-centred-approach")[1] == [("0", "33"), ("0", "33")]
    assert shown("officier", "prosecution")[1][-1] == ("0", "131")


def test_a_past_day_of_the_picture_differs_as_known_then_and_as_known_now(told: Story) -> None:
    """Until 13 May 2014 the police took somebody else for a returnee. Counted by hand: 19, and 10 of 2014."""
    day = date(2014, 5, 1)

    def returned(known_by: datetime) -> int:
        return len(coverage(day, known_by=known_by, movements=every_movement()).returnees)

    assert (returned(end_of(day)), returned(NOW)) == (19 + 10 + 1, 19 + 10)

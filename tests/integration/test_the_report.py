"""The report to Parliament: counted from states, small counts kept inside."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange.models import OfficialMessage
from samenhang.journal.models import Entry
from samenhang.measures.models import Measure
from samenhang.national_picture import actions, files
from samenhang.national_picture.models import Publication, Release
from samenhang.national_picture.questions import QUESTIONS
from samenhang.national_picture.rules import Asked, NoEdition, Report, UnknownFigure, editions, releasing
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.states import States, withdrawn
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db

JUNE = Asked(date(2014, 6, 30))
REASON = "Parliament asked for this total, and it points at nobody."


@pytest.fixture
def states(world: World, actor_of: ActorOf) -> States:
    return States(opened_case(world, actor_of), world.police.organisation)


@pytest.fixture
def story(states: States) -> States:
    """Small, and countable by hand: see EXPECTED."""
    twice = states.person()
    for on in ("2013-04-02", "2013-11-30", "2014-03-01", "2014-06-30"):
        states.imposed("PASS-ALERT", on)
    states.imposed("PASS-ALERT", "2014-06-30", twice)
    states.imposed("PASS-ALERT", "2014-07-01")  # one day outside June's report
    states.imposed("BRP-DEREG", "2013-05-05", twice)
    states.imposed("BRP-DEREG", "2014-05-05", twice)  # the same person again
    for number in range(11):
        states.imposed("BRP-DEREG", f"2014-02-{number + 1:02}")
    for kind, on, born in (
        ("OTS", "2013-09-01", "1996-09-02"),  # seventeen on that day
        ("OTS", "2013-09-01", "1995-09-01"),  # eighteen on that very day
        ("GESL", "2014-01-15", "1998-01-01"),
    ):
        states.imposed(kind, on, states.person(born=born))
    for on in ("2013-03-01", "2013-03-02", "2014-04-01", "2014-04-02"):
        states.imposed("FREEZE-NL", on)
    states.suggested("FREEZE-NL", "2014-03-31")
    states.suggested("FREEZE-NL", "2014-03-31", decided_on="2014-07-01")
    states.suggested("FREEZE-NL", "2014-03-31", ended_on="2014-06-01")
    states.suggested("FREEZE-NL", "2014-06-30")
    return states


COUNTED_BY_HAND = {
    date(2013, 12, 31): {
        "passport_alerts": 2, "deregistered": 1, "minors_stopped": 1, "benefits_stopped": 0,
        "freezes_done": 2, "freezes_pending": 0,
    },
    date(2014, 3, 31): {
        "passport_alerts": 3, "deregistered": 12, "minors_stopped": 2, "benefits_stopped": 0,
        "freezes_done": 2, "freezes_pending": 3,
    },
    date(2014, 6, 30): {
        "passport_alerts": 5, "deregistered": 12, "minors_stopped": 2, "benefits_stopped": 0,
        "freezes_done": 4, "freezes_pending": 3,
    },
}  # fmt: skip


def counted(report: Report) -> dict[str, object]:
    return {f.definition.key: f.counted for f in report.figures if f.counted is not None}


def changed(before: Report, after: Report) -> dict[str, int]:
    was, now = counted(before), counted(after)
    return {key: now[key] - was[key] for key in was if now[key] != was[key]}  # type: ignore[operator]


@pytest.mark.parametrize("until", COUNTED_BY_HAND)
def test_every_figure_of_measures_is_what_a_hand_counts(
    until: date, story: States, world: World, actor_of: ActorOf
) -> None:
    report = actions.make_report(Asked(until), by=actor_of(world.statistician))

    assert COUNTED_BY_HAND[until].items() <= counted(report).items()


def test_withdrawing_one_measure_moves_one_figure_also_of_earlier_days(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    alert = story.imposed("PASS-ALERT", "2014-03-01")
    before = {until: actions.make_report(Asked(until), by=by) for until in COUNTED_BY_HAND}

    withdrawn(alert, "2014-06-29")

    moved = {until: changed(was, actions.make_report(Asked(until), by=by)) for until, was in before.items()}
    assert list(moved.values()) == [{}, {"passport_alerts": -1}, {"passport_alerts": -1}]


def test_a_second_alert_on_a_person_counts_and_a_second_deregistration_does_not(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by, person = actor_of(world.statistician), story.person()
    story.imposed("PASS-ALERT", "2014-06-02", person)
    story.imposed("BRP-DEREG", "2014-06-02", person)
    before = actions.make_report(JUNE, by=by)

    story.imposed("PASS-ALERT", "2014-06-03", person)
    story.imposed("BRP-DEREG", "2014-06-03", person)

    assert changed(before, actions.make_report(JUNE, by=by)) == {"passport_alerts": 1}


def test_what_happens_one_day_outside_a_window_moves_nothing(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    before = actions.make_report(JUNE, by=by)

    for kind in ("PASS-ALERT", "BRP-DEREG", "BEN-BIJSTAND", "FREEZE-NL"):
        story.imposed(kind, "2011-12-31")
        story.imposed(kind, "2014-07-01")
    story.suggested("FREEZE-NL", "2014-07-01")

    # What was decided a day later, and begun that day, was not yet pending on the last day either.
    assert changed(before, actions.make_report(JUNE, by=by)) == {}


def test_another_first_day_moves_only_figures_without_a_window_of_their_own(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)

    narrow = actions.make_report(Asked(date(2014, 6, 30), since=date(2014, 6, 1)), by=by)

    assert changed(actions.make_report(JUNE, by=by), narrow) == {}
    early = actions.make_report(Asked(date(2026, 11, 23), since=date(2014, 6, 1)), by=by)
    late = actions.make_report(Asked(date(2026, 11, 23)), by=by)
    assert (counted(early)["passport_alerts"], counted(late)["passport_alerts"]) == (3, 0)


def test_travellers_are_persons_at_their_first_leaving_and_as_is_known_now(
    states: States, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    one, two, three, four = (states.person() for _ in range(4))
    states.moved(one, "left", "2013-02-01")
    states.moved(one, "in-zone", "2013-02-20")
    states.moved(one, "returned", "2013-09-01")
    states.moved(one, "left", "2014-01-10")  # again: no new traveller
    states.moved(one, "returned", "2014-05-01")  # again: no new returnee
    states.moved(two, "in-zone", "2014-03-31", known="2014-09-01")  # found out later: counts now
    states.moved(three, "left", "2014-06-30", until="2014-08-01")  # corrected: had not left at all
    states.moved(four, "stopped", "2014-04-01")
    states.moved(four, "left", "2014-07-01")

    def travelled(until: date) -> tuple[object, object]:
        counts = counted(actions.make_report(Asked(until), by=by))
        return counts["travellers_out"], counts["returned"]

    assert travelled(date(2013, 1, 31)) == (0, 0)
    assert travelled(date(2013, 12, 31)) == (1, 1)
    assert travelled(date(2014, 3, 31)) == (2, 1)
    assert travelled(date(2014, 6, 30)) == (2, 1)
    assert travelled(date(2014, 7, 1)) == (3, 1)


def test_official_messages_count_in_the_window_of_the_letter(
    states: States, world: World, actor_of: ActorOf
) -> None:
    for number, on in enumerate(("2013-02-28", "2013-03-01", "2013-12-31", "2014-05-31", "2014-06-01")):
        states.message(f"{number}", on)
    states.message("1", "2013-06-01", service="MIVD")
    recalled = states.message("9", "2014-01-01")

    def sent(until: date) -> tuple[object, object]:
        figure = actions.make_report(Asked(until), by=actor_of(world.statistician)).find("official_messages")
        return figure.counted, figure.window.until

    assert sent(date(2013, 2, 28)) == (0, date(2013, 2, 28))
    assert sent(date(2013, 12, 31)) == (2, date(2013, 12, 31))
    assert sent(date(2014, 6, 30)) == (4, date(2014, 5, 31))
    OfficialMessage.objects.unscoped("test").filter(pk=recalled.pk).update(
        withdrawn_at=recalled.registered_at
    )
    assert sent(date(2014, 6, 30)) == (3, date(2014, 5, 31))


def test_arrests_are_of_returnees_and_extensions_are_theirs(
    states: States, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    back, again, recruiter = (states.person() for _ in range(3))
    for person, on in ((back, "2014-02-01"), (again, "2014-05-01")):
        states.moved(person, "returned", on)
    first, second = states.arrested(back, "2014-03-01"), states.arrested(again, "2014-06-24")
    states.arrested(again, "2014-04-30")  # before coming back
    states.held(first, "remand", "2014-03-04", 14)
    states.held(first, "detention", "2014-03-18", 90)
    states.held(second, "detention", "2014-06-30", 60)
    states.held(states.arrested(recruiter, "2014-06-24"), "detention", "2014-06-28", 30)

    def held(until: date) -> tuple[object, object]:
        counts = counted(actions.make_report(Asked(until), by=by))
        return counts["returnees_arrested"], counts["ptd_extension_days"]

    assert held(date(2014, 2, 28)) == (0, ())
    assert held(date(2014, 3, 18)) == (1, (90,))
    assert held(date(2014, 6, 29)) == (2, (90,))
    assert held(date(2014, 6, 30)) == (2, (90, 60))


def test_terms_one_by_one_are_released_as_they_stand(states: States, world: World, actor_of: ActorOf) -> None:
    person = states.person()
    states.moved(person, "returned", "2014-02-01")
    arrest = states.arrested(person, "2014-03-01")
    states.held(arrest, "detention", "2014-03-18", 60)
    official = actor_of(world.minister, "statistics")
    assert actions.make_report(JUNE, by=official).find("ptd_extension_days").published.value is None

    actions.release("ptd_extension_days", JUNE, reason=REASON, by=official)

    row = next(
        r for r in actions.make_report(JUNE, by=official).rows("nl") if r["key"] == "ptd_extension_days"
    )
    assert (row["value"], row["text"], row["precision"]) == ([60], "60", "exact")
    states.held(arrest, "detention-again", "2014-05-17", 30)
    assert actions.make_report(JUNE, by=official).find("ptd_extension_days").published.value is None
    with pytest.raises(releasing.Subtractable):
        actions.release("ptd_extension_days", Asked(date(2014, 6, 29)), reason=REASON, by=official)


def test_every_counted_figure_has_a_question_and_each_question_is_asked() -> None:
    asked = {d.question for edition in editions() for d in edition.figures if d.origin == "counted"}

    assert asked == set(QUESTIONS)


def test_an_empty_home_counts_nothing(world: World, actor_of: ActorOf) -> None:
    for until in (date(2014, 6, 30), date(2026, 11, 23)):
        report = actions.make_report(Asked(until), by=actor_of(world.statistician))

        assert set(counted(report).values()) <= {0, ()}


def test_there_is_no_report_before_the_first_edition(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(NoEdition, match="januari 2012"):
        actions.make_report(Asked(date(2011, 12, 31)), by=actor_of(world.statistician))


# -- small totals and their release -----------------------------------------------------------------


def test_a_small_total_stays_inside_until_a_named_official_releases_it(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by, official = actor_of(world.statistician), actor_of(world.minister, "statistics")
    assert actions.make_report(JUNE, by=by).find("freezes_done").published.value is None

    actions.release("freezes_done", JUNE, reason=REASON, by=official)

    report = actions.make_report(JUNE, by=by)
    assert report.find("freezes_done").published.value == 4
    assert report.find("freezes_done").printed("nl") == "vier"
    assert report.find("minors_stopped").published.value is None
    entry = Entry.objects.get(event="figure.released")
    assert (entry.user, entry.operation) == (world.minister.reference, "decision")


def test_a_release_holds_for_its_own_window_and_while_the_count_stays(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by, official = actor_of(world.statistician), actor_of(world.minister, "statistics")
    actions.release("freezes_done", JUNE, reason=REASON, by=official)

    def published(until: date) -> object:
        return actions.make_report(Asked(until), by=by).find("freezes_done").published.value

    assert published(date(2014, 6, 29)) is None
    assert published(date(2014, 6, 30)) == 4
    freeze = story.imposed("FREEZE-NL", "2014-06-15")
    assert published(date(2014, 6, 30)) == 5  # large enough to stand by itself
    withdrawn(freeze, "2014-06-30")
    assert published(date(2014, 6, 30)) == 4
    first = Measure.objects.unscoped("test").get(kind="FREEZE-NL", decided_on=date(2013, 3, 1))
    withdrawn(first, "2014-06-30")
    assert published(date(2014, 6, 30)) is None, "three is not what the official saw"


def test_a_release_can_be_taken_back_and_given_again(story: States, world: World, actor_of: ActorOf) -> None:
    by, official = actor_of(world.statistician), actor_of(world.minister, "statistics")
    given = actions.release("freezes_done", JUNE, reason=REASON, by=official)

    actions.revoke(given, reason="It was given for the wrong letter.", by=official)

    assert actions.make_report(JUNE, by=by).find("freezes_done").published.value is None
    with pytest.raises(releasing.NothingToRelease):
        actions.revoke(given, reason="Once more, for certainty.", by=official)
    with pytest.raises(NotThere):
        actions.find_release(given.reference, by=official)
    actions.release("freezes_done", JUNE, reason=REASON, by=official)
    assert actions.make_report(JUNE, by=by).find("freezes_done").published.value == 4


def test_two_releases_never_let_a_reader_subtract(story: States, world: World, actor_of: ActorOf) -> None:
    official = actor_of(world.minister, "statistics")
    actions.release("freezes_done", JUNE, reason=REASON, by=official)

    with pytest.raises(releasing.Subtractable, match="30 juni 2014"):
        actions.release("freezes_done", Asked(date(2014, 3, 31)), reason=REASON, by=official)

    # The same total a day earlier tells nothing more.
    actions.release("freezes_done", Asked(date(2014, 6, 29)), reason=REASON, by=official)


def test_only_a_small_total_of_the_edition_can_be_released(
    story: States, world: World, actor_of: ActorOf
) -> None:
    official = actor_of(world.minister, "statistics")

    for key in ("passport_alerts", "benefits_stopped", "dtn_edition"):  # five, none, and quoted
        with pytest.raises(releasing.NothingToRelease):
            actions.release(key, JUNE, reason=REASON, by=official)
    with pytest.raises(UnknownFigure):
        actions.release("freezes_done_in_nergenshuizen", JUNE, reason=REASON, by=official)
    with pytest.raises(releasing.NoReason):
        actions.release("freezes_done", JUNE, reason="because", by=official)
    with pytest.raises(releasing.OnlyPeopleRelease):
        actions.release("freezes_done", JUNE, reason=REASON, by=replace(official, human=False))
    assert not Release.objects.exists()


def test_nobody_but_the_ministry_releases(story: States, world: World, actor_of: ActorOf) -> None:
    benefits = replace(actor_of(world.minister, "statistics"), authority="UWV")

    for by in (actor_of(world.statistician), actor_of(world.mayor, "public-order"), benefits):
        with pytest.raises(NotYours):
            actions.release("freezes_done", JUNE, reason=REASON, by=by)


# -- published reports, and what later ones hold back ------------------------------------------------


def test_a_report_beside_a_published_one_lets_nobody_subtract(
    story: States, world: World, actor_of: ActorOf
) -> None:
    by, official = actor_of(world.statistician), actor_of(world.minister, "statistics")

    def published(until: date) -> object:
        return actions.make_report(Asked(until), by=by).find("passport_alerts").published.value

    assert published(date(2014, 7, 1)) == 6
    actions.publish(JUNE, reason=REASON, by=official)

    assert published(date(2014, 6, 30)) == 5
    assert published(date(2014, 7, 1)) is None, "one more: that is a breakdown by day"
    assert counted(actions.make_report(Asked(date(2014, 7, 1)), by=by))["passport_alerts"] == 6
    for number in range(4):
        story.imposed("PASS-ALERT", f"2014-07-0{number + 2}")
    assert published(date(2014, 7, 10)) == 10
    actions.release("passport_alerts", Asked(date(2014, 7, 1)), reason=REASON, by=official)
    assert published(date(2014, 7, 1)) == 6


def test_what_is_published_stays_as_it_was(story: States, world: World, actor_of: ActorOf) -> None:
    official = actor_of(world.minister, "statistics")
    row = actions.publish(JUNE, reason=REASON, by=official)
    before = {form: files.make(row.in_language("nl"), form) for form in files.FORMS}

    story.imposed("PASS-ALERT", "2014-06-01")
    actions.release("freezes_done", JUNE, reason=REASON, by=official)

    again = actions.find_publication(row.reference, by=actor_of(world.statistician))
    assert {form: files.make(again.in_language("nl"), form) for form in files.FORMS} == before
    assert "door Imaginary minister, Ministry of Justice and Security." in before["html"].decode()
    assert Entry.objects.filter(event="report.published", user=world.minister.reference).exists()


def test_a_publication_holds_no_count_that_was_held_back(
    story: States, world: World, actor_of: ActorOf
) -> None:
    row = actions.publish(JUNE, reason=REASON, by=actor_of(world.minister, "statistics"))

    figures = {figure["key"]: figure for figure in row.contents["en"]["rows"]}
    assert figures["freezes_done"]["value"] is None
    assert not any("counted" in figure for figure in figures.values())
    known = {key for key, *_more in row.totals}
    assert "passport_alerts" in known
    assert not known & {"freezes_done", "freezes_pending", "minors_stopped", "deregistered"}


def test_nobody_but_the_official_publishes(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(NotYours):
        actions.publish(JUNE, reason=REASON, by=actor_of(world.statistician))
    official = actor_of(world.minister, "statistics")
    with pytest.raises(releasing.OnlyPeopleRelease):
        actions.publish(JUNE, reason=REASON, by=replace(official, human=False))
    with pytest.raises(NotThere):
        actions.find_publication("R-nobody", by=official)


def test_the_official_publishes_on_the_page_and_the_statistician_finds_it(
    story: States, world: World, client_of: ClientOf
) -> None:
    browser = client_of(world.minister, "statistics")
    page = browser.get("/report/publish/?until=2014-06-30").content.decode()
    assert "Besluiten tot bevriezing" in page, "what is held back is said"
    assert browser.post("/report/publish/?until=2014-06-30", {"reason": "no"}).status_code == 422

    answer = browser.post("/report/publish/?until=2014-06-30", {"reason": REASON})

    assert answer.headers["Location"] == "/report/?until=2014-06-30"
    reader, row = client_of(world.statistician), Publication.objects.get()
    assert f"/report/published/{row.reference}.pdf" in reader.get("/report/").content.decode()
    assert reader.get(f"/report/published/{row.reference}.pdf").content.startswith(b"%PDF-1.7")
    assert reader.get(f"/report/published/{row.reference}.exe").status_code == 404


# -- pages, files and the command -------------------------------------------------------------------

ADDRESSES = (
    *("/report/", "/report/progress.csv", "/report/progress.json", "/report/progress.html"),
    *("/report/progress.pdf", "/report/figures/freezes_done/release/", "/report/releases/V-nobody/revoke/"),
)  # fmt: skip


def test_who_has_another_role_makes_no_report(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    with pytest.raises(NotYours):
        actions.make_report(JUNE, by=actor_of(world.police, purpose="investigation"))

    for user in (world.police, world.mayor, world.administrator, world.school):
        for path in ADDRESSES:
            assert client_of(user).get(path).status_code == 403, (user, path)


def test_to_outsiders_what_exists_answers_as_what_does_not(
    story: States, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    official, outsider = actor_of(world.minister, "statistics"), client_of(world.police)
    row = actions.publish(JUNE, reason=REASON, by=official)
    given = actions.release("freezes_done", JUNE, reason=REASON, by=official)

    for form in ("/report/published/{}.json", "/report/releases/{}/revoke/"):
        there, nowhere = (outsider.get(form.format(name)) for name in (row.reference, "R-0000-0000-0000"))
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
        there = outsider.get(form.format(given.reference))
        assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_a_window_that_ends_before_it_begins_is_explained(world: World, client_of: ClientOf) -> None:
    page = client_of(world.statistician).get("/report/?since=2026-02-01&until=2026-01-01")

    assert page.status_code == 422


def test_an_exact_count_is_on_the_page_of_who_may_see_it_and_in_no_file(
    story: States, world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(world.statistician)
    page = browser.get("/report/?until=2014-06-30").content.decode()
    assert "Geteld (intern)" in page

    files = {
        form: browser.get(f"/report/progress.{form}?until=2014-06-30") for form in ("json", "csv", "html")
    }
    assert all("counted" not in row for row in files["json"].json()["figures"])
    assert "counted" not in files["csv"].content.decode().splitlines()[0]
    freezes = next(row for row in files["json"].json()["figures"] if row["key"] == "freezes_done")
    assert (freezes["value"], freezes["precision"]) == (None, "suppressed")

    monkeypatch.setattr("samenhang.national_picture.actions.may", lambda deed, *, by: deed == "report.make")
    assert "Geteld (intern)" not in browser.get("/report/?until=2014-06-30").content.decode()


def test_a_small_count_is_exact_only_for_who_decides_whether_it_leaves(
    story: States, world: World, client_of: ClientOf
) -> None:
    address = "/report/?until=2014-06-30"

    counts, decides = (
        client_of(user, "statistics").get(address).content.decode()
        for user in (world.statistician, world.minister)
    )

    assert "<td><div>4</div></td>" in decides  # freezes, in EXPECTED
    assert "omdat u beslist of ze naar buiten mogen" in decides
    assert "<td><div>4</div></td>" not in counts
    assert "<td><div>1 tot 4</div></td>" in counts
    assert "Alleen de ambtenaar die beslist" in counts


def test_nothing_is_shown_or_released_over_a_few_chosen_days(
    story: States, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    """A stranger chose one day, and saw that one person had something that day."""
    for user in (world.statistician, world.minister):
        browser = client_of(user, "statistics")
        for days in ("?since=2014-06-30&until=2014-06-30", "?until=2014-01-01"):
            page = browser.get(f"/report/{days}")

            assert page.status_code == 422
            assert "Kies een eerste dag die ten minste 28 dagen" in page.content.decode()
            assert browser.get(f"/report/progress.csv{days}").status_code == 404
    with pytest.raises(releasing.NothingToRelease, match="28 dagen"):
        actions.release(
            "freezes_done",
            Asked(date(2014, 6, 30), date(2014, 6, 4)),
            reason=REASON,
            by=actor_of(world.minister, "statistics"),
        )


def test_in_the_first_weeks_of_a_year_the_report_looks_back_four_weeks(
    world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    clock.moment = clock.moment.replace(year=2027, month=1, day=5)

    page = client_of(world.statistician).get("/report/")

    assert page.status_code == 200
    assert 'value="09-12-2026"' in page.content.decode()


def test_the_official_releases_and_takes_back_on_the_page(
    story: States, world: World, client_of: ClientOf
) -> None:
    browser, address = (
        client_of(world.minister, "statistics"),
        "/report/figures/freezes_done/release/?until=2014-06-30",
    )
    assert address.split("?")[0] in browser.get("/report/?until=2014-06-30").content.decode()
    assert "<strong>4</strong>" in browser.get(address).content.decode()
    assert browser.post(address, {"reason": "short"}).status_code == 422

    answer = browser.post(address, {"reason": REASON})

    assert answer.headers["Location"] == "/report/?until=2014-06-30#freezes_done"
    page = browser.get("/report/?until=2014-06-30").content.decode()
    assert REASON in page
    row = Release.objects.get()
    browser.post(f"/report/releases/{row.reference}/revoke/", {"reason": "A second thought about it."})
    assert REASON not in browser.get("/report/?until=2014-06-30").content.decode()


def test_the_statistician_sees_no_way_to_release(story: States, world: World, client_of: ClientOf) -> None:
    browser = client_of(world.statistician)

    assert "/release/" not in browser.get("/report/?until=2014-06-30").content.decode()
    assert browser.get("/report/figures/freezes_done/release/?until=2014-06-30").status_code == 403


def test_the_command_gives_json_with_counts_and_without(
    story: States, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("report", "progress", "--until", "2014-06-30", "--format", "json", "--language", "en")
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)["figures"]}

    assert rows["deregistered"] == {
        "key": "deregistered",
        "value": 10,
        "counted": 12,
        "text": "over ten",
        "precision": "ruim",
        "unit": "persons",
        "window": {"from": "2012-01-01", "until": "2014-06-30"},
        "definition": rows["deregistered"]["definition"],
        "origin": "counted",
        "source": "measures: deregistrations imposed (BRP-DEREG)",
        "rule": "Over: more than this ten and fewer than the next.",
        "chapter": 3,
    }
    assert rows["threat_level_2014"]["origin"] == "quoted"
    assert rows["threat_level_2014"]["counted"] is None
    call_command("report", "progress", "--until", "2014-06-30", "--public")
    assert "counted" not in json.loads(capsys.readouterr().out)["figures"][0]


def test_the_command_writes_a_file_and_refuses_a_day_without_an_edition(world: World, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"

    call_command("report", "progress", "--until", "2026-11-23", "--format", "csv", "--out", str(file))

    assert next(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))["key"] == "messages"
    with pytest.raises(CommandError):
        call_command("report", "progress", "--until", "2011-01-01")

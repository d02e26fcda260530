"""Rules about journeys and their matches on pages: what is shown, to whom, and what a refusal says."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from samenhang.criteria import actions
from samenhang.criteria.models import Rule, Version
from samenhang.criteria.rules import Stage, trial
from samenhang.judging.rules import Status
from samenhang.travel.models import LegalBasis
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.criteria import (
    REASON,
    UNEXPLAINED,
    every_match,
    in_force,
    newest,
    now,
    one_match,
    opened,
    tried,
    wording,
)
from tests.watchlists import screener

pytestmark = pytest.mark.django_db
RULES = "/criteria/rules/"


def typed(world: World, **changes: str) -> dict[str, Any]:
    return {
        "name": "An invented rule",
        "purpose": "To find journeys that are arranged as those of people who leave to train.",
        "offence": "2017/541-8",
        "when": "one_way && days_booked_ahead <= 2",
        "unless": "bags >= 2",
        "recipient": world.police.organisation.reference,
        "starts_on": "23-11-2026",
        "ends_on": "01-05-2027",
    } | changes


def test_a_rule_that_names_what_no_rule_may_see_is_refused_with_the_place_and_the_word(
    world: World, client_of: ClientOf
) -> None:
    page = client_of(world.travel).post(f"{RULES}new/", typed(world, when="one_way && nationality == 'UTO'"))

    assert page.status_code == 422
    assert "1:12" in page.text
    assert "nationality" in page.text
    assert not Rule.objects.unscoped("test").exists()


def test_who_writes_a_rule_sees_it_as_a_draft_and_may_not_approve_it(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    client = client_of(world.travel)

    page = client.post(f"{RULES}new/", typed(world), follow=True)

    assert str(Stage.DRAFT.label) in page.text
    assert 'id="trial"' in page.text
    address = page.redirect_chain[-1][0]
    tried(Version.objects.unscoped("test").get(), actor_of(world.travel))
    assert 'id="approve"' not in client.get(address).text
    assert 'id="approve"' in client_of(world.travel_two).get(address).text


def test_a_rule_that_is_too_wide_says_so_and_stays_a_draft(
    world: World, client_of: ClientOf, actor_of: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "EACH", 5)
    version = newest(opened(actor_of(world.travel), when="legs >= 1", unless="bags > 50"))

    page = client_of(world.travel).post(f"{RULES}{version.scope}/trial/")

    assert page.status_code == 422
    assert "100" in page.text
    assert now(version).stage == Stage.DRAFT


def test_a_page_says_that_no_rule_is_asked_while_there_is_no_legal_basis(
    world: World, client_of: ClientOf, moment: datetime
) -> None:
    client, said = client_of(world.travel), "geen rechtsgrond voor boekingen"

    assert said not in client.get(RULES).text
    LegalBasis.objects.filter(kind="PNR").update(ended_on=moment.date(), ended_by=world.minister)
    assert said in client.get(RULES).text


def test_of_two_versions_the_one_in_force_can_be_stopped_while_the_next_is_a_draft(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    first = in_force(world, actor_of)
    rule = Rule.objects.unscoped("test").get(pk=first.rule_id)
    second = actions.reword(rule, wording(unless="bags >= 2"), by=actor_of(world.travel))
    client = client_of(world.travel)

    page = client.get(f"{RULES}{rule.reference}/")
    assert "bags &gt;= 1" in page.text
    assert "bags &gt;= 2" in page.text
    client.post(
        f"{RULES}{rule.reference}/withdrawal/", {"version": "1", "reason": "It matched the wrong ones."}
    )

    assert (now(first).stage, now(second).stage) == (Stage.WITHDRAWN, Stage.DRAFT)


def test_who_travels_is_shown_only_once_a_second_person_confirmed(
    world: World, client_of: ClientOf, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    unit, address = client_of(world.travel_two), f"/criteria/matches/{match.reference}/"
    before = [unit.get("/criteria/matches/").text, unit.get(address).text]
    actions.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    before.append(unit.get(address).text)

    unit.post(f"{address}confirmation/", {"verdict": "pass_on", "revision": "1", "reason": "unexplained"})

    assert every_match().get().status == Status.CONFIRMED
    assert not any("BEDACHT" in text or "NLD" in text for text in before)
    assert "BEDACHT" in unit.get(address).text
    assert "BEDACHT" in client_of(world.police, "investigation").get(address).text


def test_an_outsider_cannot_tell_whether_a_rule_or_a_match_exists(
    world: World, client_of: ClientOf, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    rule = Rule.objects.unscoped("test").get()

    for user in (world.school, world.police, world.administrator):
        client = client_of(user)
        assert client.get(f"{RULES}{rule.reference}/").status_code == 404
        assert client.get(f"/criteria/matches/{match.reference}/").status_code == 404
        assert client.post(f"{RULES}{rule.reference}/approval/", {"reason": "Any"}).status_code == 404


def test_a_decision_on_facts_that_changed_meanwhile_is_refused(
    world: World, client_of: ClientOf, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    posted = {"verdict": "nothing", "revision": "99", "reason": "explained"}

    page = client_of(world.travel).post(f"/criteria/matches/{match.reference}/judgement/", posted)

    assert page.status_code == 422
    assert every_match().get().status == Status.WAITING


def test_a_queue_of_matches_that_is_too_old_asks_for_somebody_and_drops_nothing(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, settings: LazySettings
) -> None:
    settings.HITS_HOURS = 72
    match = one_match(world, actor_of, screener(clock.moment))
    unit, english = client_of(world.travel), {"accept-language": "en"}
    assert "Relieve the queue" not in unit.get("/", headers=english).text

    clock.moment += timedelta(hours=73)
    unit = client_of(world.travel)

    assert "Relieve the queue of matches" in unit.get("/", headers=english).text
    queue = unit.get("/criteria/matches/", headers=english).text
    assert "1 waits for review" in queue
    assert match.reference in queue


def test_the_data_protection_officer_reads_every_version_its_trial_and_who_approved_it_and_changes_nothing(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    first = in_force(world, actor_of, purpose="The first wording of an invented rule, which is over.")
    rule = Rule.objects.unscoped("test").get(pk=first.rule_id)
    tried(actions.reword(rule, wording(), by=actor_of(world.travel)), actor_of(world.travel))
    actions.withdraw(first, reason=REASON, by=actor_of(world.travel))
    officer = client_of(world.travel_privacy)

    listed, page = officer.get(RULES).text, officer.get(f"{RULES}{rule.reference}/").text

    assert rule.name in listed
    for told in (first.purpose, first.when, wording().when, "Imaginary third", REASON, "95 %"):
        assert told in page or told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page
    for form in ('id="trial"', 'id="approve"', 'id="withdraw"', "new-version"):
        assert form not in page
    assert "/criteria/matches/Q-" not in officer.get("/criteria/matches/").text


def test_nobody_who_watches_over_another_body_reads_a_rule(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    rule = Rule.objects.unscoped("test").get(pk=in_force(world, actor_of).rule_id)

    for who in (world.privacy, world.police, world.administrator):
        assert client_of(who).get(f"{RULES}{rule.reference}/").status_code == 404
        assert rule.name not in client_of(who).get(RULES).text

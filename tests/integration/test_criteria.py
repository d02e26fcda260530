"""Rules about journeys: written, tried, approved by two, matched, judged by people, ended and forgotten."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotThere, NotYours
from samenhang.criteria import actions, rules
from samenhang.criteria.models import Judgement, Look, Match, Rule, Version
from samenhang.criteria.rules import Stage, trial
from samenhang.criteria.rules.matches import Precision
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import NotLawful
from samenhang.foundation.states import IllegalTransition
from samenhang.journal.models import Entry
from samenhang.judging.rules import AlreadyJudged, ColleagueNeeded, Status, UnknownVerdict, Why
from samenhang.travel.models import LegalBasis, Passenger
from tests.cast import ActorOf, World
from tests.criteria import (
    EXPLAINED,
    HASTY,
    LADEN,
    REASON,
    TOO_LITTLE,
    UNEXPLAINED,
    UNTOLD,
    every_match,
    in_force,
    newest,
    now,
    one_match,
    opened,
    third_of_unit,
    tried,
    wording,
)
from tests.watchlists import FLIGHT, arrive, screener

pytestmark = pytest.mark.django_db


def test_a_rule_comes_into_force_when_it_was_tried_and_two_others_approved_it(
    world: World, actor_of: ActorOf
) -> None:
    author, second, third = actor_of(world.travel), actor_of(world.travel_two), actor_of(third_of_unit(world))
    version = newest(opened(author))

    stages = [version.stage]
    tried(version, author)
    stages.append(now(version).stage)
    for by in (second, third):
        actions.approve(version, reason=REASON, by=by)
        stages.append(now(version).stage)

    assert stages == [Stage.DRAFT, Stage.TRIED, Stage.ONCE, Stage.IN_FORCE]
    assert len(now(version).rows) == 12
    names = [one.user.username for one in version.approvals.all()]
    assert names == ["imaginary.travel_two", "imaginary.travel_3"]
    assert list(
        Entry.objects.filter(subject=version.reference).order_by("pk").values_list("event", flat=True)
    ) == [
        "version.written",
        "version.tried",
        "version.approved",
        "version.in-force",
    ]


def test_nothing_is_approved_before_it_was_tried(world: World, actor_of: ActorOf) -> None:
    version = newest(opened(actor_of(world.travel)))

    with pytest.raises(IllegalTransition):
        actions.approve(version, reason=REASON, by=actor_of(world.travel_two))
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.unscoped("test").filter(pk=version.pk).update(stage=Stage.IN_FORCE)


def test_the_author_never_approves_and_nobody_approves_twice(world: World, actor_of: ActorOf) -> None:
    version = tried(newest(opened(actor_of(world.travel))), actor_of(world.travel_two))
    actions.approve(version, reason=REASON, by=actor_of(world.travel_two))

    for user in (world.travel, world.travel_two):
        with pytest.raises(rules.ColleagueNeeded):
            actions.approve(version, reason=REASON, by=actor_of(user))
    assert now(version).stage == Stage.ONCE


def test_a_rule_that_leans_on_where_families_live_needs_a_written_answer(
    world: World, actor_of: ActorOf
) -> None:
    leans = {"when": "arrival in ['CMN', 'NDR', 'TNG'] && bags == 1 && legs > 0", "unless": "split_booking"}
    version = newest(opened(actor_of(world.travel), **leans))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "MOST", 1.0)
        tried(version, actor_of(world.travel), each=150)

    with pytest.raises(rules.NotComplete):
        actions.approve(version, reason=REASON, by=actor_of(world.travel_two))
    actions.approve(version, reason=REASON, leaning=REASON, by=actor_of(world.travel_two))

    assert version.approvals.get().leaning == REASON


def test_a_rule_that_matches_too_many_stays_a_draft(world: World, actor_of: ActorOf) -> None:
    version = newest(opened(actor_of(world.travel), when="legs >= 1", unless="bags > 50"))

    with pytest.raises(trial.TooWide):
        tried(version, actor_of(world.travel))
    assert now(version).stage == Stage.DRAFT


@pytest.mark.parametrize("outsider", ["police", "minister", "administrator", "school"])
def test_an_outsider_neither_writes_nor_sees_a_rule(world: World, actor_of: ActorOf, outsider: str) -> None:
    version = newest(opened(actor_of(world.travel)))
    stranger = actor_of(getattr(world, outsider))

    with pytest.raises(NotYours):
        opened(stranger)
    with pytest.raises(NotThere):
        actions.try_out(version, by=stranger)
    with pytest.raises(NotThere):
        actions.withdraw(version, reason=REASON, by=stranger)
    assert not Version.objects.visible_to(stranger).exists()


def test_only_an_authority_at_the_border_receives_matches(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(rules.NotComplete):
        actions.open_rule("Any", world.municipality, wording(), by=actor_of(world.travel))


def test_a_later_version_replaces_the_one_in_force_only_once_it_is_approved(
    world: World, actor_of: ActorOf
) -> None:
    first = in_force(world, actor_of)
    rule = Rule.objects.unscoped("test").get(pk=first.rule_id)
    second = actions.reword(rule, wording(unless="bags >= 2"), by=actor_of(world.travel_two))
    tried(second, actor_of(world.travel_two))
    assert now(first).stage == Stage.IN_FORCE

    third = next(one.user for one in first.approvals.all() if one.user != world.travel_two)
    for user in (world.travel, third):
        actions.approve(second, reason=REASON, by=actor_of(user))

    assert (now(first).stage, now(second).stage) == (Stage.REPLACED, Stage.IN_FORCE)
    assert (first.number, second.number) == (1, 2)


def test_a_rule_matches_the_journeys_that_fit_and_no_other(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    version = in_force(world, actor_of)
    hasty, *_others = arrive(HASTY, LADEN, UNTOLD, now=moment)

    assert actions.match_waiting(by=screener(moment)) == 3
    match = every_match().get()

    assert (match.passenger_id, match.version_id, match.status) == (hasty.pk, version.pk, Status.WAITING)
    assert match.found == {
        "carrier": "XX",
        "departure": "IST",
        "arrival": "AMS",
        "bags": 0,
        "document_days_left": 8,
    }
    assert match.recipient.authority == "POL"
    assert actions.match_waiting(by=screener(moment)) == 0


def test_nothing_is_asked_without_a_rule_in_force_or_a_legal_basis(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    arrive(HASTY, now=moment)
    tried(newest(opened(actor_of(world.travel))), actor_of(world.travel))
    assert actions.match_waiting(by=screener(moment)) == 0

    in_force(world, actor_of)
    LegalBasis.objects.filter(kind="PNR").update(ended_on=moment.date(), ended_by=world.minister)
    assert actions.match_waiting(by=screener(moment)) == 0
    assert not every_match().exists()
    assert not Look.objects.exists()


def test_a_rule_stops_by_itself_after_its_last_day_and_what_waits_stays(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    version = in_force(world, actor_of, ends_on=moment.date())
    arrive(HASTY, now=moment)
    actions.match_waiting(by=screener(moment))
    tomorrow = moment + timedelta(days=1)
    arrive(replace(HASTY, surname="LATER"), now=tomorrow, reference="2")

    assert actions.match_waiting(by=screener(tomorrow)) == 0
    assert actions.end_over(by=screener(tomorrow)) == 1
    assert actions.end_over(by=screener(tomorrow)) == 0
    assert now(version).stage == Stage.ENDED
    assert every_match().get().status == Status.WAITING


def test_a_match_of_a_rule_that_ended_is_judged_as_it_was_found(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    in_force(world, actor_of, ends_on=moment.date())
    arrive(HASTY, now=moment)
    actions.match_waiting(by=screener(moment))
    in_force(world, actor_of, when="bags > 90", unless="bags < 1")
    tomorrow = moment + timedelta(days=1)

    arrive(replace(HASTY, bag_count=2), now=tomorrow, reference="2")

    assert actions.match_waiting(by=screener(tomorrow)) == 1  # the rule still in force saw the change
    assert every_match().get().status == Status.WAITING


def test_a_rule_that_is_withdrawn_takes_its_open_matches_with_it(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))

    actions.withdraw(Version.objects.unscoped("test").get(), reason=REASON, by=actor_of(world.travel_two))

    assert every_match().get(pk=match.pk).status == Status.LAPSED
    with pytest.raises(AlreadyJudged):
        actions.judge(match, "nothing", why=EXPLAINED, by=actor_of(world.travel))


def test_a_changed_journey_is_judged_anew_or_lapses(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    actions.judge(match, "nothing", why=EXPLAINED, by=actor_of(world.travel))

    arrive(replace(HASTY, sex="F"), now=moment, reference="2")
    actions.match_waiting(by=screener(moment))
    assert every_match().get().status == Status.DISMISSED  # another field, the same facts

    longer = replace(HASTY.documents[0], number="Z1", expiry=date(2026, 12, 5))
    arrive(replace(HASTY, documents=(longer,)), now=moment, reference="3")
    actions.match_waiting(by=screener(moment))
    assert every_match().get().status == Status.WAITING
    assert every_match().get().found["document_days_left"] == 12

    arrive(replace(HASTY, documents=(longer,), bag_count=2), now=moment, reference="4")
    actions.match_waiting(by=screener(moment))
    assert every_match().get().status == Status.LAPSED


def test_nothing_leaves_before_one_person_judged_and_a_second_confirmed(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    police = actor_of(world.police, "investigation")

    actions.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    assert not Match.objects.visible_to(police).exists()
    with pytest.raises(ColleagueNeeded):
        actions.confirm(match, agree=True, why=UNEXPLAINED, by=actor_of(world.travel))
    actions.confirm(match, agree=True, why=UNEXPLAINED, by=actor_of(world.travel_two))

    assert Match.objects.visible_to(police).get().status == Status.CONFIRMED
    assert Passenger.objects.visible_to(police).get().told["surname"] == "BEDACHT"
    assert Disclosure.objects.unscoped("test").filter(scope=match.scope).count() == 1
    assert not Version.objects.visible_to(police).exists()
    assert not Judgement.objects.visible_to(police).exists()


def test_a_second_person_who_does_not_agree_sends_it_back(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    actions.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    actions.confirm(match, agree=False, why=EXPLAINED, by=actor_of(world.travel_two))

    assert every_match().get().status == Status.UNDECIDED
    with pytest.raises(ColleagueNeeded):
        actions.judge(match, "nothing", why=EXPLAINED, by=actor_of(world.travel_two))
    actions.judge(match, "nothing", why=EXPLAINED, by=actor_of(world.travel))
    assert every_match().get().status == Status.DISMISSED
    actions.reopen(match, reason=REASON, by=actor_of(world.travel_two))
    assert every_match().get().status == Status.UNDECIDED  # the second opinion is for somebody else
    with pytest.raises(ColleagueNeeded):
        actions.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("pass_on", EXPLAINED),
        ("nothing", TOO_LITTLE),
        ("nothing", Why("other")),
        ("perhaps", EXPLAINED),
    ],
)
def test_a_verdict_needs_a_reason_that_belongs_to_it(
    world: World, actor_of: ActorOf, moment: datetime, verdict: str, why: Why
) -> None:
    match = one_match(world, actor_of, screener(moment))

    with pytest.raises(UnknownVerdict):
        actions.judge(match, verdict, why=why, by=actor_of(world.travel))


def test_neither_a_machine_nor_an_outsider_judges(world: World, actor_of: ActorOf, moment: datetime) -> None:
    match = one_match(world, actor_of, screener(moment))

    for by in (screener(moment), actor_of(world.police, "investigation"), actor_of(world.school)):
        with pytest.raises((NotThere, NotYours)):
            actions.judge(match, "nothing", why=EXPLAINED, by=by)


def test_without_a_disclosure_rule_nothing_is_passed_on(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    match = one_match(world, actor_of, screener(moment))
    actions.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    every_match().update(recipient=world.municipality)

    with pytest.raises(NotLawful):
        actions.confirm(match, agree=True, why=UNEXPLAINED, by=actor_of(world.travel_two))
    assert every_match().get().status == Status.JUDGED


def test_many_matches_wait_and_none_is_dropped(
    world: World, actor_of: ActorOf, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenhang.criteria.actions.matching.BATCH", 4)
    in_force(world, actor_of)
    arrive(*(replace(HASTY, surname=f"NR{n}", record_locator=f"L{n}") for n in range(11)), now=moment)

    assert actions.match_waiting(by=screener(moment), limit=6) == 6
    assert actions.match_waiting(by=screener(moment)) == 5
    assert every_match().count() == 11


def test_precision_counts_what_people_finished_and_outlives_the_passengers(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    version = in_force(world, actor_of)
    arrive(*(replace(HASTY, surname=f"NR{n}", record_locator=f"L{n}") for n in range(3)), now=moment)
    actions.match_waiting(by=screener(moment))
    first, second, _third = every_match()
    actions.judge(first, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    actions.confirm(first, agree=True, why=UNEXPLAINED, by=actor_of(world.travel_two))
    actions.judge(second, "nothing", why=EXPLAINED, by=actor_of(world.travel))

    assert every_match().precision([version]) == {version.pk: Precision(1, 1)}
    later = moment + timedelta(days=200)
    assert actions.forget(by=screener(later)) == 2  # who was confirmed is kept longer
    assert [match.status for match in every_match()] == [Status.CONFIRMED]
    assert every_match().precision([now(version)]) == {version.pk: Precision(1, 1)}
    assert Look.objects.count() == 1


def test_only_journeys_under_way_are_asked_about(world: World, actor_of: ActorOf, moment: datetime) -> None:
    in_force(world, actor_of)
    assert FLIGHT.departs_at
    past = replace(FLIGHT, departs_at=FLIGHT.departs_at - timedelta(days=9), arrives_at=None)
    arrive(HASTY, now=moment, flight=past)

    assert actions.match_waiting(by=screener(moment)) == 0

"""Random sequences of votes and of links, against an oracle that knows only the words of the law."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenhang.cases import actions, rules
from samenhang.cases.models import Case, Position, Weighing
from samenhang.cases.rules import CRITERIA, Judgement, Opinion
from samenhang.foundation.errors import Refused
from samenhang.persons import actions as persons
from samenhang.persons.models import IdentityClaim, IdentityLink
from samenhang.persons.rules import Identity
from tests.cast import ActorOf, World
from tests.weighing import REASONS, weighing_by

pytestmark = pytest.mark.django_db
ONE_WORLD = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TODAY = date(2026, 11, 23)
VOTERS = (
    "police",
    "police_two",
    "prosecutor",
    "prosecutor_two",
    "mayor",
    "director",
    "other_mayor",
    "school",
)
SEAT = {"police": "POL", "police_two": "POL", "prosecutor": "OM", "prosecutor_two": "OM", "mayor": "BURG"}

opinions = st.sampled_from(list(Opinion))
votes = st.lists(st.tuples(st.sampled_from(VOTERS), opinions, st.booleans()), max_size=9)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside leaves the database as it was."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


def oracle(cast: list[tuple[str, Opinion, bool]]) -> dict[str, Opinion]:
    """Seat and opinion of each vote that counts: the first complete one of each seat, until three are in."""
    counted: dict[str, Opinion] = {}
    for voter, opinion, complete in cast:
        seat = SEAT.get(voter)
        if seat and complete and seat not in counted and len(counted) < 3:
            counted[seat] = opinion
    return counted


@given(votes)
@ONE_WORLD
def test_a_case_exists_exactly_when_three_different_seats_all_said_yes(
    world: World, actor_of: ActorOf, cast: list[tuple[str, Opinion, bool]]
) -> None:
    with undone():
        weighing = weighing_by(world.police, actor_of)
        for voter, opinion, complete in cast:
            reasons = REASONS if complete else {**REASONS, "extremism": ""}
            try:
                with transaction.atomic():
                    by = actor_of(getattr(world, voter), "weighing")
                    actions.take_position(weighing, Judgement(opinion, reasons, "What?"), by=by)
            except Refused:
                pass

        counted = oracle(cast)
        positions = {one.seat: one for one in Position.objects.unscoped("test").on(weighing)}
        after = Weighing.objects.unscoped("test").get(pk=weighing.pk)
        unanimous = list(counted.values()) == [Opinion.APPROACH] * 3
        assert {seat: one.opinion for seat, one in positions.items()} == counted
        assert len({one.user for one in positions.values()}) == len(positions)
        assert after.stage == _stage(list(counted.values()))
        assert Case.objects.unscoped("test").filter(weighing=weighing).exists() is unanimous


def _stage(said: list[Opinion]) -> str:
    """In the words of the decision: unanimous, or two who end it, or one who needs more, or not taken up."""
    if len(said) < 3:
        return "open"
    if said == [Opinion.APPROACH] * 3:
        return "taken_up"
    against = [one for one in said if one not in (Opinion.APPROACH, Opinion.MORE)]
    return "waiting" if Opinion.MORE in said and len(against) < 2 else "not_taken_up"


@given(st.lists(opinions, max_size=5))
def test_only_three_times_yes_is_yes_and_no_order_changes_an_outcome(said: list[Opinion]) -> None:
    outcome = rules.outcome(said)

    assert (outcome is None) is (len(said) != 3)
    assert (outcome is Opinion.APPROACH) is (said == [Opinion.APPROACH] * 3)
    assert outcome is None or outcome in said
    assert rules.outcome(reversed(said)) == outcome


@given(st.dictionaries(st.sampled_from(list(CRITERIA)), st.text(max_size=5)))
def test_a_judgement_passes_only_with_words_on_all_five(reasons: dict[str, str]) -> None:
    complete = len(reasons) == 5 and all(words.strip() for words in reasons.values())

    if complete:
        rules.check_judgement(Judgement(Opinion.APPROACH, reasons), rules.criteria_on(TODAY))
    else:
        with pytest.raises(rules.ReasonsMissing):
            rules.check_judgement(Judgement(Opinion.APPROACH, reasons), rules.criteria_on(TODAY))


deeds = st.lists(
    st.tuples(
        st.sampled_from(["propose", "confirm", "reject", "undo"]),
        st.sampled_from(["police", "police_two"]),
        st.integers(0, 1),
    ),
    max_size=14,
)


@given(deeds)
@ONE_WORLD
def test_a_claim_names_a_person_only_while_two_people_say_so_and_nothing_is_ever_lost(
    world: World, actor_of: ActorOf, done: list[tuple[str, str, int]]
) -> None:
    with undone():
        one = actor_of(world.police, "weighing")
        people = [
            persons.open_person(persons.claim(Identity(name), by=one), reason="start", by=one)
            for name in ("Fantasia", "Imaginaria")
        ]
        claim = persons.claim(Identity("Phantasia"), by=one)
        proposals = 0
        for deed, user, which in done:
            by = actor_of(getattr(world, user), "weighing")
            links = IdentityLink.objects.unscoped("test").filter(claim=claim, person=people[which])
            try:
                with transaction.atomic():
                    if deed == "propose":
                        persons.propose_link(claim, people[which], reason="alike", by=by)
                        proposals += 1
                    elif link := links.order_by("-pk").first():
                        if deed == "undo":
                            persons.undo_link(link, reason="unlike", by=by)
                        else:
                            persons.decide_link(link, confirm=deed == "confirm", reason="seen", by=by)
            except Refused:
                pass

        links = IdentityLink.objects.unscoped("test").filter(claim=claim)
        confirmed = [link for link in links if link.state == "confirmed"]
        now = IdentityClaim.objects.unscoped("test").get(pk=claim.pk)
        assert len(links) == proposals
        assert now.person_id == (confirmed[0].person_id if confirmed else None)
        assert all(link.decided_by not in ("", link.proposed_by) for link in confirmed)
        assert all(link.proposed_because for link in links)
        assert all(bool(link.undone_because) == (link.state == "undone") for link in links)

"""Identity: claims, persons, and links that two people make and one can undo."""

from dataclasses import dataclass

import pytest

from samenhang.access.actions import grant
from samenhang.access.rules import NotThere, NotYours
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.persons import actions, rules
from samenhang.persons.models import IdentityClaim, IdentityLink, Person
from tests.cast import ActorOf, World

BORN = "2001-04-30"


@dataclass
class Start:
    one: Actor
    two: Actor
    person: Person
    claim: IdentityClaim


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Start:
    """A person whom the police know as Fantasia, and a second claim that is about nobody yet."""
    one, two = actor_of(world.police, "weighing"), actor_of(world.police_two, "weighing")
    founding = actions.claim(rules.Identity("Fantasia", "Pippi", BORN, "own observation"), by=one)
    person = actions.open_person(founding, home_municipality="Nergenshuizen", reason="a new report", by=one)
    claim = actions.claim(rules.Identity("Phantasia", "P."), by=one)
    return Start(one, two, person, claim)


def link_of(start: Start) -> IdentityLink:
    return actions.propose_link(start.claim, start.person, reason="same document", by=start.one)


def claim_now(claim: IdentityClaim) -> IdentityClaim:
    return IdentityClaim.objects.unscoped("test").get(pk=claim.pk)


def test_a_person_is_shown_under_the_claim_that_founds_them(start: Start) -> None:
    assert start.person.display_for(start.one) == "Pippi Fantasia"


def test_the_outsider_sees_only_the_reference(start: Start, world: World, actor_of: ActorOf) -> None:
    school = actor_of(world.school, "weighing")

    assert start.person.display_for(school) == start.person.reference
    assert not Person.objects.visible_to(school).exists()
    assert not IdentityClaim.objects.visible_to(school).exists()


def test_claiming_makes_no_person(start: Start) -> None:
    before = Person.objects.unscoped("test").count()

    actions.claim(rules.Identity("Nobody", "Really"), by=start.one)

    assert Person.objects.unscoped("test").count() == before


def test_a_proposal_alone_changes_nothing(start: Start) -> None:
    link_of(start)

    assert claim_now(start.claim).person_id is None
    assert start.person.display_for(start.one) == "Pippi Fantasia"


def test_a_second_person_confirms_and_then_the_claim_names_the_person(start: Start) -> None:
    link = actions.decide_link(link_of(start), confirm=True, reason="I compared them", by=start.two)

    assert link.state == "confirmed"
    assert claim_now(start.claim).scope == start.person.scope
    assert start.person.display_for(start.one) == "Pippi Fantasia / P. Phantasia"


def test_who_proposed_cannot_decide(start: Start) -> None:
    link = link_of(start)

    with pytest.raises(rules.SecondPersonNeeded):
        actions.decide_link(link, confirm=True, reason="sure", by=start.one)
    assert claim_now(start.claim).person_id is None


def test_undoing_takes_the_claim_off_and_keeps_every_reason(start: Start) -> None:
    link = actions.decide_link(link_of(start), confirm=True, reason="I compared them", by=start.two)

    undone = actions.undo_link(link, reason="the document was of a brother", by=start.one)

    assert claim_now(start.claim).person_id is None
    assert claim_now(start.claim).scope == start.claim.reference
    reasons = (undone.proposed_because, undone.decided_because, undone.undone_because)
    assert reasons == ("same document", "I compared them", "the document was of a brother")
    assert Entry.objects.filter(event__in=["link.proposed", "link.confirmed", "link.undone"]).count() == 3


def test_a_claim_is_about_one_person_at_a_time(start: Start) -> None:
    actions.decide_link(link_of(start), confirm=True, reason="I compared them", by=start.two)

    with pytest.raises(rules.IllegalLink):
        actions.open_person(start.claim, reason="somebody else", by=start.one)


def test_another_organisation_cannot_link_what_it_was_not_given(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    director = actor_of(world.director, "weighing")

    with pytest.raises(NotThere):
        actions.propose_link(start.claim, start.person, reason="guess", by=director)


def test_a_role_without_the_deed_cannot_link(start: Start, world: World, actor_of: ActorOf) -> None:
    mayor = actor_of(world.mayor, "weighing")
    grant(
        start.person.scope, world.municipality, categories=["identity"], basis="POL-WEEG-SIG",
        capacity="WEEG", by=start.one,
    )  # fmt: skip
    own = actions.claim(rules.Identity("Fantasia", "Pippi"), by=mayor)

    assert Person.objects.visible_to(mayor).exists()
    with pytest.raises(NotYours):
        actions.propose_link(own, start.person, reason="register", by=mayor)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_link_without_a_reason_is_refused(start: Start, reason: str) -> None:
    with pytest.raises(rules.IllegalLink):
        actions.propose_link(start.claim, start.person, reason=reason, by=start.one)


def test_a_minor_is_known_from_the_founding_claim(start: Start) -> None:
    assert not start.person.is_minor(start.one.today)
    assert start.person.is_minor(start.one.today.replace(year=2015))

"""Offences with their ground, and evidence for each element; administrative material stays apart."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotYours
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Disclosure, Statement
from samenhang.exchange.rules import Content, Handling
from samenhang.foundation.states import IllegalTransition
from samenhang.prosecution import actions
from samenhang.prosecution.models import Evidence, EvidenceStep, Offence
from samenhang.prosecution.rules.evidence import BadEvidence, KeptApart, Route, State
from samenhang.prosecution.rules.reach import AT_HOME, NoReach, Reached
from tests.cast import ActorOf, ClientOf, World
from tests.criminal import FOUND, HERE, THERE, Track, track


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Track:
    return track(world, actor_of)


@pytest.fixture
def offence(start: Track) -> Offence:
    return start.offence(start.taken())


def stated(start: Track, *purposes: str, handling: Handling = Handling.H0) -> Statement:
    content = Content(
        kind="fact", text="An invented fact.", source_evaluation="B", information_evaluation="2",
        handling=handling, basis="Politiewet 2012 art. 3", necessity="To know what happened.",
    )  # fmt: skip
    return exchange.state(
        content, about=start.person, category="police-data", purposes=purposes, by=start.police
    )


def given(start: Track, world: World, one: Statement, purpose: str = "investigation") -> Disclosure:
    made = exchange.give_in_writing(
        start.person, [one], to=world.prosecutor.organisation, purpose=purpose, by=start.police
    )
    return next(row for row in made if row.scope == one.scope)


def test_an_offence_abroad_keeps_its_ground_its_conditions_and_the_law_of_there(start: Track) -> None:
    case = start.taken()

    with pytest.raises(NoReach):
        actions.note_offence(case, "SR-205", THERE, Reached("SR-7-1", ("dutch",)), by=start.police)
    with pytest.raises(NoReach):
        actions.note_offence(case, "SR-205", THERE, Reached(AT_HOME), by=start.police)
    noted = Reached("SR-7-1", ("dutch", "here"), "Article 1 of an invented code.")
    made = actions.note_offence(case, "SR-205", THERE, noted, by=start.police)

    assert (made.ground, made.met, made.dual_note) == ("SR-7-1", ["dutch"], "Article 1 of an invented code.")


def test_the_database_itself_knows_no_offence_abroad_without_a_ground(offence: Offence) -> None:
    for ground in ("", AT_HOME):
        with pytest.raises(IntegrityError), transaction.atomic():
            Offence.objects.unscoped("test").filter(pk=offence.pk).update(country="SY", ground=ground)


def test_a_statement_for_the_approach_cannot_be_tied_to_an_element(start: Track, offence: Offence) -> None:
    said = stated(start, "weighing", "person-centred-approach")

    for route in (Route.MESSAGE, Route.PROVISION, Route.INVESTIGATION):
        for source in (said.reference, "D-7QX4-M2DZ-9F3K"):
            with pytest.raises(KeptApart):
                start.evidence(offence, replace(FOUND, route=route, source=source))
    with pytest.raises(KeptApart):
        start.evidence(offence, replace(FOUND, filed_at=f"statement {said.reference}"))

    assert not Evidence.objects.unscoped("test").exists()


def test_what_was_given_for_weighing_is_no_route_and_what_is_given_anew_for_the_case_is(
    start: Track, world: World, offence: Offence
) -> None:
    said = stated(start, "investigation")
    assert actions.sources(offence, Route.PROVISION, by=start.police) == []

    anew = given(start, world, said)

    tied = start.evidence(offence, replace(FOUND, route=Route.PROVISION, source=anew.reference))
    assert tied.source == anew.reference
    assert actions.fallen(offence, [tied], by=start.police) == set()


def test_what_its_owner_forbids_as_evidence_stays_apart_also_when_it_is_given(
    start: Track, world: World, offence: Offence
) -> None:
    anew = given(start, world, stated(start, "investigation", handling=Handling.H1))

    with pytest.raises(KeptApart):
        start.evidence(offence, replace(FOUND, route=Route.PROVISION, source=anew.reference))


def test_a_source_that_was_withdrawn_shows_that_it_no_longer_stands(
    start: Track, world: World, offence: Offence, client_of: ClientOf
) -> None:
    said = stated(start, "investigation")
    anew = given(start, world, said)
    tied = start.evidence(offence, replace(FOUND, route=Route.PROVISION, source=anew.reference))

    exchange.withdraw(said, reason="It was somebody else.", by=start.police)

    assert actions.fallen(offence, [tied], by=start.police) == {anew.reference}
    page = client_of(world.police, "investigation").get(f"/offences/{offence.reference}/")
    assert "De bron staat niet meer" in page.text


def test_the_database_itself_ties_no_source_to_what_the_investigation_found(
    start: Track, offence: Offence
) -> None:
    piece = start.evidence(offence)

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.unscoped("test").filter(pk=piece.pk).update(source="S-7QX4-M2DZ-9F3K")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.unscoped("test").filter(pk=piece.pk).update(route=Route.PROVISION)


def test_an_order_to_hand_over_is_the_prosecutors(start: Track, offence: Offence) -> None:
    ordered = replace(FOUND, route=Route.DEMAND, number="V-12", ordered_on=date(2026, 11, 20))

    with pytest.raises(NotYours):
        start.evidence(offence, ordered)
    assert start.evidence(offence, ordered, by=start.prosecutor).number == "V-12"


def test_what_speaks_for_the_person_has_its_place_beside_it(
    start: Track, world: World, offence: Offence, client_of: ClientOf
) -> None:
    start.evidence(offence)
    start.evidence(offence, replace(FOUND, exculpatory=True, filed_at="report 14, page 1"))

    page = client_of(world.prosecutor, "prosecution").get(f"/offences/{offence.reference}/")

    assert "report 12, page 3" in page.text
    assert "report 14, page 1" in page.text
    assert "betwist" in page.text
    assert "Voor 3 bestanddelen ontbreekt het bewijs" in page.text


def test_each_state_is_kept_with_who_said_so_and_why(start: Track, offence: Offence) -> None:
    piece = start.evidence(offence)

    actions.move_evidence(
        piece, State.CHALLENGED, words="The defence asks for a second expert.", by=start.police
    )
    actions.move_evidence(piece, State.TESTED, words="The second expert agrees.", by=start.prosecutor)
    with pytest.raises(IllegalTransition):
        actions.move_evidence(piece, State.SOUGHT, words="Once more.", by=start.police)

    steps = EvidenceStep.objects.unscoped("test").of(piece)
    assert [one.state for one in steps] == [State.SECURED, State.CHALLENGED, State.TESTED]
    assert [one.taken_by for one in steps] == [start.police.user, start.police.user, start.prosecutor.user]


def test_evidence_begins_as_sought_or_secured_and_not_of_a_withdrawn_offence(
    start: Track, offence: Offence
) -> None:
    with pytest.raises(BadEvidence):
        actions.note_evidence(offence, FOUND, state=State.TESTED, by=start.police)
    actions.withdraw_offence(offence, reason="It was something else.", by=start.police)
    with pytest.raises(BadEvidence):
        start.evidence(offence)


def test_the_pages_from_offence_to_tested_evidence(start: Track, world: World, client_of: ClientOf) -> None:
    case = start.taken()
    police = client_of(world.police, "investigation")
    typed = {
        "article": "SR-205", "since": "1-5-2026", "until": "", "place": "Imaginaria", "country": "sy",
    }  # fmt: skip
    new = f"/criminal-cases/{case.reference}/offences/new/"

    asked = police.post(new, typed)
    missing = police.post(new, typed | {"reach": "1", "ground": "SR-7-1", "met": [], "dual_note": ""})
    kept = police.post(
        new,
        typed | {"reach": "1", "ground": "SR-7-1", "met": ["dutch"], "dual_note": "Article 1 of a code."},
    )
    page = kept["Location"]
    noted = police.post(
        f"{page}evidence/new/",
        {
            "element": "recruits", "kind": "witness", "filed_at": "report 3", "state": "sought",
            "route": "investigation", "source": "", "number": "", "ordered_on": "",
        },
    )  # fmt: skip
    piece = Evidence.objects.unscoped("test").get()
    moved = police.post(f"/evidence/{piece.reference}/", {"state": "secured", "words": "Heard on Monday."})

    assert asked.status_code == 200
    assert "Sr art. 7 lid 1" in asked.text
    assert "Sr art. 2:" not in asked.text
    assert missing.status_code == 422
    assert kept.status_code == noted.status_code == moved.status_code == 302
    assert "deels geverifieerd" in police.get(page).text.lower()
    assert "Heard on Monday." in police.get(f"/evidence/{piece.reference}/").text
    assert police.post(new, {"article": ""}).status_code == 422


def test_at_home_no_ground_is_asked(start: Track, world: World, client_of: ClientOf) -> None:
    case = start.taken()
    typed = {"article": "SR-140A", "since": "1-10-2026", "place": HERE.place, "country": "NL"}

    kept = client_of(world.police, "investigation").post(
        f"/criminal-cases/{case.reference}/offences/new/", typed
    )

    assert kept.status_code == 302
    assert Offence.objects.unscoped("test").get().ground == AT_HOME

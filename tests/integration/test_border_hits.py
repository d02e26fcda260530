"""The border police write down facts on fixed grounds; they go on only under a rule of that day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import NotLawful
from samenhang.exchange.rules.conduct import OnlyByOfficialMessage
from samenhang.judging.rules import ColleagueNeeded
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Organisation, User
from samenhang.watchlists import actions
from samenhang.watchlists.models import BorderHit
from samenhang.watchlists.rules import border as rules
from samenhang.watchlists.rules.alerts import AlreadyLifted
from tests.cast import PASSWORD, SINCE, ActorOf, ClientOf, StandingClock, World
from tests.watchlists import alert, screener

pytestmark = pytest.mark.django_db
TEXT = "The chip of the passport gave another number than its page."
WHY = "The police look into who makes these passports and need this number."


def met(now: Any, **changes: Any) -> rules.Met:
    made = rules.Met("border", "document-false", TEXT, "Imaginary gate", now - timedelta(hours=1))
    return replace(made, **changes)


@pytest.fixture
def colleague(world: World, actor_of: ActorOf) -> User:
    """Another officer of the marechaussee."""
    by = installer(actor_of(world.border).now)
    user = organisations.open_account(
        "imaginary.border_2", "Imaginary border two", world.border.organisation, password=PASSWORD, by=by
    )
    organisations.give_mandate(user, "border-officer", starts_on=SINCE, by=by)
    return user


def test_what_was_met_goes_to_the_police_by_a_second_officer_under_the_rule_of_that_day(
    world: World, actor_of: ActorOf, colleague: User, client_of: ClientOf
) -> None:
    officer, second = actor_of(world.border), actor_of(colleague)
    hit = actions.note(met(officer.now), by=officer)
    police = actor_of(world.police)
    before = BorderHit.objects.visible_to(police).exists()
    (way,) = (one for one in actions.ways(hit, by=second) if one.organisation == police_of(world))

    with pytest.raises(ColleagueNeeded):
        actions.pass_on(hit, way, necessity=WHY, by=officer)
    with pytest.raises(NotLawful):
        actions.pass_on(hit, way, necessity=WHY, not_met=way.conditions, by=second)
    no_rule = replace(way, purpose="public-order")
    with pytest.raises(NotLawful):
        actions.pass_on(hit, no_rule, necessity=WHY, by=second)
    (made,) = actions.pass_on(hit, way, necessity=WHY, by=second)

    assert not before
    assert TEXT.encode() not in bytes(hit.description)
    assert (made.rule, made.category) == ("KMAR-POL-TRAV", "travel-movement")
    assert BorderHit.objects.visible_to(police).get().words() == TEXT
    shown = client_of(world.police, "investigation").get(f"/border-hits/{hit.reference}/")
    assert TEXT in shown.text


def police_of(world: World) -> Organisation:
    return world.police.organisation


def test_each_domain_has_its_own_basis_grounds_and_category(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.border)

    made = [
        actions.note(met(by.now, domain=domain, ground=ground), by=by)
        for domain, ground in (
            ("border", "document-invalid"),
            ("monitoring", "document-false"),
            ("protection", "survey"),
        )
    ]

    assert len({hit.basis for hit in made}) == 3
    assert [hit.category for hit in made] == ["travel-movement", "travel-movement", "police-data"]
    with pytest.raises(rules.UnknownGround):
        actions.note(met(by.now, ground="survey"), by=by)
    with pytest.raises(rules.NoBasis):
        rules.basis_on("monitoring", date(2012, 12, 31))
    assert "562/2006" in rules.basis_on("border", date(2014, 6, 29))


def test_the_ground_of_an_alert_needs_one_that_stands_and_other_grounds_need_none(
    world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.border)
    own = alert(by)
    on_alert = met(by.now, ground="alert")

    assert actions.note(on_alert, alert=own, by=by).alert == own
    for wrong, named in ((on_alert, None), (met(by.now), own)):
        with pytest.raises(rules.UnknownGround):
            actions.note(wrong, alert=named, by=by)
    actions.lift(own, reason="found", by=by)
    with pytest.raises(AlreadyLifted):
        actions.note(on_alert, alert=type(own).objects.unscoped("a test").get(pk=own.pk), by=by)


def test_only_facts_of_conduct_are_written_down(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.border)
    looks = "A bearded man filmed the entrance of the synagogue three times."

    for wrong in (
        met(by.now, description="Suspect."),
        met(by.now, place=" "),
        met(by.now, happened_at=by.now + timedelta(minutes=1)),
        met(by.now, happened_at=by.now - timedelta(days=4)),
        met(by.now, domain="protection", ground="survey", description=looks),
    ):
        with pytest.raises(rules.NotFactual):
            actions.note(wrong, by=by)
    with pytest.raises(OnlyByOfficialMessage):
        actions.note(met(by.now, description="According to the AIVD this passport is false."), by=by)
    told = "He came back three times and filmed the lock from inside his coat."
    hit = actions.note(
        met(by.now, domain="protection", ground="survey", description=looks, conduct=told), by=by
    )
    assert hit.words().endswith(told)


def test_no_field_is_about_a_person() -> None:
    fields = {field.name for field in BorderHit._meta.get_fields()}

    assert fields.isdisjoint({"person", "passenger", "name", "names", "sex", "nationality", "birth_date"})


def test_what_nobody_passed_on_goes_after_four_weeks_and_the_rest_after_half_a_year(
    world: World, actor_of: ActorOf, colleague: User, clock: StandingClock
) -> None:
    by = actor_of(world.border)
    _kept_not, kept = (actions.note(met(by.now), by=by) for _ in range(2))
    way = next(
        one for one in actions.ways(kept, by=actor_of(colleague)) if one.organisation == police_of(world)
    )
    actions.pass_on(kept, way, necessity=WHY, by=actor_of(colleague))

    clock.moment += timedelta(days=28)
    assert actions.forget_border_hits(by=screener(clock.moment)) == 1
    clock.moment += timedelta(days=155)
    assert actions.forget_border_hits(by=screener(clock.moment)) == 1
    assert Disclosure.objects.unscoped("a test").filter(scope=kept.scope).exists()  # that it went stays known


@pytest.mark.parametrize("who", ["police", "travel", "administrator", "school"])
def test_outsiders_neither_read_nor_write_nor_pass_on(
    who: str, world: World, actor_of: ActorOf, colleague: User, client_of: ClientOf
) -> None:
    border = actor_of(world.border)
    hit = actions.note(met(border.now), by=border)
    way = actions.ways(hit, by=actor_of(colleague))[0]
    outsider = actor_of(getattr(world, who))

    with pytest.raises((NotYours, rules.NotBorderPolice)):
        actions.note(met(outsider.now), by=outsider)
    with pytest.raises((NotThere, NotYours, rules.NotBorderPolice)):
        actions.pass_on(hit, way, necessity=WHY, by=outsider)
    assert actions.ways(hit, by=outsider) == []
    assert client_of(getattr(world, who)).get(f"/border-hits/{hit.reference}/").status_code == 404


def test_where_no_rule_lets_the_police_hear_of_it_the_page_says_so(
    world: World, actor_of: ActorOf, colleague: User, client_of: ClientOf
) -> None:
    by = actor_of(world.border)
    guarded = actions.note(met(by.now, domain="protection", ground="weapon"), by=by)
    gate = actions.note(met(by.now), by=by)

    given = {one.organisation.authority for one in actions.ways(guarded, by=actor_of(colleague))}
    pages = [client_of(colleague).get(f"/border-hits/{one.reference}/").text for one in (guarded, gate)]

    said = "De politie hoort hier niets van"
    assert "POL" not in given
    assert "OM" in given
    assert [said in page for page in pages] == [True, False]
    assert "Wet wapens en munitie art. 13, 26 en 27" in pages[0]

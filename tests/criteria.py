"""Invented rules about journeys and travellers whom they match. Nobody here resembles a living person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import edifact
from samenhang.criteria import actions
from samenhang.criteria.models import Match, Rule, Version
from samenhang.criteria.rules import Wording, trial
from samenhang.foundation import clock
from samenhang.journal import Actor
from samenhang.judging.rules import Why
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Organisation, User
from tests.cast import PASSWORD, SINCE, World
from tests.watchlists import BRAM, arrive

REASON = "It asks for what people who leave to train have in common, and no more."
# Their passport ends within a month and they carry nothing; the rule below matches the first.
HASTY = replace(BRAM, documents=(edifact.Document("P", "Z1", "UTO", date(2026, 12, 1)),), bag_count=0)
LADEN = replace(HASTY, surname="BEPAKT", record_locator="CCCCCC", bag_count=3)
UNTOLD = replace(HASTY, surname="ONBEKEND", record_locator="DDDDDD", bag_count=None)
UNEXPLAINED, EXPLAINED, TOO_LITTLE = Why("unexplained"), Why("explained"), Why("too-little")


def wording(**changes: Any) -> Wording:
    fields: dict[str, Any] = {
        "purpose": "To find journeys that are arranged as those of people who leave to train.",
        "offence": "2017/541-8",
        "when": "document_days_left <= 30 && bags <= 3",
        "unless": "bags >= 1",
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 5, 1),
    }
    return Wording(**{**fields, **changes})


def third_of_unit(world: World) -> User:
    """The unit of the cast has two people; a rule needs who writes it and two who approve it."""
    known = User.objects.filter(username="imaginary.travel_3").first()
    if known:
        return known
    by = installer(clock.now())
    unit = world.travel.organisation
    user = organisations.open_account("imaginary.travel_3", "Imaginary third", unit, password=PASSWORD, by=by)
    organisations.give_mandate(user, "travel-analyst", starts_on=SINCE, by=by)
    return user


def opened(by: Actor, **changes: Any) -> Rule:
    police = Organisation.objects.get(authority="POL")
    return actions.open_rule("An invented rule", police, wording(**changes), by=by)


def newest(rule: Rule) -> Version:
    version = Version.objects.unscoped("a test looks").of(rule).first()
    assert version
    return version


def tried(version: Version, by: Actor, *, each: int = 5) -> Version:
    """On fewer travellers than in earnest, because a test of the trial itself stands elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "EACH", each)
        return actions.try_out(version, by=by)


def in_force(world: World, actor: Callable[..., Actor], **changes: Any) -> Version:
    """Written by the first of the unit, approved by the second and a third."""
    version = newest(opened(actor(world.travel, "investigation"), **changes))
    tried(version, actor(world.travel, "investigation"))
    for user in (world.travel_two, third_of_unit(world)):
        actions.approve(version, reason=REASON, by=actor(user, "investigation"))
    return now(version)


def now(version: Version) -> Version:
    """As it stands in the database."""
    found: Version = Version.objects.unscoped("a test looks").get(pk=version.pk)
    return found


def every_match() -> Any:
    return Match.objects.unscoped("a test looks at the state").order_by("pk")


def one_match(world: World, actor: Callable[..., Actor], screener: Actor) -> Match:
    """A rule in force, and a traveller whose journey it matched."""
    in_force(world, actor)
    arrive(HASTY, now=screener.now)
    actions.match_waiting(by=screener)
    match: Match = every_match().get()
    return match

"""What must hold for every question to the law."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.grounds.rules import Rule, ask, identity_providers, law, measures_available, permitted_tuples
from samenhang.grounds.rules.disclosure import is_on
from samenhang.grounds.rules.vocabulary import names_in_use

LAW = law()
G_RULES = sorted(rule.id for rule in LAW.rules if rule.mark == "G")
# Days around which something changes, where a boundary is most easily missed.
PERIODS = [
    *(body.period for body in LAW.authorities.values()),
    *(rule.period for rule in LAW.rules),
    *(competence.period for competence in LAW.competences),
    *(version.period for kind in LAW.measures.values() for version in kind.versions),
]
ENDS = {day for period in PERIODS for day in (period.since, period.until) if day}
EDGES = sorted(day + timedelta(days=shift) for day in ENDS for shift in (-1, 0, 1))
days = st.one_of(st.sampled_from(EDGES), st.dates(date(1800, 1, 1), date(2100, 1, 1)))
categories = st.sampled_from(sorted(LAW.categories))
purposes = st.sampled_from(sorted(LAW.purposes))
bodies = st.sampled_from(sorted(LAW.authorities))
# Pairs that occur in the table, so that most questions are near a rule.
lines = st.sampled_from(sorted({(rule.recipient, rule.purpose) for rule in LAW.rules}))
enabling = st.sets(st.sampled_from(G_RULES))


def near(recipient: str, purpose: str) -> set[tuple[str, str]]:
    """Every (provider, category) that the table names for this recipient and purpose on any day."""
    wanted = LAW.canonical(recipient)
    return {
        (code, category)
        for provider, receiver, category, for_purpose in LAW.by_tuple
        if (receiver, for_purpose) == (wanted, purpose)
        for code in LAW.authorities
        if LAW.canonical(code) == provider
    }


@settings(deadline=None)
@given(lines, days, enabling, st.sets(st.tuples(bodies, categories), max_size=20), st.data())
def test_what_a_recipient_may_have_is_what_each_question_answers(
    line: tuple[str, str], on: date, enabled: set[str], others: set[tuple[str, str]], data: st.DataObject
) -> None:
    side, purpose = line
    recipient = data.draw(st.sampled_from(sorted(LAW.expand(side) | {"VENJ", "CBP", "BDTOES"})))

    answers = {
        (provider, category): ask(provider, recipient, category, purpose, on, enabled=enabled)
        for provider, category in near(recipient, purpose) | others
    }

    permitted = permitted_tuples(recipient, purpose, on, enabled)
    assert permitted <= near(recipient, purpose)
    assert permitted & answers.keys() == {line for line, answer in answers.items() if answer.permitted}
    assert identity_providers(recipient, purpose, on, enabled) == {
        provider for (provider, _category), answer in answers.items() if answer.identity_accompanies
    }


@pytest.mark.parametrize("recipient", ["CASUS", "POL", "JENV", "AIVD"])
def test_the_two_faces_agree_on_every_tuple_of_a_day(recipient: str) -> None:
    on, enabled = date(2026, 11, 23), G_RULES
    for purpose in ("person-centred-approach", "intelligence-task"):
        asked = {
            (provider, category)
            for provider, category in product(LAW.authorities, LAW.categories)
            if ask(provider, recipient, category, purpose, on, enabled=enabled).permitted
        }

        assert permitted_tuples(recipient, purpose, on, enabled) == asked


@given(bodies, bodies, categories, purposes, days)
def test_no_day_outside_the_window_of_a_rule_allows(
    provider: str, recipient: str, category: str, purpose: str, on: date
) -> None:
    answer = ask(provider, recipient, category, purpose, on, enabled=G_RULES)

    if answer.permitted:
        rule = next(rule for rule in LAW.rules if rule.id == answer.rule)
        assert rule.period.covers(on)
        assert (rule.category, rule.purpose) == (category, purpose)
        assert LAW.authorities[provider].period.covers(on)
        assert LAW.authorities[recipient].period.covers(on)


@given(st.sampled_from(LAW.rules), st.data())
def test_a_rule_allows_on_its_first_and_last_day_and_not_outside(rule: Rule, data: st.DataObject) -> None:
    provider = data.draw(st.sampled_from(sorted(LAW.expand(rule.provider))))
    recipient = data.draw(st.sampled_from(sorted(LAW.expand(rule.recipient))))
    inside = [day for day in (rule.period.since, rule.period.until) if day]
    assert rule.period.since
    outside = [rule.period.since - timedelta(days=1)]
    outside += [rule.period.until + timedelta(days=1)] if rule.period.until else []
    for on, covered in [(day, True) for day in inside] + [(day, False) for day in outside]:
        for giver, taker in product(names_in_use(provider, on), names_in_use(recipient, on)):
            answer = ask(giver, taker, rule.category, rule.purpose, on, enabled=[rule.id])
            assert answer.permitted or not covered
            assert covered or answer.rule != rule.id


@given(st.sampled_from(LAW.rules), days, st.data())
def test_a_condition_that_is_not_met_denies_unless_another_rule_allows(
    rule: Rule, on: date, data: st.DataObject
) -> None:
    provider = data.draw(st.sampled_from(sorted(LAW.expand(rule.provider))))
    recipient = data.draw(st.sampled_from(sorted(LAW.expand(rule.recipient))))
    condition = data.draw(st.sampled_from(sorted(LAW.conditions)))

    answer = ask(provider, recipient, rule.category, rule.purpose, on, not_met=[condition], enabled=G_RULES)

    if answer.permitted:
        allowing = next(other for other in LAW.rules if other.id == answer.rule)
        assert condition not in allowing.conditions or not LAW.conditions[condition].must_be_met


@given(bodies, bodies, categories, purposes, days)
def test_nothing_from_general_knowledge_alone_allows(
    provider: str, recipient: str, category: str, purpose: str, on: date
) -> None:
    answer = ask(provider, recipient, category, purpose, on)

    assert not answer.permitted or answer.mark in {"V", "V-part"}


@settings(deadline=None, max_examples=300)
@given(days)
def test_every_stretch_of_days_has_one_law(on: date) -> None:
    epoch = LAW.epoch(on)

    assert epoch <= on
    assert not [period for period in PERIODS if period.covers(epoch) != period.covers(on)]
    assert {kind.code for kind in measures_available(on)} == {
        kind.code
        for kind in LAW.measures.values()
        if any(version.period.covers(on) for version in kind.versions)
    }


def test_every_rule_can_allow_something_on_some_day() -> None:
    for rule in LAW.rules:
        on = rule.period.since
        assert on is not None
        pairs = product(LAW.expand(rule.provider), LAW.expand(rule.recipient))
        asked = [
            ask(giver, taker, rule.category, rule.purpose, on, enabled=[rule.id])
            for provider, recipient in pairs
            for giver, taker in product(names_in_use(provider, on), names_in_use(recipient, on))
        ]
        assert any(answer.permitted for answer in asked), rule.id
        assert is_on(rule, [rule.id])

"""Safeguard G1: every processing has a legal basis valid on that date."""

from datetime import date

from django.utils import translation

from samenhang.grounds.rules import ask, basis_on, competences, deciders, is_available, law, term

LAST_DAY = date(2027, 2, 28)
DAY_AFTER = date(2027, 3, 1)
TEMPORARY = ["TW-MELD", "TW-GEB", "TW-CONT", "TW-UITR", "TW-ET", "TW-SUBS"]


def test_a_temporary_measure_has_a_basis_on_the_last_day_of_its_act_and_none_after() -> None:
    for code in [*TEMPORARY, "NAT-14-4"]:
        assert is_available(code, LAST_DAY), code
        assert deciders(code, LAST_DAY), code
        for after in (DAY_AFTER, date(2027, 3, 2)):
            assert not is_available(code, after), code
            assert not deciders(code, after), code


def test_a_temporary_measure_never_outlives_its_act() -> None:
    assert term("TW-MELD", date(2027, 1, 1)) == DAY_AFTER
    assert term("TW-MELD", date(2026, 6, 1)) == date(2026, 12, 1)


def test_a_withdrawal_of_nationality_outlives_the_power_to_withdraw() -> None:
    assert term("NAT-14-4", date(2027, 2, 1)) is None


def test_a_rule_from_general_knowledge_gives_no_basis_until_a_lawyer_enables_it() -> None:
    question = ("FIU", "OM", "finance", "investigation", LAST_DAY)

    with translation.override("en"):
        off = ask(*question)
        on = ask(*question, enabled=["FIU-OM"])

    assert (off.permitted, on.permitted) == (False, True)
    assert "lawyer" in off.sentence


def test_every_rule_and_every_ground_carries_its_source_and_mark() -> None:
    for rule in law().rules:
        assert rule.basis, rule.id
        assert rule.source, rule.id
        assert rule.mark in {"V", "V-part", "G"}, rule.id
    for kind in law().measures.values():
        for version in kind.versions:
            assert version.basis, kind.code
            assert version.period.since, kind.code


def test_a_bill_is_no_basis() -> None:
    """CR-134B is a bill: no day has it."""
    assert law().measures["CR-134B"].versions == ()
    assert basis_on("CR-134B", LAST_DAY) is None
    assert competences("CR-134B", LAST_DAY) == ()

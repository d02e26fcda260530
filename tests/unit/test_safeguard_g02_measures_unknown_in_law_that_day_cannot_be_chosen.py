"""Safeguard G2: measures unknown in law on the case date cannot be chosen."""

from datetime import date

import pytest

from samenhang.grounds.rules import available_as_json, measures_available

JUNE_2014 = date(2014, 6, 30)


def bases(on: date) -> dict[str, str]:
    return {measure.code: measure.basis for measure in measures_available(on)}


def test_in_june_2014_later_powers_are_absent() -> None:
    known = bases(JUNE_2014)

    assert not {"NAT-14-4", "SIS-32", "ON-TOI", "ON-125P", "PNR-MATCH", "PASS-LAPSE"} & known.keys()
    assert not [code for code in known if code.startswith("TW-")]


def test_in_june_2014_older_powers_stand_on_the_ground_of_then() -> None:
    known = bases(JUNE_2014)

    assert known["SIS-36"].startswith("Besluit 2007/533/JBZ art. 36")
    assert "algemene gronden" in known["BEN-SZ"]
    assert "WWB" in known["BEN-BIJSTAND"]
    assert known["OTS"] == "BW 1:254 (oud)"
    assert known["BRP-DEREG"].startswith("Wet BRP")
    assert "134a" in known["NAT-14-2"]
    assert "nog niet" in known["NAT-14-2"]


@pytest.mark.parametrize(
    ("code", "before", "first_day", "was", "becomes"),
    [
        ("SIS-36", date(2023, 3, 6), date(2023, 3, 7), "2007/533", "2018/1862"),
        ("BEN-SZ", date(2017, 9, 30), date(2017, 10, 1), "algemene gronden", "AKW"),
        ("BRP-DEREG", date(2014, 1, 5), date(2014, 1, 6), "Wet GBA", "Wet BRP"),
        ("PASS-CANCEL", date(2026, 9, 30), date(2026, 10, 1), "46a(1)", "44-46"),
        ("PASS-LAPSE", date(2026, 9, 30), date(2026, 10, 1), "23b", "identiteitskaart"),
        ("VW-67", date(2011, 12, 30), date(2011, 12, 31), "art. 67", "inreisverbod"),
    ],
)
def test_the_ground_changes_on_the_day_the_law_does(
    code: str, before: date, first_day: date, was: str, becomes: str
) -> None:
    assert was in bases(before)[code]
    assert becomes in bases(first_day)[code]
    assert bases(before)[code] != bases(first_day)[code]


@pytest.mark.parametrize("on", [date(1800, 1, 1), JUNE_2014, date(2026, 11, 23), date(2100, 1, 1)])
def test_a_bill_is_never_available(on: date) -> None:
    assert "CR-134B" not in bases(on)


def test_before_the_first_act_there_is_nothing() -> None:
    assert available_as_json(date(1800, 1, 1)) == []


def test_a_ground_of_2014_names_no_act_of_later_years() -> None:
    later = (
        "2015",
        "2016/",
        "2017",
        "2018/",
        "2019/",
        "2021/",
        "2022/",
        "Jeugdwet",
        "Participatiewet",
        "Wvggz",
    )
    for code, basis in bases(JUNE_2014).items():
        assert not [act for act in later if act in basis], (code, basis)


def test_kinds_that_no_lawyer_approved_are_marked() -> None:
    listed = {row["code"]: row for row in available_as_json(JUNE_2014, approved=["SIS-36"])}

    assert listed["SIS-36"]["approved"] is True
    assert listed["OTS"]["approved"] is False
    assert {"code", "basis", "name_nl", "name_en", "mark", "approved", "from", "until"} <= listed[
        "OTS"
    ].keys()

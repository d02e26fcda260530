from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from edifact import read
from edifact.__main__ import main
from edifact.made_faults import FAULTS
from edifact.making import Plan, messages

SMALL = Plan(flights=2, people=6)


def test_the_same_seed_makes_the_same_messages_and_another_seed_makes_others() -> None:
    once = [made.data for made in messages(SMALL)]

    assert [made.data for made in messages(SMALL)] == once
    assert [made.data for made in messages(replace(SMALL, seed=2))] != once


def test_each_flight_is_pushed_five_times_and_listed_once_and_nothing_is_wrong_with_it() -> None:
    read_back = [read(made.data) for made in messages(SMALL)]

    assert [len(several) for several in read_back] == [1] * 12
    assert sorted(one.type for (one,) in read_back) == ["PAXLST"] * 2 + ["PNRGOV"] * 10
    assert [one.problems for (one,) in read_back] == [()] * 12


def test_nobody_is_real() -> None:
    people = [person for made in messages(SMALL) for one in read(made.data) for person in one.passengers]

    assert {document.number[:5] for person in people for document in person.documents} == {"SPECI"}
    assert {person.nationality for person in people} == {"UTO", ""}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_real_carriers_hides_anybody(fault: str) -> None:
    for made in messages(SMALL):
        data = FAULTS[fault](made.data, Random(1))
        found = read(data)

        times = 2 if fault == "two interchanges" else 1
        assert sum(len(one.passengers) for one in found) == times * made.people


def test_faults_are_made_on_demand() -> None:
    made = list(messages(replace(SMALL, flights=5, faults=1.0)))

    assert all(one.fault for one in made)
    assert len({one.fault for one in made}) > 5
    assert all(len(read(one.data)[0].passengers) == one.people for one in made)


def test_the_command_writes_a_file_for_each_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["make", str(tmp_path / "day"), "--flights", "1", "--people", "3"])

    assert status == 0
    assert len(list((tmp_path / "day").iterdir())) == 6
    assert capsys.readouterr().out.startswith("6 messages that name ")

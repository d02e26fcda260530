"""Official lists: imported whole or not at all, versions compared, approved by a named person."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samenhang.journal.models import Entry
from samenhang.watchlists import actions, publishers
from samenhang.watchlists.models import ListApproval, ListedRecord, ListVersion, OfficialList
from samenhang.watchlists.rules import lists
from tests.cast import ActorOf, StandingClock, World
from tests.unit.test_publishers import ALT, SDN, UN, counts, naive_ofac_counts, naive_un_counts, official

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *arguments: Any) -> list[dict[str, Any]]:
    call_command("lists", *map(str, arguments), "--json")
    answer = json.loads(capsys.readouterr().out)["lists"]
    assert isinstance(answer, list)
    return answer


@pytest.fixture
def un(tmp_path: Path, clock: StandingClock) -> Path:
    file = tmp_path / "un.xml"
    file.write_text(UN, encoding="utf-8")
    return file


def test_a_list_comes_in_with_its_counts_and_an_entry(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [answer] = told(capsys, "import", un)

    assert (answer["list"], answer["persons"], answer["aliases"], answer["others"]) == ("UN", 1, 2, 1)
    assert answer["added"] == ["DMi.001"]
    assert Entry.objects.get(event="list.imported").subject == answer["version"]
    assert ListedRecord.objects.current().count() == 1


def test_the_pair_of_ofac_is_given_together_and_beside_the_list_of_the_un(
    un: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sdn, alt = un.parent / "sdn.csv", un.parent / "alt.csv"
    sdn.write_text(SDN, encoding="utf-8", newline="")
    alt.write_text(ALT, encoding="utf-8", newline="")

    both = told(capsys, "import", alt, un, sdn)

    assert [(one["list"], one["persons"], one["aliases"]) for one in both] == [("UN", 1, 2), ("OFAC", 1, 1)]


def test_the_same_file_again_changes_nothing(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "import", un)

    [again] = told(capsys, "import", un)

    assert again["known"]
    assert (again["added"], again["changed"], again["removed"]) == ([], [], [])
    assert ListVersion.objects.count() == 1


def test_a_changed_file_shows_what_was_added_changed_and_removed(
    un: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = UN[UN.index("<INDIVIDUAL>") : UN.index("</INDIVIDUAL>") + 13]
    second = person.replace("DMi.001", "DMi.002").replace("FANTASIO", "INVENTIA")
    third = person.replace("DMi.001", "DMi.003").replace("FANTASIO", "NIEMAND")
    un.write_text(UN.replace(person, person + second), encoding="utf-8")
    told(capsys, "import", un)
    altered = person.replace("1970-01-02", "1970-01-03")
    un.write_text(UN.replace(person, altered + third), encoding="utf-8")

    [answer] = told(capsys, "import", un)

    assert (answer["added"], answer["changed"], answer["removed"]) == (["DMi.003"], ["DMi.001"], ["DMi.002"])
    assert set(ListedRecord.objects.current().values_list("number", flat=True)) == {"DMi.001", "DMi.003"}
    # What stood before can still be asked.
    assert ListedRecord.objects.count() == 4


def test_a_list_read_by_half_replaces_nothing(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "import", un)
    un.write_text(UN[:-40], encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("lists", "import", str(un))

    assert ListVersion.objects.count() == 1
    assert ListedRecord.objects.current().count() == 1


@pytest.mark.parametrize("content", ["", "name;born\n", "<html></html>"])
def test_another_file_is_named_as_what_it_is_not(content: str, un: Path) -> None:
    un.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match=r"un\.xml"):
        call_command("lists", "import", str(un))


def test_persons_and_aliases_of_the_official_lists_equal_an_independent_count(
    clock: StandingClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        name: official(name) for name in ("un_consolidated.xml", "ofac_sdn_bench.csv", "ofac_alt_bench.csv")
    }
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)

    un, ofac = told(capsys, "import", *(tmp_path / name for name in names))

    assert (un["persons"], un["aliases"]) == naive_un_counts(names["un_consolidated.xml"])
    sdn, alt = names["ofac_sdn_bench.csv"], names["ofac_alt_bench.csv"]
    assert (ofac["persons"], ofac["aliases"]) == naive_ofac_counts(sdn, alt)
    assert ListedRecord.objects.current().count() == un["persons"] + ofac["persons"]


def test_what_is_stored_is_what_was_published(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "import", un)

    [row] = ListedRecord.objects.current()

    published = publishers.read(un.read_bytes())
    assert lists.from_json(row.content) == published.persons[0]
    assert counts(published) == (1, 2)


def test_a_list_is_used_only_after_a_named_person_approved_it(
    un: Path, world: World, actor_of: ActorOf, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "import", un)
    today = actor_of(world.list_manager).today
    assert not OfficialList.objects.for_account_screening(today).exists()

    arguments = ["--as", world.list_manager.username, "--purpose", "asset-freeze", "--reason", "checked"]
    call_command("lists", "approve", "UN", *arguments)

    assert [one.publisher for one in OfficialList.objects.for_account_screening(today)] == ["UN"]
    [shown] = told(capsys, "show")
    assert (shown["approved_by"], shown["use"]) == (world.list_manager.name, "account-screening")
    with pytest.raises(CommandError):
        call_command("lists", "approve", "UN", *arguments)

    call_command("lists", "take-back", "UN", *arguments)
    assert not OfficialList.objects.for_account_screening(today).exists()


@pytest.mark.parametrize(("who", "purpose"), [("travel", "investigation"), ("administrator", "oversight")])
def test_nobody_else_approves_a_list(
    who: str, purpose: str, un: Path, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "import", un)

    with pytest.raises(CommandError):
        call_command(
            "lists",
            "approve",
            "UN",
            "--as",
            getattr(world, who).username,
            "--purpose",
            purpose,
            "--reason",
            "x",
        )

    assert not ListApproval.objects.exists()


def test_a_service_cannot_answer_for_a_list(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "import", un)

    with pytest.raises(CommandError):
        call_command(
            "lists", "approve", "UN", "--as", "service:lists", "--purpose", "asset-freeze", "--reason", "x"
        )


def test_showing_tells_no_name(un: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "import", un)

    call_command("lists", "show")
    call_command("lists", "show", "--json")

    assert "FANTASIO" not in capsys.readouterr().out


def test_approving_an_unknown_list_is_refused(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(lists.UnknownList):
        actions.approve_list("OFAC", reason="x", by=actor_of(world.list_manager))

"""The verifier names what was done to a log: each way of tampering, with what each reader holds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import transparency.verify as verifier
from tests import tampering as hand
from tests.tampering import KEY, Deed, World

AT = 13  # in the second of four batches

# What was done, and the kinds that name it when the log's own list of hashes was left as it was.
NAMED: dict[str, tuple[Deed, set[str]]] = {
    "bit flip": (hand.flip_a_bit, {"bit-flip"}),
    "rewritten": (hand.rewrite, {"altered"}),
    "deletion": (hand.delete, {"deletion"}),
    "insertion": (hand.insert, {"insertion"}),
    "swap": (hand.swap, {"swap"}),
    "altered time inside": (hand.alter_time_inside, {"altered-time"}),
    "altered time everywhere": (hand.alter_time_everywhere, {"altered", "altered-time"}),
    "altered time beside": (hand.alter_time_beside, {"altered-time"}),
    "cut tail": (hand.cut_tail, {"cut-tail"}),
    "renumbering": (hand.renumber, {"renumbering"}),
}


def kinds(world: World, folder: Path, *, hashes: bool = False, key: bool = True) -> set[str]:
    export = world.export(folder / "export")
    kept = world.witness(folder / "witness", hashes=hashes)
    _count, _heads, findings = verifier.verify(export, [kept], [str(KEY.public)] if key else [], 1)
    return {finding.kind for finding in findings}


def findings(world: World, folder: Path, *, hashes: bool = False) -> list[tuple[str, int, int]]:
    export = world.export(folder / "export")
    kept = world.witness(folder / "witness", hashes=hashes)
    _count, _heads, found = verifier.verify(export, [kept], [str(KEY.public)], 1)
    return [(finding.kind, finding.first, finding.last) for finding in found]


@pytest.mark.parametrize("size", [1, 2, 9, 10, 11, 40])
@pytest.mark.parametrize("hashes", [True, False])
def test_what_nobody_touched_is_fine(size: int, hashes: bool, tmp_path: Path) -> None:
    assert kinds(World(size), tmp_path, hashes=hashes) == set()
    assert kinds(World(size), tmp_path, hashes=hashes, key=False) == set()


def test_a_log_that_grew_since_the_head_was_kept_is_fine(tmp_path: Path) -> None:
    world = World(40)
    world.true_heads = world.true_heads[:2]
    world.true_hashes = world.true_hashes[:20]

    assert kinds(world, tmp_path, hashes=True) == set()


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("at", [0, AT, 38])
def test_changed_in_the_entries_alone(name: str, at: int, tmp_path: Path) -> None:
    deed, expected = NAMED[name]
    world = World()

    deed(world, at)

    found = kinds(world, tmp_path)
    assert found
    assert found <= expected


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("at", [0, AT, 38])
def test_numbers_and_hashes_changed_along_and_a_witness_kept_hashes(
    name: str, at: int, tmp_path: Path
) -> None:
    deed, expected = NAMED[name]
    world = World()

    deed(world, at)
    world.rehash()
    if name != "renumbering":
        world.renumber()

    found = kinds(world, tmp_path, hashes=True)
    assert found & expected
    assert found <= expected | {"hashes", "renumbering"}


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("at", [0, AT, 38])
def test_numbers_and_hashes_changed_along_and_only_a_head_was_kept(
    name: str, at: int, tmp_path: Path
) -> None:
    deed, expected = NAMED[name]
    world = World()

    deed(world, at)
    world.rehash()
    if name != "renumbering":
        world.renumber()

    assert kinds(world, tmp_path) & expected


def test_it_says_which_entry(tmp_path: Path) -> None:
    told = {}
    for name, (deed, _kinds) in NAMED.items():
        world = World()
        deed(world, AT)
        told[name] = findings(world, tmp_path)

    assert told == {
        "bit flip": [("bit-flip", 13, 13)],
        "rewritten": [("altered", 13, 13)],
        "deletion": [("deletion", 13, 13)],
        "insertion": [("insertion", 13, 13)],
        "swap": [("swap", 13, 20)],
        "altered time inside": [("altered-time", 13, 13)],
        "altered time everywhere": [("altered-time", 13, 13)],
        "altered time beside": [("altered-time", 13, 13)],
        "cut tail": [("cut-tail", 13, 39)],
        "renumbering": [("renumbering", 13, 39)],
    }


@pytest.mark.parametrize("at", [13, 25, 39])
@pytest.mark.parametrize("hashes", [True, False])
def test_an_older_database_that_was_put_back(at: int, hashes: bool, tmp_path: Path) -> None:
    world = World()

    hand.put_back(world, at)

    assert findings(world, tmp_path, hashes=hashes) == [("rollback", at - at % 10, 39)]


@pytest.mark.parametrize("hashes", [True, False])
def test_an_older_database_that_went_on_under_the_same_key(hashes: bool, tmp_path: Path) -> None:
    world = World()

    hand.put_back_and_go_on(world, 23)

    found = findings(world, tmp_path, hashes=hashes)
    assert ("rollback", 20 if hashes else 0, 44) in found
    assert {kind for kind, _first, _last in found} == {"rollback", "two-heads"}


def test_two_heads_for_one_size_are_found_without_any_entry(tmp_path: Path) -> None:
    world = World()
    fork = [*world.hashes[:30], *(b"\x07" * 32 for _ in range(10))]
    hand.write_heads(tmp_path / "another", [hand.signed(fork)])
    export, kept = world.export(tmp_path / "export"), world.witness(tmp_path / "witness", hashes=False)

    _count, _heads, found = verifier.verify(export, [kept, tmp_path / "another"], [str(KEY.public)], 1)

    assert [(finding.kind, finding.first) for finding in found] == [("two-heads", 40)]


def test_a_head_that_another_key_signed_is_not_believed(tmp_path: Path) -> None:
    world = World()
    world.heads[1] = world.heads[1].replace("— ", "— x")

    assert findings(world, tmp_path) == [("head", 20, 20)]


def test_an_owner_who_rewrites_everything_but_lacks_the_key_is_found(tmp_path: Path) -> None:
    world = World()
    hand.delete(world, AT)
    world.renumber()
    world.rehash()
    world.heads = [note for note in world.heads if not note.startswith(f"{KEY.name}\n20\n")]

    assert "deletion" in kinds(world, tmp_path, hashes=True)


def test_only_the_list_of_hashes_was_changed(tmp_path: Path) -> None:
    world = World()
    world.hashes[AT] = b"\x00" * 32

    assert findings(world, tmp_path) == [("hashes", 13, 13)]


def test_two_deeds_at_once_are_both_named(tmp_path: Path) -> None:
    world = World()
    hand.flip_a_bit(world, 30)
    hand.delete(world, 5)

    assert findings(world, tmp_path) == [("deletion", 5, 5), ("bit-flip", 30, 30)]


def test_it_runs_as_a_program_without_django(tmp_path: Path) -> None:
    world = World()
    export, kept = world.export(tmp_path / "export"), world.witness(tmp_path / "witness", hashes=False)
    (tmp_path / "key").write_text(f"{KEY.public}\n")
    alone = "import sys, runpy; sys.modules.update(django=None, transparency=None, samenhang=None); "
    alone += f"runpy.run_path({str(verifier.__file__)!r}, run_name='__main__')"
    command = [sys.executable, "-I", "-c", alone, str(export), "--head", str(kept)]

    fine = subprocess.run(
        [*command, "--key", str(tmp_path / "key")], capture_output=True, text=True, check=False
    )
    hand.flip_a_bit(world, 7)
    world.export(export)
    broken = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    absent = subprocess.run([*command, "--key", "nonsense"], capture_output=True, text=True, check=False)

    assert (fine.returncode, "nothing was changed" in fine.stdout) == (0, True), fine.stderr
    assert broken.returncode == 1
    assert [finding["kind"] for finding in json.loads(broken.stdout)["findings"]] == ["bit-flip"]
    assert (absent.returncode, "could not be checked" in absent.stderr) == (2, True)

"""Whatever is done to an export, the verifier never calls it fine, and names what was done or more."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transparency.verify as verifier
from tests import tampering as hand
from tests.tampering import KEY, World
from transparency.merkle import leaf_hash, root_of

# What was done, and the kinds of which at least one must be among what is named.
DEEDS = {
    hand.flip_a_bit: {"bit-flip"},
    hand.rewrite: {"altered"},
    hand.delete: {"deletion"},
    hand.insert: {"insertion"},
    hand.swap: {"swap"},
    hand.alter_time_inside: {"altered-time"},
    hand.alter_time_everywhere: {"altered", "altered-time"},
    hand.alter_time_beside: {"altered-time"},
    hand.cut_tail: {"cut-tail"},
    hand.renumber: {"renumbering"},
    hand.put_back: {"rollback"},
    hand.put_back_and_go_on: {"rollback"},
}
OLDER = {hand.put_back, hand.put_back_and_go_on}
deeds = st.sampled_from(list(DEEDS))
# What the owner of the database repairs so that it fits again: nothing, hashes, hashes and numbers.
repairs = st.sampled_from(["nothing", "hashes", "all"])


def kinds(world: World, *, hashes: bool, key: bool = True) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        export = world.export(Path(folder) / "export")
        kept = world.witness(Path(folder) / "witness", hashes=hashes)
        _count, _heads, found = verifier.verify(export, [kept], [str(KEY.public)] if key else [], 1)
    return {finding.kind for finding in found}


def repair(world: World, how: str) -> None:
    if how != "nothing":
        world.rehash()
    if how == "all":
        world.renumber()


@given(deeds, st.integers(20, 60), st.integers(1, 15), st.data())
def test_each_deed_is_named_when_the_hashes_were_left_alone(
    deed: hand.Deed, size: int, every: int, data: st.DataObject
) -> None:
    world = World(size, every)
    at = data.draw(st.integers(every if deed in OLDER else 0, size - 2))

    deed(world, at)

    assert kinds(world, hashes=data.draw(st.booleans())) & DEEDS[deed]


@given(deeds, st.integers(20, 60), st.integers(1, 15), st.data())
def test_each_deed_is_named_when_all_was_made_to_fit_and_a_witness_kept_hashes(
    deed: hand.Deed, size: int, every: int, data: st.DataObject
) -> None:
    world = World(size, every)
    at = data.draw(st.integers(every if deed in OLDER else 0, size - 2))
    expected = DEEDS[deed]

    deed(world, at)
    world.rehash()
    if deed is not hand.renumber:
        world.renumber()
    if deed is hand.cut_tail:
        world.heads = [note for note in world.heads if int(note.split("\n")[1]) <= at]
        expected = {"cut-tail", "rollback"}

    assert kinds(world, hashes=True) & expected


@given(
    st.lists(st.tuples(deeds, st.integers(0, 200)), min_size=1, max_size=4),
    repairs,
    st.booleans(),
    st.booleans(),
)
def test_nothing_that_was_changed_is_called_fine(
    done: list[tuple[hand.Deed, int]], repaired: str, hashes: bool, key: bool
) -> None:
    world = World(30, 7)

    for deed, at in done:
        if len(world.rows) > 9:
            deed(world, at % (len(world.rows) - 8))
    repair(world, repaired)

    untouched = World(30, 7)
    if (world.rows, world.hashes) != (untouched.rows, untouched.hashes):
        assert kinds(world, hashes=hashes, key=key)


@given(st.data())
def test_no_bit_of_entries_or_hashes_can_flip_unseen(data: st.DataObject) -> None:
    world = World(12, 5)
    with tempfile.TemporaryDirectory() as folder:
        export = world.export(Path(folder) / "export")
        kept = world.witness(Path(folder) / "witness", hashes=data.draw(st.booleans()))
        file = export / data.draw(st.sampled_from(["entries", "hashes"]))
        text = file.read_bytes()
        file.write_bytes(
            hand.flip(text, data.draw(st.integers(0, len(text) - 1)), data.draw(st.integers(0, 7)))
        )

        _count, _heads, found = verifier.verify(export, [kept], [str(KEY.public)], 1)

    assert found


@given(st.integers(0, 90), st.integers(0, 90), st.lists(st.integers(0, 90), max_size=4))
def test_the_verifiers_own_tree_is_the_tree_of_the_log(start: int, count: int, sizes: list[int]) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(start + count)]
    tree = verifier.Tree()
    tree.grow(verifier.cover(0, leaves[:start]))
    tree.grow(verifier.cover(start, leaves[start:]))

    assert tree.root() == root_of(leaves)
    assert verifier.roots_at(b"".join(leaves), sizes) == {
        size: root_of(leaves[:size]) for size in sizes if size <= len(leaves)
    }


@pytest.mark.parametrize("block", [1, 150, 1000])
def test_it_does_not_matter_where_the_file_is_cut_for_two_processes(
    block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, "BLOCK", block)
    world = World(40)
    export, kept = world.export(tmp_path / "export"), world.witness(tmp_path / "witness", hashes=True)

    count, _heads, found = verifier.verify(export, [kept], [str(KEY.public)], 2)

    assert (count, found) == (40, [])

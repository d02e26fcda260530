"""The tree against the definition of RFC 6962, written down naively."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.merkle import (
    Frontier,
    ProofRefused,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    nodes_of,
    root_of,
)
from transparency.notes import LOG, WITNESS, NotSigned, SigningKey, check_signatures


def naive_root(entries: list[bytes]) -> bytes:
    """Section 2.1 of RFC 6962, word by word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\x01" + naive_root(entries[:split]) + naive_root(entries[split:])).digest()


def naive_path(index: int, entries: list[bytes]) -> list[bytes]:
    """Section 2.1.1: the audit path."""
    if len(entries) <= 1:
        return []
    split = 1
    while split * 2 < len(entries):
        split *= 2
    if index < split:
        return [*naive_path(index, entries[:split]), naive_root(entries[split:])]
    return [*naive_path(index - split, entries[split:]), naive_root(entries[:split])]


def naive_subproof(size: int, entries: list[bytes], whole: bool) -> list[bytes]:
    """Section 2.1.2: the consistency proof."""
    if size == len(entries):
        return [] if whole else [naive_root(entries)]
    split = 1
    while split * 2 < len(entries):
        split *= 2
    if size <= split:
        return [*naive_subproof(size, entries[:split], whole), naive_root(entries[split:])]
    return [*naive_subproof(size - split, entries[split:], False), naive_root(entries[:split])]


logs = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_appending_one_by_one_gives_the_naive_root(entries: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in entries]

    assert root_of(leaves) == naive_root(entries)
    assert Frontier.at(len(leaves), nodes_of(leaves)).root() == naive_root(entries)


@given(logs, st.data())
def test_every_entry_can_be_proved_as_the_standard_says(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    leaves = [leaf_hash(entry) for entry in entries]

    proof = inclusion_proof(index, len(leaves), nodes_of(leaves))

    assert proof == naive_path(index, entries)
    check_inclusion(leaves[index], index, len(leaves), proof, root_of(leaves))


@given(logs, st.data())
def test_every_prefix_can_be_proved_as_the_standard_says(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(entries)))
    leaves = [leaf_hash(entry) for entry in entries]

    proof = consistency_proof(old, len(leaves), nodes_of(leaves))

    assert proof == naive_subproof(old, entries, True)
    check_consistency(old, len(leaves), proof, root_of(leaves[:old]), root_of(leaves))


@given(logs, st.data())
def test_no_proof_survives_a_change(entries: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(entries) - 1))
    leaves = [leaf_hash(entry) for entry in entries]
    root = root_of(leaves)
    proof = inclusion_proof(index, len(leaves), nodes_of(leaves))
    wrong = [leaf_hash(b"another entry altogether"), index, list(proof), root]
    right = [leaves[index], index, proof, root]

    broken = data.draw(st.sampled_from(["leaf", "cut", "long", "root", "hash"]))
    leaf, place, path, top = list(right)
    if broken == "leaf":
        leaf = wrong[0]
    elif broken == "long":
        path = [*proof, root]
    elif broken == "root":
        top = wrong[0]
    elif proof and broken == "cut":
        path = proof[:-1]
    elif proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        path = [*proof[:at], wrong[0], *proof[at + 1 :]]
    else:
        top = wrong[0]

    with pytest.raises(ProofRefused):
        check_inclusion(leaf, place, len(leaves), path, top)


@given(logs, st.data())
def test_a_rewritten_past_has_no_consistency_proof(entries: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(entries)))
    at = data.draw(st.integers(0, old - 1))
    before = [leaf_hash(entry) for entry in entries]
    after = [*before[:at], leaf_hash(b"another entry altogether"), *before[at + 1 :]]

    for honest in (nodes_of(before), nodes_of(after)):
        with pytest.raises(ProofRefused):
            check_consistency(
                old,
                len(after),
                consistency_proof(old, len(after), honest),
                root_of(before[:old]),
                root_of(after),
            )


@given(logs)
def test_what_appending_completes_are_the_nodes_of_the_tree(entries: list[bytes]) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    frontier = Frontier()
    made = {(level, number): value for leaf in leaves for level, number, value in frontier.append(leaf)}
    node = nodes_of(leaves)

    assert made == {
        (level, number): node(level, number)
        for level in range(1, 8)
        for number in range(len(leaves) >> level)
    }
    assert all(node_hash(node(n - 1, 2 * k), node(n - 1, 2 * k + 1)) == made[n, k] for n, k in made)


@given(st.text(alphabet="ab \n", min_size=1), st.integers(0, 2**40), st.sampled_from([LOG, WITNESS]))
def test_a_signature_holds_for_its_text_and_no_other(text: str, at: int, kind: int) -> None:
    key = SigningKey("signer.invalid", kind, b"\x07" * 32)
    text = text.strip("\n") + "\n"
    line = key.sign(text, at)

    (found,) = check_signatures(f"{text}\n{line}", [key.public])

    assert found.at == (at if kind == WITNESS else 0)
    with pytest.raises(NotSigned):
        check_signatures(f"{text}x\n\n{line}", [key.public])

"""The Merkle tree, its heads and their signatures, against published examples."""

from pathlib import Path

import pytest

from transparency.heads import Head, check_head, read_head
from transparency.merkle import EMPTY, Frontier, consistency_proof, leaf_hash, nodes_of, root_of
from transparency.notes import (
    LOG,
    WITNESS,
    NotANote,
    NotSigned,
    PublicKey,
    SigningKey,
    check_signatures,
)
from transparency.witness import Refused, Request, Witness

# The eight leaves and their roots that implementations of RFC 6962 exchange.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# The example of Go's note package: a key, a text, its signature.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInN"
    "IuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ORIGIN = "log.invalid/samenhang"
KEY = SigningKey(ORIGIN, LOG, b"\x01" * 32)
ENTRIES = [leaf_hash(bytes([n])) for n in range(40)]


def checkpoint(size: int, leaves: list[bytes] = ENTRIES, key: SigningKey = KEY) -> str:
    return Head(ORIGIN, size, root_of(leaves[:size])).signed(key)


def request(old: int, new: int, leaves: list[bytes] = ENTRIES) -> Request:
    return Request(old, consistency_proof(old, new, nodes_of(leaves)), checkpoint(new, leaves))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    made = Witness.found(tmp_path / "witness", "witness.invalid/one")
    made.trust(KEY.public)
    return made


def test_the_roots_are_those_that_others_compute() -> None:
    frontier = Frontier()
    roots = []
    for leaf in LEAVES:
        frontier.append(leaf_hash(bytes.fromhex(leaf)))
        roots.append(frontier.root().hex())

    assert roots == ROOTS
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_signature_made_by_gos_note_package_is_right_here() -> None:
    key = PublicKey.read(GO_KEY)

    assert [signature.key for signature in check_signatures(f"{GO_TEXT}\n{GO_LINE}", [key])] == [key]
    assert str(key) == GO_KEY


def test_a_changed_text_a_foreign_key_and_a_damaged_key_are_refused() -> None:
    with pytest.raises(NotSigned):
        check_signatures(f"{GO_TEXT}\n{GO_LINE}".replace("answer", "Answer"), [PublicKey.read(GO_KEY)])
    with pytest.raises(NotSigned):
        check_signatures(f"{GO_TEXT}\n{GO_LINE}", [KEY.public])
    with pytest.raises(NotANote):
        PublicKey.read(GO_KEY.replace("c74f", "c74e"))


def test_a_checkpoint_is_three_lines_and_says_the_same_when_read() -> None:
    note = checkpoint(3)

    assert note.splitlines()[:2] == [ORIGIN, "3"]
    assert check_head(note, [KEY.public]) == Head(ORIGIN, 3, root_of(ENTRIES[:3]))


@pytest.mark.parametrize("text", ["", "x\n", "x\n03\nAAAA\n", "x\n-1\nAAAA\n", "x\n3\nAAAA\n", "x\n3\n*\n"])
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        read_head(f"{text}\n{KEY.sign(text)}")


def test_a_witness_cosigns_what_continues_and_keeps_it(witness: Witness) -> None:
    first = witness.add(request(0, 7), at=1000)
    second = witness.add(request(7, 20), at=2000)

    note = checkpoint(20)
    (signature,) = check_signatures(note + second, [witness.key.public])
    assert (signature.at, signature.key.kind) == (2000, WITNESS)
    assert witness.heads(ORIGIN) == [checkpoint(7) + first, note + second]
    assert witness.last(ORIGIN) == note + second


def test_a_witness_says_which_size_it_keeps(witness: Witness) -> None:
    witness.add(request(0, 7), at=1000)

    with pytest.raises(Refused) as refusal:
        witness.add(request(5, 20), at=2000)

    assert (refusal.value.status, refusal.value.body) == (409, "7\n")


def test_a_witness_refuses_another_root_for_the_same_size_and_keeps_the_evidence(witness: Witness) -> None:
    witness.add(request(0, 7), at=1000)
    fork = [*ENTRIES[:6], leaf_hash(b"another")]

    with pytest.raises(Refused) as refusal:
        witness.add(Request(7, [], checkpoint(7, fork)), at=2000)

    assert refusal.value.status == 409
    assert checkpoint(7, fork) in (witness.folder_of(ORIGIN) / "refused").read_text()
    assert len(witness.heads(ORIGIN)) == 1


def test_a_witness_refuses_a_log_that_went_another_way(witness: Witness) -> None:
    witness.add(request(0, 7), at=1000)
    fork = [*ENTRIES[:6], leaf_hash(b"another"), *ENTRIES[7:]]

    with pytest.raises(Refused) as refusal:
        witness.add(request(7, 20, fork), at=2000)

    assert refusal.value.status == 422
    assert read_head(witness.last(ORIGIN)).size == 7


def test_a_witness_refuses_an_older_state_an_unknown_log_and_a_foreign_key(witness: Witness) -> None:
    witness.add(request(0, 20), at=1000)
    text = Head("other.invalid", 3, root_of(ENTRIES[:3])).text()
    older, unknown = checkpoint(7), f"{text}\n{KEY.sign(text)}"
    foreign = checkpoint(30, key=SigningKey(ORIGIN, LOG, b"\x02" * 32))

    for note, status in [(older, 400), (unknown, 404), (foreign, 403), ("no checkpoint at all\n", 400)]:
        with pytest.raises(Refused) as refusal:
            witness.add(Request(20, [], note), at=2000)
        assert refusal.value.status == status


def test_a_request_reads_back_as_it_was_written() -> None:
    asked = request(7, 20)

    assert Request.read(asked.written()) == asked
    for bad in ("", "old 7", "old 07\n\nx", "old x\n\nx", "old 7\n***\n\nx", "new 7\n\nx"):
        with pytest.raises(Refused):
            Request.read(bad)


def test_a_witness_keeps_hashes_that_give_its_last_head_and_no_others(witness: Witness) -> None:
    witness.add(request(0, 7), at=1000)
    with pytest.raises(Refused):
        witness.add_hashes(ORIGIN, 0, b"".join(ENTRIES[:6]))
    with pytest.raises(Refused):
        witness.add_hashes(ORIGIN, 0, b"".join([*ENTRIES[:6], ENTRIES[8]]))

    assert witness.add_hashes(ORIGIN, 0, b"".join(ENTRIES[:7])) == 7
    witness.add(request(7, 20), at=2000)
    assert witness.add_hashes(ORIGIN, 7, b"".join(ENTRIES[7:20])) == 20

    assert (witness.folder_of(ORIGIN) / "hashes").read_bytes() == b"".join(ENTRIES[:20])
    with pytest.raises(Refused):
        witness.add_hashes(ORIGIN, 7, b"".join(ENTRIES[7:20]))


def test_what_was_half_written_when_the_power_went_is_no_head(witness: Witness) -> None:
    witness.add(request(0, 7), at=1000)
    with (witness.folder_of(ORIGIN) / "heads").open("a") as file:
        file.write(checkpoint(20)[:60])

    assert read_head(witness.last(ORIGIN)).size == 7

"""The tree of RFC 6962 section 2.1 (and RFC 9162): hashes, a growing frontier, proofs.

A *node* ``(level, number)`` is the root of the perfect subtree over the leaves
``number * 2**level`` up to ``(number + 1) * 2**level``. It never changes once it is
complete, so it can be stored. Proofs are made from nodes, whoever keeps them:
every function that needs them takes a ``Node``, which is only asked for complete ones.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH = 32
EMPTY = sha256(b"").digest()

Node = Callable[[int, int], bytes]


class ProofRefused(ValueError):
    """The proof does not prove it."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """What is needed to append: the roots of the perfect subtrees, largest first.

    One hash for each bit that is set in ``size``; at 10 million leaves at most 24.
    Appending costs two hashes on average.
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    @classmethod
    def at(cls, size: int, node: Node) -> "Frontier":
        """The frontier of a log whose nodes are kept."""
        return cls(size, [node(level, number) for level, number in _perfect(0, size)])

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf hash; gives the nodes above it that it completed, as (level, number, hash)."""
        made = []
        level, number = 0, self.size
        while number & 1:
            leaf = node_hash(self.roots.pop(), leaf)
            level, number = level + 1, number >> 1
            made.append((level, number, leaf))
        self.roots.append(leaf)
        self.size += 1
        return made

    def root(self) -> bytes:
        return _folded(self.roots)


def nodes_of(leaves: Sequence[bytes]) -> Node:
    """Nodes computed from leaf hashes in memory."""

    def node(level: int, number: int) -> bytes:
        row = list(leaves[number << level : (number + 1) << level])
        while len(row) > 1:
            row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes, in constant memory."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """That leaf ``index`` stands in the tree of this size (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    proof, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            proof.append(_range_root(middle, stop, node))
            stop = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    return proof[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2. Raises ProofRefused."""
    if not 0 <= index < size:
        raise ProofRefused("the leaf lies outside the tree")
    place, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if place & 1 or place == last:
            found = node_hash(other, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise ProofRefused("the leaf is not in the tree of this root")


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """That the tree of size ``new`` begins with the tree of size ``old`` (RFC 9162 section 2.1.4.1)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not begin with one of {old}")
    if old in {0, new}:
        return []
    proof, start, stop = [], 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            proof.append(_range_root(middle, stop, node))
            stop = middle
        else:
            proof.append(_range_root(start, middle, node))
            start = middle
    if start:  # otherwise it is the old root itself, which the reader has
        proof.append(_range_root(start, stop, node))
    return proof[::-1]


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """RFC 9162 section 2.1.4.2. Raises ProofRefused."""
    if not 0 <= old <= new:
        raise ProofRefused("the new tree is the smaller one")
    if old in {0, new}:
        if proof or (old_root != new_root if old else old_root != EMPTY):
            raise ProofRefused("two roots for one size" if old else "nothing to prove from an empty tree")
        return
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    hashes = list(proof) if place else [old_root, *proof]
    if not hashes:
        raise ProofRefused("the proof is too short")
    begun = grown = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            raise ProofRefused("the proof is too long")
        if place & 1 or place == last:
            begun, grown = node_hash(other, begun), node_hash(other, grown)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            grown = node_hash(grown, other)
        place, last = place >> 1, last >> 1
    if last or begun != old_root or grown != new_root:
        raise ProofRefused("the new tree does not begin with the old one")


def _split(width: int) -> int:
    """The largest power of two smaller than the width."""
    return 1 << (width - 1).bit_length() - 1


def _perfect(start: int, stop: int) -> list[tuple[int, int]]:
    """The nodes that cover a range which begins where the tree splits, from left to right."""
    nodes = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _range_root(start: int, stop: int, node: Node) -> bytes:
    return _folded([node(level, number) for level, number in _perfect(start, stop)])


def _folded(roots: Sequence[bytes]) -> bytes:
    if not roots:
        return EMPTY
    folded = roots[-1]
    for root in reversed(roots[:-1]):
        folded = node_hash(root, folded)
    return folded

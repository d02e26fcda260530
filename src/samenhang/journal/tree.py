"""The tree of the log as the database keeps it: its head, its nodes, its proofs, its root computed anew."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.journal.models import Head, Leaf, Node
from transparency import heads, merkle

# Levels of the tree that one stored row spans: 256 leaves have one node of level 8.
STEP = 8
WIDTH = 1 << STEP
ROWS = 2000


class LogIncomplete(Refused):
    """A position of the log has no entry, or an entry that its hash does not fit."""

    code = "log-incomplete"


def head() -> Head | None:
    """The last signed head; None when nothing was ever appended."""
    return Head.objects.order_by("-size").first()


def raw(value: bytes | memoryview | str) -> bytes:
    """The bytes of a column. Whoever changes SQLite by hand may leave a text where bytes should be."""
    return value.encode() if isinstance(value, str) else bytes(value)


def as_checkpoint(head: Head) -> heads.Head:
    return heads.read_head(head.note)


class Nodes:
    """Gives any complete node of the log; reads 256 hashes at a time and remembers them."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, number: int) -> bytes:
        height = level % STEP
        below = level - height
        start = number << height
        row = self._row(below, start // WIDTH)
        first = start % WIDTH
        hashes = row[first : first + (1 << height)]
        if len(hashes) < 1 << height:
            raise LogIncomplete(_("Hashes of the log are missing from this database."))
        return merkle.nodes_of(hashes)(height, 0)

    def _row(self, level: int, number: int) -> list[bytes]:
        """The 256 hashes of this level from ``number * 256`` on, or as many as there are."""
        if (level, number) not in self._rows:
            start = number * WIDTH
            if level == 0:
                leaves = Leaf.objects.filter(position__gte=start, position__lt=start + WIDTH)
                found = list(leaves.order_by("position").values_list("hash", flat=True))
            else:
                nodes = Node.objects.filter(level=level, number__gte=start, number__lt=start + WIDTH)
                found = list(nodes.order_by("number").values_list("hash", flat=True))
            self._rows[level, number] = [raw(value) for value in found]
        return self._rows[level, number]


def frontier(size: int) -> merkle.Frontier:
    return merkle.Frontier.at(size, Nodes())


def recomputed_root(size: int) -> bytes:
    """The root over the envelopes of the first ``size`` entries, from the entries themselves.

    Reads the whole log in constant memory. Raises LogIncomplete at the first
    position that has no entry or whose stored hash does not fit.
    """
    tree = merkle.Frontier()
    for position, stored, envelope in _leaves(size):
        leaf = merkle.leaf_hash(envelope)
        if position != tree.size or leaf != stored:
            raise LogIncomplete(_("Position %d of the log is not what it was.") % tree.size)
        tree.append(leaf)
    if tree.size != size:
        raise LogIncomplete(
            _("The log ends at %(found)d entries and should have %(size)d.")
            % {"found": tree.size, "size": size}
        )
    return tree.root()


def _leaves(size: int) -> Iterator[tuple[int, bytes, bytes]]:
    """In pages, so that nothing stays open while others write."""
    after = -1
    while True:
        rows = Leaf.objects.filter(position__gt=after, position__lt=size).order_by("position")
        page = list(rows.values_list("position", "hash", "entry__envelope")[:ROWS])
        for position, stored, envelope in page:
            yield position, raw(stored), raw(envelope)
        if len(page) < ROWS:
            return
        after = page[-1][0]

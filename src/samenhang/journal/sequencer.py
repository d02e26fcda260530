"""The sequencer: gives waiting entries their position in the log and signs a head over them.

A batch is one transaction: leaves, nodes, the head, and the end of the waiting. A
process that is killed leaves the log as it was before or after the batch. A head is
handed to others only after its transaction is committed. Several sequencers may run;
one at a time has its turn.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.journal import signing, tree
from samenhang.journal.models import Entry, Head, Leaf, Node, Waiting
from transparency import heads, merkle

log = logging.getLogger(__name__)

BATCH = 500
# Seconds between two looks when nothing waits.
PAUSE = 0.25
# Seconds to leave a fault alone before trying again.
FAULT_PAUSE = 5.0
# Seconds between two attempts to write beside busy writers.
PRESS = 0.001
# The lock of PostgreSQL that is the sequencers' turn; any number that nothing else uses.
TURN = 0x53414D454E48


def append_batch() -> int:
    """Append at most 500 waiting entries; gives how many. Writes nothing when none waits.

    Raises signing.RolledBack when the database is older than what this log has signed.
    """
    if not Waiting.objects.exists():
        return 0
    with _turn() as ours:
        if not ours:
            return 0
        last = tree.head()
        frontier = _frontier(last)
        waiting = Entry.objects.filter(waiting__isnull=False).order_by("pk")
        entries = [(pk, tree.raw(text)) for pk, text in waiting.values_list("pk", "envelope")[:BATCH]]
        if not entries:
            return 0
        head = _append(entries, frontier, last.note if last else "")
    signing.remember(head)
    return len(entries)


def append_waiting() -> int:
    """Append all that waits now."""
    appended = 0
    while batch := append_batch():
        appended += batch
    return appended


def keep_appending(stop: threading.Event) -> None:
    """Batch after batch until told to stop."""
    while not stop.is_set():
        close_old_connections()
        try:
            appended, pause = append_batch(), PAUSE
        except Exception as error:  # The outer loop: it must outlive a full disk or a lost database.
            log.error("the log was not appended to: %s", type(error).__name__)
            appended, pause = 0, FAULT_PAUSE
        if appended < BATCH:
            stop.wait(pause)
    connection.close()


def _append(entries: list[tuple[int, bytes]], frontier: merkle.Frontier, last_note: str) -> heads.Head:
    """The rows of one batch, and its signed head."""
    leaves, nodes = [], []
    for entry, envelope in entries:
        leaf = merkle.leaf_hash(envelope)
        leaves.append(Leaf(position=frontier.size, entry_id=entry, hash=leaf))
        for level, number, value in frontier.append(leaf):
            if level % tree.STEP == 0:
                nodes.append(Node(level=level, number=number, hash=value))
    Leaf.objects.bulk_create(leaves)
    Node.objects.bulk_create(nodes)
    signers = signing.signers(last_note)
    head = heads.Head(signers[-1].name, frontier.size, frontier.root())
    Head.objects.create(size=head.size, root=head.root, note=head.signed(*signers), signed_at=timezone.now())
    Waiting.objects.filter(pk__in=[entry for entry, _text in entries]).delete()
    return head


@contextmanager
def _turn() -> Iterator[bool]:
    """The one transaction of a batch; false when another sequencer has its turn."""
    with ExitStack() as transactions:
        if connection.vendor == "sqlite":
            # The transaction is the turn: SQLite has one writer.
            _press(transactions)
            yield True
            return
        transactions.enter_context(transaction.atomic())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TURN])
            (got,) = cursor.fetchone()
        yield bool(got)


def _press(transactions: ExitStack) -> None:
    """Begin as soon as the writer of the moment is done.

    SQLite itself asks ever more seldom, at last every 100 ms; between writers who
    follow at once on each other it would hardly ever find the file free, and the head
    would fall behind by seconds.
    """
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        until = time.monotonic() + patience / 1000
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    transactions.enter_context(transaction.atomic())
                    break
                except OperationalError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(PRESS)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")


def _frontier(last: Head | None) -> merkle.Frontier:
    """Where the log goes on. Raises RolledBack, or LogIncomplete when stored hashes do not give the head."""
    size, root = (last.size, bytes(last.root)) if last else (0, merkle.EMPTY)
    frontier = tree.frontier(size)
    if frontier.root() != root:
        raise tree.LogIncomplete(
            _("The hashes in this database do not give the last signed head of its log.")
        )
    signed = signing.last_signed()
    if signed is not None:
        if signed.size > size:
            raise signing.RolledBack(
                _("The log has %(size)d entries here but signed for %(signed)d: an older one was put back.")
                % {"size": size, "signed": signed.size}
            )
        before = frontier if signed.size == size else tree.frontier(signed.size)
        if before.root() != signed.root:
            raise signing.RolledBack(
                _("The first %(signed)d entries of this log are not those that were signed.")
                % {"signed": signed.size}
            )
    return frontier

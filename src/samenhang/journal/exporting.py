"""The log written out for somebody who trusts nobody here. Formats: docs/operations/log.md."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.journal import tree
from samenhang.journal.models import Cosignature, Entry, Head, Leaf
from samenhang.journal.signing import public_keys
from transparency.merkle import HASH
from transparency.witness import END

PAGE = 2000
# Entries between two heads in an export; fewer would only make it longer.
APART = 500


class FolderInUse(Refused):
    """An export is written to a new folder."""

    code = "folder-in-use"


def write_export(folder: Path) -> int:
    """Write the log as it stands in the database, right or wrong; gives the number of entries.

    Works in constant memory while others write. Raises FolderInUse.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(_("This folder is not empty. Choose a new one for the export."))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = _size()
    count = 0
    with (folder / "entries").open("wb") as entries, (folder / "hashes").open("wb") as hashes:
        for stored, line in _lines(size):
            hashes.write(stored)
            entries.write(line)
            count += bool(line)
    with (folder / "heads").open("w", encoding="utf-8") as file:
        file.writelines(note.rstrip() + END for note in _heads(size))
    (folder / "keys").write_text("".join(f"{key}\n" for key in public_keys()), encoding="utf-8")
    return count


def left_out() -> list[int]:
    """The numbers of entries that are not in the log and do not wait for it: somebody kept them out."""
    return list(Entry.objects.filter(leaf=None, waiting=None).order_by("pk").values_list("pk", flat=True))


def checkpoint(head: Head) -> str:
    """The head with the signatures of its witnesses."""
    lines = Cosignature.objects.filter(head=head).order_by("pk").values_list("line", flat=True)
    return head.note + "".join(lines)


def _size() -> int:
    """Up to where the log stood when we began; with whatever else was put behind its last head."""
    signed = Head.objects.aggregate(last=Max("size"))["last"] or 0
    held = (Leaf.objects.aggregate(last=Max("position"))["last"] or -1) + 1
    now_signed = Head.objects.aggregate(last=Max("size"))["last"] or 0
    return int(held if held > now_signed else signed)


def _lines(size: int) -> Iterator[tuple[bytes, bytes]]:
    """For each leaf its hash and the line of its entry, which is empty when the entry is gone."""
    after = -1
    while True:
        leaves = Leaf.objects.filter(position__gt=after, position__lt=size).order_by("position")
        page = list(leaves.values_list("position", "entry_id", "hash")[:PAGE])
        entries = _entries([entry for _position, entry, _hash in page])
        for position, entry, stored in page:
            # A hash of another length, put there by hand, must not shift those after it.
            yield tree.raw(stored)[:HASH].ljust(HASH, b"\0"), _line(position, *entries.get(entry, ()))
        if len(page) < PAGE:
            return
        after = page[-1][0]


def _entries(keys: list[int]) -> dict[int, tuple[bytes, datetime | None, datetime | None]]:
    """Envelope and moments by key. A moment that somebody made unreadable is None."""
    rows = Entry.objects.filter(pk__in=keys)
    try:
        found = list(rows.values_list("pk", "envelope", "recorded_at", "acted_at"))
    except (ValueError, TypeError):
        found = []
        for pk, envelope in rows.values_list("pk", "envelope"):
            found.append((pk, envelope, _moment(pk, "recorded_at"), _moment(pk, "acted_at")))  # type: ignore[arg-type]
    return {pk: (tree.raw(envelope), recorded, acted) for pk, envelope, recorded, acted in found}


def _moment(key: int, column: str) -> datetime | None:
    try:
        moment: datetime = Entry.objects.values_list(column, flat=True).get(pk=key)
    except (ValueError, TypeError):
        return None
    return moment


def _line(
    position: int, envelope: bytes = b"", recorded: datetime | None = None, acted: datetime | None = None
) -> bytes:
    """The line of an entry; empty when the entry is gone."""
    if not envelope:
        return b""
    # An envelope has no line ends; one that was changed may have, and is still one line.
    text = envelope.replace(b"\n", b"\\n")
    return b"%d %b %b %b\n" % (position, _written(recorded), _written(acted), text)


def _written(moment: datetime | None) -> bytes:
    if moment is None:
        return b"?"
    return moment.astimezone(UTC).isoformat(timespec="microseconds").encode()


def _heads(size: int) -> Iterator[str]:
    """The first head after every 500 entries, and the last."""
    heads, at = Head.objects.filter(size__lte=size).order_by("size"), 0
    while head := heads.filter(size__gte=at + APART).first() or heads.filter(size__gt=at).last():
        yield checkpoint(head)
        at = head.size

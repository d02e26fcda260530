"""The log of the journal in a restored home: is it the one that was signed, and is it all of it?

Three heads may know more than the backup: the one in the backup itself, the last one that the copy of the
key store remembers, and one that somebody kept elsewhere (``--head``).
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.journal import signing, tree
from transparency import heads, notes
from transparency.heads import Head


class AnotherLog(Refused):
    """The log does not give the head: it was changed, or it is another one."""

    code = "another-log"


class EntriesLost(Refused):
    """Later entries were signed than the backup holds. Only a person may accept that."""

    code = "entries-lost"

    def __init__(self, there: int, signed: int) -> None:
        self.lost = signed - there
        words = _(
            "The log signed for %(signed)d entries and this backup holds %(there)d: %(lost)d are lost."
            " Look for a newer backup. If there is none, run again with --accept-loss and a reason: the log"
            " then goes on under a new name."
        )
        super().__init__(words % {"signed": signed, "there": there, "lost": self.lost})


def head_note() -> str:
    """The last signed head in this database; empty when nothing was signed yet."""
    last = tree.head()
    return last.note if last else ""


def known_elsewhere(held: Path | None) -> list[Head]:
    """What the key store and whoever kept a head know of the log. Raises AnotherLog."""
    known = [signing.last_signed()] if _has_keys() else []
    if held is not None:
        try:
            known.append(heads.check_head(held.read_text(encoding="utf-8"), signing.public_keys()))
        except (notes.NotANote, notes.NotSigned) as error:
            raise AnotherLog(_("The head that you hold was not signed by this log: %s") % error) from error
    return [head for head in known if head is not None]


def check_size(note: str, known: Iterable[Head]) -> None:
    """Told from the header, before anything is restored. Raises EntriesLost."""
    there = heads.read_head(note).size if note else 0
    longest = max((head.size for head in known), default=0)
    if longest > there:
        raise EntriesLost(there, longest)


def check(note: str, known: Iterable[Head]) -> int:
    """Compute the root from the entries themselves; returns the size of the log.

    Raises AnotherLog, and LogIncomplete where an entry is not what it was.
    """
    if not note:
        return 0
    if not _has_keys():
        raise AnotherLog(_("This copy of the key store has no key of the log. Use a newer one."))
    try:
        head = heads.check_head(note, signing.public_keys())
    except (notes.NotANote, notes.NotSigned) as error:
        raise AnotherLog(_("The head in this backup was not signed by this log: %s") % error) from error
    if note != head_note():
        raise AnotherLog(_("The head in this backup is not that of its log."))
    # After a loss the log has another name, and a head of the old name may be of a branch that is lost.
    for one in [head, *(one for one in known if one.origin == head.origin)]:
        if one.size <= head.size and tree.recomputed_root(one.size) != one.root:
            raise AnotherLog(_("The first %d entries of the log are not those that were signed.") % one.size)
    return head.size


def _has_keys() -> bool:
    """Asked before the keys themselves are, because asking for them would make one."""
    return any((Path(settings.KEY_STORE) / "log").glob("*.key"))

"""The append-only record: who did or saw what, for whom, for what purpose, and when.

Words: an *actor* is a person or service account at work for an organisation
under a mandate and a purpose; an *entry* is one line of the journal; its
*envelope* is the canonical bytes that the log will later prove.

Always true: an action and its entry are one transaction; no answer leaves
without its entry; entries hold opaque references and never values; reasons are
encrypted under the key of their scope; nothing here is ever changed or removed.
"""

from samenhang.journal.actions import record, record_reading
from samenhang.journal.actor import Actor

__all__ = ["Actor", "record", "record_reading"]

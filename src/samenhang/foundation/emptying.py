"""What was deleted from SQLite stands in no file any more.

``secure_delete`` (see the settings) overwrites it in the database itself; the log
that SQLite writes ahead still holds pages from before, until it is cut. On
PostgreSQL old rows go when the server vacuums (docs/operations/destruction.md).
"""

from django.db import connection


def cut_the_log() -> bool:
    """True when nothing from before is left in the log; false while somebody reads, or in a transaction."""
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
    return not busy

"""What a database gives first where nobody asked for an order is chance; here it becomes the other chance.

Only SQLite can be told to: PostgreSQL gives such rows as they lie and as they happen to be read, mostly in
the order in which they were written, until one day it does not. What is asked is the same on both.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection


@contextmanager
def turned_around() -> Iterator[None]:
    """Everything that is read without an order comes in the opposite one."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can turn around what is read without an order")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA reverse_unordered_selects = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = OFF")

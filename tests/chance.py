"""What a database gives first where nobody asked for an order is chance; here it becomes the other chance.

Only SQLite can be told to: PostgreSQL gives such rows as they lie and as they happen to be read, mostly in
the order in which they were written, until one day it does not. What is asked is the same on both.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import unified_diff
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

# New at each reading: a token in a form, and the question that a key would answer.
FRESH = re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]*|(?<=data-key-question=")[^"]*')
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)')


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


def read(client: Client, address: str) -> str:
    return FRESH.sub("", client.get(address).text)


def by_chance(client: Client, address: str, text: str = "") -> list[str]:
    """The lines of this page that chance put where they are. text: the page, when it was read already."""
    text = text or read(client, address)
    with turned_around():
        again = read(client, address)
    return list(unified_diff(text.splitlines(), again.splitlines(), n=0, lineterm=""))


def decided_by_chance(people: Iterable[Client]) -> tuple[list[str], set[str]]:
    """What differs when the order that nobody asked for is turned around, and the kinds of pages compared.

    Each walks along the links from the first page, to one page of each kind to which nobody before came.
    """
    differing, met = [], set()
    for client in people:
        ahead = ["/"]
        for address in ahead:
            text = read(client, address)
            differing += [f"{address} {line}" for line in by_chance(client, address, text)]
            for link in map(unescape, LINK.findall(text)):
                if (kind := _kind(link)) and kind not in met:
                    met.add(kind)
                    ahead.append(link)
    return differing, met


def _kind(address: str) -> str:
    """The name of the page and what is asked of it; nothing for what is no page."""
    path, _, asked = address.partition("?")
    try:
        page = resolve(path).view_name
    except Resolver404:
        return ""
    return " ".join([page, *sorted(part.partition("=")[0] for part in asked.split("&"))])

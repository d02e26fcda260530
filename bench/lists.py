"""How fast a list of 100,000 cases is, and a search for a person. Run: python bench/lists.py [cases].

A home of its own on SQLite (one that BENCH_HOME names is filled once and kept), or the database
that DATABASE_URL names (an empty one). One
municipality sits at half of the cases; its case director, who may see these and no others,
looks at the first page, walks to deep pages and searches. Each figure is of whole requests
through the test client: every middleware, every template, the entry in the journal.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

os.environ["SAMENHANG_HOME"] = os.environ.get("BENCH_HOME") or tempfile.mkdtemp(prefix="samenhang-lists-")
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from samenhang.access.models import Grant
from samenhang.access.rules import pack
from samenhang.access.sentinel import suspended
from samenhang.cases.models import Case
from samenhang.config.settings import EVEN_SECONDS as FLOOR
from samenhang.foundation.loaded import keep_what_is_loaded
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from samenhang.persons.models import IdentityClaim, NameWord, Person
from samenhang.persons.rules.names import keys_of
from tests.cast import HOME, populate, signed_in

NOW = datetime.now(UTC)
APPROACH = "person-centred-approach"
PURPOSES = pack([APPROACH])
CATEGORIES = ("identity", "plan", "meeting-minutes", "assessment-conclusion")
SURNAMES = ("Voorbeeld", "Verzonnen", "Nergens", "Fictie", "Proefpersoon", "Namaak", "Denkbeeld", "Schijn")
GIVEN = ("Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Theta", "Jota", "Kappa", "Lambda", "Sigma")
# Syllables, so that each person has a part of the name that few share.
SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")


def middle(n: int) -> str:
    """A part of a name that about a hundred people share."""
    return "".join(SYLLABLES[n // 15**place % 15] for place in range(3)).capitalize()


def write(rows: Sequence[Model]) -> None:
    table: QuerySet[Any] = QuerySet(type(rows[0]))
    table.bulk_create(rows, 2_000)


def fill(count: int) -> Client:
    """So many persons, each with a case of the conference; and the browser of who may see half of them."""
    world = populate(NOW - timedelta(days=30))
    by = installer(NOW)
    home, other = world.municipality, world.other_municipality
    table = organisations.found("CASUS", "Case conference", by=by)
    covenant = organisations.sign_covenant("Invented", [home, other], signed_on=NOW.date(), by=by)
    with suspended("a benchmark fills a database"), transaction.atomic():
        whose = [home if n % 2 else other for n in range(count)]
        shared = {"purposes": PURPOSES}
        people = [
            Person(provider=one, category="identity", home_municipality=one.region, opened_at=NOW, **shared)
            for one in whose
        ]
        for person in people:
            person.scope = person.reference
        write(people)
        claims = [
            IdentityClaim(
                provider=person.provider, category="identity", scope=person.scope, person=person,
                surname=SURNAMES[n % 8], given_names=f"{GIVEN[n % 11]} {middle(n)}", birth_date="1990",
                claimed_at=NOW, claimed_by="X", **shared,
            )
            for n, person in enumerate(people)
        ]  # fmt: skip
        write(claims)
        QuerySet(NameWord).bulk_create(
            (
                NameWord(claim=claim, word=word)
                for start in range(0, count, 1_000)
                for claim, words in zip(
                    claims[start : start + 1_000],
                    keys_of([one.full_name for one in claims[start : start + 1_000]]),
                    strict=True,
                )
                for word in words
            ),
            5_000,
        )
        cases = [
            Case(
                provider=table, category="plan", person=person, covenant=covenant, regime="covenant",
                municipality=person.home_municipality, opened_at=NOW - timedelta(minutes=n),
                review_on=(NOW + timedelta(days=30 + n % 150)).date(), kept_by=2, **shared,
            )
            for n, person in enumerate(people)
        ]  # fmt: skip
        for case in cases:
            case.scope = case.reference
        write(cases)
        Grant.objects.bulk_create(
            [
                Grant(
                    scope=case.scope, organisation=body, category=category, capacity="CASUS",
                    basis="covenant:1", starts_at=NOW - timedelta(days=1), given_by="X",
                )
                for case, body in zip(cases, whose, strict=True)
                for category in CATEGORIES
            ],
            2_000,
        )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return signed_in(world.director, APPROACH)


@dataclass
class Took:
    """Milliseconds of each request: by the clock, and of this process's own work.

    On SQLite the second is all the work there is, whatever else the machine does.
    """

    clock: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def add(self, ask: Callable[[], Any]) -> Any:
        began, worked = time.perf_counter(), time.process_time()
        answer = ask()
        self.clock.append((time.perf_counter() - began) * 1000)
        self.work.append((time.process_time() - worked) * 1000)
        return answer

    def __str__(self) -> str:
        clock, work = quantiles(self.clock, n=20)[-1], quantiles(self.work, n=20)[-1]
        by_clock = f"{median(self.clock):6.0f} ms p95 {clock:6.0f} ms"
        return f"{by_clock}, of work {median(self.work):5.0f} ms p95 {work:5.0f} ms"


def timed(browser: Client, address: str, often: int = 30) -> bytes:
    """Ask so often, and print the median, the 95th percentile and how many queries one takes."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        found = browser.get(address)
    times = [float(query["time"]) * 1000 for query in queries if asked(query)]
    took = Took()
    for _ in range(often):
        took.add(lambda: browser.get(address))
    assert found.status_code == 200, found.status_code
    print(f"{address:<34} {took}  {len(times)} queries, the slowest {max(times):.0f} ms")
    return found.content


def main(count: int = 100_000) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    began = time.perf_counter()
    with suspended("a benchmark looks whether it was here before"):
        before = QuerySet(Case).count()
    browser = signed_in(User.objects.get(username="imaginary.director"), APPROACH) if before else fill(count)
    print(f"{before or count} cases on {connection.vendor}, written in {time.perf_counter() - began:.0f} s")
    browser.get("/cases/")
    keep_what_is_loaded()  # as the server does
    timed(browser, "/search/")  # the least that any page costs: no list, no look-up
    timed(browser, "/cases/")
    with suspended("a benchmark picks deep pages"):
        seen = list(QuerySet(Case).filter(municipality=HOME).order_by("opened_at").values_list("reference"))
    for deep in (len(seen) // 2, len(seen) - 30):
        timed(browser, f"/cases/?after={seen[deep][0]}")
    timed(browser, "/")
    search(browser, count)


def search(browser: Client, count: int) -> None:
    """Names that many, few and nobody share, of people whom one may see (odd) and may not (even)."""
    # SURNAMES[1] is of people whom this director may see, SURNAMES[2] of people whom they may not.
    whom = {
        "seen, a whole name": f"{GIVEN[1]} {middle(1)} {SURNAMES[1]}",
        "hidden, a whole name": f"{GIVEN[2]} {middle(2)} {SURNAMES[2]}",
        "seen, a hundred share it": f"{middle(1)} {SURNAMES[1]}",
        "seen, an eighth of all": SURNAMES[1],
        "hidden, an eighth of all": SURNAMES[2],
        "misspelt": f"{GIVEN[1].lower()} {middle(1)} Verzonen",
        "nobody": "Xerxes Quagmire",
    }
    rounds = {name: Took() for name in whom.values()}
    with override_settings(EVEN_SECONDS=0.0):
        print(f"search among {count} persons, without the floor")
        _ask(browser, whom, rounds)
    print(f"the same with the floor of {FLOOR} s, as installed")
    rounds = {name: Took() for name in whom.values()}
    with override_settings(EVEN_SECONDS=FLOOR):
        _ask(browser, whom, rounds)


def _ask(browser: Client, whom: dict[str, str], rounds: dict[str, Took]) -> None:
    """In turn, so that what else the machine does falls on all alike."""
    for turn in range(21):
        for name in whom.values():
            content = {"name": name, "reason": "a benchmark"}
            into = rounds[name] if turn else Took()
            page = into.add(partial(browser.post, "/search/", content))
            assert page.status_code == 200, page.status_code
    for what, name in whom.items():
        took = rounds[name]
        with CaptureQueriesContext(connection) as queries:
            page = browser.post("/search/", {"name": name, "reason": "a benchmark"})
        found = page.content.count(b'href="/persons/')
        print(f"{what:<34} {took}  {found} shown, {sum(asked(query) for query in queries)} queries")


def asked(query: dict[str, str]) -> bool:
    return query["sql"].startswith(("SELECT", "INSERT", "(SELECT", "UPDATE"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""A caseload of before comes in as signals to be weighed, after a dry run, all rows or none."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from samenhang.cases import actions
from samenhang.cases.models import Case, Certificate
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules.caseloads import COLUMNS
from samenhang.foundation.keys import key_store
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.persons.models import IdentityClaim, Person
from tests.cast import ActorOf, ClientOf, StandingClock, World

ENGLISH = {"accept-language": "en"}
HEAD = [names[1] for names in COLUMNS.names.values()]
ROW = [
    "Fantasia", "Pippi", "30-4-2001", "Nergenshuizen", "Showed a colleague a knife.", "1-2-2026", "fact", "B",
    "2", "Politiewet 2012 art. 3", "The others must know of the knife.",
]  # fmt: skip


def other(**changes: str) -> list[str]:
    return [changes.get(code, cell) for code, cell in zip(COLUMNS.names, ROW, strict=True)]


def csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in [HEAD, *rows]).encode()


def xlsx(rows: list[list[str]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in [HEAD, *rows]:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def bring(browser: Client, rows: list[list[str]], deed: str, make: Any = csv) -> Any:
    file = SimpleUploadedFile("caseload", make(rows))
    content = {"file": file, "reason": "The list of the covenant ends.", "deed": deed}
    return browser.post("/signals/caseload/", content, headers=ENGLISH)


def test_a_dry_run_names_each_row_that_does_not_fit_and_changes_nothing(
    world: World, client_of: ClientOf
) -> None:
    rows = [
        ROW, other(surname="Verzonsel", born="31-2-2001"), other(surname="Namaak", municipality="Nowhere"),
        other(surname="Schijn", on="1-1-2030"), other(surname="Denkbeeld", necessity=""), ROW,
        other(surname="Kleintje", born="1-6-2018"), other(surname="Lang", basis="Politiewet " * 12),
        other(surname="Horen", conduct="Volgens de AIVD wil hij weg."), other(surname="", given_names=""),
    ]  # fmt: skip
    before = Entry.objects.exclude(event__startswith="page").count()

    page = bring(client_of(world.police, "weighing"), rows, "try").content.decode()

    problems = page.split('id="problems"')[1].split("</table>")[0]
    assert re.findall(r'<th scope="row">(\d+)</th>', problems) == [str(row) for row in range(3, 12)]
    assert "1 row fits" in page
    assert Person.objects.unscoped("test").count() == 0
    assert Entry.objects.exclude(event__startswith="page").count() == before


def test_a_row_about_belief_is_pointed_out_and_taken_in_all_the_same(
    world: World, client_of: ClientOf
) -> None:
    rows = [other(conduct="Goes to a mosque.")]
    browser = client_of(world.police, "weighing")

    tried, taken = bring(browser, rows, "try"), bring(browser, rows, "import")

    assert "Look at these rows once more" in tried.content.decode()
    assert taken.status_code == 302
    assert Statement.objects.unscoped("test").get().text == "Goes to a mosque."


def test_what_fits_comes_in_as_signals_of_ones_own_and_never_as_cases(
    world: World, client_of: ClientOf
) -> None:
    answer = bring(client_of(world.police, "weighing"), [ROW, other(surname="Verzonsel")], "import")

    assert answer.status_code == 302
    assert {one.status for one in Signal.objects.unscoped("test")} == {"received"}
    assert Signal.objects.unscoped("test").count() == 2
    assert not Case.objects.unscoped("test").exists()
    assert Entry.objects.filter(event="caseload.imported").count() == 1
    for outsider in (world.prosecutor, world.mayor, world.school):
        assert b"Fantasia" not in client_of(outsider, "weighing").get("/signals/").content


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_list_that_came_in_is_taken_back_but_for_what_was_offered_and_comes_in_anew(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, make: Any
) -> None:
    browser, rows = client_of(world.police, "weighing"), [ROW, other(surname="Verzonsel")]
    bring(browser, [other(surname="Eerder")], "import", make)
    clock.moment += timedelta(minutes=10)
    bring(browser, rows, "import", make)
    twice = bring(browser, rows, "import", make)
    batch = Signal.objects.unscoped("test").order_by("-submitted_at", "pk")
    first, second = batch[0], batch[1]
    actions.open_weighing(first, by=actor_of(world.police, "weighing"))

    def back(signal: Signal, why: str, *, by: Client = browser) -> Any:
        typed = {"deed": "back", "signal": signal.reference, "why": why}
        return by.post("/signals/caseload/", typed, headers=ENGLISH)

    assert twice.status_code == 422  # the same list again: everybody is known
    assert back(second, "The wrong list.", by=client_of(world.school, "weighing")).status_code == 404
    back(second, " ")
    assert Signal.objects.unscoped("test").count() == 3
    assert 'id="back"' in browser.get("/signals/caseload/", headers=ENGLISH).content.decode()
    assert back(second, "The wrong list.").status_code == 302

    left = set(IdentityClaim.objects.unscoped("test").values_list("surname", flat=True))
    assert left == {"Eerder", "Fantasia"}
    assert Person.objects.unscoped("test").count() == 2
    assert Entry.objects.filter(event="caseload.taken-back").count() == 1
    actions.destroy_keys(by=service_account("terms", now=clock.moment))
    assert Certificate.objects.get().case == second.reference
    assert not key_store().holds(second.scope)
    assert bring(browser, rows[1:], "import", make).status_code == 302


def test_one_row_that_does_not_fit_keeps_all_out(world: World, client_of: ClientOf) -> None:
    browser = client_of(world.police, "weighing")
    bring(browser, [ROW], "import")

    answer = bring(browser, [ROW, other(surname="Verzonsel")], "import")

    assert answer.status_code == 422
    assert "is known here" in answer.content.decode()
    assert Person.objects.unscoped("test").count() == 1

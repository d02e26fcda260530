"""A caseload of before comes in as signals to be weighed, after a dry run, all rows or none."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samenhang.cases.models import Case
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules.caseloads import COLUMNS
from samenhang.journal.models import Entry
from samenhang.persons.models import Person
from tests.cast import ClientOf, World

ENGLISH = {"accept-language": "en"}
HEAD = [names[1] for names in COLUMNS.names.values()]
ROW = [
    "Fantasia", "Pippi", "30-4-2001", "Nergenshuizen", "Showed a colleague a knife.", "1-2-2026", "fact", "B",
    "2", "Politiewet 2012 art. 3", "The others must know of the knife.",
]  # fmt: skip


def other(**changes: str) -> list[str]:
    return [changes.get(code, cell) for code, cell in zip(COLUMNS.names, ROW, strict=True)]


def bring(browser: Client, rows: list[list[str]], deed: str) -> Any:
    data = "\n".join(";".join(row) for row in [HEAD, *rows]).encode()
    file = SimpleUploadedFile("caseload.csv", data)
    content = {"file": file, "reason": "The list of the covenant ends.", "deed": deed}
    return browser.post("/signals/caseload/", content, headers=ENGLISH)


def test_a_dry_run_names_each_row_that_does_not_fit_and_changes_nothing(
    world: World, client_of: ClientOf
) -> None:
    rows = [
        ROW, other(surname="Verzonsel", born="31-2-2001"), other(surname="Namaak", municipality="Nowhere"),
        other(surname="Schijn", on="1-1-2030"), other(surname="Denkbeeld", necessity=""), ROW,
    ]  # fmt: skip
    before = Entry.objects.exclude(event__startswith="page").count()

    page = bring(client_of(world.police, "weighing"), rows, "try").content.decode()

    problems = page.split('id="problems"')[1].split("</table>")[0]
    assert [number for number in range(2, 9) if f'<th scope="row">{number}</th>' in problems] == [
        3,
        4,
        5,
        6,
        7,
    ]
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


def test_one_row_that_does_not_fit_keeps_all_out(world: World, client_of: ClientOf) -> None:
    browser = client_of(world.police, "weighing")
    bring(browser, [ROW], "import")

    answer = bring(browser, [ROW, other(surname="Verzonsel")], "import")

    assert answer.status_code == 422
    assert "is known here" in answer.content.decode()
    assert Person.objects.unscoped("test").count() == 1

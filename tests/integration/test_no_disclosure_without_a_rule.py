"""A disclosure without a rule is impossible, by every way out there is: what is not given is not read."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samenhang.access.models import Grant
from samenhang.cases import actions as cases
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Disclosure, Statement
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.exchange.rules.caseloads import COLUMNS
from samenhang.grounds.rules import law
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.measures import actions as measures
from samenhang.measures.actions.documents import keep
from samenhang.measures.models import Document
from samenhang.measures.rules import Upload
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from tests.cast import ActorOf, ClientOf, World
from tests.conference import APPROACH, Table, discussing
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
SECRET, IN_THE_LETTER = "Zilvervosrood", "Goudvinkgroen"


@dataclass
class Kept:
    """A case at a conference; the police know something besides that they gave to nobody."""

    table: Table
    person: Person
    said: Statement
    letter: Document
    police: Actor

    @property
    def references(self) -> dict[str, str]:
        return {
            "persons": self.person.reference,
            "cases": self.table.case.reference,
            "conferences": self.table.conference.reference,
            "conferences/items": self.table.item.reference,
            "documents": self.letter.reference,
        }


@pytest.fixture
def kept(world: World, actor_of: ActorOf) -> Kept:
    table = discussing(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=table.case.person_id)
    police = actor_of(world.police, APPROACH)
    said = exchange.state(
        replace(SAID, text=f"Told a colleague about {SECRET}."),
        about=person,
        category="police-data",
        by=police,
    )
    why = {
        "necessity": "The threat was repeated.",
        "subsidiarity": "A conversation did not help.",
        "intended": "No gathering for a month.",
    }
    chair = replace(table.chair, simulated=True)
    measure = measures.suggest(table.case, "GW-172A", **why, by=chair)
    letter = keep(measure, Upload("letter.pdf", f"%PDF-1.7 {IN_THE_LETTER}".encode()), by=chair)
    return Kept(table, person, said, letter, police)


def outsiders(world: World) -> list[User]:
    """Of another organisation, another municipality, another task: each may work on cases of their own."""
    return [world.school, world.other_director, world.other_mayor]


def pages(client: Client, kept: Kept) -> list[str]:
    found = [client.get(f"/{place}/{reference}/") for place, reference in kept.references.items()]
    found += [client.get("/"), client.get("/cases/"), client.get("/disclosures/"), client.get("/measures/")]
    found.append(client.get(f"/persons/{kept.person.reference}/movements/"))
    return [page.content.decode() for page in found]


def api(client: Client, kept: Kept) -> list[str]:
    paths = ["/api/v1/openapi.json", f"/api/v1/messages/{kept.said.reference}", "/api/v1/messages"]
    return [client.get(path).content.decode() for path in paths]


def attachment(client: Client, kept: Kept) -> list[str]:
    answer = client.get(f"/documents/{kept.letter.reference}/")
    assert answer.status_code == 404
    return [answer.content.decode()]


def export(client: Client, _kept: Kept) -> list[str]:
    """The report as data, as a table and as a page to print."""
    forms = ("json", "csv", "html")
    return [client.get(f"/report/progress.{form}?until=30-06-2026").content.decode() for form in forms]


def search(client: Client, kept: Kept) -> list[str]:
    asked = {"name": "Pippi Fantasia", "born": "", "reason": "An imaginary reason."}
    text = client.post("/search/", asked).content.decode()
    assert kept.person.reference not in text
    words = client.post("/search/", {**asked, "name": SECRET}).content.decode()
    return [text, words.replace(f'value="{SECRET}"', "")]


def feed(client: Client, kept: Kept) -> list[str]:
    answer = client.get(f"/conferences/{kept.table.conference.reference}/invitation/")
    assert answer.status_code == 404
    return [answer.content.decode()]


WAYS: dict[str, Callable[[Client, Kept], list[str]]] = {
    "page": pages, "api": api, "attachment": attachment, "export": export, "search": search, "feed": feed,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_nobody_reads_by_this_way_what_was_not_given_to_them(
    world: World, client_of: ClientOf, kept: Kept, way: str
) -> None:
    for user in outsiders(world):
        told = "\n".join(WAYS[way](client_of(user, APPROACH), kept))
        assert SECRET not in told
        assert IN_THE_LETTER not in told
        assert "Fantasia" not in told.replace('value="Pippi Fantasia"', "")


def test_who_sits_at_the_same_table_does_not_read_what_was_not_brought_there(
    world: World, client_of: ClientOf, kept: Kept
) -> None:
    """Nor in the calendar, on the screen of the chair or in the export, and the provider does read it."""
    for user in (world.prosecutor, world.director, world.mayor):
        client = client_of(user, APPROACH)
        room = client.get(f"/conferences/{kept.table.conference.reference}/room/").content.decode()
        told = [*pages(client, kept), *export(client, kept), room]
        told.append(
            client.get(f"/conferences/{kept.table.conference.reference}/invitation/").content.decode()
        )
        assert SECRET not in "\n".join(told)

    assert SECRET in "\n".join(pages(client_of(world.police, APPROACH), kept))


@pytest.mark.parametrize("purpose", ["weighing", "public-order", "border-check", "benefit-decision"])
def test_no_deed_gives_it_to_a_body_or_for_a_purpose_that_no_rule_names(
    world: World, kept: Kept, purpose: str
) -> None:
    before = (Grant.objects.count(), Disclosure.objects.unscoped("test").count())
    given = Provision(world.police.organisation, (Item(kept.said.scope, "police-data"),), purpose)

    for user in (*outsiders(world), world.minister, world.border):
        if not law_allows(user, purpose, kept.police):
            with pytest.raises(NotLawful):
                exchange.disclose(given, to=user.organisation, by=kept.police)

    assert (Grant.objects.count(), Disclosure.objects.unscoped("test").count()) == before


def law_allows(user: User, purpose: str, by: Actor) -> bool:
    """By the table of the law itself: a rule of that day for exactly this that is switched on."""
    rules = law().by_tuple.get(("POL", user.organisation.authority, "police-data", purpose), ())
    return any(rule.period.covers(by.today) and rule.mark != "G" for rule in rules)


def test_no_page_and_no_deed_brings_to_a_case_what_the_law_does_not_let_go_there(
    world: World, client_of: ClientOf, kept: Kept
) -> None:
    before = Grant.objects.count()
    data = exchange.state(SAID, about=kept.person, category="passenger-data", by=kept.police)

    with pytest.raises(NotLawful):
        cases.contribute(kept.table.case, data, by=kept.police)
    page = f"/cases/{kept.table.case.reference}/contribute/passenger-data/"
    assert client_of(world.police, APPROACH).post(page, {"text": SECRET}).status_code == 404

    assert Grant.objects.count() == before


def test_what_is_imported_is_given_to_nobody(world: World, client_of: ClientOf, kept: Kept) -> None:
    before = (Grant.objects.count(), Disclosure.objects.unscoped("test").count())
    names = ";".join(columns[0] for columns in COLUMNS.names.values())
    row = f"Bedenksel;Eva;1990;Nergenshuizen;{SECRET}.;1-2-2026;fact;B;2;Politiewet 2012 art. 3;Needed."
    file = SimpleUploadedFile("caseload.csv", f"{names}\n{row}".encode())

    answer = client_of(world.police, "weighing").post(
        "/signals/caseload/", {"file": file, "reason": "The list of the covenant ends.", "deed": "import"}
    )

    assert answer.status_code == 302
    assert Statement.objects.unscoped("test").filter(text__contains=f"{SECRET}.", category="signal").exists()
    assert (Grant.objects.count(), Disclosure.objects.unscoped("test").count()) == before
    assert SECRET not in client_of(world.mayor, "weighing").get("/signals/").content.decode()


def test_the_journal_holds_nothing_of_what_was_said(kept: Kept) -> None:
    exchange.withdraw(kept.said, reason=f"It was not {SECRET}.", by=kept.police)

    for entry in Entry.objects.all():
        assert SECRET.encode() not in bytes(entry.envelope)

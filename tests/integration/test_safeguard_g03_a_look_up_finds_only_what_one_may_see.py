"""G3: only purpose-bound participants see data; a look-up finds that alone, on the record (Wet PGA 3, 13)."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samenhang.access.rules import NotYours
from samenhang.cases import actions as cases
from samenhang.journal.models import Entry
from samenhang.organisations.models import Organisation
from samenhang.persons import actions, rules
from samenhang.persons.models import IdentityClaim, NameWord, Person
from samenhang.persons.rules.names import Asked, AskMore
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
ENGLISH = {"accept-language": "en"}
REASON = "A neighbour called about him."


def known(world: World, actor_of: ActorOf, given: str, surname: str, born: str = "") -> Person:
    by = actor_of(world.police, "weighing")
    claim = actions.claim(rules.Identity(surname, given, born), by=by)
    return actions.open_person(claim, home_municipality="Nergenshuizen", reason="a report", by=by)


def ask(browser: Client, name: str, born: str = "") -> str:
    answer = browser.post("/search/", {"name": name, "born": born, "reason": REASON}, headers=ENGLISH)
    text: str = answer.content.decode()
    return text


SPELLINGS = (
    "Mohammed Fantasio",
    "fantasio mohamed",
    "Muhamad Phantasio",
    "M. Fantasio",
    "Fantasio",
    "Мохаммед Фантасио",
)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_name_is_found_in_any_order_spelling_and_script(
    world: World, client_of: ClientOf, actor_of: ActorOf, typed: str
) -> None:
    person = known(world, actor_of, "Mohammed", "Fantasio")

    assert person.reference in ask(client_of(world.police_two, "weighing"), typed)


def test_the_date_of_birth_narrows_as_far_as_both_are_known(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    known(world, actor_of, "Pippi", "Fantasia", "2001-04-30")
    browser = client_of(world.police_two, "weighing")

    found = {born: "Pippi Fantasia" in ask(browser, "Fantasia", born) for born in ("2001", "2001-04", "2002")}

    assert found == {"2001": True, "2001-04": True, "2002": False}


def test_an_outsider_finds_nobody_and_the_page_is_the_same_as_for_a_name_that_nobody_has(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    known(world, actor_of, "Pippi", "Fantasia")
    browser = client_of(world.school, "weighing")

    hidden, unknown = ask(browser, "Pippi Fantasia"), ask(browser, "Pippo Nobodia")

    assert "Pippi Fantasia</a>" not in hidden
    assert stripped(hidden) == stripped(unknown)


def stripped(page: str) -> list[str]:
    """The page without what was typed and without the token of its form."""
    lines = page.replace("Pippi Fantasia", "…").replace("Pippo Nobodia", "…").splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


def test_what_is_hidden_costs_no_query_and_a_look_up_at_most_twelve(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    for number in range(5):
        known(world, actor_of, f"Pippi {number}", "Fantasia")
    asked = {}
    for user in (world.school, world.police_two):
        browser = client_of(user, "weighing")
        for name in ("Fantasia", "Nobodia"):
            with CaptureQueriesContext(connection) as queries:
                ask(browser, name)
            asked[user.username, name] = sum("SAVEPOINT" not in query["sql"] for query in queries)

    assert asked["imaginary.school", "Fantasia"] == asked["imaginary.school", "Nobodia"]
    assert max(asked.values()) <= 12, asked


def test_a_look_up_is_on_the_record_with_its_purpose_and_without_the_name(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    known(world, actor_of, "Pippi", "Fantasia")
    claim = IdentityClaim.objects.unscoped("test").get()

    ask(client_of(world.police_two, "weighing"), "Fantasia")

    entry = Entry.objects.get(event="person.looked-up")
    assert (entry.user, entry.purpose) == (world.police_two.reference, "weighing")
    seen = Entry.objects.get(event="page.POST.desk:search")
    assert claim.reference in bytes(seen.envelope).decode()
    assert all(b"antasia" not in bytes(one.envelope) for one in Entry.objects.all())


@pytest.mark.parametrize(
    ("typed", "whose"),
    [("Clara Kantoor", "Their own"), ("kantoor, C.", "Their own"), ("Buroo Willem", "Willem Buro")],
)
def test_oneself_and_a_colleague_are_not_looked_up_but_reported(
    world: World, client_of: ClientOf, actor_of: ActorOf, typed: str, whose: str
) -> None:
    world.director.name, world.director_two.name = "Clara Kantoor", "Willem Buro"
    world.director.save()
    world.director_two.save()
    Organisation.objects.get_or_create(authority="FG", region="", name="Another data protection officer")

    page = ask(client_of(world.director, "weighing"), typed)

    report = shown(client_of(world.privacy, "oversight"))
    assert "so nothing was looked up" in page
    assert not Entry.objects.filter(event="person.looked-up").exists()
    assert Entry.objects.get(event="person.look-up-stopped").user == world.director.reference
    assert "Clara Kantoor" in report
    assert whose in report


def test_a_stopped_look_up_waits_two_weeks_in_the_work_of_the_officer(
    world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    """A stranger was told that the officer hears of it, and the officer read that nothing waits."""
    world.director.name = "Clara Kantoor"
    world.director.save()
    ask(client_of(world.director, "weighing"), "Clara Kantoor")

    at_once = client_of(world.privacy, "oversight").get("/").text
    others = client_of(world.administrator, "oversight").get("/").text
    clock.moment += timedelta(days=15)
    later = client_of(world.privacy, "oversight")

    assert "Iemand zocht de eigen naam of die van een collega" in at_once
    assert "Iemand zocht" not in others
    assert "Iemand zocht" not in later.get("/").text
    assert "Clara Kantoor" in shown(later)


@pytest.mark.parametrize("outsider", ["director", "administrator", "police"])
def test_nobody_but_the_data_protection_officer_reads_of_a_stopped_look_up(
    world: World, client_of: ClientOf, outsider: str
) -> None:
    world.director.name = "Clara Kantoor"
    world.director.save()
    ask(client_of(world.director, "weighing"), "Clara Kantoor")

    assert "Clara Kantoor" not in shown(client_of(getattr(world, outsider)))


def shown(browser: Client) -> str:
    return browser.get("/stopped-look-ups/", headers=ENGLISH).content.decode().split("<main")[1]


def test_a_colleague_elsewhere_is_no_colleague(world: World, client_of: ClientOf, actor_of: ActorOf) -> None:
    world.director.name = "Clara Kantoor"
    world.director.save()
    namesake = known(world, actor_of, "Clara", "Kantoor")

    assert namesake.reference in ask(client_of(world.police_two, "weighing"), "Clara Kantoor")


def test_who_types_a_surname_alone_does_not_meet_their_own_name(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    world.police.name = "Imaginary Fantasia"
    world.police.save()
    own, other = known(world, actor_of, "Imaginary", "Fantasia"), known(world, actor_of, "Pippi", "Fantasia")

    page = ask(client_of(world.police, "weighing"), "Fantasia")

    assert other.reference in page
    assert own.reference not in page


def test_a_lone_letter_is_no_question(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(AskMore):
        actions.look_up(Asked("P. ."), reason=REASON, by=actor_of(world.police, "weighing"))


def test_a_role_without_files_may_not_look_up(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(NotYours):
        actions.look_up(Asked("Fantasia"), reason=REASON, by=actor_of(world.travel))


def test_every_claim_can_be_found_by_its_words(world: World, actor_of: ActorOf) -> None:
    known(world, actor_of, "Pippi", "van Fantasia")

    words = set(NameWord.objects.values_list("word", flat=True))

    assert words == {"PIPI", "VAN", ".VN", "FANTASIA", ".FNTS"}


def test_a_third_party_without_a_grant_finds_nothing_there_and_the_attempt_is_on_the_record(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    director, school = actor_of(world.director, APPROACH), client_of(world.school, APPROACH)
    third = cases.propose_third_party(
        case, world.school.organisation, ["Call when he stays away."], until=date(2026, 12, 7),
        reason=REASON, by=director,
    )  # fmt: skip

    for address in (f"/cases/{case.reference}/", f"/third-parties/{third.reference}/"):
        assert school.get(address).status_code == 404, address

    tried = [
        json.loads(bytes(entry.envelope))["outcome"]
        for entry in Entry.objects.filter(user=world.school.reference, event__startswith="page.GET")
    ]
    assert tried == ["404", "404"]

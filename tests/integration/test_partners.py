"""Who takes part, how each is reached, and all that the law of a day lets each give and get."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from samenhang.access.rules import NotYours
from samenhang.grounds.actions import approve
from samenhang.grounds.rules.bodies import gets, gives
from samenhang.journal.models import Entry
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from samenhang.programme import actions
from samenhang.programme.models import ContactPoint
from samenhang.programme.rules.contact import Contact, NotFunctional
from tests.cast import ActorOf, ClientOf, StandingClock, World

pytestmark = pytest.mark.django_db
DESK = Contact(
    "Desk of imagination", "desk@police.example", "+31 00 000", "Working days", "The same number, choose 2."
)
FORM = {
    "desk": DESK.desk, "mailbox": DESK.mailbox, "telephone": DESK.telephone, "hours": DESK.hours,
    "out_of_hours": DESK.out_of_hours,
}  # fmt: skip


@pytest.fixture
def manager(world: World, moment: datetime) -> User:
    """Who manages the accounts of the police."""
    by = installer(moment)
    user = organisations.open_account(
        "imaginary.manager", "Imaginary Accountkeeper", world.police.organisation, password="nobody's", by=by
    )
    organisations.give_mandate(user, "administrator", starts_on=date(2025, 1, 1), by=by)
    return user


def body(code: str, on: str = "") -> str:
    return reverse("programme:body", args=[code]) + (f"?on={on}" if on else "")


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_partner_says_itself_how_it_is_reached_and_every_partner_reads_it(
    manager: User, world: World, client_of: ClientOf
) -> None:
    own = reverse("programme:partner", args=[manager.organisation.reference])

    answer = client_of(manager).post(f"{own}contact/", FORM)

    assert answer.status_code == 302
    for reader in (world.school, world.administrator, world.prosecutor):
        page = client_of(reader).get(own).text
        assert "Desk of imagination" in page
        assert manager.name not in page
        assert f"{own}contact/" not in page
    assert Entry.objects.filter(event="contact-point.kept").count() == 1


def test_nobody_else_changes_it_neither_a_colleague_nor_the_manager_of_another_partner(
    manager: User, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    own = reverse("programme:partner", args=[manager.organisation.reference])
    machine = replace(actor_of(manager), human=False)

    for outsider in (world.police, world.administrator, world.school):
        assert client_of(outsider).get(f"{own}contact/").status_code == 403
        assert client_of(outsider).post(f"{own}contact/", FORM).status_code == 403
        assert client_of(outsider).post(f"{own}contact/confirm/").status_code == 403
    with pytest.raises(NotYours):
        actions.keep_contact(manager.organisation, DESK, by=machine)
    assert not ContactPoint.objects.exists()


def test_a_desk_and_never_a_person(manager: User, world: World, actor_of: ActorOf) -> None:
    by = actor_of(manager)
    for wrong in (
        replace(DESK, desk=world.police.name),
        replace(DESK, mailbox="p.accountkeeper@police.example"),
        replace(DESK, out_of_hours="Ask for Mrs Imagination"),
        replace(DESK, telephone="see the list"),
        replace(DESK, hours="  "),
    ):
        with pytest.raises(NotFunctional):
            actions.keep_contact(manager.organisation, wrong, by=by)


def test_what_was_not_confirmed_for_half_a_year_is_shown_as_old_until_it_is_confirmed(
    manager: User, world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.keep_contact(manager.organisation, DESK, by=actor_of(manager))
    own = reverse("programme:partner", args=[manager.organisation.reference])

    clock.moment += timedelta(days=183)
    fresh = client_of(world.school).get(own).text
    clock.moment += timedelta(days=1)
    old = client_of(world.school).get(own).text
    client_of(manager).post(f"{own}contact/confirm/")
    again = client_of(world.school).get(own).text

    stale = "Een half jaar niet bevestigd"
    assert [stale in page for page in (fresh, old, again)] == [False, True, False]


def test_another_contact_point_follows_the_last_and_nothing_is_overwritten(
    manager: User, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.keep_contact(manager.organisation, DESK, by=actor_of(manager))
    clock.moment += timedelta(days=1)
    actions.keep_contact(manager.organisation, replace(DESK, desk="Another desk"), by=actor_of(manager))

    current = ContactPoint.objects.of(manager.organisation_id)
    assert current is not None
    assert current.desk == "Another desk"
    assert [row.desk for row in ContactPoint.objects.all()] == [DESK.desk, "Another desk"]


def test_in_2014_the_service_and_the_coordinator_sat_at_the_table_and_since_the_act_they_do_not(
    world: World, client_of: ClientOf
) -> None:
    reader = client_of(world.school)

    for code in ("AIVD", "NCTV"):
        then, now = words(reader.get(body(code, "30-06-2014")).text), words(reader.get(body(code)).text)
        assert "Casusoverleg Aan tafel, zoals de brief vertelt" in then
        assert "Casusoverleg Nee" in now
    assert "Weegt signalen Ja, volgens de wet" in words(reader.get(body("OM")).text)
    assert "Casusoverleg Alleen met een convenant" in words(reader.get(body("RVDK", "30-06-2014")).text)
    assert "Casusoverleg Ja, volgens de wet" in words(reader.get(body("RVDK")).text)


def test_before_the_act_the_list_says_who_signed_a_covenant_and_of_nobody_else_that_they_sat_there(
    world: World, client_of: ClientOf, moment: datetime
) -> None:
    by = installer(moment)
    table = [world.municipality, world.child_protection.organisation]
    organisations.sign_covenant("Safety", table, signed_on=date(2013, 1, 1), by=by)

    page = words(client_of(world.school).get(reverse("programme:partners") + "?on=30-06-2014").text)

    assert page.count("Met een convenant") == 1
    assert "Raad voor de Kinderbescherming Met een convenant" in page
    assert "Nationaal Coördinator Terrorismebestrijding en Veiligheid Aan tafel" in page


def test_another_day_reads_the_rules_of_that_day(world: World, client_of: ClientOf) -> None:
    reader = client_of(world.school)

    then, now = reader.get(body("LOVJ", "30-06-2014")).text, reader.get(body("LOVJ")).text

    assert ("SVC-LOVJ-INV-02" in then, "SVC-LOVJ-INV-17" in then) == (True, False)
    assert ("SVC-LOVJ-INV-02" in now, "SVC-LOVJ-INV-17" in now) == (False, True)
    assert "Minister van Veiligheid en Justitie" in reader.get(body("JENV", "30-06-2014")).text


def test_what_no_lawyer_approved_is_shown_as_such_until_one_does(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    reader, unread = client_of(world.school), "Niet in gebruik: geen jurist keurde dit goed."
    before = reader.get(body("FIU")).text
    by = actor_of(world.lawyer)

    for line in [*gives("FIU", by.today), *gets("FIU", by.today)]:
        if not line.in_use:
            approve(line.rule.id, lawyer="Imaginary lawyer", reason="Read.", by=by)
    after = reader.get(body("FIU")).text

    assert unread in before
    assert unread not in after
    assert "Niet gelezen, goedgekeurd door een jurist" in after


def test_what_is_often_asked_and_refused_stands_there_with_the_sentence_of_the_law(
    world: World, client_of: ClientOf
) -> None:
    reader, refused = client_of(world.school), "Vaak gevraagd, en niet toegestaan"

    page = words(reader.get(body("SOZA")).text)

    assert refused in page
    assert "Het casusoverleg mag het plan van aanpak op" in page
    assert refused not in reader.get(body("TK")).text


def test_the_list_has_who_takes_part_and_who_the_law_names_beside_them(
    world: World, client_of: ClientOf
) -> None:
    page = client_of(world.school).get(reverse("programme:partners")).text

    assert reverse("programme:partner", args=[world.municipality.reference]) in page
    assert body("AIVD") in page
    assert body("POL") not in page
    old = client_of(world.school).get(reverse("programme:partners") + "?on=30-06-2014").text
    assert body("BJZ") in old
    assert body("BJZ") not in page


def test_a_body_that_nobody_knows_a_day_before_it_existed_and_a_day_that_is_none(
    world: World, client_of: ClientOf
) -> None:
    reader = client_of(world.school)

    assert reader.get(body("NOBODY")).status_code == 404
    assert reader.get("/partners/O-NOBODY/").status_code == 404
    assert "bestond niet op die dag" in reader.get(body("PINL", "30-06-2014")).text
    wrong = reader.get(body("PINL", "the first of May"))
    assert (wrong.status_code, "Passagiersinformatie-eenheid" in wrong.text) == (422, True)


def test_who_gives_and_who_invites_finds_it_where_it_is_needed(world: World, client_of: ClientOf) -> None:
    assert reverse("programme:partners") in client_of(world.police).get("/").text

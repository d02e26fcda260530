"""Off until a statute is switched on: travel data come in on named days, by a named official."""

from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from samenhang.access.rules import NotYours
from samenhang.foundation.keys import key_store
from samenhang.journal.models import Entry
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer, service_account
from samenhang.travel import actions, spool
from samenhang.travel.models import LegalBasis, Message, Passenger
from samenhang.travel.rules.bases import Kind, NoLegalBasis, NotAnswerable, Switched
from tests.cast import PASSWORD, ActorOf, ClientOf, StandingClock, World
from tests.integration.test_api_messages import send
from tests.integration.test_receiving_messages import ANNA, paxlst
from tests.messages import ANSWER, BOOKINGS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
REASON = "The statute entered into force and the unit is ready."
LATER = {"starts_on": "01-12-2026", "ends_on": "31-12-2026"}
FORM = {"kind": "API", "basis": "An imaginary statute, article 1", "reason": REASON, **LATER}


@pytest.fixture
def off(world: World) -> World:
    """The same world before any basis was switched on."""
    LegalBasis.objects.all().delete()
    return world


def on(world: World, actor_of: ActorOf, kind: Kind = Kind.API, days: int = 0) -> LegalBasis:
    wanted = Switched(kind, "An imaginary statute", TODAY, TODAY + timedelta(days=days))
    return actions.switch_on(wanted, reason=REASON, by=actor_of(world.minister))


def the_note() -> Message:
    return Message.objects.unscoped("a test looks").get()


def nothing_was_kept() -> bool:
    note = the_note()
    told = (note.state, note.digest, note.name, note.sender, note.parts, note.passengers)
    people = Passenger.objects.unscoped("a test looks").exists()
    return told == ("refused", "", "", "", [], 0) and not people and spool.references() == set()


def test_without_a_basis_a_file_is_refused_and_only_that_it_came_is_noted(
    off: World, actor_of: ActorOf
) -> None:
    with pytest.raises(NoLegalBasis, match="23"):
        actions.receive(paxlst(ANNA), name="VERZONNEN.edi", by=actor_of(off.travel))

    assert nothing_was_kept()
    assert key_store().scopes("") == [] or not key_store().scopes(spool.SCOPE)
    assert Entry.objects.filter(event="message.refused", subject=the_note().reference).count() == 1


@pytest.mark.parametrize(("days", "taken"), [(0, True), (1, False)])
def test_a_basis_holds_from_its_first_day_to_its_last(
    off: World, actor_of: ActorOf, clock: StandingClock, days: int, taken: bool
) -> None:
    on(off, actor_of)
    clock.moment += timedelta(days=days)
    by = service_account("receiving", now=clock.moment)

    if taken:
        assert actions.take_in(paxlst(ANNA), name="a", by=by).message.state == "read"
    else:
        with pytest.raises(NoLegalBasis):
            actions.take_in(paxlst(ANNA), name="a", by=by)


@pytest.mark.parametrize("data", [BOOKINGS, paxlst(ANNA).decode() + BOOKINGS])
def test_a_basis_for_lists_lets_no_bookings_in_also_not_together(
    off: World, actor_of: ActorOf, data: str, django_capture_on_commit_callbacks: Any
) -> None:
    on(off, actor_of, Kind.API)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NoLegalBasis):
        actions.take_in(data.encode(), name="a", by=actor_of(off.travel))

    assert nothing_was_kept()


def test_each_kind_has_its_own_switch(off: World, actor_of: ActorOf) -> None:
    on(off, actor_of, Kind.PNR)

    assert actions.take_in(BOOKINGS.encode(), name="a", by=actor_of(off.travel)).message.state == "read"
    with pytest.raises(NoLegalBasis):
        actions.take_in(ANSWER.encode(), name="b", by=actor_of(off.travel))


def test_what_waits_when_the_basis_ends_is_destroyed_unread(
    off: World, actor_of: ActorOf, django_capture_on_commit_callbacks: Any
) -> None:
    basis = on(off, actor_of)
    by = service_account("receiving", now=actor_of(off.travel).now)
    actions.receive(paxlst(ANNA), name="a", by=by)
    actions.switch_off(basis, reason=REASON, by=actor_of(off.minister))

    with django_capture_on_commit_callbacks(execute=True):
        assert [one.state for one in actions.read_waiting(by=by)] == ["refused"]

    assert nothing_was_kept()


def test_the_same_file_comes_in_once_there_is_a_basis(off: World, actor_of: ActorOf) -> None:
    by = actor_of(off.travel)
    with pytest.raises(NoLegalBasis):
        actions.receive(paxlst(ANNA), name="a", by=by)
    on(off, actor_of)

    receipt = actions.take_in(paxlst(ANNA), name="a", by=by)

    assert (receipt.duplicate, receipt.message.state) == (False, "read")


def test_every_door_says_why(off: World, client_of: ClientOf, client: Client, tmp_path: Any) -> None:
    file = SimpleUploadedFile("list.edi", paxlst(ANNA))
    page = client_of(off.travel).post("/travel/upload/", {"file": file})
    answer = send(client, off.travel, paxlst(ANNA))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "list.edi").write_bytes(paxlst(ANNA))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("receive", str(tmp_path / "inbox"), stdout=out)

    assert (page.status_code, answer.status_code) == (422, 403)
    assert "grondslag" in page.text
    assert answer.json()["type"] == "no-legal-basis"
    assert "rondslag" in out.getvalue() or "legal basis" in out.getvalue()


def test_an_official_of_the_ministry_switches_and_all_can_see_who_and_why(
    off: World, client_of: ClientOf
) -> None:
    done = client_of(off.minister).post("/travel/legal-basis/", FORM)

    page = client_of(off.school).get("/travel/legal-basis/").text
    row = LegalBasis.objects.get()
    assert done.status_code == 302
    assert (row.starts_on, row.ends_on, row.set_by) == (date(2026, 12, 1), date(2026, 12, 31), off.minister)
    for told in ("Imaginary minister", "An imaginary statute, article 1", REASON):
        assert told in page
    assert 'name="basis"' not in page
    entry = Entry.objects.get(event="legal-basis.switched-on")
    assert (entry.user, entry.subject) == (off.minister.reference, row.reference)


@pytest.mark.parametrize("who", ["travel", "police", "administrator", "school", "mayor", "privacy"])
def test_nobody_else_switches(off: World, actor_of: ActorOf, who: str) -> None:
    wanted = Switched(Kind.API, "An imaginary statute", TODAY, TODAY)

    with pytest.raises(NotYours):
        actions.switch_on(wanted, reason=REASON, by=actor_of(getattr(off, who)))
    assert not LegalBasis.objects.exists()


@pytest.mark.parametrize("place", ["", "GB", "US", "Nederland"])
def test_nothing_is_switched_on_where_the_data_do_not_stand_in_the_union(
    off: World, client_of: ClientOf, settings: LazySettings, place: str
) -> None:
    settings.STORED_IN = place

    page = client_of(off.minister).post("/travel/legal-basis/", FORM)

    assert page.status_code == 422
    assert "SAMENHANG_STORED_IN" in page.text
    assert not LegalBasis.objects.exists()


@pytest.mark.parametrize("wrong", [{"basis": " "}, {"reason": "Because."}, {"ends_on": "30-11-2026"}])
def test_a_switch_without_statute_reason_or_days_is_refused(
    off: World, client_of: ClientOf, wrong: dict[str, str]
) -> None:
    page = client_of(off.minister).post("/travel/legal-basis/", FORM | wrong)

    assert page.status_code == 422
    assert not LegalBasis.objects.exists()


def test_a_basis_is_ended_once(off: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    basis = on(off, actor_of, days=30)
    address = f"/travel/legal-basis/{basis.reference}/end/"

    answers = [client_of(off.minister).post(address, {"reason": REASON}).status_code for _ in range(2)]

    assert answers == [302, 422]
    assert LegalBasis.objects.kinds_on(TODAY) == frozenset()
    assert client_of(off.travel).get(address).status_code == 403


def test_the_command_switches_in_the_name_of_an_official(off: World) -> None:
    words = ["--basis", "A statute", "--from", "2026-11-01", "--until", "2026-11-30", "--reason", REASON]

    call_command("travel_basis", "on", "PNR", *words, "--as", off.minister.username)
    with pytest.raises(CommandError):
        call_command("travel_basis", "on", "API", *words, "--as", off.travel.username)

    out = StringIO()
    call_command("travel_basis", "show", stdout=out)
    assert LegalBasis.objects.get().reference in out.getvalue()


def test_the_rule_itself_asks_for_a_statute() -> None:
    from samenhang.travel.rules import bases

    with pytest.raises(NotAnswerable):
        bases.check_answerable("", REASON, TODAY, TODAY)


def test_where_no_person_has_an_account_samples_may_be_tried_and_the_first_account_ends_that(
    db: None, moment: datetime
) -> None:
    service = service_account("receiving", now=moment)
    assert LegalBasis.objects.kinds_on(service.today) == frozenset(Kind)

    by = installer(moment)
    body = organisations.found("JENV", "Ministry", by=by)
    organisations.open_account("imaginary.first", "F. Irst", body, password=PASSWORD, by=by)

    assert LegalBasis.objects.kinds_on(service.today) == frozenset()
    with pytest.raises(NoLegalBasis):
        actions.take_in(paxlst(ANNA), name="VERZONNEN.edi", by=service)

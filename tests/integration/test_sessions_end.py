"""A stolen old cookie is dead at the next request: each way a session ends, tried with the cookie itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as Stored
from django.test import Client

from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Session
from samenhang.organisations.rules.signing_in import IDLE, LONGEST, device_of
from tests.cast import PASSWORD, StandingClock, World, signed_in

pytestmark = pytest.mark.django_db
NEW = "another phrase of nobody"
Step = Callable[[Client, World, StandingClock], object]


def came_in(world: World) -> Client:
    """The police analyst, through the door itself."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36"})
    client.post("/sign-in/", {"username": world.police.username, "password": PASSWORD})
    client.post("/task/", {"purpose": "weighing"})
    return client


def cookie_of(client: Client) -> str:
    return client.cookies["sessionid"].value


def with_cookie(cookie: str) -> Client:
    """The thief."""
    client = Client()
    client.cookies["sessionid"] = cookie
    return client


def signs_out(client: Client, _world: World, _clock: StandingClock) -> object:
    return client.post("/sign-out/")


def chooses_another_task(client: Client, _world: World, _clock: StandingClock) -> object:
    return client.post("/task/", {"purpose": "investigation"})


def changes_the_password(client: Client, _world: World, _clock: StandingClock) -> object:
    return client.post("/account/password/", {"present": PASSWORD, "password": NEW, "again": NEW})


def confirms(client: Client, _world: World, _clock: StandingClock) -> object:
    return client.post("/account/confirm/", {"password": PASSWORD})


def signs_in_again(client: Client, world: World, _clock: StandingClock) -> object:
    return client.post("/sign-in/", {"username": world.police.username, "password": PASSWORD})


def mandate_ends(_client: Client, world: World, clock: StandingClock) -> object:
    yesterday = clock.moment.date() - timedelta(days=1)
    return actions.end_mandate(world.police.mandates.get(), ends_on=yesterday, by=installer(clock.moment))


def account_closes(_client: Client, world: World, clock: StandingClock) -> object:
    return actions.close_account(world.police, reason="left the service", by=installer(clock.moment))


def factors_are_reset(_client: Client, world: World, clock: StandingClock) -> object:
    by = installer(clock.moment)
    return actions.reset_factors(world.police, reason="lost the phone", second="", by=by)


def ends_it_elsewhere(client: Client, world: World, _clock: StandingClock) -> object:
    stolen = Session.objects.get(user=world.police)
    return signed_in(world.police).post(f"/account/sessions/{stolen.reference}/end/")


def ends_all_others(client: Client, world: World, _clock: StandingClock) -> object:
    return signed_in(world.police).post("/account/sessions/end-others/")


def goes_away(_client: Client, _world: World, clock: StandingClock) -> object:
    clock.moment += IDLE
    return None


WAYS: list[Step] = [
    signs_out,
    chooses_another_task,
    changes_the_password,
    confirms,
    signs_in_again,
    mandate_ends,
    account_closes,
    factors_are_reset,
    ends_it_elsewhere,
    ends_all_others,
    goes_away,
]


@pytest.mark.parametrize("happens", WAYS, ids=lambda step: step.__name__)
def test_the_old_cookie_is_dead_at_the_next_request(
    happens: Step, world: World, clock: StandingClock
) -> None:
    client = came_in(world)
    stolen = cookie_of(client)
    alive = with_cookie(stolen).get("/cases/")

    happens(client, world, clock)

    dead = with_cookie(stolen).get("/cases/")
    assert alive.status_code == 200
    assert (dead.status_code, dead.url) == (302, "/sign-in/?next=/cases/")


def test_a_password_changed_elsewhere_ends_every_other_session_and_not_this_one(world: World) -> None:
    elsewhere, here = came_in(world), came_in(world)

    changes_the_password(here, world, StandingClock(None))  # type: ignore[arg-type]

    assert elsewhere.get("/cases/").status_code == 302
    assert here.get("/cases/").status_code == 200
    assert Session.objects.filter(user=world.police, ending="account-changed").count() == 1


def test_the_wrong_present_password_changes_nothing(world: World) -> None:
    client = came_in(world)

    answer = client.post("/account/password/", {"present": "other", "password": NEW, "again": NEW})

    assert answer.status_code == 422
    assert came_in(world).get("/cases/").status_code == 200


@pytest.mark.parametrize("poor", ["short", "password1234", "imaginary.police"])
def test_a_poor_password_is_refused(poor: str, world: World) -> None:
    answer = came_in(world).post("/account/password/", {"present": PASSWORD, "password": poor, "again": poor})

    assert answer.status_code == 422


def test_no_session_outlives_a_working_day_however_busy(world: World, clock: StandingClock) -> None:
    client = came_in(world)
    began = clock.moment
    while clock.moment - began < LONGEST - timedelta(minutes=20):
        clock.moment += timedelta(minutes=20)
        busy = client.get("/cases/").status_code

    clock.moment = began + LONGEST
    answer = client.get("/cases/")

    assert (busy, answer.status_code) == (200, 302)
    assert Session.objects.get().ending == "too-long"


def test_a_dead_cookie_leaves_nothing_in_the_store(world: World, clock: StandingClock) -> None:
    client = came_in(world)
    stolen = cookie_of(client)
    Session.objects.update(ended_at=clock.moment, ending="administrator")
    thief = with_cookie(stolen)

    thief.get("/cases/")

    assert not thief.session.get("_auth_user_id")
    assert not client.session.exists(stolen)


def test_the_database_does_not_hold_what_a_cookie_holds(world: World) -> None:
    client = came_in(world)

    stored = set(Stored.objects.values_list("session_key", flat=True))

    assert len(stored) == 1
    assert cookie_of(client) not in stored
    assert all(with_cookie(key).get("/cases/").status_code == 302 for key in stored)


def test_the_key_changes_at_sign_in(world: World) -> None:
    client = Client()
    client.get("/sign-in/passkey/", headers={"host": "localhost"})  # a key before anybody is known
    before = cookie_of(client)

    client.post("/sign-in/", {"username": world.police.username, "password": PASSWORD})

    assert cookie_of(client) != before
    assert with_cookie(before).get("/task/").status_code == 302


def test_the_list_shows_ones_own_sessions_and_nobody_elses(world: World) -> None:
    here = came_in(world)
    theirs = Session.objects.get(user=world.police).reference
    other = signed_in(world.mayor)

    page = here.get("/account/")
    refused = other.post(f"/account/sessions/{theirs}/end/")

    assert "Chromium · Linux" in page.text
    assert refused.status_code == 404
    assert here.get("/account/").status_code == 200


def test_each_end_is_told_in_the_journal(world: World) -> None:
    client = came_in(world)
    session = Session.objects.get()

    client.post("/sign-out/")

    assert Entry.objects.filter(event="session.ended", subject=session.reference).count() == 1


@pytest.mark.parametrize(
    ("told", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox · Linux"),
        ("<script>", ""),
    ],
)
def test_a_device_is_named_in_two_words(told: str, device: str) -> None:
    assert device_of(told) == device

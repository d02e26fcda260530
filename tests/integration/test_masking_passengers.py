"""Six months after they were first named, passengers are nameless, in the database and every copy of it."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from samenhang.access.rules import NotYours
from samenhang.access.sentinel import suspended
from samenhang.config.backup import archive, making
from samenhang.foundation import backup_key
from samenhang.foundation.keys import KeyDestroyed
from samenhang.journal.models import Entry
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account
from samenhang.travel import actions as travel
from samenhang.travel import sealing
from samenhang.travel.actions import masking
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, FLIGHT, MATCH, alert, arrive, every_hit, screener

# Keys are destroyed once a transaction is committed, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)

HALF_A_YEAR = timedelta(days=182)
# As the passengers write them; the alert writes its name otherwise.
IDENTIFYING = (b"VERZONNEN", b"FANTASIO", b"BEDACHT", b"Z9999999", b"1970-01-02", b"BBBBBB")


@pytest.fixture
def hit(world: World, actor_of: ActorOf, moment: datetime) -> Hit:
    """Two arrive, Fantasio and Bram; Fantasio is confirmed to be whom the police ask for."""
    alert(actor_of(world.police))
    arrive(FANTASIO, replace(BRAM, record_locator="BBBBBB"), now=moment)
    actions.screen_waiting(by=screener(moment))
    hit: Hit = every_hit().get()
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))
    return hit


def passengers() -> list[Passenger]:
    return list(Passenger.objects.unscoped("a test looks").order_by("pk"))


def cells() -> Iterator[bytes]:
    """Everything that stands in the database, cell by cell; on SQLite the bytes of the files too."""
    with suspended("a test reads all"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        yield from (file.read_bytes() for file in path.parent.glob(path.name + "*"))


def found_in_clear() -> set[bytes]:
    written = list(cells())
    return {text for text in IDENTIFYING if any(text in cell for cell in written)}


def mask(at: datetime) -> int:
    actions.forget(by=screener(at))
    return travel.mask(by=service_account("receiving", now=at))


def test_no_name_stands_in_clear_from_the_first_write_on(hit: Hit) -> None:
    fantasio, bram = passengers()

    assert (fantasio.told["given_names"], bram.told["surname"]) == ("FANTASIO", "BEDACHT")
    assert hit.explanation is not None
    assert len(list(cells())) > 100
    assert found_in_clear() == set()


def test_until_the_day_everything_can_be_read(hit: Hit, clock: StandingClock) -> None:
    _fantasio, bram = passengers()

    assert mask(clock.moment + timedelta(days=180)) == 0

    assert bram.mask_on == (clock.moment + timedelta(days=181)).date()
    assert [row.told["surname"] for row in passengers()] == ["VAN DER VERZONNEN", "BEDACHT"]


def test_on_the_day_who_is_not_kept_goes_and_every_copy_becomes_unreadable(
    hit: Hit, clock: StandingClock
) -> None:
    kept, _bram = passengers()
    copies = [(bytes(row.sealed), row.sealed_under) for row in passengers()]
    compared = bytes(hit.quoted), hit.quoted_under

    assert mask(clock.moment + HALF_A_YEAR) == 2

    for text, scope in [*copies, compared]:
        with pytest.raises(KeyDestroyed):
            sealing.opened(text, scope)
    assert [row.reference for row in passengers()] == [kept.reference]
    erased = Entry.objects.get(event="passengers.erased")
    assert bytes(erased.envelope).count(b'"Q-') == 1


def test_the_year_still_counts_who_is_gone(
    hit: Hit, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    on = clock.moment.date()
    mask(clock.moment + HALF_A_YEAR)

    report = make_report(Asked(on, on), by=actor_of(world.statistician))

    assert {one.definition.key: one.counted for one in report.figures}["passengers"] == 2


def test_who_is_kept_for_evidence_is_masked_and_shown_to_nobody(
    hit: Hit, world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    clock.moment += HALF_A_YEAR
    mask(clock.moment)

    (kept,) = passengers()
    assert kept.told["surname"] == ""
    assert sealing.opened(bytes(kept.sealed), kept.sealed_under)["given_names"] == "FANTASIO"
    assert Hit.objects.unscoped("a test").get().explanation is None
    for client in (client_of(world.travel), client_of(world.police)):
        for page in (f"/hits/{hit.reference}/", "/hits/"):
            answer = client.get(page)
            assert answer.status_code == 200
            assert "FANTASIO" not in answer.text


def test_after_five_years_nothing_is_left(hit: Hit, clock: StandingClock) -> None:
    mask(clock.moment + HALF_A_YEAR)
    (kept,) = passengers()

    mask(clock.moment + timedelta(days=5 * 366))

    assert (passengers(), every_hit().count()) == ([], 0)
    with pytest.raises(KeyDestroyed):
        sealing.opened(bytes(kept.sealed), kept.sealed_under)


def test_a_late_message_about_a_masked_passenger_makes_a_new_one(hit: Hit, clock: StandingClock) -> None:
    at = clock.moment + HALF_A_YEAR
    mask(at)

    everyone = arrive(FANTASIO, now=at, flight=FLIGHT, reference="9")

    assert [row.told["surname"] for row in everyone] == ["", "VAN DER VERZONNEN"]


def test_masking_that_is_stopped_anywhere_is_finished_by_the_next(
    hit: Hit, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.moment + HALF_A_YEAR
    real, steps = masking.record, 0

    class Stopped(Exception):
        pass

    for stop_at in (0, 1, 1):  # before the first step, the second, the third
        steps = 0

        def record(*arguments: Any, stop_at: int = stop_at, **more: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps > stop_at:
                raise Stopped
            return real(*arguments, **more)

        monkeypatch.setattr(masking, "record", record)
        with pytest.raises(Stopped):
            mask(at)
    monkeypatch.setattr(masking, "record", real)
    mask(at)

    assert mask(at) == 0
    (kept,) = passengers()
    assert kept.masked_at is not None
    assert masking.key_store().scopes(sealing.DAY) == []


def test_nobody_else_may_mask(world: World, actor_of: ActorOf) -> None:
    for user in (world.travel, world.police, world.administrator):
        with pytest.raises(NotYours):
            travel.mask(by=actor_of(user))


def key_files() -> list[bytes]:
    """What an operator may copy beside a backup: the keys as they are now, and what the disk still has."""
    folder = Path(settings.KEY_STORE)
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def test_a_backup_made_after_masking_holds_neither_a_name_nor_who_went_nor_the_key_of_the_day(
    hit: Hit, clock: StandingClock, tmp_path: Path
) -> None:
    kept, gone = passengers()
    store = masking.key_store()
    row = store.file.find(gone.sealed_under)
    assert row is not None
    assert any(row.wrapped in file for file in key_files())
    mask(clock.moment + HALF_A_YEAR)

    making.make(tmp_path / "after.backup", at=clock.moment, step=lambda _table: None)

    with archive.reading(tmp_path / "after.backup", backup_key.identity(store)) as members:
        parts = [member.read() for _name, member in members]
    assert any(kept.reference.encode() in part for part in parts)
    assert not any(base64.b64encode(bytes(gone.sealed)) in part for part in parts)
    assert not any(text in part for text in IDENTIFYING for part in parts)
    assert not any(row.wrapped in file for file in key_files())

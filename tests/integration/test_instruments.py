"""Packs are installed by an administrator, once; accreditations are given by another than oneself."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from samenhang.access.rules import NotYours
from samenhang.journal.models import Entry
from samenhang.risk import actions, rules
from samenhang.risk.models import Accreditation, InstrumentPack, instruments
from tests.cast import ActorOf, ClientOf, World
from tests.unit.test_instrument_rules import pack_of

pytestmark = pytest.mark.django_db


def test_a_pack_is_installed_by_an_administrator_once_and_journalled(
    world: World, actor_of: ActorOf, tmp_path: Path
) -> None:
    file = tmp_path / "pack.json"
    file.write_bytes(pack_of())

    call_command("instruments", "check", str(file))
    assert len(instruments()) == 1
    for _time in range(2):
        call_command("instruments", "install", str(file), "--as", world.administrator.username)

    assert [one.id for one in instruments()] == ["reflection-guide", "imaginary"]
    assert InstrumentPack.objects.get().digest == rules.read(pack_of()).digest
    assert Entry.objects.filter(event="instrument.installed").count() == 1
    with pytest.raises(NotYours):
        actions.install(pack_of(version="2"), by=actor_of(world.director))


def test_other_texts_under_a_version_that_is_here_are_refused(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.administrator)
    actions.install(pack_of(), by=by)

    with pytest.raises(rules.IllegalTransition):
        actions.install(pack_of(owner="Somebody else"), by=by)
    changed = json.loads(
        (Path(rules.__file__).parents[1] / "data/instruments/reflection-guide.json").read_text()
    )
    with pytest.raises(rules.IllegalTransition):
        actions.install(json.dumps(changed).encode(), by=by)


def test_an_administrator_accredits_colleagues_and_nobody_else(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    by, year = actor_of(world.administrator), (date(2026, 11, 23), date(2027, 11, 23))
    actions.accredit(world.minister, "reflection-guide", period=year, proof="file 7", by=by)
    for other in (world.administrator, world.police):
        with pytest.raises(NotYours):
            actions.accredit(other, "reflection-guide", period=year, proof="file 7", by=by)

    shown = client_of(world.administrator).get("/accreditations/").text
    assert "file 7" in shown
    assert client_of(world.director).get("/accreditations/").status_code == 403
    assert Accreditation.objects.count() == 1

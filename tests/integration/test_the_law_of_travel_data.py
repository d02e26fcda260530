"""Annex I is closed: what else a carrier sends stands nowhere (Directive (EU) 2016/681, art. 6(1), 13(4))."""

import logging
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

import edifact
from edifact import Record
from samenhang.foundation.keys import Box
from samenhang.organisations.acting import service_account
from samenhang.travel import actions, spool
from samenhang.travel.models import Message, Passenger
from samenhang.travel.rules.permitted import SENSITIVE_SERVICES
from tests.cast import World
from tests.integration.test_masking_passengers import cells
from tests.integration.test_receiving_messages import ANNA, FLIGHT

# The bytes of the database are read, so that these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)

SENT = datetime.fromisoformat("2026-11-22T18:00")
SECRET = "GEHEIMPJE"
SERVICES = [f"SSR+{code}:HK:1:XX:::::{SECRET}{code}'" for code in sorted(SENSITIVE_SERVICES)]
# Neither sensitive nor in the annex, or in the annex as free text: see ``permitted``.
OTHERS = [
    f"SSR+OTHS:HK:1:XX:::::{SECRET}'",
    f"SSR+CTCE:HK:1:XX:::::{SECRET}//VOORBEELD.EXAMPLE'",
    f"IFT+4:28::XX+{SECRET}'",
]


def booking() -> bytes:
    """One booking with a service request of every sensitive code, a remark and a contact."""
    record = Record(locator="AAAAAA", carrier="XX", passengers=(ANNA,))
    data = edifact.write_pnrgov(FLIGHT, [record], SENT, "XX", "7")
    return data.replace(b"TIF+VERZONNEN", "".join(SERVICES + OTHERS).encode() + b"TIF+VERZONNEN", 1)


@pytest.fixture
def sealed_texts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """Every text that is sealed from now on, with its scope: what no search of the bytes could see."""
    texts: list[tuple[str, bytes]] = []
    seal = Box.seal

    def sealing(box: Box, text: bytes) -> bytes:
        texts.append((box._scope, text))
        return seal(box, text)

    monkeypatch.setattr(Box, "seal", sealing)
    return texts


def test_annex_i_nothing_outside_it_is_in_the_database_its_files_the_spool_or_the_log(
    world: World, moment: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    actions.take_in(booking(), name="a", by=service_account("receiving", now=moment))

    message = Message.objects.unscoped("a test looks").get()
    assert message.left_behind["sensitive-service"] == len(SENSITIVE_SERVICES) >= 40
    assert message.name == "a"
    written = list(cells())
    assert any(message.reference.encode() in cell for cell in written)
    assert not any(SECRET.encode() in cell for cell in written)
    files = [file for file in Path(settings.FILES).rglob("*") if file.is_file()]
    assert not any(SECRET.encode() in file.read_bytes() for file in files)
    assert SECRET not in caplog.text
    assert spool.references() == set()


def test_annex_i_what_is_sealed_for_good_holds_no_more_than_what_is_in_clear(
    world: World, moment: datetime, sealed_texts: list[tuple[str, bytes]]
) -> None:
    actions.take_in(booking(), name="a", by=service_account("receiving", now=moment))

    unread = [text for scope, text in sealed_texts if scope.startswith(spool.SCOPE)]
    kept = [text for scope, text in sealed_texts if not scope.startswith(spool.SCOPE)]
    assert any(b"VERZONNEN" in text for text in kept)
    assert not any(SECRET.encode() in text for text in kept)
    assert all(SECRET.encode() in text for text in unread)
    told = repr(Passenger.objects.unscoped("a test looks").get().told)
    assert [code for code in SENSITIVE_SERVICES if code in told] == []

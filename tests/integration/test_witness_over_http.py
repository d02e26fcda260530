"""A witness at an address: it co-signs what continues, and is the alarm when something does not."""

import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.management import call_command

from samenhang.journal import Actor, exporting, record, sequencer, signing, tree
from samenhang.journal.management.commands.witness import _handler
from samenhang.journal.models import Cosignature
from samenhang.journal.witnessing import WitnessAway, WitnessRefuses, show
from transparency.notes import check_signatures
from transparency.witness import Witness

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by(moment: datetime) -> Actor:
    return Actor(user="", organisation="", authority="", roles=frozenset(), purpose="oversight", now=moment)


@pytest.fixture
def kept(tmp_path: Path) -> Witness:
    return Witness.found(tmp_path / "witness", "witness.invalid/one")


@pytest.fixture
def address(kept: Witness) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(kept)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def grow(count: int, by: Actor) -> None:
    for number in range(count):
        record("case.closed", f"case:{number}", by=by)
    sequencer.append_waiting()


def test_a_witness_follows_a_growing_log_and_its_signature_stands_under_the_head(
    by: Actor, kept: Witness, address: str
) -> None:
    kept.trust(signing.public_keys()[-1])
    sizes = []
    for count in (3, 600, 1):
        grow(count, by)
        sizes.append(show(address))

    note = exporting.checkpoint(tree.head())
    assert sizes == [3, 603, 604]
    assert [signature.key for signature in check_signatures(note, [kept.key.public])] == [kept.key.public]
    assert kept.hashes_kept(tree.as_checkpoint(tree.head()).origin) == 604
    assert Cosignature.objects.count() == 3


def test_a_witness_that_was_away_catches_up(by: Actor, kept: Witness, address: str) -> None:
    kept.trust(signing.public_keys()[-1])
    grow(3, by)
    show(address)
    for _ in range(3):
        grow(5, by)

    assert show(address) == 18


def test_a_log_that_the_witness_does_not_know_is_refused(by: Actor, address: str) -> None:
    grow(3, by)

    with pytest.raises(WitnessRefuses, match="not known"):
        show(address)


def test_a_witness_that_does_not_answer_is_named_as_that(by: Actor) -> None:
    grow(1, by)

    with pytest.raises(WitnessAway):
        show("http://127.0.0.1:9")
    with pytest.raises(WitnessAway):
        show("file:///etc")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/add-checkpoint", b"rubbish", 400),
        ("/add-checkpoint", b"\xff\xfe", 400),
        ("/add-checkpoint", b"x" * 20_000, 413),
        ("/add-hashes/x/y", b"", 404),
        ("/", b"", 404),
    ],
)
def test_rubbish_is_refused(path: str, body: bytes, status: int, address: str) -> None:
    with pytest.raises(HTTPError) as refusal:
        urlopen(address + path, body)

    assert refusal.value.code == status


def test_a_witness_is_made_and_asked_by_commands(by: Actor, tmp_path: Path) -> None:
    folder, out = str(tmp_path / "other"), StringIO()
    call_command("witness", folder, "found", "witness.invalid/two", stdout=StringIO())
    call_command("witness", folder, "trust", str(signing.public_keys()[-1]))
    grow(3, by)
    show(folder)

    call_command("witness", folder, "last", stdout=out)

    assert out.getvalue() == exporting.checkpoint(tree.head())

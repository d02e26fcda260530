"""A figure that another organisation delivers counts only with a signature that holds."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.core.management.base import CommandError

from samenhang.access.rules import NotThere, NotYours
from samenhang.journal.models import Entry
from samenhang.national_picture import actions
from samenhang.national_picture.models import Delivery, SourceKey
from samenhang.national_picture.rules import Asked, delivering
from tests.cast import ActorOf, ClientOf, World

pytestmark = pytest.mark.django_db

JUNE = Asked(date(2014, 6, 30))
HOW = "Handed over by a courier of the service."
SAID: dict[str, Any] = {
    "key": "intelligence_products", "value": "veertig", "words": {"nl": "zo'n veertig", "en": "some forty"},
    "precision": "estimate", "from": "2012-01-01", "until": "2014-06-30", "authority": "AIVD",
    "given_on": "2014-06-27",
}  # fmt: skip
PRIVATE, OTHER = bytes(range(32)), bytes(range(1, 33))


def public(private: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def signed(private: bytes = PRIVATE, **changes: Any) -> bytes:
    return json.dumps(delivering.sign({**SAID, **changes}, private)).encode()


@pytest.fixture
def trusted(world: World, actor_of: ActorOf) -> SourceKey:
    """The key of the invented service, confirmed by a second person."""
    key = actions.propose_key("AIVD", public(PRIVATE), reason=HOW, by=actor_of(world.statistician))
    return actions.confirm_key(key, by=actor_of(world.minister, "statistics"))


def printed(world: World, actor_of: ActorOf, asked: Asked = JUNE) -> tuple[str, str]:
    figure = actions.make_report(asked, by=actor_of(world.statistician)).find("intelligence_products")
    return figure.printed("en"), figure.origin


def test_what_the_service_signed_goes_before_the_quotation(
    trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    assert printed(world, actor_of) == ("several dozen", "quoted")

    row = actions.receive(signed(), by=actor_of(world.statistician))

    assert printed(world, actor_of) == ("some forty", "delivered")
    report = actions.make_report(JUNE, by=actor_of(world.statistician))
    figure = report.find("intelligence_products").to_json("nl", exact=True)
    assert figure["source"] == f"AIVD, geleverd op 2014-06-27 ({row.reference})"
    assert (figure["value"], figure["precision"], figure["counted"]) == ("veertig", "estimate", None)
    assert Entry.objects.filter(event="figure.delivered", subject=row.reference).exists()


def test_the_same_file_twice_is_one_delivery_and_the_latest_window_counts(
    trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.statistician)
    later = {"value": "vijftig", "words": {"nl": "vijftig", "en": "fifty"}, "until": "2014-07-31"}

    first, again = (actions.receive(signed(), by=by) for _ in range(2))
    actions.receive(signed(**later), by=by)

    assert first == again
    assert printed(world, actor_of) == ("some forty", "delivered")
    assert printed(world, actor_of, Asked(date(2014, 8, 1))) == ("fifty", "delivered")


@pytest.mark.parametrize(
    "change", [{"value": "zestig"}, {"until": "2014-06-29"}, {"words": {"nl": "zestig", "en": "sixty"}}]
)
def test_whatever_is_changed_in_a_statement_breaks_its_signature(
    change: dict[str, Any], trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    file = json.loads(signed())
    file["statement"] |= change

    with pytest.raises(delivering.BadDelivery, match="AIVD"):
        actions.receive(json.dumps(file).encode(), by=actor_of(world.statistician))

    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "file",
    [
        b"", b"{}", b"[]", b"\xff", b'{"statement": {}, "signature": "00"}',
        b'{"statement": [], "signature": "zz"}',
        signed(OTHER),
    ],
)  # fmt: skip
def test_what_nobody_trusted_signed_is_refused(
    file: bytes, trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(delivering.BadDelivery):
        actions.receive(file, by=actor_of(world.statistician))


@pytest.mark.parametrize(
    "change",
    [
        {"authority": "NCTV"},  # signed by the right key, about another body's figure
        {"key": "passport_alerts"},  # counted here, delivered by nobody
        {"precision": "exact"},  # not the word of this figure
        {"given_on": "2027-01-01"},
    ],
)
def test_a_good_signature_under_the_wrong_thing_is_refused(
    change: dict[str, Any], trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(delivering.BadDelivery):
        actions.receive(signed(**change), by=actor_of(world.statistician))


def test_a_key_counts_when_a_second_person_agrees_and_until_it_ends(world: World, actor_of: ActorOf) -> None:
    one, two = actor_of(world.statistician), actor_of(world.minister, "statistics")
    key = actions.propose_key("AIVD", public(PRIVATE), reason=HOW, by=one)

    with pytest.raises(delivering.BadDelivery):
        actions.receive(signed(), by=one)
    with pytest.raises(delivering.SamePerson):
        actions.confirm_key(key, by=one)
    actions.confirm_key(key, by=two)
    actions.receive(signed(), by=one)
    assert printed(world, actor_of)[1] == "delivered"
    actions.end_key(key, reason="The service lost its key.", by=two)

    assert printed(world, actor_of) == ("several dozen", "quoted")
    with pytest.raises(delivering.BadKey):
        actions.confirm_key(key, by=two)


def test_a_row_that_somebody_changed_is_no_delivery(
    trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    row = actions.receive(signed(), by=actor_of(world.statistician))

    Delivery.objects.filter(pk=row.pk).update(statement=bytes(row.statement).replace(b"forty", b"fifty"))

    assert printed(world, actor_of) == ("not known", "delivered")


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "00" * 33])
def test_what_is_no_key_is_refused(text: str, world: World, actor_of: ActorOf) -> None:
    with pytest.raises(delivering.BadKey):
        actions.propose_key("AIVD", text, reason=HOW, by=actor_of(world.statistician))


def test_outsiders_trust_nothing_and_deliver_nothing(
    trusted: SourceKey, world: World, actor_of: ActorOf
) -> None:
    for user in (world.police, world.mayor, world.administrator):
        by = actor_of(user)
        with pytest.raises(NotYours):
            actions.propose_key("AIVD", public(OTHER), reason=HOW, by=by)
        with pytest.raises(NotYours):
            actions.receive(signed(), by=by)
        with pytest.raises(NotYours):
            actions.find_key(trusted.reference, by=by)
    with pytest.raises(NotThere):
        actions.find_key("Q-nobody", by=actor_of(world.statistician))


def test_two_people_trust_a_key_on_the_page(world: World, client_of: ClientOf) -> None:
    first, second = client_of(world.statistician), client_of(world.minister, "statistics")
    form = {"authority": "AIVD", "public": public(PRIVATE), "reason": HOW}
    assert first.post("/report/sources/", {**form, "public": "00"}).status_code == 422
    assert first.post("/report/sources/", form).status_code == 302
    key = SourceKey.objects.get()
    confirm = f"/report/sources/{key.reference}/confirm/"
    assert confirm not in first.get("/report/sources/").content.decode()
    first.post(confirm)
    assert not SourceKey.objects.trusted("AIVD").exists()

    assert confirm in second.get("/report/sources/").content.decode()
    second.post(confirm)

    assert SourceKey.objects.trusted("AIVD").get() == key
    second.post(f"/report/sources/{key.reference}/end/", {"reason": "The service lost its key."})
    assert not SourceKey.objects.trusted("AIVD").exists()


def test_the_commands_sign_and_deliver(
    trusted: SourceKey, world: World, actor_of: ActorOf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement, private, file = (tmp_path / name for name in ("statement.json", "key", "signed.json"))
    statement.write_text(json.dumps(SAID))
    private.write_text(PRIVATE.hex())

    call_command("figure", "sign", str(statement), "--key", str(private))
    file.write_text(capsys.readouterr().out)
    call_command("figure", "deliver", str(file))

    assert printed(world, actor_of) == ("some forty", "delivered")
    file.write_text(file.read_text().replace("veertig", "zestig"))
    with pytest.raises(CommandError):
        call_command("figure", "deliver", str(file))
    with pytest.raises(CommandError):
        call_command("figure", "deliver", str(tmp_path / "nothing"))

"""``samenhang receive``: folders, several messages, other files, and the public samples."""

import csv
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.travel import rules
from samenhang.travel.models import Message, Passenger
from tests.integration.test_receiving_messages import ANNA, BRAM, paxlst

pytestmark = pytest.mark.django_db

SAMPLES = Path(
    os.environ.get("SAMENHANG_SAMPLES", Path(__file__).resolve().parents[3] / "shared/travel/samples")
)


@pytest.fixture
def inbox(tmp_path: Path, receiving: Actor) -> Path:
    """A folder of its own, because keys and files of the test's home are kept beside it."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def received(*paths: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("receive", *map(str, paths), "--json", stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_a_folder_is_read_with_all_below_it_in_a_fixed_order(inbox: Path) -> None:
    (inbox / "b").mkdir()
    (inbox / "b" / "two.edi").write_bytes(paxlst(BRAM, reference="2"))
    (inbox / "a.edi").write_bytes(paxlst(ANNA))
    (inbox / "README.md").write_text("# What these are\n")

    answer = received(inbox)

    assert [Path(one["file"]).name for one in answer["files"]] == ["README.md", "a.edi", "two.edi"]
    assert [one["kind"] for one in answer["files"]] == ["not EDIFACT: plain text", "PAXLST", "PAXLST"]
    assert answer["totals"] | {"problems": 0} == {
        "files": 3,
        "messages": 2,
        "passengers": 2,
        "records": 0,
        "answers": 0,
        "duplicates": 0,
        "other_files": 1,
        "problems": 0,
        "failed": 0,
    }


def test_a_file_that_was_received_before_says_so_with_the_same_counts(inbox: Path) -> None:
    (inbox / "a.edi").write_bytes(paxlst(ANNA, BRAM))
    first, again = received(inbox), received(inbox)

    (one,), (other,) = first["files"], again["files"]
    assert (one["duplicate"], other["duplicate"]) == (False, True)
    assert one["passengers"] == other["passengers"] == 2
    assert Passenger.objects.unscoped("a test counts").count() == 2


def test_the_command_acts_as_a_named_service_and_says_no_name(inbox: Path) -> None:
    (inbox / "a.edi").write_bytes(paxlst(ANNA))
    out = StringIO()

    call_command("receive", str(inbox), stdout=out)

    assert "a.edi  PAXLST  1 passengers" in out.getvalue()
    assert "VERZONNEN" not in out.getvalue()
    message = Message.objects.unscoped("a test looks").get()
    entry = Entry.objects.get(event="message.read", subject=message.reference)
    assert entry.purpose == "investigation"


def test_one_file_that_cannot_be_taken_stops_no_other(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST", 2000)
    (inbox / "a.edi").write_bytes(b"x" * 2001)
    (inbox / "b.edi").write_bytes(paxlst(ANNA))
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("receive", str(inbox), "--json", stdout=out)

    kinds = [one["kind"] for one in json.loads(out.getvalue())["files"]]
    assert kinds == ["not received", "PAXLST"]


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(inbox: Path) -> None:
    (inbox / "a.edi").write_bytes(paxlst(ANNA))

    with pytest.raises(CommandError, match="elsewhere"):
        call_command("receive", str(inbox), str(inbox / "elsewhere"))

    assert not Message.objects.unscoped("a test looks").exists()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the public sample messages are not at {SAMPLES}")
def test_the_public_samples_give_the_counts_of_their_manifest(receiving: Actor) -> None:
    answer = received(SAMPLES)

    by_file = {str(Path(one["file"]).relative_to(SAMPLES)): one for one in answer["files"]}
    rows = list(csv.DictReader((SAMPLES / "MANIFEST.csv").open(encoding="utf-8")))
    assert len(rows) > 60
    for row in rows:
        one = by_file.pop(row["file"])
        assert one["kind"] == row["message"], row["file"]
        if row["message"] == "PAXLST":
            assert one["passengers"] == int(row["passengers"]), row["file"]
        if row["message"] == "PNRGOV":
            assert one["records"] == int(row["pnr_records"]), row["file"]
    assert {one["kind"].partition(":")[0] for one in by_file.values()} == {"not EDIFACT"}
    assert answer["totals"]["failed"] == 0

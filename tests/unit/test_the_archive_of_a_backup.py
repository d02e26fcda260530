"""The file of a backup: whatever is done to it, it is told, and nothing of it can be read without the key."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation
from pyrage import x25519

from samenhang.config.backup import archive
from samenhang.foundation import durable

CHUNK = 64 * 1024 + 16  # of the age format, with its tag
NAME = b"VAN NERGENS"


@pytest.fixture
def key() -> x25519.Identity:
    return x25519.Identity.generate()


@pytest.fixture
def made(tmp_path: Path, key: x25519.Identity) -> Path:
    path = tmp_path / "a.backup"
    with archive.writing(path, key) as writer:
        writer.add("one.json", NAME * 10)
        writer.add("tables/000-x/000001.jsonl", bytes(range(256)) * 4)
        writer.add("files/noise", _noise(400_000))
    return path


def _noise(size: int) -> bytes:
    """What cannot be packed, so that the file has several chunks."""
    return random.Random(7).randbytes(size)


def contents(path: Path, key: x25519.Identity) -> dict[str, bytes]:
    with translation.override("en"), archive.reading(path, key) as members:
        return {name: content.read() for name, content in members}


def test_what_was_put_in_comes_out(made: Path, key: x25519.Identity) -> None:
    found = contents(made, key)

    assert list(found) == ["one.json", "tables/000-x/000001.jsonl", "files/noise"]
    assert found["one.json"] == NAME * 10
    assert found["files/noise"] == _noise(400_000)


def test_nothing_of_it_shows_and_nobody_else_may_read_the_file(made: Path) -> None:
    assert NAME not in made.read_bytes()
    assert b"tables/" not in made.read_bytes()
    assert made.stat().st_mode & 0o077 == 0


def flipped(place: float) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        at = int(len(content) * place)
        return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]

    return change


def _chunks(content: bytes) -> tuple[bytes, list[bytes]]:
    """What comes before the chunks, and the chunks: the last is the rest."""
    body = content.index(b"\n--- ") + 5
    start = content.index(b"\n", body) + 1 + 16
    return content[:start], [content[at : at + CHUNK] for at in range(start, len(content), CHUNK)]


def _swapped(content: bytes) -> bytes:
    before, (one, two, *rest) = _chunks(content)
    return before + b"".join([two, one, *rest])


def _left_out(content: bytes) -> bytes:
    before, (one, _two, *rest) = _chunks(content)
    return before + b"".join([one, *rest])


def _without_the_last(content: bytes) -> bytes:
    before, chunks = _chunks(content)
    return before + b"".join(chunks[:-1])


@pytest.mark.parametrize(
    "change",
    [
        *(flipped(place) for place in (0.001, 0.1, 0.35, 0.5, 0.75, 0.9, 0.9999)),
        _swapped,
        _left_out,
        _without_the_last,
        lambda content: content[:-1],
        lambda content: content[:300],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"more",
        lambda content: content.split(b"\n", 1)[0] + b"\n",
    ],
)
def test_every_change_is_told(made: Path, key: x25519.Identity, change: Callable[[bytes], bytes]) -> None:
    made.write_bytes(change(made.read_bytes()))

    with pytest.raises((archive.BadArchive, archive.OtherKey)):
        contents(made, key)


def test_another_key_is_named_before_anything_is_read(made: Path, key: x25519.Identity) -> None:
    other = x25519.Identity.generate()

    with pytest.raises(archive.OtherKey) as refusal:
        contents(made, other)

    assert str(key.to_public()) in str(refusal.value)
    assert str(other.to_public()) in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "no backup"), (b"PK\3\4 a zip\n", "no backup"), (b"samenhang-backup 9 age1x\n", "form 9")],
)
def test_something_else_and_a_later_form_are_told(
    tmp_path: Path, key: x25519.Identity, content: bytes, told: str
) -> None:
    (tmp_path / "x").write_bytes(content)

    with pytest.raises(archive.BadArchive, match=told):
        contents(tmp_path / "x", key)


def test_a_backup_that_fails_midway_leaves_nothing(tmp_path: Path, key: x25519.Identity) -> None:
    with pytest.raises(ZeroDivisionError), archive.writing(tmp_path / "a.backup", key) as writer:
        writer.add("one.json", NAME * (1 // len(tmp_path.name[:0])))

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_to_be_a_full_disk(
    tmp_path: Path, key: x25519.Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _content: bytes) -> bool:
        path.symlink_to("/dev/full")
        return True

    monkeypatch.setattr(durable, "create", full)
    with (
        pytest.raises(OSError, match="No space left"),
        archive.writing(tmp_path / "a.backup", key) as writer,
    ):
        writer.add("files/noise", _noise(4_000_000))

    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_overwritten(made: Path, key: x25519.Identity) -> None:
    before = made.read_bytes()

    with pytest.raises(archive.FileThere), archive.writing(made, key):
        pass

    assert made.read_bytes() == before


def test_a_refusal_of_the_reader_is_not_taken_for_a_fault_of_the_archive(
    made: Path, key: x25519.Identity
) -> None:
    with pytest.raises(ZeroDivisionError), archive.reading(made, key) as members:
        assert [1 // len(name[:0]) for name, _content in members]

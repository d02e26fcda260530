"""Fragments of the changelog are named so that a release can gather them."""

import re
from pathlib import Path

from tests.architecture.house import ROOT

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(added|changed|fixed|removed|security)\.md")


def misnamed(folder: Path) -> list[str]:
    return [
        file.name
        for file in sorted(folder.iterdir())
        if file.name != "README.md"
        and not (NAME.fullmatch(file.name) and file.read_text(encoding="utf-8").strip())
    ]


def test_fragments_say_of_what_kind_they_are() -> None:
    assert misnamed(ROOT / "docs" / "changelog") == []


def test_the_check_objects_to_a_misnamed_or_empty_fragment(tmp_path: Path) -> None:
    for name, text in {
        "a.added.md": "Good.",
        "b.md": "Bad.",
        "C.fixed.md": "Bad.",
        "d.fixed.md": " ",
    }.items():
        (tmp_path / name).write_text(text)

    assert misnamed(tmp_path) == ["C.fixed.md", "b.md", "d.fixed.md"]

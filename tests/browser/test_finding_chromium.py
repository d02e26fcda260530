"""A machine without a browser is told so; one that requires it fails."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import MISSING, chromium

ROOT = Path(__file__).resolve().parents[2]
ONE = "tests/browser/test_finding_chromium.py::test_the_browser_shows_a_page"


def run_without_browser(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(tmp_path), "HOME": str(tmp_path), **settings}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        ONE,
    ]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_browser_shows_a_page(page: Page) -> None:
    page.set_content("<h1>Samenhang</h1>")

    assert page.get_by_role("heading", name="Samenhang").is_visible()


def test_without_chromium_the_tests_are_skipped_in_a_box(tmp_path: Path) -> None:
    answer = run_without_browser(tmp_path)

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"1 not run: {MISSING}" in answer.stdout
    assert "NOT EVERYTHING WAS TESTED" in answer.stdout


def test_where_a_browser_is_required_its_absence_fails(tmp_path: Path) -> None:
    answer = run_without_browser(tmp_path, SAMENHANG_REQUIRE_BROWSER="1")

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert MISSING in answer.stdout


def test_a_browser_that_is_named_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMENHANG_CHROMIUM", "/nowhere/chromium")

    with pytest.raises(FileNotFoundError, match="nowhere"):
        chromium()

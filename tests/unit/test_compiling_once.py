"""Of several processes that need the same compiled function, one compiles it."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest

from screening import compiled


def double(number: int) -> int:
    return number * 2


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache that nobody filled."""
    monkeypatch.setattr(compiled, "_folder", lambda: str(tmp_path))
    return tmp_path


def whoever_waits(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> list[int]:
    """Notes what is asked of the lock; ``meanwhile`` happens just before it is given."""
    asked: list[int] = []

    def flock(_lock: Any, deed: int) -> None:
        asked.append(deed)
        if deed == fcntl.LOCK_EX and len(asked) == 1:
            meanwhile()

    monkeypatch.setattr(fcntl, "flock", flock)
    return asked


def test_what_another_compiled_while_this_one_waited_is_loaded(
    kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine: Any = compiled.compiled(double)
    of_another: Any = compiled.compiled(double)
    whoever_waits(monkeypatch, lambda: type(of_another).compile(of_another, (numba.int64,)))

    assert mine(21) == 42
    assert (len(mine.stats.cache_hits), len(mine.stats.cache_misses)) == (1, 0)


def test_the_lock_is_asked_once_for_a_function_and_all_that_it_calls(
    kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = compiled.compiled(double)

    def outer(number: int) -> int:
        return inner(number) + 1

    asked = whoever_waits(monkeypatch, lambda: None)

    assert compiled.compiled(outer)(20) == 41
    assert asked == [fcntl.LOCK_EX, fcntl.LOCK_UN]


def test_who_may_not_write_in_the_cache_compiles_without_a_lock(
    kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = whoever_waits(monkeypatch, lambda: None)
    mine = compiled.compiled(double)
    monkeypatch.setattr(compiled.os, "access", lambda *_: False)

    assert mine(1) == 2
    assert asked == []


def test_when_compiling_fails_the_lock_is_given_back(kept_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = whoever_waits(monkeypatch, lambda: None)

    with pytest.raises(Exception, match="Failed"):
        compiled.compiled(double)("words")  # type: ignore[arg-type]

    assert asked == [fcntl.LOCK_EX, fcntl.LOCK_UN]

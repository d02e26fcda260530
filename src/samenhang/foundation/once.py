"""What many ask during one request, and what does not change in it, is asked of the database once.

Only for small tables that are about the installation and the law, never about people.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")

_answers: ContextVar[dict[str, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember answers inside the block, and inside a block around it; outside one each is asked anew."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(question: str, ask: Callable[[], Answer]) -> Answer:
    """The answer that was given before in this request, or a new one."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast("Answer", answers[question])


def forget() -> None:
    """After a change of what is asked this way."""
    answers = _answers.get()
    if answers is not None:
        answers.clear()

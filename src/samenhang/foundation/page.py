"""The nouns a page is made of. Views and the context processor make them, the templates draw them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["positive", "warning", "negative", "info", "neutral"]


@dataclass(frozen=True)
class Place:
    """Somewhere to go: an item of the navigation, the sections of a page, or a breadcrumb."""

    label: str
    url: str
    current: bool = False
    waiting: int | None = None
    """How many things wait there; shown beside the label when not zero."""


@dataclass(frozen=True)
class Working:
    """As whom, for whom and why the user works: said at the top of every page."""

    user: str
    """An opaque reference, never a name: it tells the browser when someone else signed in."""
    name: str
    organisation: str
    sign_out_url: str
    purpose: str = ""
    case: str = ""
    change_url: str = ""
    """Where purpose and case are chosen."""
    other_task_url: str = ""
    """The same, for whoever has more than one purpose to choose from."""
    account_url: str = ""
    """Where one's password, second factors and sessions are."""


@dataclass(frozen=True)
class Doubt:
    """Something on this page leans on what no longer holds; where to look again, and by when."""

    thing: str
    url: str
    due: date
    late: bool


@dataclass(frozen=True)
class Label:
    """A status. The text says it; kind only colours it and picks its sign."""

    text: str
    kind: Kind = "neutral"


@dataclass(frozen=True)
class Fact:
    """One line of a definition list. Without a value it says "Unknown"."""

    label: str
    value: object = ""
    note: str = ""
    url: str = ""
    label_kind: Kind | None = None
    """Draw the value as a status label of this kind."""


@dataclass(frozen=True)
class Event:
    """One moment of a timeline. Give planned events first, then what happened, newest first."""

    on: date | datetime
    title: str
    source: str = ""
    detail: str = ""
    url: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Decision:
    """One button of a decision that is taken with one key."""

    value: str
    label: str
    key: str
    hint: str = ""
    primary: bool = False

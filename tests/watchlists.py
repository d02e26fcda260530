"""Invented alerts for the tests of the watchlists. Nobody here resembles a living person."""

from datetime import date
from typing import Any

from samenhang.journal import Actor
from samenhang.watchlists import actions
from samenhang.watchlists.models import Alert
from samenhang.watchlists.rules.alerts import Listed, Request

REVIEW = date(2027, 5, 1)


def listed(**changes: Any) -> Listed:
    fields: dict[str, Any] = {
        "names": ("Fantasio van der Verzonnen",),
        "birth_dates": ("1991-05-12",),
        "sex": "M",
        "nationalities": ("NLD",),
        "documents": ("X0000001",),
    }
    return Listed(**{**fields, **changes})


def request(**changes: Any) -> Request:
    fields: dict[str, Any] = {
        "kind": "SIS-36",
        "action": "discreet-check",
        "criteria": ("intends-or-commits",),
        "contact": "Invented desk, 000-0000",
        "review_on": REVIEW,
    }
    return Request(**{**fields, **changes})


def alert(by: Actor, **changes: Any) -> Alert:
    """An alert on the invented Fantasio van der Verzonnen, changed as said."""
    return actions.issue(listed(**changes), request(), by=by)


def every_alert() -> Any:
    return Alert.objects.unscoped("a test looks at the state")

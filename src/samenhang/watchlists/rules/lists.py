"""What may be imported, and who answers for the use of a list."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.watchlists.publishers import Alias, ListedPerson


class NotUsable(Refused):
    """The file was recognised but not read whole, so it may not replace what is there."""

    code = "not-usable"
    status = 422


class UnknownList(Refused):
    code = "unknown-list"
    status = 404


class AlreadyApproved(Refused):
    code = "already-approved"


class NotApproved(Refused):
    code = "not-approved"


def check_usable(usable: bool, first_problem: str) -> None:
    if not usable:
        raise NotUsable(
            _("The list could not be read whole, so nothing was changed. First problem: %(problem)s")
            % {"problem": first_problem}
        )


def to_json(person: ListedPerson) -> dict[str, Any]:
    """The content of a record as it is stored."""
    content = asdict(person)
    content["listed_on"] = person.listed_on.isoformat() if person.listed_on else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}


def from_json(content: dict[str, Any]) -> ListedPerson:
    """The record as it was published."""
    listed_on = content["listed_on"]
    several = ("birth_dates", "nationalities", "documents", "programmes")
    return ListedPerson(
        **{
            **content,
            **{name: tuple(content[name]) for name in several},
            "aliases": tuple(Alias(**alias) for alias in content["aliases"]),
            "listed_on": date.fromisoformat(listed_on) if listed_on else None,
        }
    )

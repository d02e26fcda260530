"""What the border police met: in which domain, on which basis and ground, and in facts alone.

There is no place for a person here, so that no profile can grow: whoever it is about stands in the alert
that was met, or nowhere. Nobody's looks, belief or descent has a field or is a ground.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samenhang.exchange.rules.conduct import asks_conduct, check_no_service_quoted
from samenhang.foundation.errors import Refused
from samenhang.foundation.language import language
from samenhang.judging.rules import ColleagueNeeded

DATA = Path(__file__).parent.parent / "data" / "border_domains.json"
WHO = "KMAR"
# For which purposes it may go on, as far as a rule of that day lets it.
GIVEN_FOR = ("investigation", "public-order")
PURPOSES = ("border-check", *GIVEN_FOR)
AT_LEAST = 20  # characters
# House policy: what nobody passed on in four weeks was not needed; what was goes after half a year.
KEPT = timedelta(days=28)
KEPT_ONCE_GIVEN = timedelta(days=183)
POLICE = "POL"
# Written down on the day itself or soon after; later it is memory.
WITHIN = timedelta(days=3)


class NotBorderPolice(Refused):
    code = "not-border-police"
    status = 403


class NotFactual(Refused):
    code = "not-factual"
    status = 422


class NoBasis(Refused):
    """The law of that day knows no such domain."""

    code = "no-basis"


class UnknownGround(Refused):
    code = "unknown-ground"
    status = 422


@dataclass(frozen=True, slots=True)
class Met:
    """What an officer met. conduct: what was done, where the description speaks of more than that."""

    domain: str
    ground: str
    description: str
    place: str
    happened_at: datetime
    conduct: str = ""


@cache
def domains() -> Mapping[str, Mapping[str, Any]]:
    """The domains by code, from ``data/border_domains.json``."""
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return {row["code"]: row for row in table["domains"]}


def name(row: Mapping[str, Any]) -> str:
    """Of a domain or a ground, in the language of the reader."""
    return str(row[language()])


def grounds_of(domain: str) -> list[tuple[str, str]]:
    """Codes and names, for a form."""
    return [(row["code"], name(row)) for row in domains()[domain]["grounds"]]


def ground(domain: str, code: str) -> Mapping[str, Any]:
    """Raises UnknownGround."""
    for row in domains()[domain]["grounds"]:
        if row["code"] == code:
            found: Mapping[str, Any] = row
            return found
    raise UnknownGround(_("Choose a ground that belongs to this domain."))


def basis_on(domain: str, on: date) -> str:
    """The legal basis of that domain on that day. Raises NoBasis."""
    for row in domains()[domain]["bases"] if domain in domains() else ():
        if row["from"] <= on.isoformat() and (row["until"] is None or on.isoformat() <= row["until"]):
            return str(row["basis"])
    raise NoBasis(_("The law of that day knows no such task of the marechaussee."))


def check_met(met: Met, now: datetime, *, alert: bool) -> None:
    """Raises NoBasis, UnknownGround, NotFactual and OnlyByOfficialMessage. alert: whether one was named."""
    if ground(met.domain, met.ground)["alert"] != alert:
        raise UnknownGround(_("Name the alert for the ground of an alert, and for no other."))
    if len(met.description.strip()) < AT_LEAST or not met.place.strip():
        raise NotFactual(_("Say in a full sentence what happened, and where."))
    if not now - WITHIN <= met.happened_at <= now:
        raise NotFactual(_("It happened in the last three days. Look at the moment again."))
    check_no_service_quoted(met.description)
    if asks_conduct(met.description) and not met.conduct.strip():
        raise NotFactual(
            _("Your text speaks of belief, descent or looks. Say below what the person did, and when.")
        )


def check_may_pass_on(noted_by: int, user: int) -> None:
    """Raises ColleagueNeeded."""
    if noted_by == user:
        raise ColleagueNeeded(_("You wrote this down yourself. A colleague passes it on."))

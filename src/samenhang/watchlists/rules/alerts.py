"""What an alert must say, which action it may ask for, and when somebody must look again."""

import calendar
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.language import language
from samenhang.grounds import rules as law

DATA = Path(__file__).parent.parent / "data" / "alert_kinds.json"
# Whose alerts passengers may be compared with.
ISSUERS = ("POL", "KMAR")
# Who compares them, and reviews what is found.
UNIT = "PINL"
PURPOSES = ("investigation", "border-check")
MOST_NAMES = 40
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")


class Action(TextChoices):
    """What whoever meets the person may do, and nothing more."""

    DISCREET_CHECK = "discreet-check", gettext_lazy("Discreet check")
    INQUIRY = "inquiry", gettext_lazy("Inquiry check")
    STOP = "stop", gettext_lazy("Specific check (stop)")
    ARREST = "arrest", gettext_lazy("Arrest")


class NotAnIssuer(Refused):
    code = "not-an-issuer"
    status = 403


class NoGround(Refused):
    """The law of that day does not know this kind of alert, or not for this action."""

    code = "no-ground"


class Incomplete(Refused):
    code = "incomplete"
    status = 422


class ReviewTooLate(Refused):
    code = "review-too-late"
    status = 422


class AlreadyLifted(Refused):
    code = "already-lifted"


@dataclass(frozen=True, slots=True)
class Listed:
    """Whom the alert is about, as the issuer knows them.

    names: each holds all parts, in any order and script; they are alternatives.
    birth_dates: ISO, as precise as known. sex: "M", "F" or empty. nationalities:
    ISO 3166-1 alpha-3; shown to the reviewer and never compared. documents: numbers.
    """

    names: tuple[str, ...]
    birth_dates: tuple[str, ...] = ()
    sex: str = ""
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What the issuer asks for and on which ground.

    kind: of the catalogue of measures (``SIS-36``, ``SIS-26``). criteria: codes of
    ``data/alert_kinds.json``. contact: whom to call when somebody resembles this
    person. review_on: the last day on which the alert is compared unless renewed.
    """

    kind: str
    action: str
    criteria: tuple[str, ...]
    contact: str
    review_on: date


@cache
def kinds() -> Mapping[str, Mapping[str, Any]]:
    """The kinds of alert by code, from ``data/alert_kinds.json``."""
    table = json.loads(DATA.read_text(encoding="utf-8"))
    return {row["kind"]: row for row in table["kinds"]}


def kind_for(action: str) -> str:
    """The kind of alert that asks for this action."""
    return next(
        code for code, row in kinds().items() if any(one["action"] == action for one in row["actions"])
    )


def criteria_of(kind: str) -> list[tuple[str, str]]:
    """Codes and (lazy) texts of the criteria of one kind."""
    return [(row["code"], _text(row["en"], row["nl"])) for row in kinds()[kind]["criteria"]]


def criterion_label(code: str) -> str:
    """How a user reads a criterion; the code itself when the table no longer knows it."""
    return next((text for kind in kinds() for known, text in criteria_of(kind) if known == code), code)


def check_issuer(authority: str) -> None:
    if authority not in ISSUERS:
        raise NotAnIssuer(
            _("Only the police and the marechaussee issue alerts that passengers are compared with.")
        )


def ground_on(kind: str, action: str, on: date) -> str:
    """The legal basis of this alert on that day. Raises NoGround."""
    row = kinds().get(kind)
    basis = law.basis_on(kind, on) if row else None
    known = row and any(one["action"] == action and one["since"] <= on.isoformat() for one in row["actions"])
    if not basis or not known:
        raise NoGround(_("The law of that day knows no alert of this kind with this action."))
    return basis.basis


def check_listed(listed: Listed) -> None:
    """Raises Incomplete."""
    if not any(name.strip() for name in listed.names) or len(listed.names) > MOST_NAMES:
        raise Incomplete(_("Give at least one name, and no more than 40."))
    if not all(_DATE.match(day) for day in listed.birth_dates):
        raise Incomplete(_("Write a date of birth as 1990-05-31, 1990-05 or 1990."))
    if not listed.birth_dates and not listed.documents:
        # A name alone is shared by too many people to be looked for (CJEU C-817/19, 123).
        raise Incomplete(_("Give a date of birth or the number of a document: a name alone is too little."))


def check_request(request: Request, on: date) -> None:
    """Raises NoGround, Incomplete and ReviewTooLate."""
    ground_on(request.kind, request.action, on)
    allowed = {code for code, _text in criteria_of(request.kind)}
    if not request.criteria or not set(request.criteria) <= allowed:
        raise Incomplete(_("Name at least one criterion of the article, and no other."))
    if not request.contact.strip():
        raise Incomplete(_("Say whom to call, day and night."))
    check_review(request.kind, request.review_on, on)


def check_review(kind: str, review_on: date, on: date) -> None:
    """Raises ReviewTooLate when the day is not after today, or later than the law lets an alert stand."""
    latest = months_after(on, kinds()[kind]["review_within_months"])
    if not on < review_on <= latest:
        raise ReviewTooLate(
            _("The day of review lies after today and no later than %(latest)s.")
            % {"latest": date_format(latest)}
        )


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _chosen(en: str, nl: str) -> str:
    return nl if language() == "nl" else en


_text = lazy(_chosen, str)

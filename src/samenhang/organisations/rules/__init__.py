"""Roles, the purposes they may work for, and when a mandate is in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.errors import Refused


class Role(TextChoices):
    """What a mandate lets a person be. Which deeds belong to it: ``access/data/functions.json``."""

    TRAVEL_ANALYST = "travel-analyst", _("Travel data analyst")
    POLICE_ANALYST = "police-analyst", _("Police analyst")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    CASE_DIRECTOR = "case-director", _("Case director")
    MAYOR = "mayor", _("Mayor")
    CHILD_PROTECTION_WORKER = "child-protection-worker", _("Child protection worker")
    BORDER_OFFICER = "border-officer", _("Border officer")
    DECISION_OFFICER = "decision-officer", _("Officer who decides on measures")
    LEGAL_ADVISER = "legal-adviser", _("Legal adviser")
    LIST_MANAGER = "list-manager", _("List manager")
    STATISTICIAN = "statistician", _("Statistician")
    DATA_PROTECTION_OFFICER = "data-protection-officer", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Technical administrator")
    SERVICE_RECEIVING = "service-receiving", _("Service: receiving")
    SERVICE_SCREENING = "service-screening", _("Service: screening")
    SERVICE_TERMS = "service-terms", _("Service: terms")
    SERVICE_LISTS = "service-lists", _("Service: lists")
    SERVICE_REPORTING = "service-reporting", _("Service: reporting")


_CASE_WORK = ("weighing", "person-centred-approach")
PURPOSES: dict[str, tuple[str, ...]] = {
    Role.TRAVEL_ANALYST: ("investigation",),
    Role.POLICE_ANALYST: ("investigation", "border-check", *_CASE_WORK),
    Role.PROSECUTOR: ("prosecution", "investigation", *_CASE_WORK),
    Role.CASE_DIRECTOR: (*_CASE_WORK, "public-order"),
    Role.MAYOR: (*_CASE_WORK, "public-order", "passport-decision", "temporary-measure"),
    Role.CHILD_PROTECTION_WORKER: ("child-protection", *_CASE_WORK),
    Role.BORDER_OFFICER: ("investigation", "border-check"),
    Role.DECISION_OFFICER: (
        "temporary-measure",
        "passport-decision",
        "nationality-decision",
        "residence-decision",
        "asset-freeze",
        "benefit-decision",
        "residence-registration",
        "child-protection",
        "sentence-execution",
        "public-order",
        "border-check",
        "investigation",
        "content-removal",
        "statistics",
        "coordination",
    ),
    Role.LEGAL_ADVISER: (*_CASE_WORK, "temporary-measure", "public-order", "passport-decision"),
    Role.LIST_MANAGER: ("asset-freeze", "border-check"),
    Role.STATISTICIAN: ("statistics",),
    Role.DATA_PROTECTION_OFFICER: ("oversight",),
    Role.ADMINISTRATOR: ("oversight",),
    Role.SERVICE_RECEIVING: ("investigation",),
    Role.SERVICE_SCREENING: ("investigation",),
    Role.SERVICE_TERMS: ("person-centred-approach",),
    Role.SERVICE_LISTS: ("asset-freeze",),
    Role.SERVICE_REPORTING: ("statistics",),
}

PURPOSE_LABELS = {
    "weighing": _("Weighing a report"),
    "person-centred-approach": _("Person-centred approach"),
    "investigation": _("Investigation of offences"),
    "prosecution": _("Prosecution"),
    "border-check": _("Border control and alerts"),
    "public-order": _("Public order"),
    "child-protection": _("Protection of a child"),
    "sentence-execution": _("Execution of a sentence"),
    "benefit-decision": _("Decision on a benefit"),
    "asset-freeze": _("Freezing of assets"),
    "passport-decision": _("Decision on a travel document"),
    "nationality-decision": _("Decision on nationality"),
    "residence-decision": _("Decision on residence"),
    "temporary-measure": _("Temporary administrative measure"),
    "residence-registration": _("Population register"),
    "content-removal": _("Removal of online content"),
    "statistics": _("Statistics and public report"),
    "coordination": _("Coordination of the approach"),
    "oversight": _("Oversight"),
}
# What one finds under a purpose, for who chooses between several.
PURPOSE_HOLDS = {
    "weighing": _("signals, and whether police, prosecution and mayor take them up"),
    "person-centred-approach": _("cases, conferences, assessments and measures"),
    "investigation": _("alerts, hits and travel data"),
    "prosecution": _("official messages, arrests, and whether somebody can be prosecuted"),
    "border-check": _("alerts and what the border police met"),
    "public-order": _("what a mayor decides for the order in the town"),
    "child-protection": _("children, and the measures that protect them"),
    "statistics": _("figures without people"),
    "coordination": _("the whole approach, under pseudonyms"),
    "oversight": _("who did what, and who asks for their rights"),
}


@dataclass(frozen=True, slots=True)
class Service:
    """A named service account: for which authority it works, in which role, for what."""

    authority: str
    organisation: str
    role: Role
    purpose: str


SERVICES: dict[str, Service] = {
    "receiving": Service("PINL", "Passenger Information Unit", Role.SERVICE_RECEIVING, "investigation"),
    "screening": Service("PINL", "Passenger Information Unit", Role.SERVICE_SCREENING, "investigation"),
    "terms": Service("CASUS", "Case conference platform", Role.SERVICE_TERMS, "person-centred-approach"),
    "accounts": Service("BANK", "Who keeps the accounts", Role.SERVICE_LISTS, "asset-freeze"),
    "lists": Service("BZ", "Ministry of Foreign Affairs", Role.SERVICE_LISTS, "asset-freeze"),
    "reporting": Service("JENV", "Ministry of Justice and Security", Role.SERVICE_REPORTING, "statistics"),
}


class PurposeNotAllowed(Refused):
    code = "purpose-not-allowed"
    status = 403


class NoSuchCase(Refused):
    """Not there, or not theirs to read: the words are the same."""

    code = "no-such-case"
    status = 422


class NoMandate(Refused):
    code = "no-mandate"
    status = 403


class FirstPasswordExpired(Refused):
    code = "first-password-expired"
    status = 401


class KeyTooLong(Refused):
    code = "key-too-long"


class PasswordNotEnough(Refused):
    code = "password-not-enough"
    status = 401


class NoOperator(Refused):
    code = "no-operator"


class UnknownAccount(Refused):
    code = "unknown-account"


class AlreadyLinked(Refused):
    code = "already-linked"


class WrongPassword(Refused):
    code = "wrong-password"
    status = 401


def in_force(starts_on: date, ends_on: date | None, on: date) -> bool:
    """From the first day, up to and including the last."""
    return starts_on <= on and (ends_on is None or on <= ends_on)


def check_purpose(purpose: str, roles: frozenset[str]) -> None:
    if not any(purpose in PURPOSES.get(role, ()) for role in roles):
        raise PurposeNotAllowed(_("Your mandate does not cover this purpose. Choose another purpose."))


def purposes_of(roles: frozenset[str]) -> tuple[str, ...]:
    """The purposes that these roles may choose from, in the order of the table."""
    return tuple(dict.fromkeys(purpose for role in sorted(roles) for purpose in PURPOSES.get(role, ())))

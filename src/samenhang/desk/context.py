"""The main menu: what the roles of this person can open; at the door of a demonstration its accounts."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from samenhang.access.rules import may_do, may_read
from samenhang.cases.rules import Regime, regime_on
from samenhang.desk.demonstration import accounts, told_here
from samenhang.desk.scenarios.cast import PASSWORD
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import by_place, counted, elsewhere
from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.page import Place
from samenhang.grounds.rules.disclosure import COORDINATOR
from samenhang.journal import Actor
from samenhang.national_picture import actions as report
from samenhang.organisations.rules import PURPOSE_LABELS

OF_A_ROLE = frozenset(
    {
        "passenger.answer-person",
        "accreditation.give",
        "person.look-up",
        "case.look-into",
        "country.assess",
        "conflict-zone.name",
    }
)

# label, URL name, what one must be able to read (a model) or do (a deed)
PLACES = (
    (_("My work"), "desk:my-work", "", ""),
    (_("Look up a person"), "desk:search", "", "person.look-up"),
    (_("Hits"), "watchlists:hits", "watchlists.Hit", ""),
    (_("Shift"), "judging:shift", "judging.Shift", ""),
    (_("Alerts"), "watchlists:alerts", "watchlists.Alert", ""),
    (_("Border hits"), "watchlists:border-hits", "watchlists.BorderHit", ""),
    (_("Matches"), "criteria:matches", "criteria.Match", ""),
    (_("Rules about journeys"), "criteria:rules", "criteria.Rule", ""),
    (_("Passenger messages"), "travel:messages", "travel.Message", ""),
    (_("Requests to unmask"), "travel:unmaskings", "travel.Unmasking", ""),
    (_("What is held of a person"), "travel:of-a-person", "", "passenger.answer-person"),
    (_("Countries"), "exchange:countries", "", "country.assess"),
    (_("Conflict zones"), "exchange:zones", "", "conflict-zone.name"),
    (_("Legal basis of travel data"), "travel:bases", "", "travel.set-basis"),
    (_("Given and received"), "exchange:disclosures", "exchange.Disclosure", ""),
    (_("Hit or no hit"), "exchange:questions", "exchange.Question", ""),
    (_("Questions between partners"), "exchange:questions-oversight", "exchange.RegisteredQuestion", ""),
    (_("Official messages"), "exchange:official-messages", "exchange.OfficialMessage", ""),
    (_("Signals"), "cases:signals", "exchange.Signal", ""),
    (_("Weighings"), "cases:weighings", "cases.Weighing", ""),
    (_("Cases"), "cases:cases", "cases.Case", ""),
    (_("Assessments"), "risk:assessments", "risk.Assessment", ""),
    (_("Travellers"), "risk:travellers", "risk.Trajectory", ""),
    (_("Conferences"), "conferences:conferences", "conferences.Conference", ""),
    (_("Criminal cases"), "prosecution:cases", "prosecution.CriminalCase", ""),
    (_("Steps that wait"), "deconfliction:windows", "deconfliction.Window", ""),
    (_("Oversight of cases"), "cases:oversight", "", "case.look-into"),
    (_("Measures"), "measures:index", "measures.Measure", ""),
    (_("Stopped look-ups"), "persons:stopped-look-ups", "persons.StoppedLookUp", ""),
    (_("Accreditations"), "risk:accreditations", "", "accreditation.give"),
    (_("Coverage of travellers"), "risk:coverage", "", "coverage.count"),
    (_("Coordination"), "coordination:index", "", "reidentification.ask"),
    (_("Commitments"), "programme:commitments", "", "commitment.keep"),
    (_("Report"), "national_picture:progress", "", "report.make"),
    (_("Effort"), "national_picture:effort", "", "effort.enter"),
    (_("Data breaches"), "oversight:breaches", "oversight.PersonalDataBreach", ""),
)
# Whoever oversees comes to a case by looking into it (“Oversight of cases”): these pages would stay empty.
NEVER_THERE = {"oversight": ("cases:cases", "risk:assessments")}
# For everybody, and seldom: at the foot of each page, since a long menu hides what is needed every day.
SELDOM = (
    (_("Partners"), "programme:partners"),
    (_("Commitments"), "programme:commitments"),
    (_("Note a data breach"), "oversight:note-breach"),
)


def door(_request: HttpRequest) -> dict[str, Any]:
    """``demonstration_accounts``: their password and people, or None in a real installation."""
    return {"demonstration_accounts": SimpleLazyObject(_accounts)}


def _accounts() -> dict[str, Any] | None:
    if not is_demonstration():
        return None
    return {"password": PASSWORD, "people": accounts(told_here())}


def tasks(request: HttpRequest) -> dict[str, Any]:
    """``waiting_by_task``: how much waits under each purpose, asked only by the page where one chooses."""
    return {"waiting_by_task": SimpleLazyObject(partial(_waiting_by_task, request))}


def _waiting_by_task(request: HttpRequest) -> list[tuple[Any, int]]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return []
    found = elsewhere(KINDS, replace(actor, purpose="", case=""))
    return [(PURPOSE_LABELS[purpose], number) for purpose, number in found.items()]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation``: the places of the main menu; ``seldom``: of the foot. Empty before a task is chosen."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.purpose:
        return {"navigation": [], "seldom": []}
    told = getattr(request, "waiting", None)
    here, waiting = request.path, by_place(KINDS, counted(KINDS, actor) if told is None else told)
    waiting["desk:my-work"] = sum(waiting.values())
    places = []
    for label, name, model, deed in PLACES:
        if (model and not may_read(model, actor.roles)) or (deed and not _does(deed, actor)):
            continue
        if name in NEVER_THERE.get(actor.purpose, ()):
            continue
        if name == "cases:weighings" and regime_on(actor.today) == Regime.COVENANT:
            continue  # no law of that day knows a panel that weighs
        places.append(Place(str(label), reverse(name), waiting=waiting.get(name)))
    # A place may lie below another; where somebody is, is the lowest.
    above = [one.url for one in places if (here == "/" if one.url == "/" else here.startswith(one.url))]
    nearest = max(above, key=len, default="")
    return {
        "navigation": [replace(one, current=one.url == nearest) for one in places],
        "seldom": [Place(str(label), reverse(name)) for label, name in SELDOM],
    }


def _does(deed: str, actor: Actor) -> bool:
    """Some deeds are of a role wherever it is held, one the coordinator's; the others the ministry's."""
    if deed == "reidentification.ask":
        return actor.authority == COORDINATOR and may_do(deed, actor.roles)
    if deed == "effort.enter":
        return report.may_enter(by=actor)
    return may_do(deed, actor.roles) if deed in OF_A_ROLE else report.may(deed, by=actor)

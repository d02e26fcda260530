"""The named world of the tests: who works where, as what, since 1 January 2025.

Nobody here resembles a living person. ``world.school`` is the outsider: the
same role as the municipality's case director, in an organisation that was
given nothing, so that only the policy keeps the school out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from samenhang.foundation.clock import now
from samenhang.foundation.session_store import SessionStore
from samenhang.journal import Actor
from samenhang.organisations import actions
from samenhang.organisations.acting import actor_for, installer, service_account
from samenhang.organisations.models import Organisation, Session, User
from samenhang.organisations.rules import PURPOSES
from tests import put_back
from tests.bases import travel_data_allowed

SINCE = date(2025, 1, 1)
PASSWORD = "a password of nobody"
BACKEND = "django.contrib.auth.backends.ModelBackend"
HOME, ELSEWHERE = "Nergenshuizen", "Elderstad"


@dataclass(frozen=True)
class World:
    """Users by what they do; each ``user.organisation`` is where they do it."""

    police: User
    police_two: User
    prosecutor: User
    prosecutor_two: User
    mayor: User
    director: User
    director_two: User
    lawyer: User
    other_mayor: User
    other_director: User
    child_protection: User
    school: User
    travel: User
    travel_two: User
    border: User
    minister: User
    list_manager: User
    administrator: User
    statistician: User
    privacy: User
    travel_privacy: User

    def users(self) -> list[User]:
        return list(vars(self).values())

    @property
    def municipality(self) -> Organisation:
        return self.mayor.organisation

    @property
    def other_municipality(self) -> Organisation:
        return self.other_mayor.organisation


# field of World: (authority, region, organisation, roles)
PEOPLE: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "police": ("POL", "", "Police", ("police-analyst",)),
    "police_two": ("POL", "", "Police", ("police-analyst",)),
    "prosecutor": ("OM", "", "Public Prosecution Service", ("prosecutor",)),
    "prosecutor_two": ("OM", "", "Public Prosecution Service", ("prosecutor",)),
    "mayor": ("BURG", HOME, f"Municipality of {HOME}", ("mayor",)),
    "director": ("BURG", HOME, f"Municipality of {HOME}", ("case-director",)),
    "director_two": ("BURG", HOME, f"Municipality of {HOME}", ("case-director",)),
    "lawyer": ("BURG", HOME, f"Municipality of {HOME}", ("legal-adviser",)),
    "other_mayor": ("BURG", ELSEWHERE, f"Municipality of {ELSEWHERE}", ("mayor",)),
    "other_director": ("BURG", ELSEWHERE, f"Municipality of {ELSEWHERE}", ("case-director",)),
    "child_protection": ("RVDK", "", "Child Protection Board", ("child-protection-worker",)),
    "school": ("SCHOOL", HOME, f"School of {HOME}", ("case-director",)),
    "travel": ("PINL", "", "Passenger Information Unit", ("travel-analyst",)),
    "travel_two": ("PINL", "", "Passenger Information Unit", ("travel-analyst",)),
    "border": ("KMAR", "", "Royal Marechaussee", ("border-officer",)),
    "minister": ("JENV", "", "Ministry of Justice and Security", ("decision-officer",)),
    "list_manager": ("BZ", "", "Ministry of Foreign Affairs", ("list-manager",)),
    "administrator": ("JENV", "", "Ministry of Justice and Security", ("administrator",)),
    "statistician": ("JENV", "", "Ministry of Justice and Security", ("statistician",)),
    "privacy": ("FG", HOME, f"Data protection officer of {HOME}", ("data-protection-officer",)),
    "travel_privacy": ("PINL", "", "Passenger Information Unit", ("data-protection-officer",)),
}


class StandingClock:
    """The clock that the interfaces read; a test may set it to another moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    """Stands at ``moment``; ``clock.moment = …`` moves every page and command."""
    standing = StandingClock(moment)
    monkeypatch.setattr("samenhang.foundation.clock.timezone", SimpleNamespace(now=standing.now))
    return standing


@pytest.fixture
def world(db: None, clock: StandingClock) -> World:
    """The whole cast, each with mandates from 1 January 2025 without an end."""
    return put_back.world(clock.moment, populate)


def populate(moment: datetime) -> World:
    """The same, for whoever shares one world among many tests."""
    by = installer(moment)
    people = {}
    for field, (authority, region, name, roles) in PEOPLE.items():
        organisation = actions.found(authority, name, region=region, by=by)
        user = actions.open_account(
            f"imaginary.{field}", f"Imaginary {field}", organisation, password=PASSWORD, by=by
        )
        for role in roles:
            actions.give_mandate(user, role, starts_on=SINCE, by=by)
        people[field] = user
    travel_data_allowed(people["minister"])
    return World(**people)


ClientOf = Callable[..., Client]
ActorOf = Callable[..., Actor]


def usual_purpose(user: User) -> str:
    """The first purpose of the user's first role."""
    return PURPOSES[user.mandates.order_by("pk")[0].role][0]


@pytest.fixture
def receiving(db: None, moment: datetime) -> Actor:
    """The service that receives, where nobody else is needed; travel data may be processed."""
    by = service_account("receiving", now=moment)
    travel_data_allowed(User.objects.get(pk=by.user_id))
    return by


@pytest.fixture
def client_of(clock: StandingClock) -> ClientOf:
    """``client_of(user, purpose="weighing", case="")``: a browser that is signed in and chose its task."""

    return signed_in


def signed_in(user: User, purpose: str = "", case: str = "") -> Client:
    """A browser with the cookie that signing in leaves, without the door: that has tests of its own."""
    moment = now()
    door = Session.objects.create(
        user=user,
        authentication="pwd+totp",
        strong=True,
        opened_at=moment,
        seen_at=moment,
        confirmed_at=moment,
    )
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY], session["reference"] = user.get_session_auth_hash(), door.reference
    session["purpose"], session["case"] = purpose or usual_purpose(user), case
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def actor_of(clock: StandingClock) -> ActorOf:
    """``actor_of(user, purpose="weighing", now=…)``: the same person for calling actions."""

    def act(user: User, purpose: str = "", *, now: datetime | None = None, case: str = "") -> Actor:
        return actor_for(user, purpose=purpose or usual_purpose(user), now=now or clock.moment, case=case)

    return act

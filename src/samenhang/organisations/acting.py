"""Who acts: a person at work, a named service, or who sets up a new home.

Every action takes the Actor that is made here, so nothing here takes one.
"""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.journal import Actor
from samenhang.organisations import rules
from samenhang.organisations.models import Mandate, Organisation, Session, User


def actor_for(
    user: User,
    *,
    purpose: str,
    now: datetime,
    case: str = "",
    simulated: bool = False,
    session: Session | None = None,
) -> Actor:
    """Who acts, from what holds at this moment. An empty purpose gives an actor who may read nothing.

    session: how and where the person signed in; None for a service, or a person in a story.

    Raises NoMandate and PurposeNotAllowed.
    """
    mandates = user.mandates_on(timezone.localtime(now).date())
    roles = frozenset(mandate.role for mandate in mandates)
    if not user.is_active or not mandates:
        raise rules.NoMandate(_("Your mandate is not in force today. Ask your administrator."))
    if purpose:
        rules.check_purpose(purpose, roles)
    organisation = user.organisation
    return Actor(
        user=user.reference,
        organisation=organisation.reference,
        authority=organisation.authority,
        roles=roles,
        purpose=purpose,
        now=now,
        mandate=mandates[0].reference,
        case=case,
        clearance=user.clearance,
        human=user.human,
        simulated=simulated,
        session=session.reference if session else "",
        authentication=session.authentication if session else "" if user.human else "service",
        organisation_id=organisation.pk,
        user_id=user.pk,
    )


def operator(username: str, *, about: str, now: datetime, simulated: bool = False) -> Actor:
    """The administrator who works on the account of somebody else from the machine itself.

    about: the user name concerned. Without an administrator besides that person, whoever holds the
    machine sets it up. Raises NoOperator.
    """
    others = User.objects.administrators(timezone.localtime(now).date()).exclude(username=about)
    if not username and not others.exists():
        return installer(now, simulated=simulated)
    user = others.filter(username=username).first()
    if user is None:
        names = ", ".join(others.order_by("username").values_list("username", flat=True)[:5])
        raise rules.NoOperator(_("Name an administrator, and not the person concerned: %s.") % names)
    return actor_for(user, purpose="oversight", now=now, simulated=simulated)


def service_account(name: str, *, now: datetime, simulated: bool = False) -> Actor:
    """The named service at work: made at first use, journalled like anybody, unable to sign in."""
    service = rules.SERVICES[name]
    organisation, _made = Organisation.objects.get_or_create(
        authority=service.authority, region="", defaults={"name": service.organisation}
    )
    user, _made = User.objects.get_or_create(
        username=f"service:{name}",
        defaults={
            "name": f"service:{name}",
            "organisation": organisation,
            "human": False,
            "password": make_password(None),
        },
    )
    Mandate.objects.get_or_create(
        user=user, role=service.role, defaults={"starts_on": date(2000, 1, 1), "granted_by": "installation"}
    )
    return actor_for(user, purpose=service.purpose, now=now, simulated=simulated)


def installer(now: datetime, *, simulated: bool = False) -> Actor:
    """Who sets up a new home: it may found organisations and accounts, and read nothing."""
    return Actor(
        user="installer",
        organisation="",
        authority="",
        roles=frozenset({rules.Role.ADMINISTRATOR}),
        purpose="oversight",
        now=now,
        human=False,
        simulated=simulated,
    )

"""Organisations, accounts, mandates and covenants."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import rules
from samenhang.organisations.models import Covenant, Mandate, Organisation, Team, User


@transaction.atomic
def found(authority: str, name: str, *, region: str = "", by: Actor) -> Organisation:
    """Let a body take part. Doing it again for the same body changes nothing."""
    organisation, made = Organisation.objects.get_or_create(
        authority=authority, region=region, defaults={"name": name}
    )
    if made:
        record("organisation.founded", organisation, by=by, operation=Operation.ADMIN)
    return organisation


@transaction.atomic
def open_account(
    username: str, name: str, organisation: Organisation, *, password: str | None, team: str = "", by: Actor
) -> User:
    """Give a person an account; None: no password yet. What they may do comes with their mandates."""
    unit = Team.objects.get_or_create(organisation=organisation, name=team)[0] if team else None
    user = User.objects.create(
        username=username, name=name, organisation=organisation, team=unit, password=make_password(password)
    )
    record("account.opened", user, by=by, operation=Operation.ADMIN)
    return user


@transaction.atomic
def give_mandate(
    user: User, role: str, *, starts_on: date, ends_on: date | None = None, by: Actor
) -> Mandate:
    """Let the user act in a role from one day until another."""
    mandate = Mandate.objects.create(
        user=user, role=rules.Role(role), starts_on=starts_on, ends_on=ends_on, granted_by=by.user
    )
    record("mandate.given", mandate, by=by, operation=Operation.ADMIN)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, ends_on: date, by: Actor) -> Mandate:
    """End a mandate after this day; the next request already feels it."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    mandate.ends_on = ends_on
    mandate.save(update_fields=["ends_on"])
    record("mandate.ended", mandate, by=by, operation=Operation.ADMIN)
    return mandate


@transaction.atomic
def sign_covenant(title: str, organisations: list[Organisation], *, signed_on: date, by: Actor) -> Covenant:
    """Record what these organisations signed together."""
    covenant = Covenant.objects.create(title=title, signed_on=signed_on)
    covenant.organisations.set(organisations)
    record("covenant.signed", f"covenant:{covenant.pk}", by=by, operation=Operation.ADMIN)
    return covenant

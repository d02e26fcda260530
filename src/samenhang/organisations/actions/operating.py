"""What an operator does for somebody else: a first password, lost factors, a link, a closed account."""

import secrets

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.foundation.keys import destroy_on_commit
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import rules
from samenhang.organisations.actions.access_keys import end_access_keys
from samenhang.organisations.actions.sessions import end_other_sessions
from samenhang.organisations.models import ProviderAccount, User
from samenhang.organisations.rules import signing_in


@transaction.atomic
def give_first_password(user: User, *, reason: str, by: Actor) -> str:
    """A password that works for three days and must be replaced at once. Shown to the operator, once."""
    password = secrets.token_urlsafe(12)
    user = User.objects.select_for_update().get(pk=user.pk)
    user.password = make_password(password)
    user.first_password_until = by.now + signing_in.FIRST_PASSWORD
    user.save(update_fields=["password", "first_password_until"])
    record("first-password.given", user, by=by, operation=Operation.ADMIN, reason=reason)
    end_other_sessions(user, signing_in.Ending.ADMINISTRATOR, by=by)
    return password


@transaction.atomic
def reset_factors(user: User, *, reason: str, second: str, by: Actor) -> str:
    """Forget every second factor of somebody who lost them, and give a first password.

    second: reference of the other person who agreed; empty when there is none to ask.
    The password changes as well: whoever has the old one must not add a factor of their own.
    """
    user.factors.all().delete()
    _forget_key(user)
    recipients = [second] if second else []
    record("factors.reset", user, by=by, operation=Operation.ADMIN, reason=reason, recipients=recipients)
    return give_first_password(user, reason=reason, by=by)


@transaction.atomic
def link_provider_account(
    user: User, issuer: str, subject: str, *, reason: str, by: Actor
) -> ProviderAccount:
    """Let this person sign in through an identity provider. Raises AlreadyLinked."""
    if ProviderAccount.objects.filter(issuer=issuer, subject=subject).exists():
        raise rules.AlreadyLinked(_("This account at the provider belongs to somebody already."))
    linked = ProviderAccount.objects.create(user=user, issuer=issuer, subject=subject, linked_at=by.now)
    record("provider-account.linked", user, by=by, operation=Operation.ADMIN, reason=reason)
    return linked


@transaction.atomic
def close_account(user: User, *, reason: str, by: Actor) -> User:
    """Nobody signs in with this account any more. What the person did stays, under their reference."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.password = make_password(None)
    user.save(update_fields=["is_active", "password"])
    for mandate in user.mandates_on(by.today):
        mandate.ends_on = by.today
        mandate.save(update_fields=["ends_on"])
    user.factors.all().delete()
    user.provider_accounts.all().delete()
    _forget_key(user)
    end_access_keys(user, reason=reason, by=by)
    record("account.closed", user, by=by, operation=Operation.ADMIN, reason=reason)
    end_other_sessions(user, signing_in.Ending.ADMINISTRATOR, by=by)
    return user


def _forget_key(user: User) -> None:
    """Once the rows have gone for certain: then no old backup can give the secrets either."""
    destroy_on_commit(f"factors:{user.reference}")

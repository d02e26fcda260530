"""Keys with which machines ask the API."""

import secrets
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations import rules
from samenhang.organisations.models import AccessKey, User

# So that a key among other text is known for what it is, by people and by programs that look for leaks.
MARK = "samenhang-key-"
LONGEST_DAYS = 365


@transaction.atomic
def make_access_key(user: User, purpose: str, *, days: int, reason: str, by: Actor) -> str:
    """A key for this person and purpose. Shown once. Raises PurposeNotAllowed and KeyTooLong."""
    rules.check_purpose(purpose, frozenset(mandate.role for mandate in user.mandates_on(by.today)))
    if not 0 < days <= LONGEST_DAYS:
        raise rules.KeyTooLong(_("A key works for 1 to %d days.") % LONGEST_DAYS)
    secret = MARK + secrets.token_urlsafe(32)
    key = AccessKey.objects.create(
        user=user,
        purpose=purpose,
        digest=_digest(secret),
        made_at=by.now,
        ends_on=by.today + timedelta(days=days),
    )
    record("access-key.made", key, by=by, operation=Operation.ADMIN, reason=reason)
    return secret


@transaction.atomic
def end_access_keys(user: User, *, reason: str, by: Actor) -> int:
    """End every key of this person; how many those were. The next request already feels it."""
    keys = list(AccessKey.objects.select_for_update().filter(user=user, ended_at__isnull=True))
    for key in keys:
        key.ended_at = by.now
        key.save(update_fields=["ended_at"])
        record("access-key.ended", key, by=by, operation=Operation.ADMIN, reason=reason)
    return len(keys)


def check_access_key(username: str, secret: str, purpose: str, *, by: Actor) -> User:
    """Whose key this is. Raises WrongPassword, in the same words whatever is wrong with it."""
    found = (
        AccessKey.objects.working(by.today)
        .filter(digest=_digest(secret), user__username=username, purpose=purpose)
        .select_related("user")
        .first()
    )
    if found is None:
        record("sign-in.refused", "", by=by, operation=Operation.LOGIN)
        raise rules.WrongPassword(_("This name, key and purpose do not belong together."))
    inside = replace(by, user=found.user.reference, authentication="key", purpose=purpose)
    record("sign-in.accepted", found, by=inside, operation=Operation.LOGIN)
    return found.user


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

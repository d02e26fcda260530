"""What people prove who they are with, sealed under a key outside the database and its backups."""

import json

from samenhang.foundation.keys import key_store
from samenhang.organisations.models import Factor, User
from samenhang.organisations.rules.signing_in import Kind


def seal(factor: Factor, secret: bytes) -> bytes:
    """The secret, readable again only for this very factor."""
    return key_store().seal(factor.scope, secret, context=f"factor:{factor.reference}")


def opened(factor: Factor) -> bytes:
    """The secret of a factor. Raises KeyDestroyed and CannotOpen."""
    return key_store().open(factor.scope, bytes(factor.sealed), context=f"factor:{factor.reference}")


def passkeys_of(user: User) -> list[bytes]:
    """The keys of this user, as ``passkeys`` asks for them."""
    return [opened(factor) for factor in user.factors.usable().filter(kind=Kind.PASSKEY)]


def recovery_codes_left(user: User) -> int:
    """How many of the codes on the list still work."""
    codes = user.factors.usable().filter(kind=Kind.RECOVERY).first()
    return len(json.loads(opened(codes))) if codes else 0

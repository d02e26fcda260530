"""Random references, so that gaps tell nothing."""

import secrets

# Crockford's base 32: no I, L, O or U, so a reference can be read aloud.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, SIZE = 3, 4


def new_reference(prefix: str) -> str:
    """A reference such as ``K-7QX4-M2DZ-9F3K``: 60 random bits behind a prefix."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(SIZE)) for _ in range(GROUPS))
    return "-".join((prefix, *groups))

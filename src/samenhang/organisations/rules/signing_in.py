"""How somebody proves who they are: strength, limits, one-time codes, recovery codes.

Sources: one-time codes RFC 6238 and RFC 4226; limits OWASP ASVS 5.0 chapters 6 and 7.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1, sha256

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# Nothing asked for so long: the person went away.
IDLE = timedelta(minutes=30)
# A working day; then everybody proves again who they are.
LONGEST = timedelta(hours=10)
# Between the password and the second factor, or between two pages of one sign-in.
HALFWAY = timedelta(minutes=10)
# What changes an account, or decides on a person, asks for a proof this fresh (ASVS 7.5.1, 7.5.3) …
FRESH = timedelta(minutes=15)
# … and lets somebody who began in time finish what they typed.
FINISHING = timedelta(minutes=30)
SHORTEST_PASSWORD = 12
# How long a password works that somebody else handed over.
FIRST_PASSWORD = timedelta(days=3)
# So many wrong codes, and no code is looked at for so long.
TRIES, PAUSE = 5, timedelta(minutes=15)

SECRET_BYTES, CODE_SECONDS, CODE_DIGITS = 20, 30, 6
# A phone's clock may be one step behind or ahead.
STEPS_ASIDE = 1
RECOVERY_CODES, RECOVERY_BYTES = 10, 8
FACTORS_AT_MOST = 10


class Kind(TextChoices):
    """What can be proved beside the password."""

    CODE = "totp", gettext_lazy("Authenticator app")
    PASSKEY = "webauthn", gettext_lazy("Security key or passkey")
    RECOVERY = "recovery", gettext_lazy("Recovery codes")


class Ending(TextChoices):
    """Why a session ended."""

    SIGNED_OUT = "signed-out", gettext_lazy("Signed out")
    ELSEWHERE = "ended-elsewhere", gettext_lazy("Ended from another device")
    CHANGED = "account-changed", gettext_lazy("Password or second factor changed")
    IDLE = "idle", gettext_lazy("Not used for a while")
    TOO_LONG = "too-long", gettext_lazy("Open for too long")
    NO_MANDATE = "no-mandate", gettext_lazy("No mandate in force")
    ADMINISTRATOR = "administrator", gettext_lazy("Ended by an administrator")


class WrongCode(Refused):
    code = "wrong-code"
    status = 401


class TooManyTries(Refused):
    code = "too-many-tries"
    status = 429


class SessionOver(Refused):
    code = "session-over"
    status = 401


class FactorStays(Refused):
    code = "factor-stays"


class UnknownAtProvider(Refused):
    code = "unknown-at-provider"
    status = 403


@dataclass(frozen=True, slots=True)
class Proof:
    """How a person proved who they are, as the journal tells it.

    how: ``pwd``, ``pwd+totp``, ``pwd+webauthn``, ``webauthn``, ``oidc acr=… amr=…``.
    strong: two factors were proved, here or at the identity provider.
    """

    how: str
    strong: bool

    def and_also(self, kind: str) -> "Proof":
        return Proof(f"{self.how}+{kind}", strong=True)


PASSWORD = Proof("pwd", strong=False)
# Possession of the key, and its holder verified by the key itself.
PASSKEY_ALONE = Proof("webauthn", strong=True)


def over(opened_at: datetime, seen_at: datetime, now: datetime) -> Ending | None:
    """Whether a session has reached its idle or its absolute limit."""
    if now - opened_at >= LONGEST:
        return Ending.TOO_LONG
    return Ending.IDLE if now - seen_at >= IDLE else None


def code_at(secret: bytes, step: int) -> str:
    """The one-time code of this 30-second step: RFC 4226 5.3 with HMAC-SHA-1, which every app knows."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), sha1).digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // CODE_SECONDS


def accepted_step(secret: bytes, typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code was typed, if later than the last one used: a code works once (RFC 6238 5.2)."""
    digits = "".join(typed.split())
    here, found = step_at(now), None
    for step in range(here - STEPS_ASIDE, here + STEPS_ASIDE + 1):
        # Every step is compared, so that the time taken tells nothing.
        if hmac.compare_digest(code_at(secret, step).encode(), digits.encode()) and step > after:
            found = step
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes of 40 random bits, in two groups that can be read aloud."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    codes = ("".join(secrets.choice(alphabet) for _ in range(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def digest_of(code: str) -> str:
    """What is kept of a recovery code, whatever hyphens and capitals it was typed with."""
    plain = "".join(code.lower().replace("-", " ").split())
    return sha256(plain.encode()).hexdigest()


def check_tries(tries: int, since: datetime | None, now: datetime) -> None:
    """Raises TooManyTries while a pause lasts."""
    if tries >= TRIES and since is not None and now - since < PAUSE:
        raise TooManyTries(_("Too many wrong codes. Wait 15 minutes and try again, or use a security key."))


def tries_so_far(tries: int, since: datetime | None, now: datetime) -> int:
    """How many of the wrong codes still count."""
    return tries if since is not None and now - since < PAUSE else 0


def device_of(user_agent: str) -> str:
    """ "Chromium on Linux": enough to recognise one's own devices, too little to follow anybody."""
    browsers = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chromium", "Safari/": "Safari"}
    systems = {
        "Android": "Android", "iPhone": "iPhone", "iPad": "iPad",
        "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux",
    }  # fmt: skip
    browser = next((name for mark, name in browsers.items() if mark in user_agent), "")
    system = next((name for mark, name in systems.items() if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)

"""Signing in at an identity provider: OpenID Connect Core 1.0, code flow, with PKCE, nonce and state.

One provider, named in the settings. What it says counts only when its ID token
is signed by its own key with an algorithm we allow, for us, for this very
sign-in, and not too old. Nothing else of it is used: no e-mail address, no
name, no access token.
"""

import base64
import json
import logging
import secrets
import time
import urllib.request
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from typing import Any, cast
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from samenhang.foundation.errors import Refused

# Signatures by a key of the provider alone: never "none", never a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "Ed25519"]
SECONDS_TO_ANSWER, LARGEST_ANSWER = 5, 1024 * 1024
CLOCKS_APART, OLDEST_TOKEN = 60, 600
REMEMBERED_FOR = 3600
LOG = logging.getLogger(__name__)


class ProviderFailed(Refused):
    """It did not answer, or not as it must. Details go to the log, never to the page."""

    code = "provider-failed"
    status = 502


@dataclass(frozen=True, slots=True)
class Provider:
    """One identity provider. strong: the ``acr`` or ``amr`` values that mean two factors there."""

    issuer: str
    client: str
    secret: str
    name: str
    strong: frozenset[str]


@dataclass(frozen=True, slots=True)
class Flow:
    """What must come back unchanged with the answer; kept by the browser in a signed cookie."""

    state: str
    nonce: str
    verifier: str
    again: bool
    """A fresh proof was asked for."""

    def plain(self) -> dict[str, str | bool]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    issuer: str
    subject: str
    acr: str
    amr: tuple[str, ...]

    @property
    def how(self) -> str:
        """As the journal tells it: ``oidc acr=urn:… amr=pwd,otp``."""
        told = ["oidc"]
        if self.acr:
            told.append(f"acr={self.acr}")
        if self.amr:
            told.append(f"amr={','.join(self.amr)}")
        return " ".join(told)[:180]


def provider() -> Provider | None:
    """The provider of this installation, if it has one (``settings.OIDC``)."""
    return Provider(**settings.OIDC) if settings.OIDC else None


def begin(at: Provider, back: str, *, again: bool) -> tuple[str, Flow]:
    """Where to send the browser. again: ask for a fresh proof, whatever the provider remembers."""
    flow = Flow(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), again)
    challenge = base64.urlsafe_b64encode(sha256(flow.verifier.encode()).digest()).rstrip(b"=").decode()
    question = {
        "response_type": "code",
        "client_id": at.client,
        "redirect_uri": back,
        "scope": "openid",
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"prompt": "login", "max_age": "0"} if again else {}),
    }
    address = _described(at)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(question)}", flow


def finish(at: Provider, flow: Flow, back: str, said: dict[str, str]) -> Answer:
    """Who the provider says this is. said: the parameters that the browser brought back.

    Raises ProviderFailed for whatever is not exactly right.
    """
    if not compare_digest(said.get("state", "").encode(), flow.state.encode()):
        raise _failed("state")
    # RFC 9207: an answer of another provider must not be taken for this one's.
    if said.get("iss", at.issuer) != at.issuer:
        raise _failed("iss of the answer")
    if "code" not in said:
        raise _failed(f"no code: {said.get('error', '')[:40]!r}")
    told = _tokens(at, said["code"], flow.verifier, back)
    claims = _claims(at, str(told.get("id_token", "")), flow)
    amr = claims.get("amr")
    return Answer(
        issuer=at.issuer,
        subject=str(claims["sub"]),
        acr=str(claims.get("acr", "")),
        amr=tuple(str(each) for each in amr) if isinstance(amr, list) else (),
    )


def is_strong(at: Provider, answer: Answer) -> bool:
    """Whether it proved two factors, by the words that were agreed with this provider."""
    return bool(at.strong & {answer.acr, *answer.amr})


def _claims(at: Provider, token: str, flow: Flow) -> dict[str, Any]:
    """The claims of a token that is right in every respect. Raises ProviderFailed."""
    wanted = jwt.JWTClaimsRegistry(
        leeway=CLOCKS_APART,
        iss={"essential": True, "value": at.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": at.client},
        exp={"essential": True},
        iat={"essential": True},
        auth_time={"essential": flow.again},
        nonce={"essential": True, "value": flow.nonce},
    )
    try:
        # Keys are asked for anew each time, so that one that was withdrawn is not believed for long.
        held = cast("KeySetSerialization", _fetched(_described(at)["jwks_uri"]))
        keys = KeySet.import_key_set(held)
        claims = dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
        wanted.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _failed(f"token: {type(error).__name__}") from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else at.client) != at.client:
        raise _failed("azp")
    # With a fresh proof asked for, an old sign-in at the provider will not do (OpenID Core 3.1.2.1).
    proved_at = claims["auth_time"] if flow.again else claims["iat"]
    if not isinstance(proved_at, int) or time.time() - proved_at > OLDEST_TOKEN:
        raise _failed("an old token")
    return claims


def _tokens(at: Provider, code: str, verifier: str, back: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    # RFC 6749 2.3.1: both parts are form-encoded before they are put together.
    pair = f"{quote(at.client, safe='')}:{quote(at.secret, safe='')}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return _fetched(_described(at)["token_endpoint"], data=urlencode(form).encode(), headers=headers)


def _described(at: Provider) -> dict[str, str]:
    """What the provider says about itself, asked once an hour; it must say it is who we think it is."""
    found = _description(at.issuer, int(time.monotonic()) // REMEMBERED_FOR)
    if found.get("issuer") != at.issuer:
        raise _failed("issuer")
    return found


@lru_cache(maxsize=4)
def _description(issuer: str, _hour: int) -> dict[str, str]:
    return _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")


def _fetched(
    address: str, data: bytes | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at an address. Raises ProviderFailed."""
    parts = urlsplit(address)
    at_home = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not at_home:
        raise _failed("not https")
    request = urllib.request.Request(address, data, {"Accept": "application/json", **(headers or {})})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER) as answer:  # noqa: S310
            found = json.loads(answer.read(LARGEST_ANSWER))
    except (OSError, ValueError) as error:
        raise _failed(f"{parts.path}: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise _failed(f"{parts.path}: no object")
    return found


def _failed(what: str) -> ProviderFailed:
    LOG.warning("identity provider: %s", what)
    return ProviderFailed(not_as_it_must())


def not_as_it_must() -> str:
    return _("The sign-in service did not answer as it should. Nothing was changed. Try again.")

"""Signing in at an identity provider: what it says counts only when it is right in every respect."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from samenhang.config import settings as installed
from samenhang.organisations import actions, oidc
from samenhang.organisations.acting import installer
from samenhang.organisations.rules import AlreadyLinked
from tests.cast import StandingClock, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/sign-in/provider/", "/sign-in/provider/back/?code=x&state=y"])
def test_without_a_provider_there_is_nothing_at_its_addresses(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404
    assert "provider" not in client.get("/sign-in/").text


# ---- Forged answers: each differs from the right one in one thing ----

KEY = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
OTHER = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
PUBLIC = KEY.as_pem(private=False)
AT = oidc.Provider("https://provider.example", "samenhang", "a secret", "Provider", frozenset({"mfa"}))
FLOW = oidc.Flow("the state", "the nonce", "the verifier", again=False)
BACK = "https://samenhang.example/sign-in/provider/back/"


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    right = {
        "iss": AT.issuer,
        "sub": "nobody-42",
        "aud": AT.client,
        "iat": now,
        "exp": now + 300,
        "nonce": FLOW.nonce,
        "amr": ["pwd", "mfa"],
    }
    return {name: value for name, value in {**right, **other}.items() if value is not None}


def signed(said: dict[str, Any], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, said, key)


def unsigned() -> str:
    parts = ({"alg": "none"}, claims())
    told = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*told, ""])


def hashed_with_what_everybody_knows() -> str:
    """HMAC with the public key as its secret: the old confusion of algorithms."""
    head = {"alg": "HS256", "kid": "one"}
    told = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, claims())]
    mac = hmac.new(PUBLIC, b".".join(told), "sha256").digest()
    return b".".join([*told, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()


def altered() -> str:
    head, body, signature = signed(claims()).split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    other = base64.urlsafe_b64encode(json.dumps({**said, "sub": "somebody"}).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{signature}"


FORGED: dict[str, Callable[[], str]] = {
    "another issuer": lambda: signed(claims(iss="https://other.example")),
    "for somebody else": lambda: signed(claims(aud="another-client")),
    "for several, ordered by another": lambda: signed(claims(aud=[AT.client, "b"], azp="b")),
    "for several, ordered by nobody": lambda: signed(claims(aud=[AT.client, "b"])),
    "another nonce": lambda: signed(claims(nonce="of an earlier sign-in")),
    "no nonce": lambda: signed(claims(nonce=None)),
    "no subject": lambda: signed(claims(sub=None)),
    "expired": lambda: signed(claims(exp=int(time.time()) - 120)),
    "without an end": lambda: signed(claims(exp=None)),
    "issued long ago": lambda: signed(claims(iat=int(time.time()) - 3600)),
    "issued tomorrow": lambda: signed(claims(iat=int(time.time()) + 86400)),
    "another key": lambda: signed(claims(), OTHER),
    "no signature": unsigned,
    "the public key as a secret": hashed_with_what_everybody_knows,
    "altered": altered,
    "no token": lambda: "",
    "rubbish": lambda: "a.b.c",
}


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``says(token)``: what the token endpoint gives; the rest of the provider is in order."""

    def prepare(token: str, issuer: str = AT.issuer) -> None:
        answers = {
            "/.well-known/openid-configuration": {
                "issuer": issuer,
                "authorization_endpoint": f"{AT.issuer}/auth",
                "token_endpoint": f"{AT.issuer}/token",
                "jwks_uri": f"{AT.issuer}/jwks",
            },
            "/token": {"id_token": token, "access_token": "never used"},
            "/jwks": {"keys": [KEY.as_dict(private=False)]},
        }
        oidc._description.cache_clear()
        monkeypatch.setattr(oidc, "_fetched", lambda address, **_more: answers[urlsplit(address).path])

    return prepare


def finish(**said: str) -> oidc.Answer:
    return oidc.finish(AT, FLOW, BACK, {"state": FLOW.state, "code": "a code", **said})


def test_the_right_answer_is_believed(says: Callable[[str], None]) -> None:
    says(signed(claims()))

    answer = finish()

    assert (answer.issuer, answer.subject, answer.how) == (AT.issuer, "nobody-42", "oidc amr=pwd,mfa")
    assert oidc.is_strong(AT, answer)


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_token_is_refused(forged: str, says: Callable[[str], None]) -> None:
    says(FORGED[forged]())

    with pytest.raises(oidc.ProviderFailed):
        finish()


@pytest.mark.parametrize(
    "said",
    [{"state": "of somebody else"}, {"state": ""}, {"iss": "https://other.example"}],
    ids=["another state", "no state", "an answer of another provider"],
)
def test_an_answer_for_another_question_is_refused(said: dict[str, str], says: Callable[[str], None]) -> None:
    says(signed(claims()))

    with pytest.raises(oidc.ProviderFailed):
        finish(**said)


def test_a_provider_that_says_it_is_another_is_refused(says: Callable[..., None]) -> None:
    says(signed(claims()), issuer="https://other.example")

    with pytest.raises(oidc.ProviderFailed):
        finish()


def test_a_fresh_proof_that_was_asked_for_must_be_fresh(says: Callable[[str], None]) -> None:
    again = oidc.Flow(FLOW.state, FLOW.nonce, FLOW.verifier, again=True)
    said = {"state": FLOW.state, "code": "a code"}
    says(signed(claims(auth_time=int(time.time()) - 3600)))
    with pytest.raises(oidc.ProviderFailed):
        oidc.finish(AT, again, BACK, said)

    says(signed(claims(auth_time=int(time.time()))))

    assert oidc.finish(AT, again, BACK, said).subject == "nobody-42"


@pytest.mark.parametrize(
    "address", ["http://provider.example/x", "ftp://provider.example", "file:///etc/passwd"]
)
def test_nothing_is_fetched_without_tls(address: str) -> None:
    with pytest.raises(oidc.ProviderFailed):
        oidc._fetched(address)


def test_one_account_at_the_provider_is_one_person(world: World, clock: StandingClock) -> None:
    by = installer(clock.moment)
    actions.link_provider_account(world.police, AT.issuer, "nobody-42", reason="new colleague", by=by)

    with pytest.raises(AlreadyLinked):
        actions.link_provider_account(world.mayor, AT.issuer, "nobody-42", reason="a mistake", by=by)


def test_half_a_provider_stops_the_program_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMENHANG_OIDC_ISSUER", AT.issuer)
    monkeypatch.delenv("SAMENHANG_OIDC_CLIENT", raising=False)

    with pytest.raises(ImproperlyConfigured, match="SAMENHANG_OIDC_CLIENT"):
        installed._oidc()

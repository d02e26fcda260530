"""Security keys and passkeys: what a browser is asked, and whether its answer is right (WebAuthn level 2).

Knows nothing of users or the database; ``fido2`` does the cryptography.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class NotRight(Exception):
    """The answer is malformed, for another site or question, or not signed by a key that we know."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: keys belong to one host, and answers to one origin (``https://host:port``)."""

    host: str
    origin: str

    @property
    def can_have_keys(self) -> bool:
        """A key belongs to a name; an address such as 127.0.0.1 has none."""
        return not self.host.replace(".", "").isdigit() and ":" not in self.host

    def server(self) -> Fido2Server:
        return Fido2Server(
            PublicKeyCredentialRpEntity(name="Samenhang", id=self.host),
            verify_origin=lambda origin: origin == self.origin,
        )


@dataclass(frozen=True, slots=True)
class New:
    credential: bytes
    counter: int


@dataclass(frozen=True, slots=True)
class Signed:
    pk: int
    counter: int


def ask_for_new(site: Site, handle: str, name: str, held: Iterable[bytes]) -> tuple[str, dict[str, Any]]:
    """What to ask the browser, as JSON, and the state to keep until it answers."""
    options, state = site.server().register_begin(
        PublicKeyCredentialUserEntity(id=handle.encode(), name=name, display_name=name),
        credentials=[AttestedCredentialData(credential) for credential in held],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return json.dumps(dict(options.public_key)), dict(state)


def read_new(site: Site, state: Any, answer: Mapping[str, Any]) -> New:
    """The key that was made. Raises NotRight."""
    try:
        made = site.server().register_complete(state, answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotRight(str(error)) from error
    if made.credential_data is None:
        raise NotRight("no credential")
    return New(bytes(made.credential_data), made.counter)


def ask_for_signature(site: Site, held: Iterable[bytes], *, alone: bool) -> tuple[str, dict[str, Any]]:
    """As above. alone: the key is the whole proof, so it must verify its holder; any key of ours will do."""
    need = UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
    options, state = site.server().authenticate_begin(
        credentials=None if alone else [AttestedCredentialData(credential) for credential in held],
        user_verification=need,
    )
    return json.dumps(dict(options.public_key)), dict(state)


def read_signature(site: Site, state: Any, answer: Mapping[str, Any], held: Mapping[int, bytes]) -> Signed:
    """Which of the keys held signed, and its count of signatures. Raises NotRight."""
    keys = {pk: AttestedCredentialData(credential) for pk, credential in held.items()}
    try:
        used = site.server().authenticate_complete(state, list(keys.values()), answer)
        counter = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotRight(str(error)) from error
    pk = next(pk for pk, key in keys.items() if key.credential_id == used.credential_id)
    return Signed(pk, counter)


def handle_in(answer: Mapping[str, Any]) -> str:
    """Whose key it says it is, which only counts once the signature is right. Raises NotRight."""
    try:
        handle = AuthenticationResponse.from_dict(answer).response.user_handle
        return (handle or b"").decode()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotRight(str(error)) from error

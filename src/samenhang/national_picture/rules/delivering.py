"""A figure that another organisation delivers: what it signs, and when the signature holds.

The organisation signs the canonical bytes of its statement with Ed25519 (RFC
8032). The statement names everything that the report prints, so that nothing of
it can be moved to another figure, window or body.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

from samenhang.foundation.errors import Refused
from samenhang.national_picture.rules.editions import Definition
from samenhang.national_picture.rules.precision import Stated, Word
from samenhang.national_picture.rules.windows import Window

SCHEMA = Path(__file__).parents[1] / "data" / "schema" / "delivery.json"
# Keeps a signature under a figure from being one under anything else.
CONTEXT = b"samenhang-figure/1\n"


class BadDelivery(Refused):
    """Unreadable, about another figure, or signed by nobody whom this installation trusts."""

    code = "bad-delivery"
    status = 422


class BadKey(Refused):
    code = "bad-key"
    status = 422


class SamePerson(Refused):
    code = "same-person"
    status = 403


@dataclass(frozen=True, slots=True)
class Statement:
    """What an organisation says of one figure.

    value: a number, or a word of the estimate; words: that word in both languages.
    """

    key: str
    value: int | str
    precision: Word
    window: Window
    authority: str
    given_on: date
    words: Mapping[str, str]
    canonical: bytes

    @property
    def stated(self) -> Stated:
        return Stated(self.value, self.precision)


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The one sequence of bytes that is signed: JSON, keys sorted, ASCII, no spaces."""
    return CONTEXT + json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def sign(fields: Mapping[str, Any], private: bytes) -> dict[str, Any]:
    """The file that an organisation sends. private: the 32 bytes of its key. Raises BadDelivery, BadKey."""
    read(fields)
    if len(private) != 32:
        raise BadKey(_("A key has 32 bytes, written as 64 hexadecimal digits."))
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(canonical(fields))
    return {"statement": dict(fields), "signature": signature.hex()}


def opened(data: bytes) -> tuple[Statement, bytes]:
    """The statement in a file and its signature, not yet verified. Raises BadDelivery."""
    try:
        file = json.loads(data)
        signature = bytes.fromhex(file["signature"])
        return read(file["statement"]), signature
    except (ValueError, KeyError, TypeError) as fault:
        raise BadDelivery(_("This is no signed figure: it has no statement with a signature.")) from fault


def read(fields: Mapping[str, Any]) -> Statement:
    """Raises BadDelivery."""
    faults = sorted(error.message for error in _schema().iter_errors(fields))
    if faults:
        raise BadDelivery(_("The statement is not complete: %s") % faults[0])
    window = Window(date.fromisoformat(fields["from"]), date.fromisoformat(fields["until"]))
    if not window.begun:
        raise BadDelivery(_("The window of the statement ends before it begins."))
    return Statement(
        key=fields["key"],
        value=fields["value"],
        precision=Word(fields["precision"]),
        window=window,
        authority=fields["authority"],
        given_on=date.fromisoformat(fields["given_on"]),
        words=fields.get("words", {}),
        canonical=canonical(fields),
    )


def check_fits(statement: Statement, definition: Definition) -> None:
    """About a figure that this body delivers, with the word that the figure has. Raises BadDelivery."""
    if definition.delivered_by != statement.authority:
        raise BadDelivery(
            _("The figure “%(key)s” is not delivered by %(body)s.")
            % {"key": statement.key, "body": statement.authority}
        )
    if statement.precision != definition.precision:
        raise BadDelivery(_("This figure is stated with the word “%s”.") % definition.precision)


def is_signed(statement: bytes, signature: bytes, public: bytes) -> bool:
    """Whether the holder of this key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def read_public(text: str) -> bytes:
    """A public key of 64 hexadecimal digits. Raises BadKey."""
    try:
        key = bytes.fromhex(text.strip())
        Ed25519PublicKey.from_public_bytes(key)
    except ValueError as fault:
        raise BadKey(_("A key has 32 bytes, written as 64 hexadecimal digits.")) from fault
    return key


def check_somebody_else(one: str, other: str) -> None:
    if one == other:
        raise SamePerson(_("A second person compares the key with what the organisation told."))


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker()
    )

"""How a false hit is remembered without keeping who it was."""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

KEY_CONTEXT = "watchlists.false-hit"
# All that identifies; what differs in any of it is somebody to look at again.
IDENTITY = ("surname", "given_names", "other_names", "birth_date", "sex", "nationality", "documents")


def fingerprint(key: bytes, alert: str, identity: Mapping[str, Any]) -> str:
    """A keyed hash of the alert's reference and what identifies a passenger: HMAC-SHA-256, hex.

    Case, accents' encoding, spaces and order do not count. Without the key,
    which dies with the alert, it cannot be traced back by trying names.
    """
    content = [alert, *(_plain(identity.get(name)) for name in IDENTITY)]
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case str():
            return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
        case Mapping():
            return {name: _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return sorted(
                (_plain(inner) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True)
            )
        case _:
            return value

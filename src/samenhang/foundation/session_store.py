"""Django's sessions in the database, under the digest of their key.

The cookie holds the key; the database and its backups hold what cannot be
turned back into a cookie.
"""

from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

# As wide as Django's column: 160 bits.
WIDTH = 40


class SessionStore(db.SessionStore):
    """As Django's, but for the name of the row."""

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return super().exists(digest_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=digest_of(key)).delete()


def digest_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:WIDTH]

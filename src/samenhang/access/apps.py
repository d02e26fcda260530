from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class Access(AppConfig):
    name = "samenhang.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The one Django signal in the house: a connection has no other moment
        # at which every thread can be given the guard.
        connection_created.connect(_guard, dispatch_uid="access.sentinel")


def _guard(connection: Any, **_kwargs: Any) -> None:
    from samenhang.access.sentinel import watch

    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)

"""The web server of an installation: one process with threads on SQLite, workers beside it on PostgreSQL."""

import threading
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from samenhang.desk.worker import work_until
from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.errors import Refused
from samenhang.foundation.loaded import keep_what_is_loaded
from samenhang.journal.sequencer import keep_appending
from samenhang.journal.witnessing import keep_witnessed

LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")


class NotOutside(Refused):
    """A demonstration has accounts that everybody knows."""

    code = "not-outside"


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings, started from a command."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        keep_what_is_loaded()
        return application


def serve(bind: str, *, work: bool = True) -> None:
    """Serve until stopped. Raises NotOutside for a demonstration on another address than this machine's."""
    if is_demonstration() and not bind.startswith(LOOPBACK):
        raise NotOutside(
            _("This home is a demonstration and serves only this machine. Use 127.0.0.1:8000, for example.")
        )
    connection.close()
    embedded = connection.vendor == "sqlite"
    Server(
        {
            "bind": bind,
            # SQLite has one writer: one process, with the worker and the journal's sequencer inside it.
            "workers": 1 if embedded else 3,
            "threads": 8,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 10,
            "accesslog": None,
            "loglevel": "warning",
            "post_worker_init": _start_worker if work and embedded else _nothing,
        }
    ).run()


def _start_worker(_worker: Any) -> None:
    for name, loop in (("worker", work_until), ("sequencer", keep_appending), ("witnesses", keep_witnessed)):
        threading.Thread(target=loop, args=[threading.Event()], daemon=True, name=name).start()


def _nothing(_worker: Any) -> None:
    return None

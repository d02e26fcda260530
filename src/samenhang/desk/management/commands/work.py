"""``samenhang work``: the worker, as a process of its own or for one round."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from samenhang.desk.worker import work_once, work_until
from samenhang.foundation.commands import Command as Base
from samenhang.journal.sequencer import append_waiting, keep_appending
from samenhang.journal.witnessing import keep_witnessed


class Command(Base):
    help = (
        "Read, screen, apply terms and append to the log. Safe to stop, to repeat and to run twice at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--json", action="store_true", help="one JSON object with counts (with --once)")

    def handle(self, *, once: bool, json: bool, **_options: Any) -> None:
        if once:
            done = work_once()
            if json:
                self.print_json(done)
            else:
                self.stdout.write(
                    _("Read %(read)d messages, screened %(screened)d passengers, %(lapsed)d measures lapsed.")
                    % done
                )
            append_waiting()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: stop.set())
        self.say(_("Working. Stop with Ctrl+C; nothing is lost."))
        for name, loop in (("sequencer", keep_appending), ("witnesses", keep_witnessed)):
            threading.Thread(target=loop, args=[stop], name=name).start()
        work_until(stop)

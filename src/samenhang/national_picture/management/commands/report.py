"""``samenhang report``: the figures for Parliament."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.commands import add_day
from samenhang.national_picture import actions, files
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account


class Command(Base):
    help = "The report to Parliament, counted from the states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        reports = parser.add_subparsers(dest="what", required=True, metavar="progress")
        progress = reports.add_parser("progress", help="the figures of the edition of the last day")
        add_day(
            progress,
            "--from",
            help_text="first day, for figures without a window of their own; else 1 January of the last year",
        )
        add_day(progress, "--until", help_text="last day; today if not given")
        progress.add_argument("--format", choices=sorted(files.FORMS), default="json")
        progress.add_argument("--language", choices=["nl", "en"], default="nl")
        progress.add_argument("--public", action="store_true", help="leave the exact counts out of the JSON")
        progress.add_argument("--out", type=Path, help="a file; standard output if not given")

    def handle(self, *, until: date | None, **options: Any) -> None:
        moment, simulated = now(), is_demonstration()
        asked = Asked(until or timezone.localtime(moment).date(), options["from"])
        by = service_account("reporting", now=moment, simulated=simulated)
        report = actions.make_report(asked, by=by)
        exact = not options["public"] and actions.may("report.see-counts", by=by)
        making = files.Making(options["language"], moment, exact=exact, demonstration=simulated)
        made = files.make(files.told(report, making), options["format"])
        if options["out"]:
            options["out"].write_bytes(made)
            self.say(_("The report is in %s.") % options["out"])
        elif options["format"] == "pdf":
            sys.stdout.buffer.write(made)
        else:
            self.stdout.write(made.decode(), ending="")

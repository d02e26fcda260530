"""``samenhang report``: the figures for Parliament."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.commands import add_day
from samenhang.national_picture import actions
from samenhang.national_picture.rules import Window, as_csv
from samenhang.organisations.acting import service_account


class Command(Base):
    help = "The report to Parliament, counted from the states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        reports = parser.add_subparsers(dest="what", required=True, metavar="progress")
        progress = reports.add_parser("progress", help="the figures of a window")
        add_day(progress, "--since", help_text="first day; 1 January of the last day's year if not given")
        add_day(progress, "--until", help_text="last day; today if not given")
        progress.add_argument("--format", choices=["json", "csv", "html"], default="json")
        progress.add_argument("--language", choices=["nl", "en"], default="en")
        progress.add_argument("--output", type=Path, help="a file; standard output if not given")

    def handle(self, *, since: date | None, until: date | None, **options: Any) -> None:
        moment = now()
        last = until or timezone.localtime(moment).date()
        window = Window(since or date(last.year, 1, 1), last)
        by = service_account("reporting", now=moment, simulated=is_demonstration())
        rows = [figure.to_json(options["language"]) for figure in actions.make_report(window, by=by)]
        self._give(rows, window, options)

    def _give(self, rows: list[dict[str, Any]], window: Window, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            text = json.dumps({"figures": rows}, ensure_ascii=False, indent=2)
        elif options["format"] == "csv":
            text = as_csv(rows)
        else:
            text = render_to_string("national_picture/report.html", {"rows": rows, "window": window})
        if options["output"]:
            options["output"].write_text(text, encoding="utf-8")
            self.say(_("The report is in %s.") % options["output"])
        else:
            self.stdout.write(text)

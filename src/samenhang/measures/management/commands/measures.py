"""``samenhang measures``: what the law has, and the terms that pass."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samenhang.foundation.clock import now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.commands import add_day
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.measures import available_as_json
from samenhang.journal import record
from samenhang.journal.rules import Operation
from samenhang.organisations.acting import service_account


class Command(Base):
    help = "Which measures the law has on a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="available")
        available = commands.add_parser("available", help="list the kinds that exist in law on a day")
        add_day(available, "--on", help_text="the day to ask about", required=True)
        available.add_argument("--json", action="store_true", help="one JSON list")

    def handle(self, *, on: date, json: bool, **_options: Any) -> None:
        by = service_account("terms", now=now())
        kinds = available_as_json(on, Approval.objects.enabled_on(on))
        record("measures.listed", "", by=by, operation=Operation.CONSULTATION)
        if json:
            self.print_json(kinds)
            return
        for kind in kinds:
            mark = "" if kind["approved"] else "  " + _("not approved by a lawyer")
            self.stdout.write(
                f"{kind['code']:<12} {kind['name_nl']} | {kind['basis']} [{kind['mark']}]{mark}"
            )
        self.stdout.write(_("%d kinds of measure exist on that day.") % len(kinds))

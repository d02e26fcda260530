"""``samenhang instruments``: what may be assessed with here, and installing a licensed pack."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.organisations.acting import operator
from samenhang.risk import actions
from samenhang.risk.models import instruments
from samenhang.risk.rules import read, worded


class Command(Base):
    help = "Instruments of structured professional judgement: list, check a pack, install it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="list|check|install")
        show = deeds.add_parser("list", help="the instruments that are here")
        show.add_argument("--json", action="store_true", dest="as_json", help="one JSON list")
        check = deeds.add_parser("check", help="say whether a pack could be installed; changes nothing")
        check.add_argument("file", type=Path)
        install = deeds.add_parser("install", help="install a pack of its licence holder")
        install.add_argument("file", type=Path)
        install.add_argument(
            "--as", dest="username", default="", metavar="USER", help="the administrator who installs it"
        )

    def handle(self, *, deed: str, **options: Any) -> None:
        if deed == "list":
            self._list(as_json=options["as_json"])
            return
        try:
            data = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        instrument = read(data)
        if deed == "install":
            by = operator(options["username"], about="", now=now(), simulated=is_demonstration())
            actions.install(data, by=by)
            self.say(_("Installed: %s") % instrument)
            return
        self.say(_("This pack can be installed: %s") % instrument)

    def _list(self, *, as_json: bool) -> None:
        rows = [
            {
                "id": one.id,
                "version": one.version,
                "title": worded(one.title),
                "owner": one.owner,
                "validated": one.validated,
                "sha256": one.digest,
            }
            for one in instruments()
        ]
        if as_json:
            self.print_json(rows)
            return
        for row in rows:
            mark = "" if row["validated"] else "  " + _("not validated")
            self.stdout.write(f"{row['id']:<24} {row['version']:<8} {row['title']} | {row['owner']}{mark}")

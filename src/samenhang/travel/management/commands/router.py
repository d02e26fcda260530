from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.errors import Refused
from samenhang.organisations.acting import service_account
from samenhang.travel import actions
from samenhang.travel.models import FlightSelection
from samenhang.travel.rules import router_envelope
from samenhang.travel.rules.territory import Why


class Command(Base):
    help = (
        "EU router: take in what it sent and confirm it, or print the flights that we selected. "
        "Its format is not published yet, so this reads a stand-in of our own: for trying out, not for use. "
        "Off until an official switched the use on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        take = deeds.add_parser("take", help="take in files, each one delivery or notice; safe to repeat")
        take.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        take.add_argument(
            "--answers", type=Path, metavar="FOLDER", help="write the confirmation of each delivery here"
        )
        deeds.add_parser("selection", help="the flights within the EU that the router passes on to us")

    def handle(self, *, deed: str, **options: Any) -> None:
        if deed == "selection":
            self._print_selection()
        else:
            self._take_all(options["paths"], options["answers"])

    def _print_selection(self) -> None:
        covering = FlightSelection.objects.covering(now().date())
        routes = [route for why, several in covering if why == Why.ROUTES for route in several.split()]
        every = any(why == Why.THREAT for why, _routes in covering)
        self.stdout.write(router_envelope.write_selection(every=every, routes=routes).decode())

    def _take_all(self, paths: list[Path], answers: Path | None) -> None:
        missing = [str(path) for path in paths if not path.is_file()]
        if missing:
            raise CommandError(_("There is no file or folder %s.") % ", ".join(missing))
        failed = sum(not self._take(path, answers) for path in paths)
        if failed:
            raise CommandError(_("Not received: %d. The lines above say why.") % failed, returncode=1)

    def _take(self, path: Path, answers: Path | None) -> bool:
        by = service_account("receiving", now=now(), simulated=is_demonstration())
        try:
            taken = actions.take_from_router(path.read_bytes(), by=by)
        except Refused as refusal:
            self.stdout.write(f"{path}  {refusal}")
            return False
        event = taken.event
        words = [event.event, event.identity, event.message or event.refused or "-"]
        self.stdout.write("  ".join([str(path), *words, *(["received before"] if taken.before else [])]))
        if answers is not None:
            answers.mkdir(parents=True, exist_ok=True)
            (answers / f"{path.name}.confirmed.json").write_bytes(taken.confirmation)
        return True

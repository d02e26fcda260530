"""``samenhang demo``: a fictitious world to look at and to try."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.desk import demonstration
from samenhang.desk.scenarios.cast import PASSWORD
from samenhang.desk.scenarios.summary import summary
from samenhang.desk.server import serve
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.neighbours import told_where


class Command(Base):
    help = "Make a demonstration with invented people, and serve it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--home", help="the folder that keeps everything (default: your data folder)")
        parser.add_argument(
            "--scenario",
            choices=sorted(demonstration.SCENARIOS),
            help=f"which story (default: the one of this home; {demonstration.USUAL} for a new one)",
        )
        parser.add_argument("--no-serve", action="store_true", help="make it, and stop")
        parser.add_argument("--json", action="store_true", help="one JSON object: counts and figures")
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port on this machine")

    def handle(self, *, scenario: str | None, no_serve: bool, json: bool, bind: str, **_options: Any) -> None:
        scenario = scenario or demonstration.told_here() or demonstration.USUAL
        with tqdm(demonstration.make(scenario), disable=None, bar_format="{desc}", leave=False) as steps:
            for step in steps:
                steps.set_description_str(step)
        if json:
            self.print_json(summary())
        else:
            self._introduce(scenario, bind, served=not no_serve)
        if not no_serve:
            with told_where(bind):
                serve(bind)

    def _introduce(self, scenario: str, bind: str, *, served: bool) -> None:
        """Where it is and with which accounts one can look."""
        if served:
            self.stdout.write(_("The demonstration of %(story)s is at http://%(place)s") % {
                "story": scenario, "place": bind.replace("127.0.0.1:", "localhost:")
            })  # fmt: skip
        self.stdout.write(_("All accounts have the password: %s") % PASSWORD)
        for one in demonstration.accounts(scenario):
            self.stdout.write(f"  {one.username:<15} {one.name:<26} {one.work}")
        self.stdout.write(_("Stop with Ctrl+C. Every person in it is invented."))
        self.stdout.flush()

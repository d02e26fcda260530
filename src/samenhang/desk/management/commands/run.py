"""``samenhang run``: from nothing to a page in the browser."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext as _

from samenhang.desk.demonstration import SCENARIOS
from samenhang.desk.side_by_side import other_served
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.home import USUAL
from samenhang.foundation.neighbours import LOOPBACK, NAMED


class Command(Base):
    help = "Make the demonstrations where they are new, and serve them on this machine side by side."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port on this machine")
        parser.add_argument("--home", help="the folder that keeps everything (default: your data folder)")
        parser.add_argument("--scenario", choices=sorted(SCENARIOS), default=USUAL, help="which story")
        parser.add_argument("--alone", action="store_true", help="leave the other story out")
        # The process that a run starts for the other story ends when the run does.
        parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")

    def handle(self, *, bind: str, scenario: str, alone: bool, with_parent: bool, **_options: Any) -> None:
        with other_served(scenario, bind, alone=alone, with_parent=with_parent) as other:
            if other:
                self.say(
                    _("The other story is made beside this one and will be at http://%s")
                    % other.replace(LOOPBACK, NAMED)
                )
            call_command("demo", bind=bind, scenario=scenario)

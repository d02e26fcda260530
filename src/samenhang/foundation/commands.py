"""The shape of every command: clear words, JSON where asked, refusals with status 1."""

import json
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.days import FIRST_YEAR, LAST_YEAR, can_be_meant
from samenhang.foundation.errors import Refused

# Options of Django's own that mean nothing to an operator of this product.
HIDDEN = {
    "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--version", "--verbosity",
    "--skip-checks",
}  # fmt: skip


class Command(BaseCommand):
    """A thin interface: finds the rows, calls an action, says what to do next."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        parser = super().create_parser("samenhang", subcommand, **kwargs)
        parser.prog = f"samenhang {subcommand}"
        for option in parser._actions:
            if HIDDEN & set(option.option_strings):
                option.help = SUPPRESS
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal

    def print_json(self, answer: object) -> None:
        """One JSON value on standard output and nothing else."""
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def say(self, text: str) -> None:
        """For people who look on; kept apart from what a program reads."""
        sys.stderr.write(f"{text}\n")


def add_day(parser: ArgumentParser, name: str, *, help_text: str, required: bool = False) -> None:
    """An option that takes a day as YYYY-MM-DD."""
    parser.add_argument(name, type=_day, metavar="YYYY-MM-DD", help=help_text, required=required)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            _("“%(text)s” is no day. Write it as YYYY-MM-DD, such as 2026-03-31.") % {"text": text}
        ) from None
    if not can_be_meant(day):
        raise ArgumentTypeError(
            _("“%(text)s”: the year must lie between %(first)d and %(last)d.")
            % {"text": text, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day

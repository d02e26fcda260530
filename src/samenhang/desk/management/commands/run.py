"""``samenhang run``: from nothing to a page in the browser."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command

from samenhang.foundation.commands import Command as Base


class Command(Base):
    help = "Make the demonstration if this home is new, and serve it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port on this machine")
        parser.add_argument("--home", help="the folder that keeps everything (default: your data folder)")

    def handle(self, *, bind: str, **_options: Any) -> None:
        call_command("demo", bind=bind)

"""``samenhang serve``: the product for its users."""

from argparse import ArgumentParser
from typing import Any

from samenhang.desk.server import serve
from samenhang.foundation.commands import Command as Base


class Command(Base):
    help = "Serve the pages and the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")
        parser.add_argument("--no-work", action="store_true", help="leave the worker to `samenhang work`")

    def handle(self, *, bind: str, no_work: bool, **_options: Any) -> None:
        serve(bind, work=not no_work)

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from samenhang.config.api import document
from samenhang.foundation.commands import Command as Base


class Command(Base):
    help = "Describe the API as OpenAPI, on standard output or into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="for instance docs/api/openapi.json")

    def handle(self, *, file: Path | None, **options: Any) -> None:
        if file is None:
            self.stdout.write(document(), ending="")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document(), encoding="utf-8")

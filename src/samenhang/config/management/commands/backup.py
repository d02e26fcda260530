"""``samenhang backup``: the data of this installation in one encrypted file."""

import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.config.backup import making
from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.commands import Command as Base
from samenhang.journal import record
from samenhang.journal.rules import Operation
from samenhang.organisations.acting import installer


class Command(Base):
    help = "Write an encrypted backup of database and files, while people work on. Then: keys backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE|DIR", help="in a folder it is named by time")
        parser.add_argument("--home", help="the folder that keeps everything (default: your data folder)")
        parser.add_argument("--json", action="store_true", help="one JSON object: what is in it")

    def handle(self, *, file: Path, json: bool, **_options: Any) -> None:
        moment, began = timezone.now(), time.monotonic()
        if file.is_dir():
            file = file / f"samenhang-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.backup"
        with tqdm(disable=None, bar_format="{desc}", leave=False) as bar:
            told = making.make(file, at=moment, step=bar.set_description_str)
        by = installer(moment, simulated=is_demonstration())
        record("backup.made", file.name[:40], by=by, operation=Operation.ADMIN)
        rows = sum(table["rows"] for table in told["tables"].values())
        if json:
            self.print_json({"file": str(file), "rows": rows, **told})
            return
        words = _("%(rows)d rows and %(files)d files are in %(file)s (%(size).1f MB, %(speed).0f MB/s).")
        size = told["bytes"] / 1e6
        speed = size / (time.monotonic() - began)
        numbers = {"rows": rows, "files": len(told["files"]), "size": size, "speed": speed}
        self.stdout.write(words % {"file": file, **numbers})
        self.stdout.write(_("Now copy the keys to another place: samenhang keys backup FILE"))

"""``samenhang restore``: an installation from a backup and a copy of its key store."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.config.backup.restoring import restore
from samenhang.foundation import key_copies
from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.commands import Command as Base
from samenhang.journal import record
from samenhang.journal.rules import Operation
from samenhang.organisations.acting import installer


class Command(Base):
    help = "Make an empty home from a backup and a copy of the key store, and prove that all came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--keys", type=Path, required=True, metavar="FILE", help="copy of the key store")
        parser.add_argument("--home", help="an empty folder (default: your data folder)")
        parser.add_argument("--master-key", type=Path, metavar="FILE", help="when it is not given otherwise")
        parser.add_argument(
            "--destroyed",
            type=Path,
            metavar="DIR",
            help="a newer list of destroyed keys",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object: what came back")

    def handle(self, *, file: Path, keys: Path, json: bool, **options: Any) -> None:
        began = time.monotonic()
        masters = key_copies.master_keys_for(keys, options["master_key"])
        with tqdm(disable=None, bar_format="{desc}", leave=False) as bar:
            back = restore(file, keys, masters, options["destroyed"], step=bar.set_description_str)
        by = installer(timezone.now(), simulated=is_demonstration())
        record("backup.restored", file.name[:40], by=by, operation=Operation.ADMIN)
        rows = sum(table["rows"] for table in back.manifest["tables"].values())
        if json:
            self.print_json(
                {"rows": rows, "destroyed_again": back.destroyed_again, **back.header, **back.manifest}
            )
            return
        words = _("%(rows)d rows and %(files)d files of %(moment)s came back as they were (%(time).0f s).")
        numbers = {"rows": rows, "files": len(back.manifest["files"]), "time": time.monotonic() - began}
        self.stdout.write(words % {"moment": back.header["made_at"], **numbers})
        if back.destroyed_again:
            self.stdout.write(
                _("%d keys that had been destroyed since were destroyed again.") % back.destroyed_again
            )
        self.stdout.write(_("Everybody signs in anew. Start with: samenhang serve"))

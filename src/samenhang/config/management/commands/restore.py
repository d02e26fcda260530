"""``samenhang restore``: an installation from a backup and a copy of its key store."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.config.backup.restoring import Elsewhere, restore
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
        parser.add_argument(
            "--head", type=Path, metavar="FILE", help="a signed head of the log, from elsewhere"
        )
        parser.add_argument(
            "--accept-loss", metavar="REASON", default="", help="go on although later entries were signed"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object: what came back")

    def handle(self, *, file: Path, keys: Path, json: bool, **options: Any) -> None:
        began = time.monotonic()
        elsewhere = Elsewhere(options["destroyed"], options["head"], bool(options["accept_loss"]))
        masters = key_copies.master_keys_for(keys, options["master_key"])
        with tqdm(disable=None, bar_format="{desc}", leave=False) as bar:
            back = restore(file, keys, masters, elsewhere, step=bar.set_description_str)
        by = installer(timezone.now(), simulated=is_demonstration())
        record(
            "backup.restored", file.name[:40], by=by, operation=Operation.ADMIN, reason=options["accept_loss"]
        )
        rows = sum(table["rows"] for table in back.manifest["tables"].values())
        if json:
            self.print_json(
                {
                    "rows": rows,
                    "destroyed_again": back.destroyed_again,
                    "log_size": back.log_size,
                    "lost": back.lost,
                    **back.header,
                    **back.manifest,
                }
            )
            return
        words = _("%(rows)d rows and %(files)d files of %(moment)s came back as they were (%(time).0f s).")
        numbers = {"rows": rows, "files": len(back.manifest["files"]), "time": time.monotonic() - began}
        self.stdout.write(words % {"moment": back.header["made_at"], **numbers})
        if back.log_size:
            self.stdout.write(
                _("The root over the %d entries of the log is the one that was signed.") % back.log_size
            )
        if back.lost:
            self.stdout.write(
                _("%d entries are lost. The log goes on under a new name; tell its witnesses.") % back.lost
            )
        if back.destroyed_again:
            self.stdout.write(
                _("%d keys that had been destroyed since were destroyed again.") % back.destroyed_again
            )
        self.stdout.write(_("Everybody signs in anew. Start with: samenhang serve"))

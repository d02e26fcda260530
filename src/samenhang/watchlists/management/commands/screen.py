"""``samenhang screen accounts``: account holders beside the freeze lists, on a bank's own machine."""

import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for, service_account
from samenhang.organisations.models import User
from samenhang.watchlists import publishers
from samenhang.watchlists.accounts import against
from samenhang.watchlists.accounts.columns import KNOWN
from samenhang.watchlists.accounts.reading import Table, open_table
from samenhang.watchlists.actions import accounts as actions
from screening import DEFAULT_THRESHOLD

# Bytes of a file for which other processes are worth their beginning.
LARGE = 20 << 20


class Command(Base):
    help = "Compare account holders with the freeze lists, on a bank's own machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="accounts")
        deed = what.add_parser("accounts", help="all rows of a CSV or Parquet file; nothing of it is kept")
        deed.add_argument("file", type=Path, metavar="FILE", help="account holders, CSV or Parquet")
        deed.add_argument(
            "--list",
            nargs="+",
            type=Path,
            default=[],
            dest="lists",
            metavar="PATH",
            help="files that `lists import` reads, or the folder of an index; else what was approved here",
        )
        deed.add_argument("--out", type=Path, help="a CSV file for the results; standard output if not given")
        deed.add_argument(
            "--threshold",
            type=float,
            default=DEFAULT_THRESHOLD,
            help="bits of evidence (default %(default)s)",
        )
        deed.add_argument(
            "--column",
            action="append",
            type=_column,
            default=[],
            metavar="WHAT=HEADING",
            help=f"the heading of a column: {', '.join(KNOWN)}",
        )
        deed.add_argument("--encoding", default="utf-8", help="of a CSV file, such as cp1252")
        deed.add_argument(
            "--workers", type=int, help="processes; else as many as fit the file and the machine"
        )
        deed.add_argument("--language", choices=["nl", "en"], default="nl", help="of results and messages")
        deed.add_argument(
            "--as", dest="username", metavar="USER", help="who answers for it; else the service"
        )
        deed.add_argument("--purpose", default="asset-freeze", help="of that user (default %(default)s)")
        deed.add_argument(
            "--json", action="store_true", dest="as_json", help="the counts as JSON, needs --out"
        )

    def handle(self, *, language: str, **options: Any) -> None:
        with translation.override(language):
            self._accounts(**options)

    def _accounts(self, *, file: Path, out: Path | None, **options: Any) -> None:
        if options["as_json"] and not out:
            raise CommandError(_("With --json the results need a file: --out RESULT.csv"), returncode=2)
        if out and (not out.absolute().parent.is_dir() or out.resolve() == file.resolve()):
            raise CommandError(_("The results cannot be written to %s.") % out, returncode=2)
        by = _actor(options["username"], options["purpose"])
        table = open_table(file, options["encoding"])
        with tempfile.TemporaryDirectory() as spool:
            # Shown only when all is compared and the entry is written.
            results = out or Path(spool) / "results.csv"
            done = self._screen(table, results, by, options)
            if not out:
                with results.open(encoding="utf-8-sig", newline="") as made:
                    shutil.copyfileobj(made, self.stdout)
        self._tell(done, options["as_json"])

    def _screen(
        self, table: Table, results: Path, by: Actor, options: dict[str, Any]
    ) -> actions.ScreenedAccounts:
        # disable=None: no bar when the output is a log file
        bar = tqdm(total=table.size, unit=table.unit, unit_scale=True, disable=None)
        with bar, _against(options["lists"], by) as compared:
            return actions.screen_accounts(
                table,
                compared,
                actions.Wanted(
                    results,
                    options["threshold"],
                    dict(options["column"]),
                    options["workers"] or _workers(table),
                    lambda position: bar.update(position - bar.n),
                ),
                by=by,
            )

    def _tell(self, done: actions.ScreenedAccounts, as_json: bool) -> None:
        told = {name: getattr(done, name) for name in done.__slots__}
        if as_json:
            self.print_json(told)
        else:
            self.say(_("%(reference)s: %(holders)d holders compared, %(matches)d possible matches.") % told)
        if done.not_compared or done.in_part:
            raise CommandError(
                _(
                    "Not compared: %(not_compared)d rows; without their date of birth: %(in_part)d. "
                    "The results tell which lines, and what to do."
                )
                % told,
                returncode=1,
            )


def _column(text: str) -> tuple[str, str]:
    what, _equals, heading = text.partition("=")
    if what not in KNOWN or not heading:
        raise ArgumentTypeError(_("Write it as WHAT=HEADING, where WHAT is one of %s.") % ", ".join(KNOWN))
    return what, heading


def _actor(username: str | None, purpose: str) -> Actor:
    if not username:
        return service_account("accounts", now=now(), simulated=is_demonstration())
    user = User.objects.filter(human=True, username=username).first()
    if user is None:
        raise CommandError(_("There is no such user."), returncode=1)
    return actor_for(user, purpose=purpose, now=now(), simulated=is_demonstration())


def _against(paths: list[Path], by: Actor) -> AbstractContextManager[against.Against]:
    if not paths:
        return against.of_home(by.today)
    if len(paths) == 1 and paths[0].is_dir():
        try:
            return nullcontext(against.of_index(paths[0]))
        except OSError as fault:
            raise CommandError(_("%s is no folder of an index.") % paths[0], returncode=1) from fault
    try:
        return against.of_files([publishers.read(*group) for group in _groups(paths)])
    except OSError as fault:
        raise CommandError(f"{fault.filename}: {fault.strerror}", returncode=1) from fault
    except publishers.NotAList as fault:
        raise CommandError(str(fault), returncode=1) from fault


def _groups(paths: list[Path]) -> list[list[bytes]]:
    """What belongs together: each XML file alone, and OFAC's two files."""
    contents = [path.read_bytes() for path in paths]
    alone = [[one] for one in contents if one.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")]
    rest = [one for one in contents if [one] not in alone]
    return [*alone, rest] if rest else alone


def _workers(table: Table) -> int:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores if table.size > (LARGE if table.unit == "B" else LARGE // 50) else 1

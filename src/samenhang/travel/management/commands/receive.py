from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.errors import Refused
from samenhang.foundation.once import remembering
from samenhang.journal import Actor
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from samenhang.travel import actions
from samenhang.travel.models import Message

FRESH = 1  # second
COUNTS = ("passengers", "records", "answers")


class Command(Base):
    help = "Receive and read passenger messages from files and folders. Safe to stop and to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all below it"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, paths: list[Path], as_json: bool, **options: Any) -> None:
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(_("There is no file or folder %s.") % ", ".join(missing))
        actions.sweep(by=_receiver())
        if not User.objects.filter(human=True).exists():
            self.say(_("Nobody has an account here, so no legal basis is asked. Use samples only."))
        results = []
        # disable=None: no bar when the output is a log file
        files = iter(tqdm(list(_files(paths)), unit="file", disable=None))
        while done := _take_some(files):
            results += done
            if not as_json:
                with tqdm.external_write_mode():
                    self.stdout.write("\n".join(map(_line, done)))
        totals = _totals(results)
        if as_json:
            self.print_json({"files": results, "totals": totals})
        else:
            self.stdout.write(_last_line(totals))
        if totals["failed"]:
            raise CommandError(
                _("Not received: %d. The lines above say why.") % totals["failed"], returncode=1
            )


def _receiver() -> Actor:
    return service_account("receiving", now=now(), simulated=is_demonstration())


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]


def _take_some(files: Iterator[Path]) -> list[dict[str, Any]]:
    """What can be taken in a second. Who receives, and what is decided for the day, is asked once in that."""
    done = []
    with remembering():
        by, begin = _receiver(), monotonic()
        for file in files:
            done.append(_take(file, replace(by, now=now())))  # the clock runs on
            if monotonic() - begin > FRESH:
                break
    return done


def _take(file: Path, by: Actor) -> dict[str, Any]:
    try:
        receipt = actions.take_in(file.read_bytes(), name=file.name, by=by)
        return _told(file, receipt.message, duplicate=receipt.duplicate)
    except OSError as error:
        return _failed(file, f"cannot be opened: {error.strerror}")
    except Refused as refusal:
        return _failed(file, str(refusal))


def _told(file: Path, message: Message, *, duplicate: bool) -> dict[str, Any]:
    """What the command says of one file. No names: this needs no user."""
    conflict = {"conflicts_with": message.conflicts_with} if message.conflicts_with else {}
    return {
        "file": str(file),
        "kind": message.kind,
        "reference": message.reference,
        "state": message.state,
        "messages": message.parts,
        **{name: getattr(message, name) for name in COUNTS},
        "duplicate": duplicate,
        "left_behind": message.left_behind,
        "problem_count": message.problem_count,
        "problems": message.problems,
        **conflict,
    }


def _failed(file: Path, why: str) -> dict[str, Any]:
    return {
        "file": str(file),
        "kind": "not received",
        "reference": "",
        "state": "",
        "messages": [],
        **dict.fromkeys(COUNTS, 0),
        "duplicate": False,
        "left_behind": {},
        "problem_count": 1,
        "problems": [{"offset": 0, "segment": "", "message": why}],
    }


def _totals(results: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "files": len(results),
        "messages": sum(len(one["messages"]) for one in results if one["state"] == "read"),
        **{name: sum(one[name] for one in results) for name in COUNTS},
        "duplicates": sum(one["duplicate"] for one in results),
        "other_files": sum(one["state"] == "unreadable" for one in results),
        "problems": sum(one["problem_count"] for one in results),
        "failed": sum(not one["reference"] for one in results),
    }


def _line(one: dict[str, Any]) -> str:
    words = [f"{one[name]} {name}" for name in COUNTS if one[name]]
    words += [f"{one['problem_count']} problems"] if one["problem_count"] else []
    words += ["received before"] if one["duplicate"] else []
    words += [f"other content than {one['conflicts_with']}"] if "conflicts_with" in one else []
    words += [] if one["reference"] else [one["problems"][0]["message"]]
    return f"{one['file']}  {one['kind']}  {', '.join(words) or 'nobody in it'}"


def _last_line(totals: dict[str, int]) -> str:
    return ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in totals.items())

"""A home that is being restored says so, until everything in it was verified."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from samenhang.foundation import durable

NAME = "restore-unfinished"
WORDS = _("A restore of this home did not come to its end. Run samenhang restore again.")


def is_marked(home: Path) -> bool:
    return (home / NAME).exists()


def mark(home: Path) -> None:
    durable.replace(home / NAME, b"Run samenhang restore again.\n")


def end(home: Path) -> None:
    (home / NAME).unlink()
    durable.sync_folder(home)

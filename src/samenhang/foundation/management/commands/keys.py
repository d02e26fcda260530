"""``samenhang keys``: the key store and its master key. Needs no database."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from tqdm import tqdm

from samenhang.foundation import key_copies, key_rotation, master_keys, shares
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.destroyed_keys import DestroyedKeys
from samenhang.foundation.keys import KeyStore, destroyed_folder, key_store
from samenhang.foundation.master_keys import Given, Kept


class Command(Base):
    help = "Look after the keys: status, backup, restore, rotate; new, split and join a master key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--home", help="the folder that keeps everything (default: your data folder)")
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
        status = deeds.add_parser("status", help="which master key, how many keys, when copied last")
        status.add_argument("--json", action="store_true", help="one JSON object")
        backup = deeds.add_parser("backup", help="write a copy of the key store; keep it apart from the data")
        backup.add_argument("file", type=Path, metavar="FILE|DIR")
        backup.add_argument(
            "--with-master-key", action="store_true", help="whoever finds the file can then read everything"
        )
        restore = deeds.add_parser("restore", help="make the key store of this home from a copy")
        restore.add_argument("file", type=Path, metavar="FILE")
        restore.add_argument(
            "--master-key", type=Path, metavar="FILE", help="the master key, when not given otherwise"
        )
        deeds.add_parser("rotate", help="wrap all keys under a new master key; go on with it after a crash")
        deeds.add_parser("new", help="print a new master key")
        split = deeds.add_parser("split", help="print the master key in parts for several officials")
        split.add_argument("--needed", type=int, default=2, help="how many parts give it back (default 2)")
        split.add_argument("--parts", type=int, default=3, help="how many parts to print (default 3)")
        join = deeds.add_parser("join", help="print the master key from parts, typed or read line by line")
        join.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: standard input")

    def handle(self, *, deed: str, **options: Any) -> None:
        getattr(self, f"_{deed}")(**options)

    def _status(self, *, json: bool, **_options: Any) -> None:
        store = key_store()
        told = status(store)
        if json:
            self.print_json(told)
            return
        self.stdout.write(_("Key store: %s") % store.file.path)
        self.stdout.write(
            _("Master key: %(id)s, from %(source)s") % {"id": told["master"], "source": store.source}
        )
        self.stdout.write(_("Keys: %d") % told["keys"])
        if told["to_wrap_anew"]:
            self.stdout.write(
                _("A rotation is unfinished: %d keys to go. Run: samenhang keys rotate")
                % told["to_wrap_anew"]
            )
        if told["copied_at"]:
            words = _("Last copy: %(moment)s; keys made since: %(since)d")
            self.stdout.write(words % {"moment": told["copied_at"], "since": told["made_since"]})
        else:
            self.stdout.write(_("No copy was ever made. Run: samenhang keys backup FILE"))
        for path in told["open_to_others"]:
            self.stdout.write(_("Others can read %s. Take that right away with chmod.") % path)

    def _backup(self, *, file: Path, with_master_key: bool, **_options: Any) -> None:
        if file.is_dir():
            file = file / f"samenhang-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.keys"
        store = key_store()
        count = key_copies.make(store, file, with_master_key=with_master_key)
        self.stdout.write(_("%(count)d keys are in %(file)s.") % {"count": count, "file": file})
        if with_master_key:
            self.stdout.write(_("The master key is in it: whoever finds this file can read everything."))
        else:
            words = _("It opens nothing without master key %s. Keep that key in another place.")
            self.stdout.write(words % store.file.about("master"))

    def _restore(self, *, file: Path, master_key: Path | None, **_options: Any) -> None:
        masters = key_copies.master_keys_for(file, master_key)
        gone = key_copies.put_back(file, Path(settings.KEY_STORE), masters, DestroyedKeys(destroyed_folder()))
        self.stdout.write(_("The key store is back in %s.") % settings.KEY_STORE)
        if gone:
            self.stdout.write(_("%d keys that had been destroyed since were destroyed again.") % gone)

    def _rotate(self, **_options: Any) -> None:
        store, done = key_store(), 0
        with tqdm(disable=None, unit=" keys", leave=False) as bar:
            for done in key_rotation.rotate(store):
                bar.update(done - bar.n)
        words = _("%(done)d keys were wrapped anew; master key %(id)s wraps all of them.")
        self.stdout.write(words % {"done": done, "id": store.file.about("master")})
        if isinstance(store.source, Given):
            self.stdout.write(_("Now take the older master key out of %s.") % store.source)
        self.stdout.write(
            _("Make a copy now: samenhang keys backup FILE. Older copies need the older master key.")
        )

    def _new(self, **_options: Any) -> None:
        self.stdout.write(master_keys.make().written())

    def _split(self, *, needed: int, parts: int, **_options: Any) -> None:
        store = key_store()
        for line in shares.split(store.master(store.file.about("master")), needed=needed, parts=parts):
            self.stdout.write(line)
        self.say(_("Give each line to somebody else, on paper. Any %d of them give the key back.") % needed)

    def _join(self, *, file: Path | None, **_options: Any) -> None:
        lines = (file.read_text(encoding="utf-8") if file else sys.stdin.read()).splitlines()
        self.stdout.write(shares.join(lines).written())


def status(store: KeyStore) -> dict[str, Any]:
    """What an operator, or a monitor, asks of the store."""
    counts, wanted = store.file.counts(), store.source.read()[0].id
    kept = [
        store.file.path.parent,
        store.file.path,
        *([store.source.path] if isinstance(store.source, Kept) else []),
    ]
    return {
        "master": store.file.about("master"),
        "keys": sum(counts.values()),
        "to_wrap_anew": sum(count for master, count in counts.items() if master != wanted),
        "copied_at": store.file.about(key_copies.COPIED_AT),
        "made_since": store.file.made_since(int(store.file.about(key_copies.COPIED_UNTIL) or 0)),
        "open_to_others": [str(path) for path in kept if path.stat().st_mode & 0o077],
    }

"""``samenhang log``: the log that proves the journal, for its operator and its auditors."""

import json
import tempfile
from argparse import ArgumentParser
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor, exporting, record, sequencer, signing, tree, witnessing
from samenhang.journal.models import Leaf, Waiting
from samenhang.journal.rules import Operation
from transparency import heads, merkle, verify
from transparency.notes import PublicKey


class Command(Base):
    help = "The log that proves the journal: its head, an export, a check, a proof."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        for name, text in (("head", "the last signed head"), ("keys", "the public keys of the log")):
            what.add_parser(name, help=text).add_argument("--json", action="store_true")
        for name, text in (
            ("export", "write the log to a folder, for an auditor"),
            ("verify", "check the log in this database and name what was done to it"),
        ):
            one = what.add_parser(name, help=text)
            one.add_argument("--as-is", action="store_true", help="append nothing first, and leave no entry")
            if name == "export":
                one.add_argument("folder", type=Path)
            else:
                one.add_argument(
                    "--head",
                    type=Path,
                    action="append",
                    default=[],
                    help="a head kept elsewhere, or a witness",
                )
                one.add_argument("--json", action="store_true")
        prove = what.add_parser("prove", help="prove that an entry stands in the log, or check such a proof")
        prove.add_argument("position", type=int, nargs="?")
        prove.add_argument("--check", type=Path, metavar="FILE", help="check a proof that was printed before")
        prove.add_argument("--key", action="append", default=[], help="a public key of the log, with --check")
        show = what.add_parser("show", help="have the head co-signed by a witness")
        show.add_argument("witness", help="its address, or its folder")
        for name, text in (
            ("rotate", "sign with a new key from now on"),
            ("begin-anew", "go on under a new name after a restore that lost entries"),
        ):
            what.add_parser(name, help=text).add_argument("--reason", required=True)

    def handle(self, *, what: str, **options: Any) -> None:
        getattr(self, f"_{what.replace('-', '_')}")(**options)

    def _head(self, *, json: bool, **_options: Any) -> None:
        self._bring_up_to_date()
        head = tree.head()
        if head is None:
            raise Refused(_("The log is empty."))
        waiting = Waiting.objects.count()
        if json:
            told = tree.as_checkpoint(head)
            self.print_json(
                {
                    "origin": told.origin,
                    "size": told.size,
                    "root": told.root.hex(),
                    "checkpoint": exporting.checkpoint(head),
                    "waiting": waiting,
                }
            )
            return
        self.stdout.write(exporting.checkpoint(head), ending="")
        if waiting:
            self.say(_("%d entries wait for their place.") % waiting)

    def _keys(self, *, json: bool, **_options: Any) -> None:
        keys = [str(key) for key in signing.public_keys()]
        if json:
            self.print_json(keys)
        else:
            self.stdout.write("\n".join(keys))

    def _export(self, *, folder: Path, as_is: bool, **_options: Any) -> None:
        if not as_is:
            self._tell("log.exported", Operation.DISCLOSURE)
            self._bring_up_to_date()
        count = exporting.write_export(folder)
        self.say(_("%(count)d entries are in %(folder)s.") % {"count": count, "folder": folder})

    def _verify(self, *, head: list[Path], as_is: bool, json: bool, **_options: Any) -> None:
        if not as_is:
            self._bring_up_to_date()
        with tempfile.TemporaryDirectory() as folder:
            exporting.write_export(Path(folder))
            keys = [str(key) for key in signing.public_keys()]
            count, trusted, findings = verify.verify(Path(folder), head, keys)
        findings += [
            verify.Finding("never-logged", entry, -1, f"entry number {entry} has no place and waits for none")
            for entry in exporting.left_out()
        ]
        if json:
            self.print_json({"entries": count, "findings": [vars(finding) for finding in findings]})
        else:
            for finding in findings:
                self.stdout.write(f"{finding.kind}: {finding.text}")
        if findings:
            raise CommandError(_("The log is not what it was."), returncode=1)
        vouched = max((one.size for one in trusted if one.outside), default=0)
        self.say(
            _("%(count)d entries, nothing was changed; %(vouched)d stand under a head kept elsewhere.")
            % {"count": count, "vouched": vouched}
        )

    def _prove(self, *, position: int | None, check: Path | None, key: list[str], **_options: Any) -> None:
        if check is not None:
            self._check(json.loads(check.read_text(encoding="utf-8")), key)
            return
        head = tree.head()
        if position is None or head is None or not 0 <= position < head.size:
            raise Refused(_("Give the position of an entry that is in the log."))
        proof = merkle.inclusion_proof(position, head.size, tree.Nodes())
        entry = Leaf.objects.select_related("entry").get(position=position).entry
        self._tell("log.proved", Operation.DISCLOSURE)
        self.print_json(
            {
                "position": position,
                "entry": bytes(entry.envelope).decode("ascii"),
                "proof": [b64encode(part).decode() for part in proof],
                "checkpoint": exporting.checkpoint(head),
            }
        )

    def _check(self, told: dict[str, Any], keys: list[str]) -> None:
        known = [PublicKey.read(key) for key in keys] or signing.public_keys()
        try:
            head = heads.check_head(told["checkpoint"], known)
            leaf = merkle.leaf_hash(told["entry"].encode("ascii"))
            proof = [b64decode(part) for part in told["proof"]]
            merkle.check_inclusion(leaf, told["position"], head.size, proof, head.root)
        except ValueError as error:
            raise CommandError(_("This proves nothing: %s") % error, returncode=1) from error
        self.stdout.write(
            _("Entry %(position)d stands in the log of %(size)d entries.")
            % {"position": told["position"], "size": head.size}
        )

    def _show(self, *, witness: str, **_options: Any) -> None:
        self._bring_up_to_date()
        self.say(_("The witness co-signed a log of %d entries.") % witnessing.show(witness))

    def _rotate(self, *, reason: str, **_options: Any) -> None:
        sequencer.append_waiting()
        key = signing.rotate()
        self._tell("log.key-rotated", Operation.ADMIN, reason)
        sequencer.append_waiting()
        self.stdout.write(str(key.public))

    def _begin_anew(self, *, reason: str, **_options: Any) -> None:
        key = signing.begin_anew()
        self._tell("log.begun-anew", Operation.ADMIN, reason)
        sequencer.append_waiting()
        self.stdout.write(str(key.public))

    def _bring_up_to_date(self) -> None:
        """What waits is appended first; a log that may not go on is shown as it is."""
        try:
            sequencer.append_waiting()
        except (signing.RolledBack, tree.LogIncomplete) as refusal:
            self.say(str(refusal))

    def _tell(self, event: str, operation: Operation, reason: str = "") -> None:
        operator = Actor(
            user="operator", organisation="", authority="", roles=frozenset(), purpose="oversight", now=now(),
            human=False, simulated=is_demonstration(),
        )  # fmt: skip
        record(event, "log", by=operator, operation=operation, reason=reason)

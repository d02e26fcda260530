from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as BaseCommand
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for, service_account
from samenhang.organisations.models import User
from samenhang.watchlists import actions, publishers
from samenhang.watchlists.models import ListApproval, ListVersion, OfficialList


class Command(BaseCommand):
    help = "Official lists for account screening: import, approve, show what stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        taking_in = deeds.add_parser("import", help="UN: one XML file; OFAC: sdn.csv together with alt.csv")
        taking_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
        taking_in.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        show = deeds.add_parser("show", help="counts, versions and approvals; no names")
        show.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        for name, text in (
            ("approve", "let a list be used for account screening"),
            ("take-back", "end that use at once"),
        ):
            deed = deeds.add_parser(name, help=text)
            deed.add_argument("list", choices=["UN", "OFAC"], help="whose list")
            deed.add_argument(
                "--as", dest="username", required=True, metavar="USER", help="who answers for it"
            )
            deed.add_argument("--purpose", required=True, metavar="P", help="such as asset-freeze")
            deed.add_argument("--reason", required=True, help="why; it is kept")

    def handle(self, *, deed: str, **options: Any) -> None:
        match deed:
            case "import":
                self._import(options["files"], options["as_json"])
            case "show":
                self._show(options["as_json"])
            case "approve":
                actions.approve_list(options["list"], reason=options["reason"], by=_person(options))
                self.say(_("%(list)s may be used for account screening.") % options)
            case "take-back":
                actions.take_back_approval(options["list"], reason=options["reason"], by=_person(options))
                self.say(_("%(list)s may no longer be used.") % options)

    def _import(self, files: list[Path], as_json: bool) -> None:
        by = service_account("lists", now=now(), simulated=is_demonstration())
        told = []
        for group in _groups(files):
            try:
                published = publishers.read(*(content for _file, content in group))
            except publishers.NotAList as refusal:
                names = ", ".join(str(file) for file, _content in group)
                raise CommandError(f"{names}: {refusal}", returncode=1) from refusal
            imported = actions.import_list(published, by=by)
            told.append({**_told(imported.version), "known": imported.known, **_numbers(imported)})
        if as_json:
            self.print_json({"lists": told})
            return
        for one in told:
            self.stdout.write(
                _(
                    "%(list)s: %(persons)s persons, %(aliases)s aliases; "
                    "added %(a)s, changed %(c)s, removed %(r)s."
                )
                % {**one, "a": len(one["added"]), "c": len(one["changed"]), "r": len(one["removed"])}
            )

    def _show(self, as_json: bool) -> None:
        told = []
        for official in OfficialList.objects.prefetch_related("versions", "approvals__approved_by"):
            versions = list(official.versions.all())
            approval = next((a for a in official.approvals.all() if a.taken_back_on is None), None)
            told.append(
                {
                    **_told(versions[-1]),
                    "versions": [_version(version) for version in versions],
                    "approved_by": _name(approval),
                    "approved_on": approval.starts_on.isoformat() if approval else None,
                    "use": "account-screening" if approval else None,
                }
            )
        if as_json:
            self.print_json({"lists": told})
            return
        for one in told:
            approved = one["approved_by"] or _("nobody yet: not used")
            self.stdout.write(
                _(
                    "%(list)s: %(persons)s persons, %(aliases)s aliases; "
                    "approved for account screening by %(who)s."
                )
                % {**one, "who": approved}
            )
        if not told:
            self.stdout.write(_("No list was imported yet."))


def _groups(files: list[Path]) -> list[list[tuple[Path, bytes]]]:
    """One group for each list: an OFAC pair belongs together, everything else stands alone."""
    try:
        read = [(file, file.read_bytes()) for file in files]
    except OSError as fault:
        raise CommandError(f"{fault.filename}: {fault.strerror}", returncode=1) from fault
    xml = [[one] for one in read if one[1].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")]
    rest = [one for one in read if [one] not in xml]
    return [*xml, rest] if rest else xml


def _person(options: dict[str, Any]) -> Actor:
    user = User.objects.filter(human=True, username=options["username"]).first()
    if user is None:
        raise CommandError(_("There is no such user."), returncode=1)
    return actor_for(user, purpose=options["purpose"], now=now(), simulated=is_demonstration())


def _told(version: ListVersion) -> dict[str, Any]:
    return {"list": version.official_list.publisher, **_version(version), "problems": version.problems}


def _version(version: ListVersion) -> dict[str, Any]:
    return {
        "version": version.reference,
        "digest": version.digest,
        "generated_on": version.generated_on.isoformat() if version.generated_on else None,
        "imported_at": version.imported_at.isoformat(),
        "persons": version.persons,
        "aliases": version.aliases,
        "others": version.others,
    }


def _numbers(imported: actions.Imported) -> dict[str, list[str]]:
    """Numbers of the publisher, not names: this command shows no personal data."""
    changes = imported.changes
    return {
        "added": [person.number for person in changes.added],
        "changed": [after.number for _before, after in changes.changed],
        "removed": [person.number for person in changes.removed],
    }


def _name(approval: ListApproval | None) -> str | None:
    return approval.approved_by.name if approval else None

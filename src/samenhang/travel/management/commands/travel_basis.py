from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.foundation.commands import add_day
from samenhang.journal import Actor
from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import User
from samenhang.travel import actions
from samenhang.travel.models import LegalBasis
from samenhang.travel.rules.bases import Kind, Switched


class Command(Base):
    help = "Legal basis of travel data: switch on for days, switch off, show. Without one nothing comes in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        show = deeds.add_parser("show", help="what is and was switched on")
        show.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
        on = deeds.add_parser("on", help="let one kind of travel data in, for these days")
        on.add_argument("kind", choices=[str(kind) for kind in Kind])
        on.add_argument("--basis", required=True, help="the statute and its article")
        add_day(on, "--from", help_text="first day", required=True)
        add_day(on, "--until", help_text="last day", required=True)
        off = deeds.add_parser("off", help="end it at once")
        off.add_argument("reference", help="as show prints it")
        for deed in (on, off):
            deed.add_argument(
                "--as", dest="username", required=True, metavar="USER", help="who answers for it"
            )
            deed.add_argument("--reason", required=True, help="one full sentence; it is kept")

    def handle(self, *, deed: str, **options: Any) -> None:
        match deed:
            case "show":
                self._show(options["as_json"])
            case "on":
                wanted = Switched(Kind(options["kind"]), options["basis"], options["from"], options["until"])
                row = actions.switch_on(wanted, reason=options["reason"], by=_official(options))
                self.say(_("%(kind)s is switched on: %(row)s.") % {"kind": row.kind, "row": row.reference})
            case "off":
                basis = LegalBasis.objects.filter(reference=options["reference"]).first()
                if basis is None:
                    raise CommandError(_("There is no such legal basis."), returncode=1)
                actions.switch_off(basis, reason=options["reason"], by=_official(options))
                self.say(_("%(kind)s is switched off.") % {"kind": basis.kind})

    def _show(self, as_json: bool) -> None:
        told = [_told(row) for row in LegalBasis.objects.newest_first().select_related("set_by")]
        if as_json:
            self.print_json({"legal_bases": told})
            return
        for one in told:
            self.stdout.write(
                "{reference}  {kind}  {from}  {until}  {basis}  {set_by}".format(**one)
                + (f"  {one['ended_on']} ×" if one["ended_on"] else "")
            )
        if not told:
            self.stdout.write(_("No legal basis is switched on: travel data are refused."))


def _official(options: dict[str, Any]) -> Actor:
    user = User.objects.filter(human=True, username=options["username"]).first()
    if user is None:
        raise CommandError(_("There is no such user."), returncode=1)
    return actor_for(user, purpose="investigation", now=now(), simulated=is_demonstration())


def _told(row: LegalBasis) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "kind": row.kind,
        "basis": row.basis,
        "reason": row.reason,
        "from": row.starts_on.isoformat(),
        "until": row.ends_on.isoformat(),
        "set_by": row.set_by.name,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
    }

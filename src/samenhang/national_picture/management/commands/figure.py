"""``samenhang figure``: figures that an organisation signs and delivers."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.commands import Command as Base
from samenhang.national_picture import actions
from samenhang.national_picture.rules import delivering
from samenhang.organisations.acting import service_account


class Command(Base):
    help = "Sign a figure at the organisation that knows it, and take a signed figure in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="sign|deliver")
        sign = deeds.add_parser("sign", help="sign a statement (JSON); prints the file to send")
        sign.add_argument("statement", type=Path)
        sign.add_argument("--key", type=Path, required=True, help="file with the private key, hexadecimal")
        deliver = deeds.add_parser("deliver", help="take in a signed figure")
        deliver.add_argument("file", type=Path)

    def handle(self, *, deed: str, **options: Any) -> None:
        try:
            data = (options["statement"] if deed == "sign" else options["file"]).read_bytes()
            if deed == "sign":
                private = bytes.fromhex(options["key"].read_text(encoding="ascii"))
                self.print_json(delivering.sign(json.loads(data), private))
                return
        except (OSError, ValueError) as fault:
            raise CommandError(str(fault)) from fault
        by = service_account("reporting", now=now(), simulated=is_demonstration())
        row = actions.receive(data, by=by)
        self.say(_("The signature holds. Received as %s.") % row.reference)

"""``samenhang witness``: keeps the heads of somebody else's log, and co-signs what continues it."""

import time
from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _

from samenhang.foundation.commands import Command as Base
from samenhang.foundation.errors import Refused as No
from transparency.notes import NotANote, PublicKey
from transparency.witness import LONGEST, Refused, Request, Witness

LARGEST = 64 << 20  # bytes of hashes in one request: two million entries


class Command(Base):
    help = "Keep the heads of a log elsewhere and co-sign them. Holds nothing about anybody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the witness keeps everything")
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("found", help="make the folder and its key").add_argument("name")
        what.add_parser("trust", help="know this log from now on").add_argument("key")
        what.add_parser("add", help="co-sign a request in a file").add_argument("file", type=Path)
        what.add_parser("last", help="the last head of a log").add_argument("origin", nargs="?")
        serve = what.add_parser("serve", help="co-sign what is sent to this address")
        serve.add_argument("--bind", default="127.0.0.1:8400")

    def handle(self, *, folder: Path, what: str, **options: Any) -> None:
        try:
            if what == "found":
                self.stdout.write(str(Witness.found(folder, options["name"]).key.public))
                return
            witness = Witness(folder)
            if what == "trust":
                witness.trust(PublicKey.read(options["key"]))
            elif what == "add":
                request = Request.read(options["file"].read_text(encoding="utf-8"))
                self.stdout.write(witness.add(request, _seconds()), ending="")
            elif what == "last":
                for origin in (
                    [options["origin"]] if options["origin"] else sorted({log.name for log in witness.logs()})
                ):
                    self.stdout.write(witness.last(origin), ending="")
            else:
                self._serve(witness, options["bind"])
        except FileExistsError as error:
            raise No(_("There is a witness in this folder already.")) from error
        except FileNotFoundError as error:
            raise No(_("There is no witness in this folder; make one with: found NAME")) from error
        except (NotANote, Refused) as error:
            raise No(str(error)) from error

    def _serve(self, witness: Witness, bind: str) -> None:
        host, _colon, port = bind.rpartition(":")
        with ThreadingHTTPServer((host, int(port)), _handler(witness)) as server:
            self.say(_("The witness listens at %s. Stop with Ctrl+C.") % bind)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                return


def _seconds() -> int:
    return int(time.time())


def _handler(witness: Witness) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def do_POST(self) -> None:
            try:
                self._answer(200, self._asked())
            except Refused as refusal:
                self._answer(refusal.status, refusal.body)

        def _asked(self) -> str:
            length = int(self.headers.get("Content-Length", "0") or 0)
            if self.path == "/add-checkpoint":
                if length > 2 * LONGEST:
                    raise Refused(413, "too long")
                try:
                    return witness.add(Request.read(self.rfile.read(length).decode()), _seconds())
                except UnicodeDecodeError as error:
                    raise Refused(400, "a request is text") from error
            call, _slash, rest = self.path.removeprefix("/").partition("/")
            start, _slash, origin = rest.partition("/")
            if call != "add-hashes" or not start.isdecimal():
                raise Refused(404, "there is nothing here")
            if length > LARGEST:
                raise Refused(413, "too long")
            return f"{witness.add_hashes(unquote(origin), int(start), self.rfile.read(length))}\n"

        def _answer(self, status: int, body: str) -> None:
            data = body.encode()
            self.send_response(status)
            size = status == 409 and body.strip().isdecimal()
            self.send_header("Content-Type", "text/x.tlog.size" if size else "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: Any) -> None:
            return

    return Handler

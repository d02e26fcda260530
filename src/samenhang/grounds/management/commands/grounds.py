import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samenhang.grounds import rules


class Command(BaseCommand):
    help = "Ask the law: may this provider give this category to this recipient, for this purpose, that day?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        questions = parser.add_subparsers(dest="question", required=True)
        ask = questions.add_parser("ask", help="one question; conditions count as met unless named")
        ask.add_argument("--provider", required=True, metavar="CODE")
        ask.add_argument("--recipient", required=True, metavar="CODE")
        ask.add_argument("--category", required=True, metavar="C")
        ask.add_argument("--purpose", required=True, metavar="P")
        ask.add_argument("--on", required=True, type=date.fromisoformat, metavar="DATE")
        ask.add_argument("--not-met", action="append", default=[], metavar="CONDITION")
        ask.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, as_json: bool, **options: Any) -> None:
        asked = {
            key: options[key] for key in ("provider", "recipient", "category", "purpose", "on", "not_met")
        }
        try:
            answer = rules.ask(**asked)
        except rules.UnknownTerm as unknown:
            raise CommandError(str(unknown)) from unknown
        if as_json:
            self.stdout.write(json.dumps(answer.to_json(), ensure_ascii=False))
        else:
            self.stdout.write(answer.sentence)
            self.stdout.write(
                f"{answer.answer} | {answer.rule or '-'} | {answer.basis or '-'} | {answer.mark or '-'}"
            )

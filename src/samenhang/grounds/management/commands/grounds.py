from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.foundation.clock import now
from samenhang.foundation.commands import Command as BaseCommand
from samenhang.foundation.commands import add_day
from samenhang.grounds import rules
from samenhang.grounds.models import Approval


class Command(BaseCommand):
    help = "Ask the law: may this provider give this category to this recipient, for this purpose, that day?"

    def add_arguments(self, parser: ArgumentParser) -> None:
        questions = parser.add_subparsers(dest="question", required=True)
        ask = questions.add_parser("ask", help="one question; every condition counts as met unless named")
        ask.add_argument("--provider", required=True, metavar="CODE", help="who gives, such as AIVD")
        ask.add_argument("--recipient", required=True, metavar="CODE", help="who receives, such as LOVJ")
        ask.add_argument("--category", required=True, metavar="C", help="what, such as official-message")
        ask.add_argument("--purpose", required=True, metavar="P", help="for what, such as investigation")
        add_day(ask, "--on", help_text="on which day", required=True)
        ask.add_argument(
            "--not-met", action="append", default=[], metavar="CONDITION", help="may be repeated"
        )
        ask.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, as_json: bool, **options: Any) -> None:
        terms = ("provider", "recipient", "category", "purpose", "on", "not_met")
        # A lawyer's confirmation counts as it stands today, also for a question about an earlier day.
        enabled = Approval.objects.enabled_on(timezone.localdate(now()))
        answer = rules.ask(**{term: options[term] for term in terms}, enabled=enabled)
        if as_json:
            self.print_json(answer.to_json())
            return
        self.stdout.write(answer.sentence)
        if answer.rule:
            self.stdout.write(
                _("Reference: %(basis)s. Rule %(rule)s, source read: %(mark)s.")
                % {"basis": answer.basis, "rule": answer.rule, "mark": answer.mark}
            )

"""What an organisation was asked to bring in before the conference."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.conferences.models.meeting import Item
from samenhang.conferences.rules.papers import PaperStage
from samenhang.exchange.models import Statement


class PaperQuerySet(ProtectedQuerySet["Paper"]):
    def of(self, item: Item) -> Self:
        return self.filter(item=item).order_by("due_on", "pk")

    def on(self, items: Iterable[Item]) -> Self:
        return self.filter(item_id__in=[one.pk for one in items]).order_by("due_on", "pk")

    def waiting_for(self, organisation_id: int) -> Self:
        """What this organisation was asked and did not answer."""
        return self.filter(organisation_id=organisation_id, stage=PaperStage.ASKED).order_by("due_on", "pk")

    def past_its_day(self, today: date) -> Self:
        """Asked, and not answered on its last day: for who asked it."""
        return self.filter(stage=PaperStage.ASKED, due_on__lt=today).order_by("due_on", "pk")


class Paper(Protected):
    """What is asked of one organisation for one item, by a day. Whoever sits at the case reads it.

    what: the question. statement: with what it was answered; answer: or why nothing was brought.
    """

    reference = reference_field("CQ")
    item = models.ForeignKey("conferences.Item", models.PROTECT, related_name="papers")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    what = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=PaperStage, default=PaperStage.ASKED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    statement = models.ForeignKey(
        "exchange.Statement", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_paper_that_was_brought_is_a_statement",
                condition=~Q(stage="brought") | Q(statement__isnull=False),
            ),
            models.CheckConstraint(
                name="a_paper_that_was_refused_says_why", condition=~Q(stage="refused") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scope_of_answer(self) -> str:
        """Of the statement with which it was answered, and of whatever came in its place; empty without."""
        brought = Statement.objects.unscoped("its scope alone").filter(pk=self.statement_id or 0)
        return brought.order_by().values_list("scope", flat=True).first() or ""

"""What was promised, and its story; how a partner is reached. Everybody who signed in may read it."""

from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.page import Label
from samenhang.programme.rules import Event, Forum, Office, Read, State, name_of
from samenhang.programme.rules.contact import CONFIRM_WITHIN, is_stale


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Questions about commitments."""

    def open(self) -> Self:
        return self.filter(state=State.OPEN)

    def late(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def answered_by(self, user_id: int) -> Self:
        """What this official still has to see to."""
        return self.open().filter(answers_id=user_id).order_by(F("due_on").asc(nulls_last=True), "pk")

    def most_pressing_first(self) -> Self:
        """Open ones by their last day, those without one after them; then what is over, newest first."""
        is_over = models.Case(models.When(state=State.OPEN, then=0), default=1)
        return self.order_by(is_over, F("ended_on").desc(), F("due_on").asc(nulls_last=True), "pk")

    def until(self, day: date) -> Self:
        """What was promised on that day or before, in the order of the register."""
        return self.filter(made_on__lte=day).most_pressing_first()


class Commitment(models.Model):
    """What somebody in office promised, until it is kept or over. A conclusion of the Council as well.

    document, place, dated_on, read: where it stands. term: the time as it was said. answers: the official
    who sees to it. ended_on: the day of the paper that kept it, else the day it was over.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "TZ"))
    made_by = models.CharField(max_length=20, choices=Office)
    made_to = models.CharField(max_length=20, choices=Forum)
    what = models.CharField(max_length=500)
    made_on = models.DateField()
    document = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField()
    read = models.CharField(max_length=6, choices=Read)
    term = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answers = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_on = models.DateField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_commitment_is_over_on_a_day_if_and_only_if_it_is_not_open",
                condition=Q(state=State.OPEN, ended_on__isnull=True)
                | ~Q(state=State.OPEN) & Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_commitment_is_not_over_before_it_was_made",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("made_on")),
            ),
            models.CheckConstraint(
                name="a_commitment_has_a_last_day_unless_the_council_concluded_it",
                condition=Q(made_by=Office.COUNCIL) | Q(due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"commitment:{self.reference}"

    @property
    def office(self) -> str:
        """Who promised it, as it was called then."""
        return name_of(self.made_by, self.made_on)

    @property
    def is_conclusion(self) -> bool:
        return self.made_by == Office.COUNCIL

    def state_on(self, day: date) -> State:
        """As it was at the end of that day; open as well when it was over only later."""
        return State.OPEN if self.ended_on is None or self.ended_on > day else State(self.state)

    def label(self, day: date) -> Label:
        """Where it was on that day, and whether it was late, in words."""
        state = self.state_on(day)
        if state == State.OPEN and self.due_on is not None and self.due_on < day:
            return Label(_("Late"), "negative")
        return Label(str(state.label), "positive" if state == State.FULFILLED else "neutral")


class CommitmentStepQuerySet(models.QuerySet["CommitmentStep"]):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class CommitmentStep(models.Model):
    """One line of the story of a commitment: never changed, never removed.

    due_on, promised_by: of a new day, and the office that promised it. document and on: of what ended it.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    event = models.CharField(max_length=10, choices=Event)
    at = models.DateTimeField()
    by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    promised_by = models.CharField(max_length=20, choices=Office, blank=True)
    answers = models.ForeignKey("organisations.User", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    read = models.CharField(max_length=6, choices=Read, blank=True)

    objects = CommitmentStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="another_last_day_has_an_office_that_promised_it",
                condition=~Q(event=Event.NEW_DAY) | Q(due_on__isnull=False) & ~Q(promised_by=""),
            ),
            models.CheckConstraint(
                name="a_document_of_a_step_has_a_day_and_a_mark",
                condition=Q(document="", dated_on__isnull=True, read="")
                | ~Q(document="") & Q(dated_on__isnull=False) & ~Q(read=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}:{self.event}"


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """Questions about contact points."""

    def current(self) -> Self:
        """The last one that each organisation wrote down."""
        later = ContactPoint.objects.filter(organisation=OuterRef("organisation")).order_by("-kept_at", "-pk")
        return self.filter(pk=Subquery(later.values("pk")[:1]))

    def of(self, organisation_id: int) -> "ContactPoint | None":
        return self.current().filter(organisation_id=organisation_id).first()


class ContactPoint(models.Model):
    """How an organisation is reached for the approach: a desk, and never a person. What it was stays.

    kept_at: when this was written down. confirmed_at: when the organisation last said that it is right.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "KP"))
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    desk = models.CharField(max_length=80)
    mailbox = models.EmailField(max_length=120)
    telephone = models.CharField(max_length=40)
    hours = models.CharField(max_length=120)
    out_of_hours = models.CharField(max_length=200)
    kept_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_contact_point_is_not_confirmed_before_it_was_kept",
                condition=Q(confirmed_at__gte=F("kept_at")),
            )
        ]
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"contact-point:{self.reference}"

    @property
    def confirmed_on(self) -> date:
        return timezone.localtime(self.confirmed_at).date()

    @property
    def confirm_by(self) -> date:
        """From the day after, nobody should lean on it without asking."""
        return self.confirmed_on + CONFIRM_WITHIN

    def label(self, today: date) -> Label:
        if is_stale(self.confirmed_on, today):
            return Label(_("Not confirmed for half a year"), "warning")
        return Label(_("Confirmed"), "positive")

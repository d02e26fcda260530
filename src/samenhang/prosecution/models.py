"""Criminal cases with their roles and offences, and evidence for each element. References, no contents."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.organisations.models import User
from samenhang.prosecution.rules import course, evidence
from samenhang.prosecution.rules.course import LAPSES_AFTER, Outcome, Stage
from samenhang.prosecution.rules.evidence import WITH_SOURCE, Kind, Route, State
from samenhang.prosecution.rules.reach import AT_HOME, HOME
from samenhang.prosecution.rules.tables import Article, Ground, articles, grounds, roles


class CriminalCaseQuerySet(ProtectedQuerySet["CriminalCase"]):
    """Questions about criminal cases."""

    def latest_first(self) -> Self:
        return self.order_by("-began_on", "-pk")

    def about(self, person_id: int) -> Self:
        return self.filter(person_id=person_id).latest_first()

    def running(self) -> Self:
        return self.exclude(stage=Stage.CLOSED)

    def to_take(self) -> Self:
        return self.filter(stage=Stage.REPORTED).order_by("reported_at", "pk")

    def to_review(self, by: date) -> Self:
        taken = self.running().exclude(stage=Stage.REPORTED)
        return taken.filter(review_on__lte=by).order_by("review_on", "pk")

    def lapsing(self, on: date) -> Self:
        """That nobody reviewed, also long after its day."""
        return self.running().filter(review_on__lt=on - LAPSES_AFTER).order_by("pk")

    def over(self, on: date) -> Self:
        """That ended, and whose time is over."""
        return self.filter(destroy_on__lte=on).order_by("pk")

    def standing(self) -> Self:
        """Those that were none are not counted."""
        return self.exclude(outcome=Outcome.MISTAKE)


class CriminalCase(Protected):
    """That a criminal case runs about a person, and how far it is. The criminal file is elsewhere.

    number: the prosecution's own. reviewed_by, review_on: who said last that it runs, and by when another
    does. destroy_on: from when nothing of it is left here.
    """

    reference = reference_field("CC")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.REPORTED)
    began_on = models.DateField()
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=40)
    reviewed_by = models.CharField(max_length=40, blank=True)
    review_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    end_reason = models.TextField(blank=True)
    destroy_on = models.DateField(null=True, blank=True)

    objects = CriminalCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_criminal_case_ends_with_how_and_until_when_it_is_kept",
                condition=Q(stage="closed", closed_on__isnull=False, destroy_on__isnull=False)
                & ~Q(outcome="")
                | ~Q(stage="closed") & Q(closed_on__isnull=True, destroy_on__isnull=True, outcome=""),
            ),
            models.CheckConstraint(
                name="no_criminal_case_ends_before_it_began",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("began_on")),
            ),
        ]
        ordering = ["-began_on", "-pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def runs(self) -> bool:
        return self.stage != Stage.CLOSED

    def may_become(self) -> frozenset[Stage]:
        return course.NEXT[Stage(self.stage)]


class SuspectedRoleQuerySet(ProtectedQuerySet["SuspectedRole"]):
    def of(self, cases: Iterable[CriminalCase]) -> Self:
        rows = [case.pk for case in cases]
        return self.filter(criminal_case__in=rows, withdrawn_at__isnull=True).order_by("pk")


class SuspectedRole(Protected):
    """What the person is suspected to be, by a code of the table of roles. A suspicion, and no finding."""

    reference = reference_field("CB")
    criminal_case = models.ForeignKey("prosecution.CriminalCase", models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    objects = SuspectedRoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["criminal_case", "role"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_role_stands_once_in_a_criminal_case",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        found = roles().get(self.role)
        return str(found) if found else self.role


class RoleTallyQuerySet(models.QuerySet["RoleTally"]):
    def between(self, since: date, until: date, role: str) -> int:
        rows = self.filter(began_on__range=(since, until), role=role)
        return sum(rows.values_list("number", flat=True))


class RoleTally(models.Model):
    """How many criminal cases that began on a day, in one role, were destroyed since: figures stay true."""

    began_on = models.DateField()
    role = models.CharField(max_length=24)
    number = models.PositiveIntegerField(default=0)

    objects = RoleTallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["began_on", "role"], name="a_day_and_role_are_tallied_once")
        ]

    def __str__(self) -> str:
        return f"{self.began_on}:{self.role}"


class OffenceQuerySet(ProtectedQuerySet["Offence"]):
    def of(self, case: CriminalCase) -> Self:
        return self.filter(criminal_case=case, withdrawn_at__isnull=True).order_by("since", "pk")


class Offence(Protected):
    """One offence: its article, when and where, and on which ground Dutch law reaches it.

    met: codes of the conditions of the ground that somebody confirmed.
    """

    reference = reference_field("CO")
    criminal_case = models.ForeignKey("prosecution.CriminalCase", models.PROTECT, related_name="+")
    article = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    ground = models.CharField(max_length=20)
    met = models.JSONField(default=list)
    dual_note = models.TextField(blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=40)

    objects = OffenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_offence_abroad_has_a_ground_of_its_own",
                condition=Q(country=HOME, ground=AT_HOME) | ~Q(country=HOME) & ~Q(ground__in=["", AT_HOME]),
            ),
            models.CheckConstraint(
                name="an_offence_does_not_end_before_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def law(self) -> Article:
        return articles()[self.article]

    @property
    def reached_by(self) -> Ground:
        return grounds()[self.ground]


class EvidenceQuerySet(ProtectedQuerySet["Evidence"]):
    def of(self, offences: Iterable[Offence]) -> Self:
        rows = [offence.pk for offence in offences]
        return self.filter(offence__in=rows, withdrawn_at__isnull=True).order_by("pk")


class Evidence(Protected):
    """Where in the criminal file something for or against one element is. Never what it says.

    source: the reference of the message or provision by which administrative material came; of nothing
    else. state, since: how far it is, and from when on.
    """

    reference = reference_field("CE")
    offence = models.ForeignKey("prosecution.Offence", models.PROTECT, related_name="+")
    element = models.CharField(max_length=24)
    exculpatory = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=Kind)
    filed_at = models.CharField(max_length=120)
    route = models.CharField(max_length=16, choices=Route)
    source = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40, blank=True)
    ordered_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.SOUGHT)
    since = models.DateTimeField()
    noted_by = models.CharField(max_length=40)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="administrative_material_came_by_a_route_of_its_own",
                condition=Q(route__in=sorted(WITH_SOURCE)) & ~Q(source="")
                | ~Q(route__in=sorted(WITH_SOURCE)) & Q(source=""),
            ),
            models.CheckConstraint(
                name="an_order_of_the_prosecutor_has_its_number_and_day",
                condition=Q(route="demand", ordered_on__isnull=False) & ~Q(number="")
                | ~Q(route="demand") & Q(ordered_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def may_become(self) -> frozenset[State]:
        return evidence.NEXT[State(self.state)]


class EvidenceStepQuerySet(ProtectedQuerySet["EvidenceStep"]):
    def of(self, piece: Evidence) -> Self:
        return self.filter(piece=piece).order_by("taken_at", "pk")


class EvidenceStep(Protected):
    """A state that one piece of evidence came to: who said so, when and why. Never changed."""

    reference = reference_field("CS")
    piece = models.ForeignKey("prosecution.Evidence", models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State)
    words = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40)

    objects = EvidenceStepQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference


def colleagues(references: Iterable[str]) -> dict[str, str]:
    """What people are called and where they work, by their reference: of who noted something here."""
    found = User.objects.filter(reference__in=set(references)).select_related("organisation")
    return {user.reference: f"{user.name}, {user.organisation.name}" for user in found}

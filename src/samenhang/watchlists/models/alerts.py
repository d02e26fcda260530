"""Alerts of law-enforcement bodies."""

from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Count, F, Max, Min, Q, Sum

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.travel.rules.comparing import ListNotAllowed, list_of, listings, refused
from samenhang.watchlists.rules.alerts import Action


class Edition(NamedTuple):
    """Which alerts are active on a day, told without their contents: equal editions are equal alerts.

    Issuing adds one for ever, lifting adds one lifted for ever, renewing one that had lapsed adds one
    active. None of these undoes another, so numbers that are equal on one day mean that nothing was
    done between. The sum and the references tell databases apart.
    """

    on: date
    issued: int
    lifted: int
    active: int
    keys: int
    first: str | None
    last: str | None


class AlertQuerySet(ProtectedQuerySet["Alert"]):
    """Questions about alerts."""

    def standing(self) -> Self:
        """Not lifted; perhaps past the day of review."""
        return self.filter(lifted_at__isnull=True)

    def active(self, on: date) -> Self:
        """Compared with passengers on that day."""
        return self.standing().filter(review_on__gte=on, withdrawn_at__isnull=True)

    def comparable(self, on: date) -> Self:
        """Of lists that the law of that day lets passengers be compared with."""
        lawful = {one.code.partition(":")[::2] for one in listings() if one.allowed(on)}
        kinds: dict[str, list[str]] = {}
        for authority, kind in sorted(lawful):
            kinds.setdefault(authority, []).append(kind)
        clauses = (Q(provider__authority=body, kind__in=some) for body, some in kinds.items())
        return self.filter(reduce(or_, clauses, Q(pk__in=[])))

    def refused(self, on: date) -> dict[str, ListNotAllowed]:
        """The lists among them that passengers may not be compared with that day, by code, and why."""
        pairs = self.order_by().values_list("provider__authority", "kind").distinct()
        return refused({list_of(authority, kind) for authority, kind in pairs}, on)

    def edition(self, on: date) -> Edition:
        """One look at the whole table, where reading a hundred thousand references takes ten."""
        active = Q(lifted_at__isnull=True, review_on__gte=on, withdrawn_at__isnull=True)
        told = self.aggregate(
            issued=Count("pk"),
            lifted=Count("lifted_at"),
            active=Count("pk", filter=active),
            keys=Sum("pk", filter=active, default=0),
            first=Min("reference", filter=active),
            last=Max("reference", filter=active),
        )
        return Edition(on, **told)

    def by_issuer(self) -> dict[int, int]:
        """How many there are, by the key of the issuer."""
        return dict(self.order_by().values_list("provider_id").annotate(Count("pk")))

    def overdue(self, on: date) -> Self:
        """Past the day of review: no longer compared until somebody renews or lifts it."""
        return self.standing().filter(review_on__lt=on).soonest_review_first()

    def not_caught_up(self) -> Self:
        """Issued after some passengers were screened; these are not yet compared with it."""
        return self.filter(caught_up_at__isnull=True)

    def soonest_review_first(self) -> Self:
        return self.order_by("review_on", "pk")


class Alert(Protected):
    """One person whom an issuer asks for. Its scope is its own.

    names, birth_dates, nationalities, documents: lists of text. kind: of the catalogue
    of measures; legal_basis: its ground on the day of issue. criteria: codes of the
    article. contact: whom to call. caught_up_at: when journeys under way were compared.
    fingerprint_key: keys the false hits of this alert; sealed under its scope, gone when lifted.
    """

    reference = reference_field("A")
    names = models.JSONField()
    birth_dates = models.JSONField(default=list)
    sex = models.CharField(max_length=1, blank=True)
    nationalities = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    kind = models.CharField(max_length=20)
    legal_basis = models.CharField(max_length=200)
    criteria = models.JSONField()
    action = models.CharField(max_length=14, choices=Action)
    contact = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=40)
    review_on = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    caught_up_at = models.DateTimeField(null=True, blank=True)
    fingerprint_key = models.BinaryField()

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_alert_is_lifted_after_it_was_issued",
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("issued_at")),
            ),
            models.CheckConstraint(
                name="a_lifted_alert_has_no_key_left",
                condition=Q(lifted_at__isnull=True) | Q(fingerprint_key=b""),
            ),
        ]
        indexes = [
            models.Index(fields=["review_on"], name="alert_standing", condition=Q(lifted_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"alert:{self.reference}"

    def stands(self, on: date) -> bool:
        """Neither lifted nor past its day of review."""
        return self.lifted_at is None and not self.is_overdue(on)

    def is_overdue(self, on: date) -> bool:
        return self.lifted_at is None and self.review_on < on

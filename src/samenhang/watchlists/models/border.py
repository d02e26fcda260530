"""What the border police met, in facts."""

from datetime import date
from typing import Self

from django.db import models

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.foundation.keys import key_store
from samenhang.watchlists.models.alerts import Alert

TEXT = "watchlists.border-hit"


class BorderHitQuerySet(ProtectedQuerySet["BorderHit"]):
    """Questions about border hits."""

    def latest_first(self) -> Self:
        return self.order_by("-happened_at", "-pk")

    def over(self, on: date) -> Self:
        return self.filter(delete_on__lte=on).order_by("pk")


class BorderHit(Protected):
    """Somebody or something was met at the border, in monitoring or in protection. Says nothing of a person.

    Its scope is its own. basis: of its domain, on that day. description: sealed under that scope.
    alert: that was met, only where that is the ground. given_at: when it first went to another body.
    """

    reference = reference_field("BH")
    domain = models.CharField(max_length=10)
    basis = models.CharField(max_length=200)
    ground = models.CharField(max_length=20)
    description = models.BinaryField()
    place = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    alert = models.ForeignKey(Alert, models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    delete_on = models.DateField()

    objects = BorderHitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["delete_on"], name="border_hit_by_last_day")]

    def __str__(self) -> str:
        return f"border-hit:{self.reference}"

    def words(self) -> str:
        return key_store().open(self.scope, bytes(self.description), context=TEXT).decode()

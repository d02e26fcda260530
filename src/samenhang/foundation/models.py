"""What this installation is: a demonstration with a clock of its own, or the real thing."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Installation(models.Model):
    """The one row that says what this home is. A demonstration never becomes production."""

    class Kind(models.TextChoices):
        DEMONSTRATION = "demonstration"
        PRODUCTION = "production"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=13, choices=Kind)
    scenario = models.CharField(max_length=20, blank=True)
    clock_at = models.DateTimeField(null=True, blank=True)
    clock_set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_installation", condition=Q(id=1)),
            models.CheckConstraint(
                name="only_a_demonstration_has_its_own_clock",
                condition=Q(kind="demonstration") | Q(clock_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"installation:{self.kind}"

    def now(self) -> datetime:
        """The demonstration's own time, which runs on from where its story ended."""
        real = timezone.now()
        if self.clock_at is None or self.clock_set_at is None:
            return real
        return self.clock_at + (real - self.clock_set_at)

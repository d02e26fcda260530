"""The time of this installation. Only interfaces ask; below them it comes with the Actor."""

from datetime import datetime

from django.utils import timezone

from samenhang.foundation.models import Installation
from samenhang.foundation.once import once


def installation() -> Installation | None:
    """What this home was marked as, if it was marked."""
    return once("installation", Installation.objects.filter(pk=1).first)


def now() -> datetime:
    """The moment now, or the demonstration's moment in a demonstration home."""
    marked = installation()
    return timezone.now() if marked is None else marked.now()


def is_demonstration() -> bool:
    marked = installation()
    return marked is not None and marked.kind == Installation.Kind.DEMONSTRATION

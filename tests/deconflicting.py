"""Two days pass between the plan of a measure and its decision, for tests that stand still in time."""

from datetime import timedelta

from django.db.models import F

from samenhang.deconfliction.models import Window
from samenhang.deconfliction.rules import WINDOW

EARLIER = WINDOW + timedelta(seconds=1)


def two_days_pass() -> None:
    """Every window closed, without an objection."""
    windows = Window.objects.unscoped("test")
    windows.update(opened_at=F("opened_at") - EARLIER, closes_at=F("closes_at") - EARLIER)

"""What every page shows: the installation's kind and clock, and who is at work."""

from typing import Any

from django.http import HttpRequest

from samenhang.foundation.clock import installation as marked_installation
from samenhang.foundation.models import Installation


def installation(request: HttpRequest) -> dict[str, Any]:
    """``demonstration`` with the time of its own clock, or None; ``actor`` and ``person`` when signed in."""
    marked = marked_installation()
    shown = marked if marked and marked.kind == Installation.Kind.DEMONSTRATION else None
    return {
        "demonstration": {"clock": shown.now(), "scenario": shown.scenario} if shown else None,
        "actor": getattr(request, "actor", None),
        "person": getattr(request, "user", None),
    }

"""What every page shows: the installation's kind and clock, and who is at work."""

from typing import Any

from django.http import HttpRequest

from samenhang.foundation.clock import installation as marked_installation
from samenhang.foundation.models import Installation
from samenhang.foundation.neighbours import neighbours

# The stories that there are; a page leads to those that are served beside this one.
STORIES = ("2014", "2026")


def installation(request: HttpRequest) -> dict[str, Any]:
    """``demonstration`` with its clock and neighbours, or None; ``actor`` and ``person`` when signed in."""
    marked = marked_installation()
    shown = marked if marked and marked.kind == Installation.Kind.DEMONSTRATION else None
    return {
        "demonstration": _demonstration(shown) if shown else None,
        "actor": getattr(request, "actor", None),
        "person": getattr(request, "user", None),
    }


def _demonstration(marked: Installation) -> dict[str, Any]:
    return {"clock": marked.now(), "scenario": marked.scenario, "others": neighbours(STORIES)}

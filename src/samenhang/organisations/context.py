"""The line on top of every page: as whom, for whom and why one works."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from samenhang.foundation.page import Working
from samenhang.organisations.models import User
from samenhang.organisations.rules import PURPOSE_LABELS, purposes_of


def working(request: HttpRequest) -> dict[str, Any]:
    """``working``, or None before sign-in."""
    user, actor = getattr(request, "user", None), getattr(request, "actor", None)
    if not isinstance(user, User) or actor is None:
        return {"working": None}
    return {
        "working": Working(
            user=user.reference,
            name=user.name,
            organisation=user.organisation.name,
            sign_out_url=reverse("organisations:sign-out"),
            purpose=str(PURPOSE_LABELS[actor.purpose]) if actor.purpose else "",
            case=actor.case,
            change_url=reverse("organisations:task"),
            other_task_url=reverse("organisations:task") if len(purposes_of(actor.roles)) > 1 else "",
            account_url=reverse("organisations:account"),
        )
    }

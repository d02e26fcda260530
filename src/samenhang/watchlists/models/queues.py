"""What every queue that waits for people answers: how long it is, and whether that is too long."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Q, Subquery

from samenhang.access.models import ProtectedQuerySet
from samenhang.journal import Actor
from samenhang.watchlists.rules.hits import Queue


def queue(waiting: ProtectedQuerySet[Any]) -> Queue:
    """What waits, by ``found_at``, beside the limits of this installation."""
    oldest = waiting.order_by("found_at", "pk").values_list("found_at", flat=True).first()
    return Queue(waiting.count(), oldest, settings.HITS_MOST, settings.HITS_HOURS)


def overloading(waiting: ProtectedQuerySet[Any], actor: Actor) -> Q:
    """The one that has waited longest, when the queue is too large or too old.

    One question of the database, so that it can be counted with all other work.
    """
    oldest = waiting.order_by("found_at", "pk").values("pk")[:1]
    late = Q(found_at__lt=actor.now - timedelta(hours=settings.HITS_HOURS))
    many = Q(Exists(waiting.order_by("pk")[settings.HITS_MOST : settings.HITS_MOST + 1]))
    return (late | many) & Q(pk=Subquery(oldest))

"""Opening and closing scopes. Called by the areas above inside the transaction of their own deed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from samenhang.access.models import Block, Grant
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation, User


@transaction.atomic
def grant(
    scope: str,
    organisation: Organisation,
    *,
    categories: Iterable[str],
    basis: str,
    capacity: str = "",
    ends_at: datetime | None = None,
    by: Actor,
) -> list[Grant]:
    """Let the organisation see these categories in this scope from now on.

    basis: the disclosure rule or the article that allows it. capacity: the joint
    body in which it receives; empty for itself. Granting what is already granted
    changes nothing.
    """
    received_as = capacity or organisation.authority
    held = set(
        Grant.objects.filter(scope=scope, organisation=organisation, user__isnull=True, capacity=received_as)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=by.now))
        .values_list("category", flat=True)
    )
    made = Grant.objects.bulk_create(
        Grant(
            scope=scope,
            organisation=organisation,
            category=category,
            capacity=received_as,
            basis=basis,
            starts_at=by.now,
            ends_at=ends_at,
            given_by=by.user,
        )
        for category in sorted(set(categories) - held)
    )
    if made:
        record(
            "access.granted",
            scope,
            by=by,
            operation=Operation.DISCLOSURE,
            recipients=[organisation.reference],
            basis=basis,
        )
    return made


@transaction.atomic
def let_look(
    scope: str,
    user: User,
    *,
    categories: Iterable[str],
    basis: str,
    capacity: str,
    ends_at: datetime,
    by: Actor,
) -> list[Grant]:
    """Let one person see these categories in this scope until a moment, shielded or not.

    For whoever oversees: only under the purpose ``oversight`` does it open what is
    shielded or kept for other purposes. See ``policy.Question.looks``.
    """
    made = Grant.objects.bulk_create(
        Grant(
            scope=scope,
            organisation_id=user.organisation_id,
            user=user,
            category=category,
            capacity=capacity,
            basis=basis,
            starts_at=by.now,
            ends_at=ends_at,
            given_by=by.user,
        )
        for category in sorted(categories)
    )
    record("access.let-look", scope, by=by, operation=Operation.DISCLOSURE, basis=basis)
    return made


@transaction.atomic
def end_grants(scope: str, *, organisation: Organisation | None = None, by: Actor) -> int:
    """End what is granted in this scope, to one organisation or to all; returns how many grants ended."""
    held = Grant.objects.filter(scope=scope).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=by.now))
    if organisation is not None:
        held = held.filter(organisation=organisation)
    ended = held.update(ends_at=by.now)
    record("access.ended", scope, by=by)
    return ended


@transaction.atomic
def block(
    scope: str,
    kind: Block.Kind,
    *,
    organisation: Organisation | None = None,
    user: User | None = None,
    by: Actor,
) -> Block:
    """Take the scope away from everyone, an organisation or a person."""
    made: Block = Block.objects.create(
        scope=scope, kind=kind, organisation=organisation, user=user, starts_at=by.now, given_by=by.user
    )
    record(f"access.blocked.{kind}", scope, by=by)
    return made


@transaction.atomic
def lift(blocked: Block, *, by: Actor) -> Block:
    """End a block now."""
    blocked.ends_at = by.now
    blocked.save(update_fields=["ends_at"])
    record("access.block-lifted", blocked.scope, by=by)
    return blocked

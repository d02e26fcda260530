"""Destroying protected records whose time is over: called by the areas, from the top down.

Not ``QuerySet.delete``: that looks for what hangs on a row without the policy's
mark. Here the caller says the order, and the database itself refuses, at the
end of the transaction, when something still hangs on what went.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from samenhang.access.models import Block, Grant, Protected, ProtectedQuerySet
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation


@dataclass
class Gone:
    """What a destruction took: how many of each kind of record, and the scopes whose keys go after it."""

    counts: Counter[str] = field(default_factory=Counter)
    scopes: set[str] = field(default_factory=set)

    def add(self, other: "Gone") -> "Gone":
        self.counts += other.counts
        self.scopes |= other.scopes
        return self


def erase(rows: "ProtectedQuerySet[Any]", *, by: Actor) -> Gone:
    """Delete these records, journalled by their references alone."""
    found = list(rows.values_list("pk", "reference", "scope"))
    if not found:
        return Gone()
    label = rows.model._meta.label
    door = rows.model.objects.unscoped("its time is over")
    door.filter(pk__in=[key for key, _reference, _scope in found])._raw_delete(rows.db)
    record(
        "records.erased",
        [Erased(reference) for _pk, reference, _scope in found],
        by=by,
        operation=Operation.ERASURE,
    )
    own = {reference for _pk, reference, _scope in found}
    return Gone(Counter({label: len(found)}), own | {scope for _pk, _ref, scope in found})


@dataclass
class Erased:
    """What was there, by its reference."""

    reference: str


def forget_scopes(scopes: set[str]) -> None:
    """Grants and blocks of scopes in which nothing is left."""
    Grant.objects.filter(scope__in=scopes).delete()
    Block.objects.filter(scope__in=scopes).delete()


def hanging_on(row: Protected) -> set[str]:
    """Labels of the kinds of record that refer to this one, whichever area keeps them."""
    return set(hanging_on_each(type(row), [row.pk])[row.pk])


def hanging_on_each(model: type[Protected], keys: Collection[int]) -> Mapping[int, Counter[str]]:
    """For each of these rows of one kind, how many records of which kind refer to it.

    Also by relations that have no name from this side (``related_name="+"``). One query for each relation.
    """
    found: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or isinstance(relation, models.ManyToManyRel):
            continue
        there: Any = relation.related_model
        rows: Any = there._default_manager
        rows = rows.unscoped("whether it still hangs there") if issubclass(there, Protected) else rows
        name = relation.field.name
        for key in rows.filter(**{f"{name}__in": keys}).order_by().values_list(name, flat=True):
            found[key][there._meta.label] += 1
    return found

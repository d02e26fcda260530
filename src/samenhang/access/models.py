"""Protected records, and the grants and blocks that open and close them."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.sql.where import AND

from samenhang.access import policy
from samenhang.access.sentinel import Mark
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor
from samenhang.journal.reading import note

if TYPE_CHECKING:
    _Record = TypeVar("_Record", bound="Protected")
else:
    _Record = TypeVar("_Record")


class ProtectedQuerySet(models.QuerySet[_Record]):
    """The only doors to protected records. Whatever is loaded is noted for the journal."""

    _silent = False

    def visible_to(self, actor: Actor) -> Self:
        """What this actor may read: the door for pages, API, search, counts, exports and files."""
        return self._marked().filter(policy.visible(actor, self.model._meta.label))

    def unscoped(self, why: str) -> Self:
        """The door for actions and workers that must see more than their actor may read.

        why: said in the code for the reviewer; a test lists every module that uses this.
        """
        found = self._marked()
        found._silent = True
        return found

    def _marked(self) -> Self:
        if self._sealed():
            return self.all()
        return self.filter(Mark(self.model._meta.db_table))

    def _sealed(self) -> bool:
        where = self.query.where
        return where.connector == AND and any(isinstance(condition, Mark) for condition in where.children)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._silent = self._silent
        return clone

    def _fetch_all(self) -> None:
        loaded = self._result_cache is not None
        super()._fetch_all()
        if not loaded and not self._silent:
            note(self._reference_of(row) for row in self._result_cache or ())

    def iterator(self, *args: Any, **options: Any) -> Iterator[_Record]:
        for row in super().iterator(*args, **options):
            if not self._silent:
                note([self._reference_of(row)])
            yield row

    def count(self) -> int:
        self._note_sum()
        return super().count()

    def exists(self) -> bool:
        self._note_sum()
        return super().exists()

    def aggregate(self, *args: Any, **expressions: Any) -> dict[str, Any]:
        self._note_sum()
        return super().aggregate(*args, **expressions)

    def _note_sum(self) -> None:
        if not self._silent:
            note([f"sum:{self.model._meta.label}"])

    def _reference_of(self, row: object) -> str:
        reference = row.get("reference") if isinstance(row, dict) else getattr(row, "reference", None)
        return str(reference) if reference else f"values:{self.model._meta.label}"


class Protected(models.Model):
    """A record about people: what it is part of, whose it is, what for, and how secret.

    scope: what grants and blocks attach to, such as the reference of a case.
    provider: whose data it is; they keep control. category, purposes: codes of
    ``grounds``. withdrawn_at: from then on only the provider sees it.
    """

    reference = models.CharField(max_length=20, unique=True)
    scope = models.CharField(max_length=20, db_index=True)
    provider = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    category = models.CharField(max_length=40)
    purposes = models.CharField(max_length=300)
    classification = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def protection(self, **differing: Any) -> dict[str, Any]:
        """What a record that is part of this one inherits, so that it is guarded as its whole is.

        differing: the fields that this part has of its own, such as the ``category``.
        """
        inherited = ("scope", "provider_id", "category", "purposes", "classification")
        return {name: getattr(self, name) for name in inherited} | differing


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, actor: Actor) -> Self:
        """In force at the actor's moment, whoever holds them."""
        return self.filter(_in_force(actor))

    def held_by(self, actor: Actor) -> Self:
        """In force at the actor's moment, for their organisation or for them alone."""
        return (
            self.in_force(actor)
            .filter(organisation_id=actor.organisation_id)
            .filter(Q(user__isnull=True) | Q(user_id=actor.user_id))
        )


class Grant(models.Model):
    """Lets an organisation, or one person of it, see one category in one scope, for a time.

    capacity: as whom it receives, its own authority code or a joint body it
    sits in (``WEEG``, ``CASUS``); the disclosure rule to that capacity must
    still stand on the day of reading.
    """

    scope = models.CharField(max_length=20)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("organisations.User", models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=40)
    capacity = models.CharField(max_length=20)
    basis = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40)

    objects = GrantQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "category", "scope"], name="grant_by_holder"),
            models.Index(fields=["scope"], name="grant_by_scope"),
        ]

    def __str__(self) -> str:
        return f"grant:{self.scope}:{self.category}"


class BlockQuerySet(models.QuerySet["Block"]):
    def hitting(self, actor: Actor) -> Self:
        """In force at the actor's moment: for everyone, for their organisation or for them."""
        return self.filter(_in_force(actor)).filter(
            Q(organisation__isnull=True, user__isnull=True)
            | Q(organisation_id=actor.organisation_id, user__isnull=True)
            | Q(user_id=actor.user_id, user__isnull=False)
        )


class Block(models.Model):
    """Takes a scope away from everyone, an organisation or a person. A block always wins."""

    class Kind(models.TextChoices):
        CHILD = "child"
        CONFLICT = "conflict"
        HOLD = "hold"
        SHIELDED = "shielded"

    scope = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=Kind)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey("organisations.User", models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_block_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            )
        ]
        indexes = [models.Index(fields=["scope", "starts_at"], name="block_by_scope")]

    def __str__(self) -> str:
        return f"block:{self.scope}:{self.kind}"


def _in_force(actor: Actor) -> Q:
    return Q(starts_at__lte=actor.now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=actor.now))


def reference_field(prefix: str) -> "models.CharField[str, str]":
    """The reference of a protected record, with its own prefix."""
    return models.CharField(max_length=20, unique=True, default=partial(new_reference, prefix))

"""Organisations, teams, users, mandates and covenants."""

from datetime import date
from functools import partial
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.identifiers import new_reference
from samenhang.organisations.rules import Role


class Organisation(models.Model):
    """One body that takes part, known to the law by its authority code."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "O"))
    authority = models.CharField(max_length=20)
    region = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "region"], name="one_organisation_per_authority_and_region"
            )
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A unit inside an organisation; the second person comes from the same unit."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_names_are_unique_within")
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person with an account, or a named service account that cannot sign in."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "U"))
    username = models.CharField(_("username"), max_length=80, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="users")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="users")
    clearance = models.PositiveSmallIntegerField(default=0)
    human = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def mandates_on(self, on: date) -> "MandateQuerySet":
        return Mandate.objects.in_force(on).filter(user=self)


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, on: date) -> Self:
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Mandate(models.Model):
    """Lets a user act in a role for their organisation, for a time."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "M"))
    user = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=30, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=40)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_mandate_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.reference


class Covenant(models.Model):
    """What organisations signed together before their people came in."""

    title = models.CharField(max_length=200)
    organisations = models.ManyToManyField(Organisation, related_name="covenants")
    signed_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["signed_on", "pk"]

    def __str__(self) -> str:
        return self.title

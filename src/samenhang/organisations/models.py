"""Organisations, teams, users, mandates and covenants; what people prove who they are with."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.identifiers import new_reference
from samenhang.organisations.rules import Role
from samenhang.organisations.rules.signing_in import IDLE, LONGEST, Ending, Kind, over


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def body_for(self, authority: str, municipality: str) -> "Organisation | None":
        """The body of this authority for a municipality: its own before the national one, if there is any."""
        bodies = self.filter(authority=authority, region__in=[municipality, ""])
        return bodies.order_by("-region", "pk").first()


class Organisation(models.Model):
    """One body that takes part, known to the law by its authority code."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "O"))
    authority = models.CharField(max_length=20)
    region = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=120)

    objects = OrganisationQuerySet.as_manager()

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

    def administrators(self, on: date) -> models.QuerySet["User"]:
        """People who may work on accounts that day."""
        in_force = Mandate.objects.in_force(on).filter(role=Role.ADMINISTRATOR)
        return self.filter(is_active=True, human=True, mandates__in=in_force).distinct()

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
    # Until then a password works that somebody else handed over; it must be replaced at once.
    first_password_until = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    wrong_codes_since = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def mandates_on(self, on: date) -> list["Mandate"]:
        """Those in force that day, the oldest first. No query when the mandates were fetched before."""
        return [one for one in self.mandates.all() if one.in_force(on)]

    def has_second_factor(self) -> bool:
        return self.factors.usable().exclude(kind=Kind.RECOVERY).exists()


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

    def in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)


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


class FactorQuerySet(models.QuerySet["Factor"]):
    def usable(self) -> Self:
        """Proved once, so that it is known to work."""
        return self.filter(confirmed=True).order_by("added_at", "pk")


class Factor(models.Model):
    """Something a person has beside the password: an app with a secret, a key, a list of codes.

    sealed: what must stay secret, under the key of the user (``Factor.scope``). counter: the last
    one-time code's step, or the key's own count of signatures, so that neither works twice.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "F"))
    user = models.ForeignKey(User, models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=60, blank=True)
    sealed = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    confirmed = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = FactorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(kind="recovery"), name="one_list_of_recovery_codes_for_a_user"
            )
        ]
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope(self) -> str:
        """Whose key seals it."""
        return f"factors:{self.user.reference}"


class SessionQuerySet(models.QuerySet["Session"]):
    def going_on(self, now: datetime) -> Self:
        """Neither ended nor past a limit."""
        return self.filter(
            ended_at__isnull=True, opened_at__gt=now - LONGEST, seen_at__gt=now - IDLE
        ).order_by("-seen_at", "-pk")


class Session(models.Model):
    """One time that a person signed in, on one device. Its cookie is worth nothing once this has ended."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "Z"))
    user = models.ForeignKey(User, models.PROTECT, related_name="sessions")
    authentication = models.CharField(max_length=200)
    strong = models.BooleanField()
    device = models.CharField(max_length=60, blank=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=16, choices=Ending, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_session_says_how_it_ended_if_and_only_if_it_ended",
                condition=Q(ended_at__isnull=True, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
            )
        ]
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    def limit_reached(self, now: datetime) -> Ending | None:
        return over(self.opened_at, self.seen_at, now)

    def confirmed_within(self, span: timedelta, now: datetime) -> bool:
        return now - self.confirmed_at < span


class ProviderAccount(models.Model):
    """Who a person is at an identity provider. Made by an administrator, never by signing in."""

    user = models.ForeignKey(User, models.PROTECT, related_name="provider_accounts")
    issuer = models.CharField(max_length=250)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_provider_account_is_one_person")
        ]
        ordering = ["issuer", "subject"]

    def __str__(self) -> str:
        return f"provider-account:{self.pk}"


class AccessKeyQuerySet(models.QuerySet["AccessKey"]):
    def working(self, on: date) -> Self:
        """Neither ended nor past their last day."""
        return self.filter(ended_at__isnull=True, ends_on__gte=on, user__is_active=True)


class AccessKey(models.Model):
    """Lets a machine ask the API for one person and one purpose, in place of password and second factor.

    digest: SHA-256 of 256 random bits, so that the database cannot give the key away.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "Y"))
    user = models.ForeignKey(User, models.PROTECT, related_name="access_keys")
    purpose = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.reference

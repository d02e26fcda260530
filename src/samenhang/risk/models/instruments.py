"""Instruments that were installed here, and who is accredited for which."""

from datetime import date
from functools import lru_cache, partial
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.rules import functions
from samenhang.foundation.identifiers import new_reference
from samenhang.organisations.models import Mandate, Organisation, User
from samenhang.risk.rules import Instrument, bundled, read


class InstrumentPack(models.Model):
    """A version of a licensed instrument, as its licence holder installed it. Says nothing about anybody.

    content: the file, byte for byte. digest: its SHA-256 in hexadecimals, as the journal has it too.
    """

    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    installed_at = models.DateTimeField()
    installed_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="a_version_is_installed_once")
        ]
        ordering = ["instrument", "installed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.instrument} {self.version}"


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def in_force(self, on: date) -> Self:
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def of(self, organisation_id: int) -> Self:
        """Of the people of one organisation, what ends first on top."""
        return self.filter(user__organisation_id=organisation_id).order_by("ends_on", "pk")


class Accreditation(models.Model):
    """That somebody was trained for an instrument and may use it, from when until when.

    what: the code that the instrument asks for. proof: where the certificate can be found.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "RC"))
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    proof = models.CharField(max_length=200)
    given_by = models.CharField(max_length=40)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_accreditation_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="an_accreditation_has_its_proof", condition=~Q(proof="")),
        ]

    def __str__(self) -> str:
        return self.reference


def instruments() -> list[Instrument]:
    """Every version that may be used here, the product's own guide first."""
    return [bundled(), *(_read(bytes(pack.content)) for pack in InstrumentPack.objects.all())]


def instrument_of(code: str, version: str) -> Instrument:
    """The version with which an assessment was made. It stays readable for as long as the assessment is."""
    own = bundled()
    if own.key == (code, version):
        return own
    return _read(bytes(InstrumentPack.objects.get(instrument=code, version=version).content))


def accredited(what: str, on: date, among: "list[Organisation]") -> list[User]:
    """People of these organisations who may use it that day and whose role assesses, by name."""
    standing = Accreditation.objects.in_force(on).filter(what=what)
    people = who_may("assessment.assess", on).filter(organisation__in=among)
    return list(
        people.filter(pk__in=standing.values("user")).select_related("organisation").order_by("name", "pk")
    )


_read = lru_cache(maxsize=32)(read)


def who_may(deed: str, on: date) -> "models.QuerySet[User]":
    """People with a role that day that does this: whoever is asked for something must be able to do it."""
    roles = functions()["deeds"][deed]
    mandates = Mandate.objects.in_force(on).filter(role__in=roles)
    return User.objects.filter(is_active=True, human=True, pk__in=mandates.values("user"))


def accreditations_of(organisation_id: int) -> list[Accreditation]:
    """Of the people of one organisation, what ends first on top: for its administrator."""
    return list(Accreditation.objects.of(organisation_id).select_related("user"))


def colleagues(organisation_id: int, *, but: int) -> dict[str, User]:
    """People of one organisation besides one, by reference."""
    people = User.objects.filter(organisation_id=organisation_id, human=True, is_active=True)
    return {user.reference: user for user in people.exclude(pk=but).order_by("name", "pk")}

"""The legal bases on which the travel data of tests are processed."""

from datetime import date

from django.utils import timezone

from samenhang.organisations.models import User
from samenhang.travel.models import LegalBasis
from samenhang.travel.rules.bases import Kind

SINCE, UNTIL = date(2025, 1, 1), date(2099, 12, 31)


def travel_data_allowed(by: User) -> None:
    """Both kinds, for as long as any test lasts."""
    LegalBasis.objects.bulk_create(
        LegalBasis(
            kind=kind,
            basis="An imaginary statute",
            reason="Tests need to receive something.",
            starts_on=SINCE,
            ends_on=UNTIL,
            set_by=by,
            set_at=timezone.now(),
        )
        for kind in Kind
    )

"""Hits, and what people judged of them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _

from samenhang.access.models import reference_field
from samenhang.journal import Actor
from samenhang.judging.models import Judged, JudgedQuerySet
from samenhang.judging.models import Judgement as AnyJudgement
from samenhang.judging.rules import Status
from samenhang.watchlists.models.alerts import Alert
from samenhang.watchlists.models.runs import ScreeningRun
from samenhang.watchlists.rules.hits import KIND, AlertEnded


class HitQuerySet(JudgedQuerySet["Hit"]):
    """Questions about hits."""

    def waiting(self) -> Self:
        """For a first judgement."""
        return self.filter(status=Status.WAITING)

    def asked_by(self, actor: Actor) -> Self:
        """Of this person's unit: those of which an issuer must tell more."""
        return self.of_unit(actor).filter(status=Status.ASKED).order_by("arrives", "pk")

    def confirmed(self) -> Self:
        return self.filter(status=Status.CONFIRMED)

    def latest_first(self) -> Self:
        return self.order_by("-found_at", "-pk")


class Hit(Judged):
    """A resemblance of a passenger's record and an alert. Not a finding about a person.

    resemblance: bits of evidence that both records are of one person; shown nowhere but here.
    listed: what of the alert the reviewer may see.
    """

    KIND = KIND

    reference = reference_field("H")
    run = models.ForeignKey(ScreeningRun, models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="hits")
    issuer = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    resemblance = models.FloatField()
    listed = models.JSONField()

    objects = HitQuerySet.as_manager()

    class Meta(Judged.Meta):
        constraints = [
            *Judged.Meta.constraints,
            models.UniqueConstraint(
                fields=["passenger", "alert"], name="a_passenger_resembles_an_alert_once"
            ),
        ]

    @property
    def recipient_id(self) -> int:  # type: ignore[override]
        return self.issuer_id

    @property
    def explanation(self) -> dict[str, Any] | None:
        """``{listed_name, parts, evidence}`` of the comparison, or None once the passenger is masked."""
        return self.found

    def check_stands(self, on: date) -> None:
        """Only a lawful alert may lead anywhere (PNR-wet art. 6). Raises AlertEnded."""
        alert = Alert.objects.unscoped("whether the alert still stands").get(pk=self.alert_id)
        if not alert.stands(on):
            raise AlertEnded(
                _("The alert was lifted or is past its day of review. Ask the issuer before anything else.")
            )


class Judgement(AnyJudgement):
    """What one person said of one hit, and why."""

    REMARK = "watchlists.remark"

    reference = reference_field("J")
    # A cascade would be SQL that no door marked; ``actions.forget`` removes them together.
    thing = models.ForeignKey(Hit, models.DO_NOTHING, related_name="judgements")

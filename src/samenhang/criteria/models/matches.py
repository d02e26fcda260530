"""Journeys on which a rule matched, and what people made of them."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samenhang.access.models import reference_field
from samenhang.criteria.models.rules import Version
from samenhang.criteria.rules.matches import KIND, Precision
from samenhang.judging.models import Judged, JudgedQuerySet
from samenhang.judging.models import Judgement as AnyJudgement
from samenhang.judging.rules import Status
from samenhang.travel.models import Passenger
from samenhang.watchlists.rules.screening import under_way_since


class Look(models.Model):
    """The rules of this edition were asked about this passenger, as their record then was."""

    passenger = models.OneToOneField("travel.Passenger", models.DO_NOTHING, related_name="+")
    revision = models.PositiveIntegerField()
    edition = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"look:{self.pk}"


def awaiting(on: date, edition: str) -> "QuerySet[Passenger]":
    """Whose journey is not completed, and whom the rules of this edition have not seen as they are now.

    Rules are for before arrival or departure alone (Directive (EU) 2016/681 art. 6(2)(a)).
    """
    since = under_way_since(on)
    landing = Q(flight__arrives_at__gte=since.isoformat())
    leaving = Q(flight__arrives_at="") & (Q(flight__departs_on__gte=since) | Q(flight__departs_on=None))
    rows = Passenger.objects.unscoped("a rule is asked about everybody who travels")
    seen = Look.objects.filter(passenger=OuterRef("pk"), revision=OuterRef("revision"), edition=edition)
    under_way = rows.filter(landing | leaving, masked_at=None, delete_on__gt=on)
    return under_way.exclude(Exists(seen)).order_by("pk")


class MatchQuerySet(JudgedQuerySet["Match"]):
    """Questions about matches."""

    def precision(self, versions: Iterable[Version]) -> dict[int, Precision]:
        """Of each version, with what was forgotten since."""
        rows = list(versions)
        finished = self.filter(version__in=[row.pk for row in rows]).values("version_id").order_by()
        counted = {
            one["version_id"]: one
            for one in finished.annotate(
                confirmed=Count("pk", filter=Q(status=Status.CONFIRMED)),
                dismissed=Count("pk", filter=Q(status=Status.DISMISSED)),
            )
        }
        none = {"confirmed": 0, "dismissed": 0}
        return {
            row.pk: Precision(
                counted.get(row.pk, none)["confirmed"] + row.forgotten_confirmed,
                counted.get(row.pk, none)["dismissed"] + row.forgotten_dismissed,
            )
            for row in rows
        }


class Match(Judged):
    """A version matched a passenger's journey. Says something of the journey; nothing follows by itself.

    about: what of the rule its recipient may see. What was found are the facts of the journey by name.
    """

    KIND = KIND

    reference = reference_field("M")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    about = models.JSONField()

    objects = MatchQuerySet.as_manager()

    class Meta(Judged.Meta):
        constraints = [
            *Judged.Meta.constraints,
            models.UniqueConstraint(
                fields=["passenger", "version"], name="a_version_matches_a_passenger_once"
            ),
        ]


class Judgement(AnyJudgement):
    """What one person said of one match, and why."""

    REMARK = "criteria.remark"

    reference = reference_field("MR")
    # A cascade would be SQL that no door marked; ``actions.forget`` removes them together.
    thing = models.ForeignKey(Match, models.DO_NOTHING, related_name="judgements")

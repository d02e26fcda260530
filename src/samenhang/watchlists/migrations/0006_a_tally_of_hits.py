"""Counts of each day. Begun with what the hits that are still kept say; what was forgotten before is not known."""

from collections import Counter
from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils.timezone import localtime

from samenhang.access.sentinel import suspended
from samenhang.watchlists.rules.quality import waited

ENDED = {"confirmed": "confirmed", "dismissed": "no-match", "lapsed": "lapsed"}
SAID = {"undecided": "undecided", "ask": "asked"}


def count(apps: Any, _schema_editor: Any) -> None:
    days: Counter[tuple[int, date, str, int]] = Counter()
    with suspended("a migration"):
        found = {}
        hits = apps.get_model("watchlists", "Hit").objects.order_by("pk")
        for pk, issuer, status, at, ended in hits.values_list(
            "pk", "issuer_id", "status", "found_at", "finished_at"
        ).iterator(chunk_size=2000):
            found[pk] = issuer, at
            days[issuer, localtime(at).date(), "found", 0] += 1
            if status in ENDED:
                days[issuer, localtime(ended).date(), ENDED[status], 0] += 1
        judgements = apps.get_model("watchlists", "Judgement").objects.order_by("at", "pk")
        first = set()
        for hit, at, verdict, second in judgements.values_list("hit_id", "at", "verdict", "second").iterator(
            chunk_size=2000
        ):
            issuer, found_at = found[hit]
            on = localtime(at).date()
            days[issuer, on, "judgement", 0] += 1
            if hit not in first:
                days[issuer, on, "first", waited(at - found_at)] += 1
                first.add(hit)
            if verdict in SAID and not second:
                days[issuer, on, SAID[verdict], 0] += 1
    tally = apps.get_model("watchlists", "HitTally")
    tally.objects.bulk_create(
        (
            tally(issuer_id=issuer, on=on, what=what, minutes=minutes, count=times)
            for (issuer, on, what, minutes), times in days.items()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_access_keys"),
        ("watchlists", "0005_thresholds_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="HitTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("found", "Hits found"),
                            ("judgement", "Judgements, of a first and of a second person"),
                            ("first", "Hits judged for the first time"),
                            ("confirmed", "Confirmed"),
                            ("no-match", "No match"),
                            ("undecided", "Cannot decide"),
                            ("asked", "Issuer asked"),
                            ("lapsed", "Lapsed"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=9,
                    ),
                ),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "indexes": [models.Index(fields=["on", "what"], name="tally_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "on", "what", "minutes"),
                        name="a_day_of_a_list_is_counted_in_one_row",
                    )
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]

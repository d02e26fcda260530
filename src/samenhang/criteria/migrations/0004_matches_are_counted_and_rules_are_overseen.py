"""Counts of each day, begun with the matches that are still kept; and rules that oversight may read."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.timezone import localtime

from samenhang.access.sentinel import suspended

FINISHED = ("confirmed", "dismissed", "lapsed")


def count(apps: Any, _schema: Any) -> None:
    days: Counter[tuple[date, str]] = Counter()
    with suspended("a migration"):
        matches = apps.get_model("criteria", "Match").objects.order_by("pk")
        for status, at, ended in matches.values_list("status", "found_at", "finished_at").iterator(2000):
            days[localtime(at).date(), "found"] += 1
            if status in FINISHED and ended:
                days[localtime(ended).date(), status] += 1
    tally = apps.get_model("criteria", "MatchTally")
    tally.objects.bulk_create(tally(on=on, what=what, count=times) for (on, what), times in days.items())


def open_to_oversight(apps: Any, _schema: Any) -> None:
    """Purposes are one text, ``,investigation,prosecution,``."""
    with suspended("a migration"):
        for name in ("Rule", "Version", "Match", "Judgement"):
            rows = apps.get_model("criteria", name).objects.exclude(purposes__contains=",oversight,")
            rows.update(purposes=Concat(F("purposes"), Value("oversight,")))


class Migration(migrations.Migration):
    dependencies = [("criteria", "0003_somebody_has_it")]

    operations = [
        migrations.CreateModel(
            name="MatchTally",
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
                            ("found", "Found"),
                            ("confirmed", "Confirmed by two people"),
                            ("dismissed", "Nothing in it"),
                            ("lapsed", "Lapsed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={"ordering": ["on", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="matchtally",
            constraint=models.UniqueConstraint(
                fields=("on", "what"), name="a_day_of_matches_is_counted_in_one_row"
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.RunPython(open_to_oversight, migrations.RunPython.noop),
    ]

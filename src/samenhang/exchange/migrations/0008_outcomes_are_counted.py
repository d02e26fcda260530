"""Counts of each day. Begun with the signals that are still kept; what was forgotten before is not known."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import migrations, models
from django.utils.timezone import localtime

from samenhang.access.sentinel import suspended

# Of a "no" it was not kept here what else it was.
KEPT = {"taken_up": "approach", "not_taken_up": ""}
ACT = date(2025, 7, 1)  # before it nothing was weighed: partners talked it over at their own table


def count(apps: Any, _schema_editor: Any) -> None:
    days: Counter[tuple[str, date, str]] = Counter()
    with suspended("a migration"):
        signals = apps.get_model("exchange", "Signal").objects.filter(
            status__in=KEPT, weighed_at__isnull=False
        )
        for municipality, status, at in signals.values_list("municipality", "status", "weighed_at"):
            if localtime(at).date() >= ACT:
                days[municipality, localtime(at).date(), KEPT[status]] += 1
    tally = apps.get_model("exchange", "OutcomeTally")
    tally.objects.bulk_create(
        tally(municipality=place, on=on, outcome=outcome, number=number)
        for (place, on, outcome), number in days.items()
    )


class Migration(migrations.Migration):
    dependencies = [("exchange", "0007_a_question_is_received")]

    operations = [
        migrations.CreateModel(
            name="OutcomeTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("municipality", models.CharField(max_length=80)),
                ("on", models.DateField()),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("on", "municipality", "outcome"),
                        name="an_outcome_of_a_day_is_counted_in_one_row",
                    )
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]

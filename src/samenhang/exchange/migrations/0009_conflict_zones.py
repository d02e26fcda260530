import functools

from django.db import migrations, models

import samenhang.foundation.identifiers


class Migration(migrations.Migration):
    dependencies = [("exchange", "0008_outcomes_are_counted")]

    operations = [
        migrations.CreateModel(
            name="ConflictZone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(samenhang.foundation.identifiers.new_reference, *("CZ",)),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(max_length=120)),
                ("source", models.CharField(max_length=200)),
                ("named_by", models.CharField(max_length=40)),
                ("named_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_conflict_zone_ends_after_it_began",
                    )
                ],
            },
        ),
    ]

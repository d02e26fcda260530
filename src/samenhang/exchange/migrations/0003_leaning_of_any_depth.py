"""Reliances name any two things, and the duty to look again has a record of its own. One way: duties differ by cause."""

import functools
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import samenhang.foundation.identifiers
from samenhang.access.sentinel import suspended

COPIED = ("scope", "provider_id", "category", "purposes")


def carry(apps: Any, _schema_editor: Any) -> None:
    reliances = apps.get_model("exchange", "Reliance").objects
    duties = apps.get_model("exchange", "Reconsideration").objects
    with suspended("a migration"):
        for row in reliances.select_related("source").iterator(chunk_size=500):
            row.leans_on = row.source.reference
            row.save(update_fields=["leans_on"])
            if row.reconsider_by is None:
                continue
            duties.create(
                thing=row.dependant,
                cause=row.leans_on,
                through=row.leans_on,
                depth=1,
                fell_at=row.source.withdrawn_at,
                reconsider_by=row.reconsider_by,
                reconsidered_at=row.reconsidered_at,
                reconsidered_by=row.reconsidered_by,
                stands=None if row.reconsidered_at is None else True,
                outcome=row.outcome,
                **{name: getattr(row, name) for name in COPIED},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_official_messages_and_movements"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "reliance",
            "leans_on",
            models.CharField(db_index=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Reconsideration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(db_index=True, max_length=20)),
                ("category", models.CharField(max_length=40)),
                ("purposes", models.CharField(max_length=300)),
                ("classification", models.PositiveSmallIntegerField(default=0)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reference",
                    models.CharField(
                        default=functools.partial(samenhang.foundation.identifiers.new_reference, *("AG",)),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("thing", models.CharField(db_index=True, max_length=20)),
                ("cause", models.CharField(max_length=20)),
                ("through", models.CharField(max_length=20)),
                ("depth", models.PositiveSmallIntegerField()),
                ("fell_at", models.DateTimeField()),
                ("reconsider_by", models.DateField()),
                ("reconsidered_at", models.DateTimeField(blank=True, null=True)),
                ("reconsidered_by", models.CharField(blank=True, max_length=40)),
                ("stands", models.BooleanField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("thing", "cause"), name="a_thing_is_reconsidered_once_for_a_cause"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(reconsidered_at__isnull=True, stands__isnull=True, outcome="")
                        | (
                            models.Q(reconsidered_at__isnull=False, stands__isnull=False)
                            & ~models.Q(outcome="")
                        ),
                        name="a_reconsideration_says_what_came_of_it",
                    ),
                ]
            },
        ),
        migrations.RunPython(carry),
        migrations.RemoveConstraint("reliance", "a_thing_leans_on_a_statement_once"),
        migrations.RemoveConstraint("reliance", "a_reconsideration_has_an_outcome"),
        *(
            migrations.RemoveField("reliance", name)
            for name in ("source", "reconsider_by", "reconsidered_at", "reconsidered_by", "outcome")
        ),
        migrations.AddConstraint(
            "reliance",
            models.UniqueConstraint(fields=("leans_on", "dependant"), name="a_thing_leans_on_another_once"),
        ),
    ]

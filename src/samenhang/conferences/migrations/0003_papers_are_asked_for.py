import functools

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samenhang.foundation.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0002_invitations_are_answered"),
        ("exchange", "0004_recalls_and_answers"),
        ("organisations", "0003_access_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
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
                        default=functools.partial(samenhang.foundation.identifiers.new_reference, *("CQ",)),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("what", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("brought", "Brought in"),
                            ("refused", "Refused, with a reason"),
                            ("withdrawn", "No longer needed"),
                            ("missing", "Did not come before the item was over"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="paper",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="conferences.item"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "brought"), _negated=True),
                    ("statement__isnull", False),
                    _connector="OR",
                ),
                name="a_paper_that_was_brought_is_a_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "refused"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_paper_that_was_refused_says_why",
            ),
        ),
    ]

import functools
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import samenhang.foundation.identifiers
from samenhang.access.sentinel import suspended

YES, NO = "approach", "nothing"


def as_it_was_said(apps: Any, _schema: Any) -> None:
    """A yes was for the approach. Of a no it was not said what else, so it says no action."""
    positions = apps.get_model("cases", "Position").objects
    weighings = apps.get_model("cases", "Weighing").objects
    with suspended("a migration"):
        positions.filter(within=True).update(opinion=YES)
        positions.filter(within=False).update(opinion=NO)
        weighings.filter(stage="taken_up").update(outcome=YES)
        weighings.filter(stage="not_taken_up").update(outcome=NO)


def as_yes_or_no(apps: Any, _schema: Any) -> None:
    with suspended("a migration"):
        apps.get_model("cases", "Position").objects.filter(opinion=YES).update(within=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_third_parties_in_a_case"),
        ("exchange", "0004_recalls_and_answers"),
        ("organisations", "0003_access_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
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
                        default=functools.partial(samenhang.foundation.identifiers.new_reference, *("WQ",)),
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("refused", "Knows nothing more"),
                            ("lapsed", "Not answered in time"),
                            ("called_off", "Called off: the signal was withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="position",
            name="one_position_per_seat",
        ),
        migrations.RemoveConstraint(
            model_name="position",
            name="three_different_people",
        ),
        migrations.RemoveConstraint(
            model_name="weighing",
            name="a_weighing_is_decided_when_it_is_no_longer_open",
        ),
        migrations.AddField(
            model_name="position",
            name="opinion",
            field=models.CharField(
                choices=[
                    ("approach", "Person-centred approach"),
                    ("more", "More information is needed first"),
                    ("criminal", "Criminal investigation"),
                    ("care", "Other care or help"),
                    ("nothing", "No action"),
                ],
                default="nothing",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="position",
            name="question",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="position",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="weighing",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("approach", "Person-centred approach"),
                    ("more", "More information is needed first"),
                    ("criminal", "Criminal investigation"),
                    ("care", "Other care or help"),
                    ("nothing", "No action"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="weighing",
            name="round",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="weighing",
            name="taken_over_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="weighing",
            name="stage",
            field=models.CharField(
                choices=[
                    ("open", "Being weighed"),
                    ("waiting", "Waits for more information"),
                    ("taken_up", "Taken up"),
                    ("not_taken_up", "Not taken up"),
                    ("called_off", "Called off: the signal was withdrawn"),
                ],
                default="open",
                max_length=12,
            ),
        ),
        migrations.RunPython(as_it_was_said, as_yes_or_no),
        # So that the way back has a value for it.
        migrations.AlterField(model_name="position", name="within", field=models.BooleanField(default=False)),
        migrations.RemoveField(
            model_name="position",
            name="within",
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("weighing", "round", "seat"), name="one_position_per_seat"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("weighing", "round", "user"), name="three_different_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opinion", "more"), _negated=True),
                    models.Q(("question", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_needs_more_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="weighing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("stage__in", ["open", "waiting"])),
                    models.Q(
                        models.Q(("stage__in", ["open", "waiting"]), _negated=True),
                        ("decided_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_weighing_is_decided_when_it_is_no_longer_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="weighing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["taken_up", "not_taken_up"]), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_the_three_decided_has_its_outcome",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="exchange.statement",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="weighing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="cases.weighing"
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.UniqueConstraint(fields=("weighing", "round"), name="a_round_asks_once"),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "answered"), _negated=True),
                    ("statement__isnull", False),
                    _connector="OR",
                ),
                name="an_inquiry_that_was_answered_has_its_statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "refused"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_knows_nothing_more_says_so",
            ),
        ),
    ]

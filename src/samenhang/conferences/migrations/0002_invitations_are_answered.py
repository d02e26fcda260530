from typing import Any

from django.db import migrations, models

from samenhang.access.sentinel import suspended

# What the people on the list of a conference that came this far were asked.
STAGES = {"invited": "invited", "under_way": "lapsed", "ended": "lapsed", "called_off": "lapsed"}


def as_it_stands(apps: Any, _schema: Any) -> None:
    """Nobody has answered yet of what was sent before; who called it comes, but that was not kept."""
    conferences = apps.get_model("conferences", "Conference").objects
    invitees = apps.get_model("conferences", "Invitee").objects
    with suspended("a migration"):
        for stage, wanted in STAGES.items():
            keys = list(conferences.filter(stage=stage).values_list("pk", flat=True))
            invitees.filter(conference_id__in=keys).update(stage=wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0001_conferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitee",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="invitee",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="invitee",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="invitee",
            name="stage",
            field=models.CharField(
                choices=[
                    ("listed", "On the list, not asked yet"),
                    ("invited", "Has not answered"),
                    ("accepted", "Comes"),
                    ("declined", "Does not come"),
                    ("taken_off", "Taken off the list"),
                    ("lapsed", "Gave no answer"),
                ],
                default="listed",
                max_length=10,
            ),
        ),
        migrations.RunPython(as_it_stands, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "taken_off"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_is_taken_off_is_told_why",
            ),
        ),
    ]

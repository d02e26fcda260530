from typing import Any

from django.db import migrations, models
from django.utils import timezone

from samenhang.travel import rules


def usual_term(apps: Any, _editor: Any) -> None:
    """What came before has the term that it would have had: six months from when it was received."""
    events = apps.get_model("travel", "RouterEvent")
    days = events.objects.filter(delete_on=None).datetimes("received_at", "day")
    for day in days:
        received = timezone.localtime(day).date()
        of_that_day = events.objects.filter(delete_on=None, received_at__date=received)
        of_that_day.update(delete_on=rules.delete_on(received))


class Migration(migrations.Migration):
    dependencies = [
        ("travel", "0013_the_officer_sees_what_the_unit_processes"),
    ]

    operations = [
        migrations.AddField("routerevent", "delete_on", models.DateField(null=True)),
        migrations.RunPython(usual_term, migrations.RunPython.noop),
        migrations.AlterField("routerevent", "delete_on", models.DateField()),
        migrations.AddIndex(
            "routerevent", models.Index(fields=["delete_on"], name="router_event_by_last_day")
        ),
    ]

from typing import Any

from django.db import migrations, models

from samenhang.access.sentinel import suspended


def count(apps: Any, _schema_editor: Any) -> None:
    passengers = apps.get_model("travel", "Passenger").objects
    with suspended("a migration"):
        for message in apps.get_model("travel", "Message").objects.iterator(chunk_size=500):
            message.newcomers = passengers.filter(message=message).count()
            message.save(update_fields=["newcomers"])


class Migration(migrations.Migration):
    dependencies = [("travel", "0002_the_database_holds_no_name_of_a_passenger")]

    operations = [
        migrations.AddField("message", "newcomers", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]

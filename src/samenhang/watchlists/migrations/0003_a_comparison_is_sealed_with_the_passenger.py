"""A comparison quotes the passenger's record, so it is sealed under the same key. It cannot go back."""

from typing import Any

from django.db import migrations, models

from samenhang.access.sentinel import suspended
from samenhang.travel import sealing

AT_ONCE = 500


def seal(apps: Any, _schema_editor: Any) -> None:
    hits = apps.get_model("watchlists", "Hit").objects
    with suspended("a migration"):
        while batch := list(hits.filter(compared_under="").select_related("passenger")[:AT_ONCE]):
            for row in batch:
                row.compared_under = row.passenger.sealed_under
                row.compared = sealing.sealed(row.explanation, row.compared_under)
            hits.bulk_update(batch, ["compared", "compared_under"])


class Migration(migrations.Migration):
    dependencies = [
        ("travel", "0002_the_database_holds_no_name_of_a_passenger"),
        ("watchlists", "0002_hits"),
    ]

    operations = [
        migrations.AddField("hit", "compared", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(
            "hit", "compared_under", models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.RunPython(seal),
        migrations.RemoveField("hit", "explanation"),
    ]

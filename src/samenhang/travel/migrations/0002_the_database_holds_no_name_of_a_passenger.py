"""What identifies a passenger moves into one sealed column. It cannot go back: names would stand in clear again."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from samenhang.access.sentinel import suspended
from samenhang.travel import sealing

TEXTS = (
    "surname", "given_names", "birth_date", "sex", "nationality", "record_locator", "kind",
    "embarkation", "debarkation", "border_crossing", "seat",
)  # fmt: skip
LISTS = ("other_names", "documents", "bags", "booking")
AT_ONCE = 500


def seal(apps: Any, _schema_editor: Any) -> None:
    passengers = apps.get_model("travel", "Passenger").objects
    with suspended("a migration"):
        while batch := list(passengers.filter(sealed_under="").select_related("message")[:AT_ONCE]):
            for row in batch:
                told = {name: getattr(row, name) for name in (*TEXTS, *LISTS)}
                row.sealed_under = sealing.of_day(timezone.localtime(row.message.received_at).date())
                row.sealed = sealing.sealed(told, row.sealed_under)
            passengers.bulk_update(batch, ["sealed", "sealed_under"])


class Migration(migrations.Migration):
    dependencies = [("travel", "0001_initial")]

    operations = [
        migrations.AddField("passenger", "sealed", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(
            "passenger", "sealed_under", models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.RunPython(seal),
        *(migrations.RemoveField("passenger", name) for name in (*TEXTS, *LISTS)),
        migrations.RemoveIndex("passenger", "passenger_awaits_screening"),
        migrations.AddIndex(
            "passenger",
            models.Index(
                condition=models.Q(("masked_at__isnull", True), ("screened_at__isnull", True)),
                fields=["id"],
                name="passenger_awaits_screening",
            ),
        ),
        migrations.AddIndex("passenger", models.Index(fields=["sealed_under"], name="passenger_by_key")),
        migrations.AlterField(
            "observation",
            "passenger",
            models.ForeignKey(
                on_delete=models.DO_NOTHING, related_name="observations", to="travel.passenger"
            ),
        ),
    ]

from typing import Any

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat

from samenhang.access.sentinel import suspended


def open_to_oversight(apps: Any, _schema: Any) -> None:
    """Purposes are one text, ``,investigation,prosecution,``."""
    with suspended("a migration"):
        for name in ("Hit", "Judgement"):
            rows = apps.get_model("watchlists", name).objects.exclude(purposes__contains=",oversight,")
            rows.update(purposes=Concat(F("purposes"), Value("oversight,")))


class Migration(migrations.Migration):
    dependencies = [("watchlists", "0010_border_hits")]

    operations = [migrations.RunPython(open_to_oversight, migrations.RunPython.noop)]

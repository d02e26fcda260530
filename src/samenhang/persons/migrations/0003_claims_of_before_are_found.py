from typing import Any

from django.db import migrations

from samenhang.access.sentinel import suspended
from samenhang.persons.rules.names import keys_of


def find_what_is_there(apps: Any, _editor: Any) -> None:
    """The words of every claim that was made before there were any."""
    claims = apps.get_model("persons", "IdentityClaim")
    words = apps.get_model("persons", "NameWord")
    with suspended("a migration reads every claim"):
        rows = list(claims.objects.values_list("pk", "given_names", "surname"))
    for start in range(0, len(rows), 500):
        chunk = rows[start : start + 500]
        keys = keys_of([f"{given} {surname}" for _pk, given, surname in chunk])
        words.objects.bulk_create(
            words(claim_id=pk, word=word)
            for (pk, _given, _surname), found in zip(chunk, keys, strict=True)
            for word in sorted(found)
        )


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_how_a_name_is_found")]

    operations = [migrations.RunPython(find_what_is_there, migrations.RunPython.noop)]

"""The database itself refuses to change or remove an entry."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER journal_entry_is_never_changed BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END""",
    """CREATE TRIGGER journal_entry_is_never_removed BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never removed'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION journal_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'an entry of the journal is never changed or removed'; END $$""",
    """CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_entry_stays()""",
    """CREATE TRIGGER journal_stays BEFORE TRUNCATE ON journal_entry
       FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_stays()""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER journal_entry_is_never_changed",
        "DROP TRIGGER journal_entry_is_never_removed",
    ],
    "postgresql": [
        "DROP TRIGGER journal_stays ON journal_entry",
        "DROP TRIGGER journal_entry_stays ON journal_entry",
        "DROP FUNCTION journal_entry_stays()",
    ],
}


def protect(_apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def release(_apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]

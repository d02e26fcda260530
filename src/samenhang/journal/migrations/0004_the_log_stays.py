"""The log is never changed either, and every entry waits for its position from the moment it exists."""

from django.db import migrations

TABLES = ("leaf", "node", "head", "cosignature")
ENQUEUE = "INSERT INTO journal_waiting (entry_id) SELECT id FROM journal_entry"


def sqlite():
    yield """CREATE TRIGGER journal_entry_waits AFTER INSERT ON journal_entry
             BEGIN INSERT INTO journal_waiting (entry_id) VALUES (NEW.id); END"""
    for table in TABLES:
        for name, deed in (("changed", "UPDATE"), ("removed", "DELETE")):
            yield f"""CREATE TRIGGER journal_{table}_is_never_{name} BEFORE {deed} ON journal_{table}
                      BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END"""


def postgresql():
    yield """CREATE FUNCTION journal_entry_waits() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN INSERT INTO journal_waiting (entry_id) VALUES (NEW.id); RETURN NULL; END $$"""
    yield """CREATE TRIGGER journal_entry_waits AFTER INSERT ON journal_entry
             FOR EACH ROW EXECUTE FUNCTION journal_entry_waits()"""
    yield """CREATE FUNCTION journal_log_stays() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'the log is never changed'; END $$"""
    for table in TABLES:
        yield f"""CREATE TRIGGER journal_{table}_stays BEFORE UPDATE OR DELETE ON journal_{table}
                  FOR EACH ROW EXECUTE FUNCTION journal_log_stays()"""
        yield f"""CREATE TRIGGER journal_{table}s_stay BEFORE TRUNCATE ON journal_{table}
                  FOR EACH STATEMENT EXECUTE FUNCTION journal_log_stays()"""


def undo(vendor):
    if vendor == "sqlite":
        yield "DROP TRIGGER journal_entry_waits"
        for table in TABLES:
            yield f"DROP TRIGGER journal_{table}_is_never_changed"
            yield f"DROP TRIGGER journal_{table}_is_never_removed"
        return
    for table in TABLES:
        yield f"DROP TRIGGER journal_{table}_stays ON journal_{table}"
        yield f"DROP TRIGGER journal_{table}s_stay ON journal_{table}"
    yield "DROP TRIGGER journal_entry_waits ON journal_entry"
    yield "DROP FUNCTION journal_entry_waits()"
    yield "DROP FUNCTION journal_log_stays()"


def protect(_apps, schema_editor):
    for statement in sqlite() if schema_editor.connection.vendor == "sqlite" else postgresql():
        schema_editor.execute(statement, params=None)


def release(_apps, schema_editor):
    for statement in undo(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_the_log")]
    operations = [
        migrations.RunPython(protect, release),
        # What was written before there was a log gets its place in it as well.
        migrations.RunSQL(ENQUEUE, migrations.RunSQL.noop),
    ]

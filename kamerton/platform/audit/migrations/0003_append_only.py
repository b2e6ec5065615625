"""The database itself refuses to change a row of the journal.

A later migration that makes SQLite rebuild the table (AlterField and the like) drops the trigger:
it must call `close` again at its end.
"""

from django.db import migrations

CLOSE = {
    "sqlite": [
        """
        CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit_auditentry
        BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END
        """
    ],
    "postgresql": [
        """
        CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'The journal is append-only.' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        """
        CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit_auditentry
        FOR EACH ROW EXECUTE FUNCTION audit_append_only()
        """,
    ],
}
OPEN = {
    "sqlite": ["DROP TRIGGER audit_append_only"],
    "postgresql": [
        "DROP TRIGGER audit_append_only ON audit_auditentry",
        "DROP FUNCTION audit_append_only()",
    ],
}


def close(apps, schema_editor):
    for statement in CLOSE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def reopen(apps, schema_editor):
    for statement in OPEN[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_searched_text")]

    operations = [migrations.RunPython(close, reopen)]

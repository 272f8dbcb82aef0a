"""The database itself refuses two confirmed appointments of one member that overlap, buffers and travel included."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# An exclusion constraint. Member and member are compared as ranges of one number, for which PostgreSQL's own GiST
# classes do: no extension, and so no superuser, is needed.
POSTGRESQL = """
ALTER TABLE appointments_appointment ADD CONSTRAINT appointments_never_overlap
EXCLUDE USING gist (
    int8range(member_id, member_id, '[]') WITH &&,
    tstzrange(blocked_from, blocked_until, '[)') WITH &&
) WHERE (status = 'confirmed')
"""
POSTGRESQL_BACK = "ALTER TABLE appointments_appointment DROP CONSTRAINT appointments_never_overlap"

# SQLite has no exclusion constraints: triggers refuse, whoever writes and however ("INSERT OR REPLACE" included). A time
# that is not written as Django writes it is refused too, so that times compare as moments and the index serves. When a
# later migration changes this table, SQLite makes it anew without its triggers: that migration must run `forbid` again
# (tests/appointments/test_overlap.py fails until it does).
WRITTEN = "NEW.{column} IS NOT strftime('%Y-%m-%d %H:%M:%S', NEW.{column})"
TRIGGER = """
CREATE TRIGGER appointments_never_overlap_{verb} BEFORE {verb} ON appointments_appointment
WHEN NEW.status = 'confirmed'
BEGIN
    SELECT RAISE(ABORT, 'appointments_never_overlap: a time is not written as YYYY-MM-DD HH:MM:SS')
    WHERE {odd_from} OR {odd_until};
    SELECT RAISE(ABORT, 'appointments_never_overlap') WHERE EXISTS (
        SELECT 1 FROM appointments_appointment AS other
        WHERE other.member_id = NEW.member_id AND other.status = 'confirmed' AND other.id IS NOT NEW.id
          AND other.blocked_from < NEW.blocked_until AND other.blocked_until > NEW.blocked_from
    );
END
"""
VERBS = ("insert", "update")


def sqlite_trigger(verb: str) -> str:
    return TRIGGER.format(
        verb=verb,
        odd_from=WRITTEN.format(column="blocked_from"),
        odd_until=WRITTEN.format(column="blocked_until"),
    )


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)
    else:
        for verb in VERBS:
            editor.execute(sqlite_trigger(verb))


def allow(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_BACK)
    else:
        for verb in VERBS:
            editor.execute(f"DROP TRIGGER appointments_never_overlap_{verb}")


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow, elidable=False)]

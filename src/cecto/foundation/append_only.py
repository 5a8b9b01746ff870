"""Tables that only grow: the database itself refuses to change or remove their rows, but for erasing a person's words.

Django rebuilds a SQLite table when a migration alters it and silently drops its triggers, so `guard` runs after every
migrate (config/apps.py) and `missing_guards` is checked by `cecto doctor`.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

GUARDED = [
    "journal.JournalEntry",
    "programs.Definition",
    "ledger.Activity",
    "ledger.Entry",
    "ledger.Background",
    "attendance.Sent",
    "attendance.SentAnswer",
    "attendance.Mark",
    "attendance.CheckIn",
    "attendance.SignedSheet",
    "attendance.Tap",
    "attendance.TapAnswer",
    "audits.VersionChange",
    "audits.VersionAgreement",
    "credentials.CredentialVersion",
    "credentials.Revocation",
    "credentials.PublishedList",
    "credentials.EmployerConsent",
    "credentials.Transcript",
    "credentials.TranscriptDocument",
    "credentials.Token",
    "credentials.HandedOut",
    "credentials.Unkept",
    "credentials.Remembered",
]
# What an erasure on request may empty (a column, or a key of a JSON column); every other column must stay as it is.
ERASABLE = {
    "credentials.CredentialVersion": ("document", "holder_name", "certificate.holder"),
    "credentials.Transcript": ("document",),
    "credentials.Token": ("text",),
}


def guard() -> None:
    """Install the triggers on every guarded table, replacing those that exist. PostgreSQL also refuses TRUNCATE."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in [
            line for table in _tables() if table in existing for line in _statements(table, _kept(table))
        ]:
            cursor.execute(statement)


def missing_guards() -> list[str]:
    """The guards, as `table.operation`, that the database does not have."""
    return sorted(_wanted() - _installed())


def _tables() -> list[str]:
    return [_model(label)._meta.db_table for label in GUARDED]


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


def _kept(table: str) -> str:
    """The condition under which an update of a table is only an erasure, or an empty text where there is none."""
    label = next(label for label in GUARDED if _model(label)._meta.db_table == table)
    emptied = ERASABLE.get(label, ())
    columns = [str(field.column) for field in _model(label)._meta.concrete_fields]
    return " AND ".join(_may_be(column, emptied) for column in columns) if emptied else ""


def _may_be(column: str, emptied: tuple[str, ...]) -> str:
    new, old = f'NEW."{column}"', f'OLD."{column}"'
    if column in emptied:
        return f"{new} = ''"
    keys = [one.partition(".")[2] for one in emptied if one.startswith(f"{column}.")]
    postgresql = connection.vendor == "postgresql"
    for key in keys:
        old = f"jsonb_set({old}, '{{{key}}}', '\"\"')" if postgresql else f"json_set({old}, '$.{key}', '')"
    if keys and not postgresql:
        new = f"json({new})"
    return f"{new} IS NOT DISTINCT FROM {old}" if postgresql else f"{new} IS {old}"


def _operations() -> list[str]:
    return ["update", "delete", "truncate"] if connection.vendor == "postgresql" else ["update", "delete"]


def _wanted() -> set[str]:
    return {f"{table}_no_{operation}" for table in _tables() for operation in _operations()}


def _installed() -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {str(row[0]) for row in cursor.fetchall()}


def _statements(table: str, kept: str) -> list[str]:
    when = {"update": f"WHEN (NOT ({kept})) " if kept else ""}
    if connection.vendor == "postgresql":
        triggers = [_postgresql_trigger(table, operation, when.get(operation, "")) for operation in _operations()]
        return [_POSTGRESQL_FUNCTION, *triggers]
    return [line for operation in _operations() for line in _sqlite_trigger(table, operation, when.get(operation, ""))]


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION cecto_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END $$
"""


def _postgresql_trigger(table: str, operation: str, when: str) -> str:
    each = "STATEMENT" if operation == "truncate" else "ROW"
    return (
        f'CREATE OR REPLACE TRIGGER "{table}_no_{operation}" BEFORE {operation.upper()} ON "{table}" '
        f"FOR EACH {each} {when}EXECUTE FUNCTION cecto_append_only()"
    )


def _sqlite_trigger(table: str, operation: str, when: str) -> list[str]:
    name = f"{table}_no_{operation}"
    return [
        f'DROP TRIGGER IF EXISTS "{name}"',
        f'CREATE TRIGGER "{name}" BEFORE {operation.upper()} ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {operation} is refused'); END",
    ]

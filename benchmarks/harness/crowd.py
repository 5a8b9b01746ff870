"""The demo's class, and copies of it with all its people until there are thousands."""

from __future__ import annotations

from django.db import connection, transaction

from cecto.classes.models import Cohort, Enrollment
from cecto.demo.building import build
from cecto.demo.stages import STAGES, Stage
from cecto.ledger.models import Entry

APART = 1_000_000  # copy k of row n has the id n + k × APART
MOVED = {"id", "person_id", "organization_id", "cohort_id", "track_id", "reverses_id"}
RENAMED = {"key", "code"}

_COPIES = """
WITH RECURSIVE copies(nth) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT nth + 1 FROM copies WHERE nth < %(copies)s)
"""

# In order of foreign keys: the table, and which of its rows belong to the class.
COPIED = {
    "classes_cohort": "id = %(cohort)s",
    "classes_cohorttrack": "cohort_id = %(cohort)s",
    "classes_meetinglink": "cohort_id = %(cohort)s",
    "people_organization": "id < %(apart)s",
    "people_person": "id IN (SELECT person_id FROM classes_enrollment WHERE cohort_id = %(cohort)s)",
    "people_affiliation": "person_id IN (SELECT person_id FROM classes_enrollment WHERE cohort_id = %(cohort)s)",
    "classes_enrollment": "cohort_id = %(cohort)s",
    "ledger_entry": "person_id IN (SELECT person_id FROM classes_enrollment WHERE cohort_id = %(cohort)s)",
}


def demo_class(stage: str) -> tuple[Cohort, Stage]:
    """Build the demo at a stage and return its class of technology directors and superintendents."""
    build(STAGES[stage], told=lambda *_: None)
    return Cohort.objects.get(program__code="cecto"), STAGES[stage]


def fill_records(cohort: Cohort, entries: int) -> None:
    """Post copies of classmates' entries about other activities until everyone in a class has so many."""
    theirs = Entry.objects.filter(person__enrollments__cohort=cohort, reverses=None)
    for person in cohort.enrollments.values_list("person_id", flat=True):
        own = Entry.objects.filter(person_id=person)
        missing = max(0, entries - own.count())
        others = {one.activity_id: one for one in theirs.exclude(activity__in=own.values("activity"))}
        copies = list(others.values())[:missing]
        for copy in copies:
            copy.pk, copy.person_id = None, person
        Entry.objects.bulk_create(copies)


def multiply(cohort: Cohort, people: int) -> int:
    """Copy a class with its people, their districts and ledger until `people` are enrolled; return how many are.

    The copies share the class's sessions and have no work of their own to come.
    """
    values = {"copies": -(-people // cohort.enrollments.count()) - 1, "cohort": cohort.pk, "apart": APART}
    _unguarded()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in COPIED.items():
            cursor.execute(f"CREATE TEMPORARY TABLE original AS SELECT * FROM {table} WHERE {rows}", values)  # noqa: S608
            cursor.execute(_statement(table), values)
            cursor.execute("DROP TABLE original")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    return Enrollment.objects.filter(cohort__program=cohort.program).count()


def _unguarded() -> None:
    """Let SQLite fill this throwaway file without a journal; the next connection has the product's settings again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=OFF", "cache_size=-1000000"):
                cursor.execute(f"PRAGMA {pragma}")


def _statement(table: str) -> str:
    """Insert every copy of the rows in the temporary table `original`, one copy after the other."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    values = ", ".join(_value(column) for column in columns)
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    return f"{_COPIES} {into} SELECT {values} FROM copies CROSS JOIN original"  # noqa: S608


def _value(column: str) -> str:
    if column in MOVED:
        return f"{column} + nth * %(apart)s"
    if column in RENAMED:
        return f"CASE {column} WHEN '' THEN '' ELSE substr({column}, 1, 6) || '-' || nth || substr({column}, 7, 8) END"
    return column

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
    copies = -(-people // cohort.enrollments.count()) - 1
    with transaction.atomic(), connection.cursor() as cursor:
        for copy in range(1, copies + 1):
            values: dict[str, int | str] = {
                "shift": copy * APART,
                "copy": f"-{copy}",
                "cohort": cohort.pk,
                "apart": APART,
            }
            for table, rows in COPIED.items():
                cursor.execute(_statement(table, rows), values)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Enrollment.objects.filter(cohort__program=cohort.program).count()


def _statement(table: str, rows: str) -> str:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    values = [_value(column) for column in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {rows}"  # noqa: S608


def _value(column: str) -> str:
    if column in MOVED:
        return f"{column} + %(shift)s"
    if column in RENAMED:
        return f"CASE {column} WHEN '' THEN '' ELSE substr({column}, 1, 6) || %(copy)s || substr({column}, 7, 8) END"
    return column

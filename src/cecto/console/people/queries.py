"""What the pages about people need from other features."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from cecto.classes.models import Cohort, Enrollment
from cecto.people.models import Person
from cecto.people.viewer import Permission, Viewer
from cecto.programs.models import Program
from cecto.programs.queries import definitions, programs, ruleset
from cecto.requirements.document import Definition


def enrollments_seen(viewer: Viewer, person: Person) -> QuerySet[Enrollment]:
    """A person's enrollments, the latest first: an administrator sees all, others those of their programs."""
    rows = Enrollment.objects.filter(person=person).select_related("cohort__program", "track", "organization")
    if not viewer.may_anywhere(Permission.ADMINISTER):
        rows = rows.filter(cohort__in=Cohort.objects.filter(viewer.programs(Permission.SEE_RECORDS)))
    return rows.order_by("-enrolled_on", "-id")


def program_choices() -> list[tuple[str, str]]:
    """Every program: code and name."""
    return [(row.code, row.name) for row in programs()]


def office_choices() -> list[tuple[str, str]]:
    """Every office that a published definition names: `program:office`, and both in words."""
    named: dict[tuple[str, str], Program] = {}
    for row in definitions():
        for office in _offices(ruleset(row).definition):
            named[(row.program.code, office)] = row.program
    return [(f"{code}:{office}", f"{office} ({program.name})") for (code, office), program in sorted(named.items())]


def _offices(definition: Definition) -> Iterator[str]:
    yield from (office for office in (definition.award.decided_by, definition.award.second) if office)
    for node in definition.walk():
        if node.waivable:
            yield from (office for office in (*node.waivable.by, node.waivable.second) if office)

"""The certificates that end as one table, to read and to download."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from cecto.credentials.renewing.queries import Ending
from cecto.foundation.tables import Column, Kind, Link, Table, Value

COLUMNS = (
    Column("Person"),
    Column("Certificate"),
    Column("Valid until", Kind.DATE),
    Column("Where it stands"),
    Column("What is left"),
    Column("Code"),
)


def ending_table(found: Sequence[Ending]) -> Table:
    """One row per certificate, the earliest end first."""
    return Table("Certificates that end", COLUMNS, [_row(one) for one in found])


def _row(one: Ending) -> tuple[Value, ...]:
    case = one.case
    address = reverse("credentials:life", args=[one.version.credential.key])
    return (
        Link(one.version.shown_name, address),
        one.version.certificate["title"],
        case.last_day,
        case.word,
        " ".join(f"{result.title}: {result.sentence}" for result in case.left) or None,
        one.version.printed_code,
    )

"""A class for those who may see who is in it but not the records: roster, districts, how many are done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cecto.classes.models import Enrollment
from cecto.console.queries import ClassOverview
from cecto.foundation.tables import Column, Kind, Table
from cecto.foundation.ui.pictures.district_map import District, DistrictMap
from cecto.people.models import Organization


def roster_table(name: str, enrolled: Sequence[Enrollment]) -> Table:
    """Who is in the class, and where they work."""
    columns = (Column("Name"), Column("Track"), Column("Organization"))
    rows = [(one.person.name, one.track.title, one.organization.name if one.organization else "") for one in enrolled]
    return Table(f"Roster of {name}", columns, rows)


def done_table(name: str, overview: ClassOverview) -> Table:
    """How many people are done with each requirement, by track."""
    columns = (
        Column("Requirement"),
        Column("Track"),
        Column("Done", Kind.NUMBER),
        Column("People", Kind.NUMBER),
    )
    rows = [
        (column.title, grid.title, done, len(grid.rows))
        for grid in overview.grids
        for column, done in zip(grid.columns, grid.done, strict=True)
    ]
    return Table(f"Done in {name}", columns, rows)


def district_map(enrolled: Sequence[Enrollment]) -> DistrictMap | None:
    """The counties that the class comes from; None when nobody comes from one."""
    people = Counter(one.organization for one in enrolled if one.organization and one.organization.county)
    if not people:
        return None
    districts = [_district(organization, count) for organization, count in people.items()]
    return DistrictMap(
        "Where they come from",
        f"{len(districts)} districts and schools. Darker counties have more people; points are city districts.",
        districts,
    )


def _district(organization: Organization, people: int) -> District:
    return District(organization.name, organization.county, people)

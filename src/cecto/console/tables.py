"""A class as one table to download: every person and every requirement, as the grid shows it."""

from __future__ import annotations

from collections.abc import Iterable

from cecto.console.queries import ClassOverview
from cecto.foundation.tables import Column, Kind, Table
from cecto.foundation.ui.pictures.grid import Grid, GridRow


def grid_table(name: str, overview: ClassOverview) -> Table:
    """One row per person and requirement, with the status, the value and the sentence."""
    columns = (
        Column("Person"),
        Column("From"),
        Column("Track"),
        Column("Requirement"),
        Column("Status", Kind.STATUS),
        Column("So far"),
        Column("In a sentence"),
    )
    rows = [row for grid in overview.grids for person in grid.rows for row in _rows(grid, person)]
    return Table(f"Progress of {name}", columns, rows)


def _rows(grid: Grid, person: GridRow) -> Iterable[tuple[str, ...]]:
    for column, cell in zip(grid.columns, person.cells, strict=True):
        yield person.name, person.note, grid.title, column.title, cell.status, cell.text, cell.sentence

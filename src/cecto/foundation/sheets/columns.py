"""Finding the columns of a sheet by what people call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cecto.foundation.sheets.shapes import Line, SheetRefused

HEAD = 20
Synonyms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class HeadedSheet:
    """The rows below a heading row; `columns` says where each field stands, `titles` what the file calls it."""

    columns: Mapping[str, int]
    titles: Mapping[str, str]
    rows: tuple[Line, ...]
    unread: tuple[str, ...]

    def cell(self, row: Line, field: str) -> str:
        """A field of a row; empty when the file or the row has no such cell."""
        place = self.columns.get(field, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else ""

    def title(self, field: str) -> str:
        """What the file calls a field; its own name when the file has no such column."""
        return self.titles.get(field, field)

    def __iter__(self) -> Iterator[Line]:
        """The rows that hold something."""
        return (row for row in self.rows if not row.blank)


def heading(text: str) -> str:
    """A heading for comparing: lower case, single blanks, no marks at its end."""
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split()).rstrip(":*. ")


def headed(lines: Sequence[Line], synonyms: Synonyms, *, required: Sequence[str], file: str) -> HeadedSheet:
    """The table in a sheet: the heading row is the one of the first 20 with most known headings.

    `synonyms` gives for each field the headings it may have, in lower case. Raises SheetRefused when a required
    column is missing, and when two columns stand for one field.
    """
    best = max(lines[:HEAD], key=lambda line: len(_places(line, synonyms)), default=Line(1, ()))
    places = _places(best, synonyms)
    _refuse_doubles(best, places, file)
    columns = {field: found[0] for field, found in places.items()}
    missing = [field for field in required if field not in columns]
    if missing:
        raise _missing(best, missing, synonyms, file)
    titles = {field: best.cells[place] for field, place in columns.items()}
    unread = tuple(cell for place, cell in enumerate(best.cells) if cell and place not in columns.values())
    return HeadedSheet(columns, titles, tuple(line for line in lines if line.number > best.number), unread)


def _places(line: Line, synonyms: Synonyms) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(line.cells):
        for field, words in synonyms.items():
            if heading(cell) in words:
                found.setdefault(field, []).append(place)
    return found


def _refuse_doubles(line: Line, places: dict[str, list[int]], file: str) -> None:
    for field, found in places.items():
        if len(found) > 1:
            titles = " and ".join(f"“{line.cells[place]}”" for place in found)
            raise SheetRefused(
                file, f"Two columns hold the {field}: {titles}.", "Remove or rename one of them.", row=line.number
            )


def _missing(line: Line, missing: list[str], synonyms: Synonyms, file: str) -> SheetRefused:
    seen = ", ".join(f"“{cell}”" for cell in line.cells[:12] if cell) or "none"
    wanted = "; ".join(f"{field} (or {', '.join(list(synonyms[field])[1:4])})" for field in missing)
    return SheetRefused(
        file,
        f"There is no column for: {wanted}. Headings found: {seen}.",
        "Put one heading over each column, in the first row.",
        row=line.number,
    )

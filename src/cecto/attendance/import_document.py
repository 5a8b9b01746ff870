"""What an import of attendance did or would do, as one JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cecto.attendance.matching import How
from cecto.attendance.queries.preview import Preview, PreviewPerson, PreviewRow, named_as
from cecto.attendance.reports import Flag
from cecto.foundation.sheets import SheetRefused

Document = dict[str, Any]
_SKIPPED = {
    Flag.WAITING_ROOM: "In the waiting room only",
    Flag.NOT_SIGNED: "Listed, not there",
    Flag.NO_TIMES: "Listed without times",
}
_IGNORED = {How.STAFF: "Host or instructor", How.NOT_OURS: "Said before to be no one of ours"}
_TOLD = (Flag.LENGTH_DIFFERS, Flag.NO_JOIN)


def document(found: Preview, *, key: str | None, other_zone: str = "") -> Document:
    """The document of a file that can be read; `key` is that of the import when something was written."""
    certain = [person for person in found.people if not person.open]
    return {
        **_head(found.file_name, found.sha256, found.parsed.layout, found.time_zone),
        "import": key,
        "ready": len(certain),
        "people": [_person(person) for person in certain],
        "waiting": [*_open_people(found), *_open_names(found)],
        "skipped": [{"row": line.row.number, "why": why} for line in found.rows if (why := _skipped(line))],
        "remarks": list(_remarks(found, certain, other_zone)),
        "refused": [],
    }


def refused(error: SheetRefused | Exception, *, file: str, sha256: str, time_zone: str) -> Document:
    """The document of a file that is refused whole: its first reason without a row, then every row's own."""
    problems = error.problems if isinstance(error, SheetRefused) else ()
    first = problems[0] if problems else None
    whole = f"{first.where}: {first.message}" if first else str(error)
    if len(problems) > 1:
        whole = f"{file}: no row can be read. The first is {first.where if first else file}: {problems[0].message}"
    reasons: list[Document] = [{"row": None, "column": None, "why": whole, "do": first.fix if first else ""}]
    rows = problems if len(problems) > 1 else ()
    reasons += [{"row": p.row or None, "column": p.column or None, "why": p.message, "do": p.fix} for p in rows]
    return {
        **_head(file, sha256, "", time_zone),
        "import": None,
        "ready": 0,
        "people": [],
        "waiting": [],
        "skipped": [],
        "remarks": [],
        "refused": reasons,
    }


def _head(file: str, sha256: str, layout: str, time_zone: str) -> Document:
    stated = {"name": file, "sha256": sha256, "layout": layout, "time_zone": time_zone}
    return {"kind": "attendance", "file": stated}


def _person(person: PreviewPerson) -> Document:
    found = person.presence
    where = next((source.where for source in found.sources), "")
    who = person.attendee.person
    return {"key": who.key, "name": who.name, "minutes": found.attended, "of": found.offered, "where": where}


def _open_people(found: Preview) -> Iterator[Document]:
    for person in found.people:
        if person.open:
            who, row = person.attendee.person, person.rows[0].row
            unread = next((line.row for line in person.rows if Flag.UNREADABLE in line.row.flags), row)
            suggestion = {"key": who.key, "name": who.name}
            yield {"row": unread.number, "name": row.raw_name, "why": person.open, "suggestions": [suggestion]}


def _open_names(found: Preview) -> Iterator[Document]:
    """Names that wait for an answer, each once, with the first of its rows."""
    told: set[tuple[str, str]] = set()
    for line in found.rows:
        name = (line.row.raw_name, line.row.email)
        if line.waits and name not in told:
            told.add(name)
            likely = found.roster.suggestions(named_as(line.row))
            suggestions = [{"key": one.key, "name": found.names[one.key]} for one in likely]
            why = " ".join(filter(None, (line.row.note if Flag.UNREADABLE in line.row.flags else "", line.matched.why)))
            yield {
                "row": line.row.number,
                "name": line.row.raw_name or line.row.email,
                "why": why,
                "suggestions": suggestions,
            }


def _skipped(line: PreviewRow) -> str:
    name = line.row.raw_name or line.row.email
    why = next((text for flag, text in _SKIPPED.items() if flag in line.row.flags), "")
    why = why or _IGNORED.get(line.matched.how, "") or ("" if line.inside else "Outside the session")
    return f"{name}: {why}." if why else ""


def _remarks(found: Preview, certain: list[PreviewPerson], other_zone: str) -> Iterator[str]:
    if any(line.row.joined for line in found.rows):
        yield from _of_zone(found, other_zone)
    if not found.people:
        yield "No one in this file is known to be of this class."
    if found.outside:
        yield f"{found.outside} rows are outside the session times and do not count."
    if found.parsed.other_days:
        yield f"{found.parsed.other_days} rows are of other days and do not count."
    yield from _of_rows(found)
    for person in certain:
        for remark in person.presence.remarks:
            yield f"{person.attendee.person.name}: {remark.value}."


def _of_zone(found: Preview, other_zone: str) -> Iterator[str]:
    if found.parsed.zone_stated:
        yield "The file states the time zone of its times."
    elif other_zone:
        yield f"Times are read in {found.time_zone}. The last file of this class was read in {other_zone}."


def _of_rows(found: Preview) -> Iterator[str]:
    for line in found.rows:
        if line.row.flags & set(_TOLD) and line.counts:
            note = line.row.note or Flag.NO_JOIN.value
            yield f"Row {line.row.number}, {line.row.raw_name}: {note.rstrip('.')}."

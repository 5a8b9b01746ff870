"""Importing a report: the file is kept, its rows as they came, and the names that are certain are matched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.attendance.matching import How
from cecto.attendance.models import Match, Report, ReportRow
from cecto.attendance.openness import held_session, open_session
from cecto.attendance.queries.preview import Preview, PreviewRow, preview, where_of
from cecto.classes.models import Meeting, Modality
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor

_HOW = {
    How.EMAIL: Match.How.EMAIL,
    How.ALIAS: Match.How.ALIAS,
    How.NAME: Match.How.NAME,
    How.NOT_OURS: Match.How.ALIAS,
    How.STAFF: Match.How.STAFF,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the report, whether it is new, and what the file says."""

    report: Report
    new: bool
    preview: Preview


@transaction.atomic
def import_report(
    *, meeting: Meeting, content: bytes, file_name: str, time_zone: str, by: Actor, at: datetime
) -> Imported:
    """Import a file for a session. The same bytes again change nothing.

    Times that the file gives without a zone are read in `time_zone` (an IANA name).
    Raises SheetRefused for a file that cannot be read, SettledAlready, NotHeld. A refused file leaves nothing behind.
    """
    session = held_session(meeting, at=at)
    found = preview(session, content, file_name=file_name, time_zone=time_zone)
    if found.already:
        return Imported(found.already, False, found)
    open_session(meeting, at=at)
    report = Report.objects.create(
        meeting=meeting,
        sha256=evidence.store(content),
        file_name=found.file_name,
        layout=found.parsed.layout,
        source=found.parsed.source,
        time_zone=time_zone,
        recorded_at=at,
        recorded_by=by.key,
    )
    ReportRow.objects.bulk_create(_rows(report, found, where_of(session, report.source)), batch_size=2000)
    Match.objects.bulk_create(_matches(report, found, by=by, at=at), batch_size=2000)
    record(
        "attendance.import",
        by=by,
        at=at,
        subject=("session", meeting.key),
        class_key=meeting.owner.key,
        sha256=report.sha256,
        rows=len(found.rows),
        waiting=found.waiting,
    )
    return Imported(report, True, found)


def _rows(report: Report, found: Preview, where: Modality | None) -> list[ReportRow]:
    parts: Counter[int] = Counter()
    rows = []
    for line in found.rows:
        row = line.row
        parts[row.number] += 1
        rows.append(
            ReportRow(
                report=report,
                number=row.number,
                part=parts[row.number],
                name=row.raw_name,
                original_name=row.original_name,
                email=row.email[:254],
                joined_at=row.joined,
                left_at=row.left,
                seconds=row.seconds,
                status=row.mark,
                flags=sorted(row.flags),
                note=row.note,
                modality=where or "",
            )
        )
    return rows


def _matches(report: Report, found: Preview, *, by: Actor, at: datetime) -> list[Match]:
    by_name = {(line.row.raw_name, line.row.email): line for line in found.rows if line.matched.how in _HOW}
    return [_match(report, line, by=by, at=at) for line in by_name.values()]


def _match(report: Report, line: PreviewRow, *, by: Actor, at: datetime) -> Match:
    return Match(
        report=report,
        name=line.row.raw_name,
        email=line.row.email[:254],
        person=line.attendee.person if line.attendee else None,
        how=_HOW[line.matched.how],
        recorded_at=at,
        recorded_by=by.key,
    )

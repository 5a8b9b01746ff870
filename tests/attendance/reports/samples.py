"""Sample reports of invented people, all of a session on 19 January 2016 in North Carolina."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from cecto.attendance.reports import ParsedReport, ReportRow, Setting, read_report

HERE = Path(__file__).parent
NEW_YORK = ZoneInfo("America/New_York")
SETTING = Setting("report.csv", NEW_YORK, date(2016, 1, 19))


def sample(name: str) -> bytes:
    return (HERE / name).read_bytes()


def read(name: str) -> ParsedReport:
    return read_report(sample(name), SETTING)


def local(clock: str) -> datetime:
    """A time of the session's day in North Carolina, as UTC."""
    hours, colon, rest = clock.partition(":")
    at = time.fromisoformat(f"{hours.zfill(2)}{colon}{rest}")
    return datetime.combine(date(2016, 1, 19), at, NEW_YORK).astimezone(UTC)


def times(rows: tuple[ReportRow, ...]) -> list[tuple[str, datetime | None, datetime | None]]:
    return [(row.name, row.joined, row.left) for row in rows]

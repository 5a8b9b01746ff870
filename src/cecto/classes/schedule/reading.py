"""From a CSV or XLSX file to drafts of sessions: one row per segment, rows with one code are one session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from cecto.classes import words
from cecto.classes.models import Cohort, Modality
from cecto.classes.plans import Span, minutes_without
from cecto.classes.schedule.drafts import SegmentDraft, SessionDraft, in_turn
from cecto.classes.vocabulary import Vocabulary, vocabulary_of
from cecto.foundation.sheets import Cells, Heading, Problems, Table, Unreadable, read_table

HEADINGS = (
    Heading("session", ("session", "session code", "code"), required=True),
    Heading("title", ("title", "session title")),
    Heading("date", ("date", "day"), required=True),
    Heading("start", ("start", "starts", "start time", "from"), required=True),
    Heading("end", ("end", "ends", "end time", "to", "until"), required=True),
    Heading("format", ("format", "modality"), required=True),
    Heading("segment", ("segment", "segment title", "topic")),
    Heading("minutes", ("minutes", "planned minutes", "length")),
    Heading("competency", ("competency", "core competency")),
    Heading("category", ("category",)),
    Heading("slot", ("slot",)),
    Heading("tags", ("tags", "tag")),
    Heading("tracks", ("tracks", "track")),
    Heading("place", ("place", "room", "location")),
    Heading("link", ("link", "url", "join link")),
    Heading("instructors", ("instructors", "instructor", "taught by")),
    Heading("breaks", ("breaks", "break")),
    Heading("series", ("series",)),
    Heading("provider", ("provider",)),
)


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """The sessions of a file in the order of its rows; what it calls its fields; headings that mean nothing to us."""

    sessions: tuple[SessionDraft, ...]
    titles: Mapping[str, str]
    unread: tuple[str, ...]


def read_schedule(content: bytes, *, file: str, cohort: Cohort) -> ReadSchedule:
    """The sessions in a file, in the words and the time zone of a class. One query.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    table = read_table(content, file=file, headings=HEADINGS)
    problems = Problems(file, table.titles)
    reader = _Reader(cohort, vocabulary_of(cohort), problems)
    drafts = [reader.session(code, rows) for code, rows in _grouped(table, problems).items()]
    problems.refuse()
    return ReadSchedule(tuple(drafts), table.titles, table.unread)


def _grouped(table: Table, problems: Problems) -> dict[str, list[Cells]]:
    """The rows of each session; an empty code means the session of the row above."""
    found: dict[str, list[Cells]] = {}
    last = ""
    for row in table.rows:
        cells = Cells(row, problems)
        written = row["session"]
        last = slugify(written)[:80] if written else last
        if not last:
            cells.say(
                "session", "There is no session code here.", "Give each session a short code, like cecto-2016-01."
            )
            continue
        found.setdefault(last, []).append(cells)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the sessions of one class."""

    cohort: Cohort
    vocabulary: Vocabulary
    problems: Problems

    def session(self, code: str, rows: list[Cells]) -> SessionDraft:
        """One session from its rows."""
        shared = self._shared(rows)
        first = rows[0]
        on = shared["date"]
        breaks = self._breaks(rows, on)
        segments = [self._segment(cells, on, shared["format"], breaks) for cells in rows]
        return SessionDraft(
            code=code,
            title=shared["title"] or segments[0].title or code,
            day=on,
            segments=tuple(_in_turn(first, segments, breaks)),
            slot=shared["slot"] or "",
            category=shared["category"] or "",
            tags=tuple(shared["tags"] or ()),
            tracks=tuple(shared["tracks"] or ()),
            series=shared["series"] or "",
            provider=shared["provider"] or "",
            place=shared["place"] or "",
            link=shared["link"] or "",
            breaks=breaks,
            people=tuple(dict.fromkeys(name for cells in rows for name in words.listed(cells["instructors"], ";|"))),
        )

    def _shared(self, rows: list[Cells]) -> dict[str, Any]:
        """The first value of each shared column; another value further down is a problem, but for the format."""
        readers: dict[str, Callable[[str], object]] = {
            "title": words.short,
            "date": self._day,
            "format": words.modality,
            "slot": self.vocabulary.slot,
            "category": self.vocabulary.category,
            "tags": self.vocabulary.tags,
            "tracks": self._tracks,
            "place": words.short,
            "link": words.address,
            "breaks": words.time_spans,
            "series": words.word,
            "provider": words.word,
        }
        found: dict[str, Any] = {}
        for field, reader in readers.items():
            values = [cells.read(field, reader) for cells in rows]
            told = [(cells, value) for cells, value in zip(rows, values, strict=True) if value is not None]
            found[field] = told[0][1] if told else None
            for cells, value in told:
                if value != told[0][1] and field != "format":
                    cells.say(field, "This differs from the session's first row.", "Write the same, or leave it empty.")
        return found

    def _day(self, text: str) -> date:
        found = words.day(text)
        if not self.cohort.first_day <= found <= self.cohort.last_day:
            raise Unreadable(
                f"{found} is outside {self.cohort.name} ({self.cohort.first_day} to {self.cohort.last_day}).",
                "Correct the date, or change the class's first or last day first.",
            )
        return found

    def _tracks(self, text: str) -> list[str]:
        return self.vocabulary.tracks_called(text, of=self.cohort.name)

    def _instant(self, cells: Cells, field: str, on: date | None) -> datetime | None:
        zone = self.cohort.program.time_zone
        return cells.read(field, lambda text: words.instant(on, words.clock_time(text), zone) if on else None)

    def _segment(self, cells: Cells, on: date | None, usual: Modality | None, breaks: tuple[Span, ...]) -> SegmentDraft:
        start, end = self._instant(cells, "start", on), self._instant(cells, "end", on)
        if start and end and end <= start:
            cells.say("end", "It ends before it starts.", "Mend the start or the end; times are those of one day.")
            end = None
        planned = cells.read("minutes", words.minutes)
        room = minutes_without(start, end, breaks) if start and end else 0
        return SegmentDraft(
            row=cells.row.number,
            title=cells.read("segment", words.short) or cells.read("title", words.short) or "",
            competency=cells.read("competency", self.vocabulary.competency) or "",
            starts_at=start,
            ends_at=end,
            minutes=room if planned is None else planned,
            modality=cells.read("format", words.modality) or usual or Modality.F2F,
        )

    def _breaks(self, rows: list[Cells], on: date | None) -> tuple[Span, ...]:
        zone = self.cohort.program.time_zone
        cells = next((cells for cells in rows if cells["breaks"]), None)
        if cells is None or on is None:
            return ()
        return tuple(cells.read("breaks", lambda text: words.breaks(text, on, zone)) or ())


def _in_turn(first: Cells, segments: list[SegmentDraft], breaks: tuple[Span, ...]) -> list[SegmentDraft]:
    try:
        return in_turn(segments, breaks)
    except Unreadable as error:
        first.say("minutes", error.message, error.fix)
        return segments

"""Every layout that offices have, by the command that reads it, and the same files as people hand them on.

Each file is in the layout that its source documents, about the people and the day of `layouts.py`; no row is copied.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

import pytest
import xlsxwriter

from cecto.attendance.intervals import Interval
from cecto.attendance.presence import PlannedSegment, Timetable, presence
from cecto.attendance.reports import UNCOUNTED, read_report
from cecto.attendance.sightings import sighting_of
from cecto.classes.models import Modality
from tests.attendance.layouts import HERE, SETTING, WHOLE, Fall, at, make_fall, minutes, waiting

FILES = HERE / "layout_files"
STRAY = {"Stray Guest"}
ADA, BO, CARLA, DAN = WHOLE
ZOOM = "support.zoom.com KB0082659"
TEAMS = "support.microsoft.com Manage meeting attendance reports in Microsoft Teams"
TEAMS_FILE = "github.com/dvaneynde/teams-attendance data/IDL-14-11-22.csv"
GERMAN = "public readers look for “erster beitritt”, “beitrittszeit”, “letztes verlassen”, “verlassenszeit”"
POLISH = "public readers look for “Pierwsze dołączenie”, “Ostatnie wyjście”, “Czas udziału w spotkaniu”"
TRANSLATED = "translated from the English headings: no public file of this language was found"
ZOOM_READERS = "public readers of Zoom’s files look for “{}”"
NOT_FOUND = "as users know these files: no public file was found"
SHEET = "a sheet as people type it up"
BY_LANGUAGE = {"german": GERMAN, "polish": POLISH}
BBB = "github.com/bigbluebutton/bigbluebutton bbb-learning-dashboard/src/services/UserService.js"
CHECKED = {ADA: 165}
ARRIVED = {ADA: 165, BO: 145}

# File, where its headings are from, and whom it credits with what. What a file does not say it is not asked.
LAYOUTS: dict[str, tuple[str, dict[str, int], set[str]]] = {
    "zoom_block.csv": ("github.com/5l1v3r1/zoomcsv participants_123456789.csv", WHOLE, STRAY),
    "zoom_24h_day_first.csv": (ZOOM, WHOLE, STRAY),
    "zoom_unique_block.csv": (
        "github.com/andrewpknight/zoomGroupStats meeting001_participants.csv",
        {ADA: 165, BO: 150, CARLA: 140, DAN: 30},
        STRAY,
    ),
    "zoom_spanish.csv": ("readers of “Nombre (nombre original),Hora de entrada,Hora de salida”", WHOLE, STRAY),
    "zoom_german.csv": (GERMAN, WHOLE, STRAY),
    "zoom_french.csv": (TRANSLATED, WHOLE, STRAY),
    "zoom_portuguese.csv": (TRANSLATED, WHOLE, STRAY),
    "zoom_webinar.csv": (
        "support.zoom.com KB0067045; public attendee reports with three tables",
        WHOLE,
        {*STRAY, "Hal Host"},
    ),
    "zoom_admin_flat.csv": (
        "github.com/microsoft/vivainsights_zoom_int Admin/input/zoom_reports/README.md",
        WHOLE,
        STRAY,
    ),
    "zoom_excel_serials.csv": (ZOOM, WHOLE, STRAY),
    "zoom_excel_m_d_yy.csv": ("github.com/Lightbridge-KS/zoomclass participants_heroes_full.csv", WHOLE, STRAY),
    "zoom_utc_heading.csv": (ZOOM, WHOLE, STRAY),
    "zoom_offset.csv": (ZOOM, WHOLE, STRAY),
    "teams_list.csv": ("github.com/ujjwalravi/msteams-simplify README", WHOLE, STRAY),
    "teams_list_before.csv": ("github.com/ujjwalravi/msteams-simplify README", WHOLE, STRAY),
    "teams_list_german.csv": (GERMAN, WHOLE, STRAY),
    "teams_list_spanish.csv": (TRANSLATED, WHOLE, STRAY),
    "teams_2021.csv": (TEAMS, WHOLE, STRAY),
    "teams_sections.csv": (TEAMS_FILE, WHOLE, STRAY),
    "teams_sections_day_first.csv": (TEAMS_FILE, WHOLE, STRAY),
    **{
        f"teams_{language}{activities}.csv": (BY_LANGUAGE.get(language, TRANSLATED), WHOLE, STRAY)
        for language in ("german", "spanish", "french", "portuguese", "polish")
        for activities in ("", "_no_activities")
    },
    "meet_google.csv": ("support.google.com/meet/answer/10090454", WHOLE, STRAY),
    "meet_google_24h.csv": ("support.google.com/meet/answer/10090454?hl=de", WHOLE, STRAY),
    "meet_extension.csv": (
        "files of Meet attendance extensions in public repositories",
        {ADA: 165, BO: 135, DAN: 30},
        STRAY,
    ),
    "webex.csv": ("help.webex.com meeting reports; readers of “Attendee Email,Attendance Duration”", WHOLE, STRAY),
    "bbb.csv": (BBB, WHOLE, STRAY),
    "bbb_24h.csv": (BBB, WHOLE, STRAY),
    "adobe.csv": ("helpx.adobe.com/adobe-connect Generating reports about meetings", WHOLE, STRAY),
    "adobe_api.csv": ("helpx.adobe.com/adobe-connect/webservices report-meeting-attendance", WHOLE, STRAY),
    "gotomeeting.csv": ("developer.goto.com AttendeeByGroup", WHOLE, STRAY),
    "gotowebinar.csv": (NOT_FOUND, {ADA: 165, BO: 135}, set()),
    "blackboard.csv": ("class.com/support/collaborate/manager/attendee-report", WHOLE, STRAY),
    "roll_call.csv": ("community.canvaslms.com Roll Call attendance report", {ADA: 165, DAN: 0}, {BO}),
    "moodle.txt": ("github.com/danmarsden/moodle-mod_attendance locallib.php", {ADA: 165, DAN: 0}, set()),
    "eventbrite.csv": (NOT_FOUND, CHECKED, set()),
    "eventbrite_status.csv": (NOT_FOUND, CHECKED, set()),
    "cvent.csv": (NOT_FOUND, CHECKED, set()),
    "whova.csv": (NOT_FOUND, CHECKED, set()),
    "google_forms.csv": ("support.google.com/docs/answer/2917686", ARRIVED, set()),
    "microsoft_forms.csv": ("support.microsoft.com Check and share your form results", ARRIVED, set()),
    "paper_hours.csv": (SHEET, {ADA: 165, BO: 145, DAN: 30}, set()),
    "paper_range.csv": (SHEET, {ADA: 165, CARLA: 105, DAN: 30}, set()),
    "paper_yes_no.csv": (SHEET, {ADA: 165, CARLA: 165, DAN: 0}, set()),
    "paper_excel_times.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_marks_day.csv": (SHEET, {ADA: 165}, set()),
    "paper_spanish.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_titles.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_dots.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_0900.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_hours_attended.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_absent.csv": (SHEET, {DAN: 0}, set()),
    "paper_minutes.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_hours_number.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "events.csv": ("a log of comings and goings as a door system writes it", WHOLE, STRAY),
    "day_column.csv": (NOT_FOUND, {ADA: 165, DAN: 0}, set()),
    "zoom_total_row.csv": (ZOOM, WHOLE, STRAY),
    "other_list.csv": ("a list of no system that we know", WHOLE, STRAY),
    "meet_first_last_seen.csv": ("files of Meet attendance extensions in public repositories", WHOLE, STRAY),
    "teams_graph.csv": ("learn.microsoft.com/graph/api/resources/attendancerecord", WHOLE, STRAY),
    "teams_live_event.csv": ("github.com/renefb/teams-report-converter README", WHOLE, STRAY),
    "webex_2020.csv": (NOT_FOUND, WHOLE, STRAY),
    "webex_zone_in_heading.csv": ("help.webex.com meeting reports", WHOLE, STRAY),
    "blackboard_session.csv": ("help.blackboard.com Session attendance report", WHOLE, STRAY),
    "cvent_session.csv": (NOT_FOUND, WHOLE, STRAY),
    "google_forms_in_out.csv": ("support.google.com/docs/answer/2917686", {ADA: 165, DAN: 30}, set()),
    "google_forms_spanish.csv": ("support.google.com/docs/answer/2917686?hl=es", CHECKED, set()),
    "zoom_portuguese_brazil.csv": (
        ZOOM_READERS.format("Nome (nome original),E-mail,Ingressar na hora,Hora de saída"),
        WHOLE,
        STRAY,
    ),
    "zoom_spanish_2024.csv": (
        ZOOM_READERS.format("Nombre (nombre original),Correo electrónico,Hora de entrada"),
        WHOLE,
        STRAY,
    ),
    "zoom_2024_block.csv": (
        ZOOM_READERS.format("Name (original name),Email,Total duration (minutes),Guest"),
        WHOLE,
        STRAY,
    ),
    "zoom_french_2024.csv": (
        ZOOM_READERS.format("Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée"),
        WHOLE,
        STRAY,
    ),
    "zoom_dashboard.csv": (ZOOM, WHOLE, STRAY),
    "teams_list_french.csv": (TRANSLATED, WHOLE, STRAY),
    "teams_list_portuguese.csv": (TRANSLATED, WHOLE, STRAY),
    "teams_list_polish.csv": (TRANSLATED, WHOLE, STRAY),
    "teams_list_marks.csv": (
        "github.com/ujjwalravi/msteams-simplify README, with the marks of direction of older Windows",
        WHOLE,
        STRAY,
    ),
    "teams_webinar.csv": (TEAMS, {ADA: 165}, set()),
    "meet_spanish.csv": (TRANSLATED, {ADA: 165, DAN: 30}, set()),
    "meet_french.csv": (TRANSLATED, {ADA: 165, DAN: 30}, set()),
    "meet_portuguese.csv": (TRANSLATED, {ADA: 165, DAN: 30}, set()),
    "webex_formulas.csv": (NOT_FOUND, WHOLE, STRAY),
    "adobe_iso.csv": (
        "helpx.adobe.com/adobe-connect/webservices report-meeting-attendance",
        {ADA: 165, DAN: 30},
        set(),
    ),
    "gotowebinar_columns.csv": (NOT_FOUND, {ADA: 165, DAN: 30}, set()),
    "eventbrite_buyer.csv": (NOT_FOUND, {ADA: 165}, set()),
    "google_forms_question.csv": ("support.google.com/docs/answer/2917686", {ADA: 165, BO: 145}, set()),
    "microsoft_forms_french.csv": (TRANSLATED, {ADA: 165}, set()),
    "paper_french.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_left.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_noon.csv": (SHEET, {ADA: 165, DAN: 30, BO: 145}, set()),
    "paper_side_by_side.csv": (SHEET, {ADA: 165, BO: 145, DAN: 30}, set()),
    "paper_two_ranges.csv": (SHEET, {ADA: 135, BO: 135, DAN: 30}, set()),
    "paper_german.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_other_days.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
    "paper_last_first.csv": (SHEET, {ADA: 165, DAN: 30}, set()),
}
REFUSED = {
    "zoom_registration.csv": "zoom_registration.csv, row 6: This is a registration report",
    "zoom_usage.csv": "zoom_usage.csv, row 1: This is Zoom's list of meetings",
    "teams_times_hidden.csv": "teams_times_hidden.csv: This Teams report says who came and not when.",
    "class_list.csv": "class_list.csv, row 1: This is a list of people",
    "invoice.csv": "invoice.csv, row 1: The headings are not those of a known report",
    "gradebook.csv": "gradebook.csv, row 1: This is a Canvas gradebook",
}


@pytest.fixture
def fall(db: None) -> Fall:
    return make_fall()


def test_the_command_gives_each_layout_its_own_minutes(fall: Fall) -> None:
    told = {name: fall.told(FILES / name) for name in LAYOUTS}
    found = {name: (minutes(one), waiting(one)) for name, one in told.items()}
    assert found == {name: (expected, waits) for name, (_, expected, waits) in LAYOUTS.items()}


def test_files_of_other_kinds_are_refused_with_what_they_are(fall: Fall) -> None:
    for name, why in REFUSED.items():
        told = fall.told(FILES / name)
        (reason,) = told["refused"]
        assert (told["ready"], reason["row"], reason["why"][: len(why)]) == (0, None, why)
        assert reason["do"]


def test_every_layout_is_listed_with_its_source() -> None:
    assert {path.name for path in FILES.iterdir()} == {*LAYOUTS, *REFUSED}
    assert all(source for source, _, _ in LAYOUTS.values())


Rows = list[list[str]]


def text_of(name: str) -> str:
    content = (FILES / name).read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    return content.decode("cp1252" if name == "paper_spanish.csv" else "utf-8-sig")


def rows_of(name: str) -> Rows:
    text = text_of(name)
    separator = max("\t;,", key=lambda mark: text.count(mark) * (10 if mark != "," else 1))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def written(rows: Rows, separator: str, line_end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def saved_by_excel(rows: Rows) -> bytes:
    """As a workbook in which Excel has read the American dates and times as what they are."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        clock = book.add_format({"num_format": "m/d/yy h:mm"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                moment = american(cell)
                if moment:
                    sheet.write_datetime(number, place, moment, clock)
                else:
                    sheet.write_string(number, place, cell)
    return out.getvalue()


def american(cell: str) -> datetime | None:
    try:
        return datetime.strptime(cell, "%m/%d/%Y %I:%M:%S %p")  # noqa: DTZ007 - a workbook has no zones
    except ValueError:
        return None


def in_windows(text: str) -> bytes:
    """In the encoding of Windows in the West, where it has the letters; Polish ones it does not have."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def wider(rows: Rows) -> Rows:
    """With empty columns behind, and a note far to the right, as a workbook saved as CSV has them."""
    return [[*row, "", "", "seen" if number == len(rows) - 1 else ""] for number, row in enumerate(rows)]


HANDED_ON: dict[str, Callable[[Rows], bytes]] = {
    "semicolons, Windows": lambda rows: in_windows(written(rows, ";")),
    "tabs, UTF-16": lambda rows: written(rows, "\t").encode("utf-16"),
    "commas, with mark, Unix lines": lambda rows: written(rows, ",", "\n").encode("utf-8-sig"),
    "old Macintosh lines": lambda rows: written(rows, ",", "\r").encode(),
    "wider": lambda rows: written(wider(rows), ",").encode(),
    "Excel's separator line": lambda rows: ("sep=;\r\n" + written(rows, ";")).encode(),
    "a workbook": saved_by_excel,
}
MORNING = Interval(at("9:00"), at("12:00"))
BREAK = Interval(at("10:30"), at("10:45"))
TIMETABLE = Timetable(MORNING, (PlannedSegment("p1", MORNING, 165, Modality.SYNC),), (BREAK,))


def read_minutes(content: bytes) -> dict[str, int]:
    """Minutes by the key that spelling does not change: the address, else the first name's first letter."""
    report = read_report(content, SETTING)
    seen = defaultdict(list)
    for row in report.rows:
        if not row.flags & UNCOUNTED:
            sighting = sighting_of(
                report.source,
                row.flags,
                joined=row.joined,
                left=row.left,
                seconds=row.seconds,
                where=None,
                timetable=TIMETABLE,
            )
            seen[row.email or row.name[:1]].append(sighting)
    return {who: presence(sightings, TIMETABLE).attended for who, sightings in seen.items()}


@pytest.mark.parametrize("way", HANDED_ON)
def test_a_file_handed_on_gives_the_same_minutes(way: str) -> None:
    """The second variant of every layout."""
    straight = {name: read_minutes((FILES / name).read_bytes()) for name in LAYOUTS}
    again = {name: read_minutes(HANDED_ON[way](rows_of(name))) for name in LAYOUTS}
    assert again == straight

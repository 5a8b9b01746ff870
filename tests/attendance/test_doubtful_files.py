"""Files that leave a doubt of the kind that once credited somebody wrongly: they ask, or say what to do."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from cecto.attendance.actions import settle_meeting
from cecto.attendance.actions.settlements import NotReady
from cecto.attendance.models import Report
from tests.attendance.layouts import EVENING, Document, Fall, make_fall, minutes, run, waiting
from tests.attendance.world import BY, coordinator

ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)"


@pytest.fixture
def fall(db: None) -> Fall:
    return make_fall()


def told(fall: Fall, folder: Path, content: bytes) -> Document:
    path = folder / "file.csv"
    path.write_bytes(content)
    found = fall.told(path)
    assert Report.objects.count() == 0
    return found


REFUSED = {
    "a list of meetings, in Spanish": (
        "Tema,ID de la reunión,Nombre de usuario,Correo electrónico,Hora de inicio,Hora de finalización,Participantes\n"
        "Clase,812,Ada Núñez,ada@example.org,14/10/2026 08:55,14/10/2026 12:05,5",
        "row 1: This is Zoom's list of meetings",
    ),
    "a list of meetings, in German": (
        "Thema,Meeting-ID,Benutzername,Benutzer-E-Mail,Startzeit,Endzeit,Dauer (Minuten),Teilnehmer\n"
        "Kurs,812,Ada Núñez,ada@example.org,14.10.2026 08:55,14.10.2026 12:05,190,5",
        "row 1: This is Zoom's list of meetings",
    ),
    "times of going under a heading that is not known": (
        "Name,Sign in,When did you go?\nAda Núñez,9:00,12:00\nDan Osei,9:00,9:30",
        "column “When did you go?”: The column “When did you go?” holds times, and it is not clear of what.",
    ),
    "half of it in Italian": (
        "Name (Original Name),Join Time,Ora di uscita\nDan Osei,10/14/2026 09:00:00,10/14/2026 09:30:00",
        "column “Ora di uscita”: The column “Ora di uscita” holds times, and it is not clear of what.",
    ),
    "lengths of another day": (
        "Name,Date,Hours\nAda Núñez,10/7/2026,3",
        "The file has only other days: 2026-10-07.",
    ),
    "check-ins of another day": (
        "First Name,Last Name,Email,Check-in Status,Date\nAda,Núñez,ada@example.org,Checked in,10/7/2026",
        "The file has only other days: 2026-10-07.",
    ),
    "a register called twice in one session": (
        "Name,10/14/2026 9:00 AM,10/14/2026 9:30 AM\nAda Núñez,x,x\nDan Osei,x,",
        "row 1: The file has several columns for this day",
    ),
    "another year": (
        f"{ZOOM}\nAda Núñez,ada@example.org,10/14/2025 08:55:04 AM,10/14/2025 12:03:10 PM,189",
        "No row falls into the session",
    ),
    "a file in Italian": (
        "Nome completo,Orario di ingresso,Orario di uscita,Durata\nAda Núñez,14/10/2026 08:55,14/10/2026 12:03,188",
        "row 1: The headings are not those of a known report",
    ),
    "letters that mean one thing here and another there": (
        "Name,Attendance\nAda Núñez,O\nDan Osei,S",
        "“O” is none of present, late and absent.",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_understood_credits_nobody(fall: Fall, tmp_path: Path, kind: str) -> None:
    text, why = REFUSED[kind]
    found = told(fall, tmp_path, text.encode())
    assert (found["ready"], found["people"]) == (0, [])
    assert why in found["refused"][0]["why"]
    assert found["refused"][0]["do"]


def test_a_file_in_a_language_that_is_not_read_says_which_export_to_make(fall: Fall, tmp_path: Path) -> None:
    (reason,) = told(fall, tmp_path, REFUSED["a file in Italian"][0].encode())["refused"]
    assert "set the program it is from to English and export it again: in Zoom the participants" in reason["do"]
    assert "use the headings Name, Email, In, Out" in reason["do"]


ASKED = {
    "lengths that are seconds, under no unit": (
        "Name,Duration\nAda Núñez,11286\nDan Osei,1800\nBo Lindqvist,90m",
        {"Bo Lindqvist": 90},
        {"Ada Núñez", "Dan Osei"},
    ),
    "a length longer than a day": (
        "Name,Minutes\nAda Núñez,99999\nDan Osei,30",
        {"Dan Osei": 30},
        {"Ada Núñez"},
    ),
    "there, and nobody says when": (
        "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest\n"
        "Yes,Ada Núñez,ada@example.org,--,--,--,Yes\n"
        "Yes,Dan Osei,dan@example.org,10/14/2026 9:00:00 AM,10/14/2026 9:30:00 AM,30,Yes",
        {"Dan Osei": 30},
        {"Ada Núñez"},
    ),
    "tardy": (
        "Name,Attendance\nAda Núñez,P\nBo Lindqvist,T\nDan Osei,A",
        {"Ada Núñez": 165, "Dan Osei": 0},
        {"Bo Lindqvist"},
    ),
    "some rows of other days": (
        "Name,Date,Minutes\nAda Núñez,2026-10-07,165\nDan Osei,2026-10-14,30",
        {"Dan Osei": 30},
        set(),
    ),
    "sums, means and a footer": (
        "Name,Minutes\nDan Osei,30\nTOTAL,195\nMean,97.5\nTotal participants: 2,\nGrand total minutes,195",
        {"Dan Osei": 30},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ASKED)
def test_a_row_in_doubt_waits_and_the_others_are_read(fall: Fall, tmp_path: Path, kind: str) -> None:
    text, expected, waits = ASKED[kind]
    found = told(fall, tmp_path, text.encode())
    assert (minutes(found), waiting(found), found["refused"]) == (expected, waits, [])


def test_who_is_late_by_unknown_minutes_waits_in_the_file_and_when_settling(fall: Fall, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(ASKED["tardy"][0])
    assert waiting(fall.told(path)) == {"Bo Lindqvist"}
    run("import", "attendance", str(path), *fall.where, "--format", "json")
    with pytest.raises(NotReady, match="Sources disagree about Bo Lindqvist"):
        settle_meeting(meeting=fall.meeting, by=BY, at=EVENING)
    page = coordinator().get(f"/console/sessions/{fall.meeting.key}/attendance/reconcile/").content.decode()
    assert "Times don’t match" in page
    assert "marked late without minutes: set them by hand" in page


def test_a_file_is_read_from_a_pipe(fall: Fall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Name,Minutes\nDan Osei,30\n")))
    found = fall.told(Path("-"))
    assert (found["file"]["name"], minutes(found)) == ("standard input", {"Dan Osei": 30})


def test_rows_of_other_days_are_told(fall: Fall, tmp_path: Path) -> None:
    found = told(fall, tmp_path, ASKED["some rows of other days"][0].encode())
    assert "1 rows are of other days and do not count." in found["remarks"]


def test_parts_of_a_day_without_their_format_ask(fall: Fall, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Name", "Join Time", "Duration"],
        ["Ada Núñez", datetime(2026, 10, 14, 8, 55, 4), 0.130625],  # noqa: DTZ001 - a workbook has no zones
        ["Dan Osei", datetime(2026, 10, 14, 9), "30 min"],  # noqa: DTZ001 - a workbook has no zones
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    found = told(fall, tmp_path, content.getvalue())
    assert (minutes(found), waiting(found)) == ({"Dan Osei": 30}, {"Ada Núñez"})


def test_the_host_named_in_the_block_above_is_no_question(fall: Fall, tmp_path: Path) -> None:
    text = (
        "Topic,ID,Host name,Duration (minutes),Start time,End time,Participants\n"
        "Clase,812,Hal (hal@x.example),200,10/14/2026 08:50:00 AM,10/14/2026 12:05:00 PM,2\n\n"
        "Name (original name),Email,Total duration (minutes),Guest\n"
        "Dan Osei,dan@example.org,30,Yes\nHal,hal@x.example,195,No\n"
    )
    found = told(fall, tmp_path, text.encode())
    assert (minutes(found), waiting(found)) == ({"Dan Osei": 30}, set())

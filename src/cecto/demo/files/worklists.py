"""The work of a class, in the layout that `cecto import work` reads."""

from __future__ import annotations

from cecto.demo.files.sheets import csv_text
from cecto.demo.story.people import CECTO, CGCIO, CIO, DIRECTOR
from cecto.demo.story.work import Task, tasks

GROUP = {CECTO: DIRECTOR, CGCIO: CIO}
_HEADING = ("Code", "Title", "Kind", "Minutes", "Format", "Competency", "Tracks", "Required", "Due", "Accepted until")


def worklist(program: str) -> str:
    """Everything that the class of a program is given to do."""
    return csv_text(_HEADING, (_row(program, task) for task in tasks() if program in task.programs))


def _row(program: str, task: Task) -> tuple[object, ...]:
    return (
        task.code,
        task.title,
        task.kind,
        task.minutes,
        "async",
        task.competency if program == CECTO else "",
        GROUP[program],
        "yes" if task.kind == "assignment" else "no",
        task.due.isoformat(),
        task.accepted_until.isoformat(),
    )

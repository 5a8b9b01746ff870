"""Assignments, modules and projects, and who did not hand one in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cecto.demo.story.people import CECTO, CGCIO
from cecto.demo.story.reading import rows
from cecto.demo.story.turns import LEFT, steady

# Who never handed in what; everyone else does.
NOT_DONE = {
    "harlan": {"assignment-2", "assignment-3", "module-5", "module-6", "best-practice-project"},
    "cheyenne": {"assignment-3"},
    "orson": {"assignment-6", "module-6"},
}


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work of one or both classes. `minutes` is what it is worth at most."""

    code: str
    kind: str
    programs: tuple[str, ...]
    title: str
    competency: str
    minutes: int
    due: date
    accepted_until: date

    @property
    def judged(self) -> bool:
        """Whether a panel judges it, rather than that it is accepted for its minutes."""
        return self.kind == "project"


@cache
def tasks() -> tuple[Task, ...]:
    """All work of the year, in order of its due day."""
    return tuple(sorted((_task(row) for row in rows("work.csv")), key=lambda task: (task.due, task.code)))


def done_on(task: Task, handle: str) -> date | None:
    """The day someone's work was done: one of three around the due day, never after the last; None if it never was."""
    if task.code in NOT_DONE.get(handle, set()):
        return None
    accepted = task.due + timedelta(days=3 * steady(3, task.code, handle) - 2)
    day = task.due if task.judged else min(accepted, task.accepted_until)
    return None if handle in LEFT and LEFT[handle] <= day else day


def _task(row: dict[str, str]) -> Task:
    return Task(
        code=row["code"],
        kind=row["kind"],
        programs=(row["program"],) if row["program"] else (CECTO, CGCIO),
        title=row["title"],
        competency=row["competency"],
        minutes=int(row["minutes"]),
        due=date.fromisoformat(row["due"]),
        accepted_until=date.fromisoformat(row["accepted_until"]),
    )

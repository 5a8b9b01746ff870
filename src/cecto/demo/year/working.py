"""Work of the year: what is given out, what is accepted, what a panel says of the projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime

from cecto.coursework.actions import accept_work, import_work, record_verdict
from cecto.coursework.importing.preview import preview_work
from cecto.demo.files.worklists import GROUP, worklist
from cecto.demo.story.people import CECTO, CGCIO, Member, members
from cecto.demo.story.work import Task, done_on, tasks
from cecto.demo.year.world import Event, acting, cohort, instant, item, keep_file, person

PANEL = {CECTO: ("instructor", "lawyer"), CGCIO: ("instructor",)}
# Whose project the panel first sent back, and when.
SENT_BACK = {("cgcio", "tobias"): date(2016, 6, 10), ("cecto", "wesley"): date(2016, 6, 8)}


def events() -> Iterator[Event]:
    """Work is given out in August; then it is accepted as it comes in, and judged in June."""
    for program in (CECTO, CGCIO):
        yield Event(instant(date(2015, 8, 5), "10:00"), f"The work of {program.upper()} is imported", _give(program))
        for task in _of(program):
            yield from _judged(program, task) if task.judged else _accepted(program, task)


def _of(program: str) -> list[Task]:
    return [task for task in tasks() if program in task.programs]


def _give(program: str) -> Callable[[datetime], None]:
    def give(at: datetime) -> None:
        file, into = f"{program}-work.csv", cohort(program)
        content = keep_file(file, worklist(program))
        seen = preview_work(content, file=file, cohort=into).fingerprint
        import_work(content=content, file=file, cohort=into, seen=seen, by=acting("coordinator"), at=at)

    return give


def _accepted(program: str, task: Task) -> Iterator[Event]:
    by_day: dict[date, list[Member]] = defaultdict(list)
    for who in members(GROUP[program]):
        if day := done_on(task, who.handle):
            by_day[day].append(who)
    for day, people in by_day.items():
        words = f"{task.title}: accepted of {len(people)} in {program.upper()}"
        yield Event(instant(day, "15:00"), words, _accept(program, task, day, people))


def _accept(program: str, task: Task, day: date, people: list[Member]) -> Callable[[datetime], None]:
    def accept(at: datetime) -> None:
        whose = [person(who.handle) for who in people]
        accept_work(item=item(program, task.code), people=whose, on=day, by=acting("instructor"), at=at)

    return accept


def _judged(program: str, task: Task) -> Iterator[Event]:
    for who in members(GROUP[program]):
        back = SENT_BACK.get((program, who.handle))
        if back:
            words = f"{task.title}: one is sent back"
            yield Event(instant(back, "16:00"), words, _judge(program, task, who, back, "revise"))
        if day := done_on(task, who.handle):
            words = f"{task.title} of {who.name}: passed"
            yield Event(instant(day, "18:00"), words, _judge(program, task, who, day, "pass"))


def _judge(program: str, task: Task, who: Member, day: date, outcome: str) -> Callable[[datetime], None]:
    def judge(at: datetime) -> None:
        record_verdict(
            item=item(program, task.code),
            person=person(who.handle),
            outcome=outcome,
            judges=[person(handle) for handle in PANEL[program]],
            on=day,
            by=acting("instructor"),
            at=at,
        )

    return judge

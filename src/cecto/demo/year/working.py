"""Work of the year: what is given out, what is accepted, what a panel says of the projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime

from cecto.coursework.actions import accept_work, add_item, record_verdict
from cecto.coursework.models import Item
from cecto.coursework.plans import ItemPlan
from cecto.demo.story.people import CECTO, CGCIO, CIO, DIRECTOR, Member, members
from cecto.demo.story.work import Task, done_on, tasks
from cecto.demo.year.world import Event, acting, cohort, instant, item, person

GROUP = {CECTO: DIRECTOR, CGCIO: CIO}
PANEL = {CECTO: ("instructor", "lawyer"), CGCIO: ("instructor",)}
# Whose project the panel first sent back, and when.
SENT_BACK = {("cgcio", "tobias"): date(2016, 6, 10), ("cecto", "wesley"): date(2016, 6, 8)}


def events() -> Iterator[Event]:
    """Work is given out in August; then it is accepted as it comes in, and judged in June."""
    for program in (CECTO, CGCIO):
        yield Event(instant(date(2015, 8, 5), "10:00"), f"The work of {program.upper()} is given out", _give(program))
        for task in _of(program):
            yield from _judged(program, task) if task.judged else _accepted(program, task)


def _of(program: str) -> list[Task]:
    return [task for task in tasks() if program in task.programs]


def _give(program: str) -> Callable[[datetime], None]:
    def give(at: datetime) -> None:
        for task in _of(program):
            add_item(cohort=cohort(program), plan=_plan(program, task), by=acting("coordinator"), at=at)

    return give


def _plan(program: str, task: Task) -> ItemPlan:
    return ItemPlan(
        code=task.code,
        kind=Item.Kind(task.kind),
        title=task.title,
        minutes=task.minutes,
        competency=task.competency if program == CECTO else "",
        tracks=(GROUP[program],),
        required=task.kind == "assignment",
        due_on=task.due,
        accepted_until=task.accepted_until,
    )


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

"""Words are checked at the door: every way in, every sort of word: title or word is taken, an unknown one refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.classes import actions
from cecto.classes.models import Cohort, Meeting, MeetingLink
from cecto.classes.schedule.actions import import_schedule
from cecto.coursework.actions import import_work
from cecto.coursework.models import Item
from cecto.foundation.sheets import SheetRefused
from cecto.ledger.models import Entry
from cecto.programs.models import Definition, Program
from tests.classes import made
from tests.classes.browsing import browser, words_of
from tests.classes.made import AT, BY
from tests.programs.texts import definition_text

pytestmark = pytest.mark.django_db

RULES = """competencies: {security: Security and privacy, legal: Legal issues}
require:
  id: all
  title: All of it
  all:
    - {id: hours, title: Hours, measure: hours, at_least: 240h}
    - id: days
      title: Days
      measure: count
      where: {any: [{slot: joint-day}, {tag: joint}, {category: leadership}]}
      at_least: 1
    - {id: project, title: Project, measure: verdict, of: project, panel: 1, outcome: pass}
"""


@pytest.fixture
def cohort() -> Cohort:
    text = definition_text().replace("require: {id: hours, title: Hours, measure: hours, at_least: 240h}\n", RULES)
    definition = Definition.objects.create(
        program=Program.objects.create(code="cecto", name="CeCTO"),
        track=made.DIRECTOR,
        catalogue="2015-16",
        version=1,
        title="CeCTO",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        published_at=AT,
        published_by="test",
    )
    return actions.begin_class(
        program=definition.program,
        code="cecto-2016",
        name="Class of 2016",
        first_day=made.FIRST,
        last_day=made.LAST,
        tracks=[("Technology directors", definition)],
        by=BY,
        at=AT,
    )


# Each sort of word: as a title or in other letters, the word that is meant, a wrong one, and the nearest right one.
SORTS = {
    "competency": ("Security and Privacy", "security", "Secruity", "“Security and privacy” (security)"),
    "slot": ("Joint Day", "joint-day", "joint-dya", "“joint-day”"),
    "tags": ("JOINT", "joint", "jiont", "“joint”"),
    "category": ("Leadership", "leadership", "leadrship", "“leadership”"),
    "tracks": (
        "technology Directors",
        "technology-director",
        "technology-directer",
        "“Technology directors” (technology-director)",
    ),
    "format": ("Face to face", "f2f", "face too face", "f2f (in the room)"),
    "outcome": ("Not passed", "fail", "passs", "“Pass” (pass)"),
}


def schedule_file(cohort: Cohort, sort: str, text: str) -> str:
    row = {"session": "a", "date": "2015-09-01", "start": "9:00", "end": "10:00", "format": "sync"} | {sort: text}
    content = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    import_schedule(content=content, file="plan.csv", cohort=cohort, by=BY, at=AT)
    return said_of_session(sort)


def said_of_session(sort: str) -> str:
    link = MeetingLink.objects.get(superseded_at=None)
    told = {
        "competency": "".join(link.competencies.values()),
        "tags": "".join(link.tags),
        "tracks": "".join(link.tracks),
        "format": link.meeting.revisions.get().modality,
    }
    return str(told.get(sort) or getattr(link, sort))


def work_file(cohort: Cohort, sort: str, text: str) -> str:
    row = {"code": "a", "title": "A", "kind": "assignment", "minutes": "60", "format": "sync"} | {sort: text}
    content = f"{','.join(row)}\n{','.join(row.values())}\n".encode()
    import_work(content=content, file="work.csv", cohort=cohort, by=BY, at=AT)
    return said_of_work(sort)


def said_of_work(sort: str) -> str:
    item = Item.objects.get()
    told = {"tags": "".join(item.tags), "tracks": "".join(item.tracks), "format": item.modality}
    return str(told.get(sort) or getattr(item, sort))


class PageRefused(Exception):
    """A page answered with what is wrong."""


def posted(client: Client, path: str, fields: dict[str, str]) -> None:
    answer = client.post(path, fields)
    if answer.status_code == 422:
        raise PageRefused(words_of(answer.content))
    assert answer.status_code == 302


def session_page(cohort: Cohort, sort: str, text: str) -> str:
    frame = {"title": "A", "day": "2015-09-01", "start": "9:00 AM", "end": "10:00 AM", "modality": "f2f"}
    posted(browser(), f"/console/classes/{cohort.key}/schedule/add/", frame | {sort: text})
    return said_of_session(sort)


def link_page(cohort: Cohort, sort: str, text: str) -> str:
    meeting = made.meeting(cohort, "ours")
    posted(browser(), f"/console/classes/{cohort.key}/schedule/{meeting.key}/words/", {sort: text})
    return said_of_session(sort)


def work_page(cohort: Cohort, sort: str, text: str) -> str:
    frame = {"title": "A", "code": "a", "kind": "assignment", "minutes": "90", "modality": "async"}
    posted(browser(), f"/console/classes/{cohort.key}/work/add/", frame | {sort: text})
    return said_of_work(sort)


def study_page(cohort: Cohort, sort: str, text: str) -> str:
    ana = enrolled(cohort)
    frame = {"person": ana, "title": "A", "minutes": "1 h", "modality": "f2f", "on": "2015-10-20"}
    posted(browser(), f"/console/classes/{cohort.key}/credit/study/", frame | {sort: text})
    return said_of_study(sort)


def said_of_study(sort: str) -> str:
    activity = Entry.objects.get().activity
    facet = activity.facets["cecto"]
    told = {"tags": "".join(facet["tags"]), "format": activity.modality}
    return str(told.get(sort) or facet[sort])


def enrolled(cohort: Cohort) -> str:
    person = made.person("Ana Núñez")
    track = cohort.tracks.get()
    actions.enroll(person=person, track=track, organization=None, on=made.FIRST, by=BY, at=AT)
    return person.key


def run(*arguments: str) -> None:
    call_command(*arguments, stdout=StringIO(), stderr=StringIO())


def study_command(cohort: Cohort, sort: str, text: str) -> str:
    told = {"format": "f2f"} | {sort: text}
    frame = [f"--person={enrolled(cohort)}", "--on=2015-10-20", "--title=A", "--minutes=60", f"--class={cohort.code}"]
    run("record", "study", *frame, *(f"--{name}={value}" for name, value in told.items()))
    return said_of_study(sort)


def verdict_command(cohort: Cohort, sort: str, text: str) -> str:
    work_file(cohort, "kind", "project")
    judge = made.person("Bo Tran")
    who = [f"--person={enrolled(cohort)}", f"--judge={judge.key}", "--on=2015-10-20", f"--class={cohort.code}"]
    run("record", "verdict", *who, "--work=a", f"--{sort}={text}")
    return str(Entry.objects.get().outcome)


def schedule_command(cohort: Cohort, sort: str, text: str, path: Path = Path("plan.csv")) -> str:
    row = {"session": "a", "date": "2015-09-01", "start": "9:00", "end": "10:00", "format": "sync"} | {sort: text}
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    out = StringIO()
    call_command("import", "schedule", str(path), "--class", cohort.code, stdout=out, stderr=out)
    return said_of_session(sort)


SESSION_WORDS = ("competency", "slot", "tags", "category", "tracks", "format")
WORK_WORDS = ("competency", "tags", "category", "tracks", "format")
DOORS: list[tuple[Callable[[Cohort, str, str], str], tuple[str, ...]]] = [
    (schedule_file, SESSION_WORDS),
    (schedule_command, SESSION_WORDS),
    (work_file, WORK_WORDS),
    # Pages offer competencies, tracks and formats to choose from: only what is typed can be wrong.
    (session_page, ("slot", "tags", "category")),
    (link_page, ("slot", "tags", "category")),
    (work_page, ("tags", "category")),
    (study_page, ("category",)),
    (study_command, ("competency", "tags", "category", "format")),
    (verdict_command, ("outcome",)),
]
TABLE = [(door, sort) for door, sorts in DOORS for sort in sorts]


@pytest.mark.parametrize(("door", "sort"), TABLE)
def test_a_title_or_word_in_any_letters_is_taken(
    door: Callable[[Cohort, str, str], str],
    sort: str,
    cohort: Cohort,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    title, word, *_ = SORTS[sort]
    assert door(cohort, sort, title) == word


@pytest.mark.parametrize(("door", "sort"), TABLE)
def test_an_unknown_word_is_refused_with_the_nearest_right_one_and_nothing_is_kept(
    door: Callable[[Cohort, str, str], str],
    sort: str,
    cohort: Cohort,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    *_, wrong, nearest = SORTS[sort]
    with pytest.raises((SheetRefused, CommandError, PageRefused)) as refused:
        door(cohort, sort, wrong)
    assert f"“{wrong}”" in str(refused.value)
    assert f"Did you mean {nearest}" in str(refused.value)
    assert not Entry.objects.exists()
    assert not MeetingLink.objects.exclude(slot="", category="", tags=[]).exists()
    assert not Item.objects.exclude(kind="project").exists()
    assert door is link_page or not Meeting.objects.exists()

"""What the demo has built so far, by the story's own words: people, classes, sessions and work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from django.conf import settings

from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.coursework.models import Item
from cecto.demo.story.people import member
from cecto.demo.story.sessions import at
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person

CLASS_OF = {"cecto": "cecto-2016", "cgcio": "cgcio-2016"}
OPERATOR = Actor.command("demo")
FILES = "demo-files"


@dataclass(frozen=True, slots=True)
class Event:
    """Something done at an instant (UTC). `words` says what, for whoever watches the demo being built."""

    at: datetime
    words: str
    do: Callable[[datetime], None]


def instant(day: date, clock: str) -> datetime:
    """That clock time (like 16:40) of that day in North Carolina, in UTC."""
    return at(day, time.fromisoformat(clock)).astimezone(UTC)


def person(handle: str) -> Person:
    """A person of the story, once they are there. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=_person_id(handle))


def acting(handle: str) -> Actor:
    """A person of the story as the one who acts."""
    found = person(handle)
    return Actor.person(found.key, found.pk)


def cohort(program: str) -> Cohort:
    """The class of a program."""
    return Cohort.objects.select_related("program").get(code=CLASS_OF[program])


def meeting(code: str) -> Meeting:
    """A session of the story."""
    return Meeting.objects.select_related("owner__program").get(code=code)


def enrollment(handle: str) -> Enrollment:
    """A person's enrollment in their class."""
    rows = Enrollment.objects.select_related("person", "organization", "track__definition", "cohort__program")
    return rows.get(person=person(handle), track__track=member(handle).group)


def item(program: str, code: str) -> Item:
    """A piece of work of a class."""
    return Item.objects.select_related("cohort__program").get(
        cohort__code=CLASS_OF[program], code=code, withdrawn_at=None
    )


def keep_file(name: str, text: str) -> bytes:
    """Write a file where whoever tries the demo finds it; return its bytes."""
    folder = Path(settings.CECTO_HOME) / FILES
    folder.mkdir(exist_ok=True)
    content = text.encode()
    (folder / name).write_bytes(content)
    return content


def forget() -> None:
    """Forget which rows are whose: the database is another one now."""
    _person_id.cache_clear()


@cache
def _person_id(handle: str) -> int:
    return Person.objects.get(emails__address=member(handle).email).pk

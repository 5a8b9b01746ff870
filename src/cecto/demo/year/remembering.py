"""Awards of past classes are recorded; holders say what the public registry may list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from cecto.credentials.listing.actions import Asked, let_list
from cecto.credentials.models import RecordedAward
from cecto.credentials.queries import held_by
from cecto.credentials.recorded.actions import import_awards, tell_whose
from cecto.credentials.recorded.preview import preview_awards
from cecto.demo.files.letters import page_pdf
from cecto.demo.story.past import Wish, past_list, past_names, wishes
from cecto.demo.story.people import CECTO, people
from cecto.demo.year.world import Event, acting, cohort, instant, keep_file, person
from cecto.foundation.papers import Paper

FILE = "past-awards.csv"
RECORDED = date(2015, 11, 10)


def events() -> Iterator[Event]:
    """The list is imported in November, it is said who of the story is on it, and from December people are listed."""
    yield Event(instant(RECORDED, "10:00"), "Awards of past classes are imported", record_past)
    yield Event(instant(RECORDED, "10:20"), "An instructor is found among them", tell_whose_they_are)
    for wish in wishes():
        yield Event(instant(wish.on, "12:00"), "A holder lets the registry list an award", _of(wish))


def _of(wish: Wish) -> Callable[[datetime], None]:
    return lambda at: follow(wish, at)


def record_past(at: datetime) -> None:
    """Import the list of past awards, after looking at the preview."""
    program, content = cohort(CECTO).program, keep_file(FILE, past_list())
    seen = preview_awards(content, file=FILE, program=program).fingerprint
    import_awards(program=program, content=content, file=FILE, seen=seen, by=acting("coordinator"), at=at)


def tell_whose_they_are(at: datetime) -> None:
    """Say which of the recorded awards people of the story hold."""
    for one in people():
        if one.name in past_names():
            tell_whose(award=_recorded(one.name), person=person(one.handle), by=acting("coordinator"), at=at)


def follow(wish: Wish, at: datetime) -> None:
    """List what a holder agreed to: by their own word, or by the coordinator with their letter."""
    asked = _letter(wish)
    by = acting("coordinator" if asked else wish.handle)
    if wish.name in past_names():
        let_list(award=_recorded(wish.name), fields=wish.fields, request=asked, by=by, at=at)
    else:
        credential = held_by(person(wish.handle)).get().credential
        let_list(credential=credential, fields=wish.fields, request=asked, by=by, at=at)


def _letter(wish: Wish) -> Asked | None:
    if wish.letter_of is None:
        return None
    lines = [
        f"{wish.letter_of:%B %-d, %Y}",
        "",
        "Please list my award in the public registry, with:",
        *sorted(wish.fields),
    ]
    return Asked(wish.name, wish.letter_of, Paper(page_pdf([*lines, "", wish.name]), "letter.pdf"))


def _recorded(name: str) -> RecordedAward:
    return RecordedAward.objects.get(statements__name=name, statements__superseded_at=None)

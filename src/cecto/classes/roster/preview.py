"""What accepting a roster would do, row by row. Reads only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cecto.classes.models import Cohort, CohortTrack, Enrollment
from cecto.classes.roster.organizations import Directory, UnclearOrganization, plain
from cecto.classes.roster.reading import Roster, RosterRow
from cecto.people.models import Organization, Person
from cecto.people.names import folded, in_common
from cecto.people.queries import by_address, by_sort_name, organizations, workplaces_on


class State(StrEnum):
    """What becomes of a row when the preview is accepted."""

    READY = "ready"  # is enrolled
    ALREADY = "already"  # is enrolled since before; nothing changes
    QUESTION = "question"  # is left out until the file is mended


class Question(Exception):
    """Why a row cannot be enrolled as it stands, and what to do."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the roster: what it says, what it means, what becomes of it and why."""

    row: RosterRow
    state: State
    person: Person | None = None
    track: CohortTrack | None = None
    organization: Organization | None = None
    notes: tuple[str, ...] = ()

    @property
    def enrolled_on(self) -> date | None:
        """The day the enrollment begins."""
        return self.row.start or (self.track.cohort.first_day if self.track else None)

    @property
    def consequence(self) -> list[object]:
        """What accepting does with this row, in plain values."""
        keys = [found and found.key for found in (self.person, self.organization)]
        return [self.row.number, self.state, *keys, self.track and self.track.track, str(self.enrolled_on)]


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row of the roster, and a fingerprint that changes when what would be done changes."""

    file: str
    rows: tuple[PreviewRow, ...]
    unread: tuple[str, ...]

    def of(self, state: State) -> list[PreviewRow]:
        """The rows in that state, in order of the file."""
        return [row for row in self.rows if row.state == state]

    @property
    def questions(self) -> list[PreviewRow]:
        """The rows that are left out until the file is mended."""
        return self.of(State.QUESTION)

    @property
    def changes_something(self) -> bool:
        """Whether accepting would enroll anyone."""
        return bool(self.of(State.READY))

    @property
    def summary(self) -> str:
        """The preview in one sentence."""
        ready, already, question = (len(self.of(state)) for state in State)
        return f"{ready} to enroll, {already} already enrolled, {question} to look at."

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what accepting would do."""
        rows = [row.consequence for row in self.rows]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def preview_roster(roster: Roster, cohort: Cohort) -> Preview:
    """What accepting `roster` would do to a class. A constant number of queries, however long the roster."""
    known = _Known.gathered(roster, cohort)
    seen: dict[str, list[tuple[RosterRow, str]]] = {}
    return Preview(roster.file, tuple(_judged(row, known, seen) for row in roster.rows), roster.unread)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says about the people and organizations of a roster."""

    tracks: Sequence[CohortTrack]
    directory: Directory
    by_address: dict[str, Person]
    by_sort_name: dict[str, list[Person]]
    enrolled: dict[tuple[int, int], Enrollment]
    workplaces: dict[int, list[Organization]]

    @classmethod
    def gathered(cls, roster: Roster, cohort: Cohort) -> _Known:
        rows = cohort.enrollments.select_related("organization")
        known = by_address(row.email for row in roster.rows if row.email)
        workplaces: dict[int, list[Organization]] = {}
        for job in workplaces_on((person.pk for person in known.values()), cohort.first_day):
            workplaces.setdefault(job.person_id, []).append(job.organization)
        return cls(
            tracks=list(cohort.tracks.select_related("cohort")),
            directory=Directory.of(organizations()),
            by_address=known,
            by_sort_name=by_sort_name(row.sort_name for row in roster.rows),
            enrolled={(row.person_id, row.track_id): row for row in rows},
            workplaces=workplaces,
        )


def _judged(row: RosterRow, known: _Known, seen: dict[str, list[tuple[RosterRow, str]]]) -> PreviewRow:
    try:
        if row.problems:
            raise Question(" ".join(row.problems))
        return _understood(row, known, seen)
    except (Question, UnclearOrganization) as question:
        return PreviewRow(row, State.QUESTION, notes=(str(question),))


def _understood(row: RosterRow, known: _Known, seen: dict[str, list[tuple[RosterRow, str]]]) -> PreviewRow:
    track = _track(row.track, known.tracks)
    organization = known.directory.find(row.code, row.organization)
    person, notes = _person(row, track, organization, known)
    _refuse_repeated(row, track, seen)
    enrollment = known.enrolled.get((person.pk, track.pk)) if person else None
    if enrollment:
        return PreviewRow(row, State.ALREADY, person, track, enrollment.organization, notes)
    notes = (*notes, *_note_of_work(person, organization, known))
    return PreviewRow(row, State.READY, person, track, organization, notes)


def _note_of_work(person: Person | None, organization: Organization | None, known: _Known) -> tuple[str, ...]:
    if organization is None:
        return ("No organization: write a district's name or LEA code if the person works for one.",)
    at_work = known.workplaces.get(person.pk, []) if person else []
    if not at_work or organization in at_work:
        return ()
    names = " and ".join(row.name for row in at_work)
    return (f"On record at {names}; {organization.name} is added. End the other on the person's page if it has ended.",)


def _track(word: str, tracks: Sequence[CohortTrack]) -> CohortTrack:
    if not word and len(tracks) == 1:
        return tracks[0]
    for track in tracks:
        if plain(word) in {plain(track.track), plain(track.title)}:
            return track
    names = " or ".join(f"“{track.title}”" for track in tracks)
    said = f"This class has no track “{word}”." if word else "The track is missing."
    raise Question(f"{said} Write {names}.")


def _person(
    row: RosterRow, track: CohortTrack, organization: Organization | None, known: _Known
) -> tuple[Person | None, tuple[str, ...]]:
    """The person of a row, or None for a new one; with what a coordinator should know about it."""
    namesakes = known.by_sort_name.get(row.sort_name, [])
    if row.email:
        person = known.by_address.get(row.email.lower())
        return (person, _note_of_name(row, person)) if person else (None, _note_of_namesakes(row, namesakes))
    return _without_address(row, namesakes, track, organization, known)


def _note_of_name(row: RosterRow, person: Person) -> tuple[str, ...]:
    if folded(row.name) == folded(person.name):
        return ()
    if not in_common(row.name, person.name):
        raise Question(f"{row.email} belongs to {person.name}, not {row.name}. Write each person's own address.")
    return (f"On record as {person.name}; the name stays.",)


def _note_of_namesakes(row: RosterRow, namesakes: list[Person]) -> tuple[str, ...]:
    if not namesakes:
        return ()
    addresses = ", ".join(email.address for person in namesakes for email in person.emails.all()) or "no address"
    return (f"Another {row.name} is on record ({addresses}); with another address this is another person.",)


def _without_address(
    row: RosterRow,
    namesakes: list[Person],
    track: CohortTrack,
    organization: Organization | None,
    known: _Known,
) -> tuple[Person | None, tuple[str, ...]]:
    if not namesakes:
        return None, ("No e-mail address: this person cannot sign in until one is added.",)
    enrolled = [known.enrolled.get((person.pk, track.pk)) for person in namesakes]
    same = [found for found in enrolled if found and found.organization == organization]
    if len(namesakes) == 1 and same:
        return namesakes[0], ()
    raise Question(f"{row.name} is on record already. Add the e-mail address, so that we know whether it is the same.")


def _refuse_repeated(row: RosterRow, track: CohortTrack, seen: dict[str, list[tuple[RosterRow, str]]]) -> None:
    """One address may come twice in a file only for one person in two tracks; a name without address only once."""
    known = seen.setdefault(row.email.lower() or row.sort_name, [])
    for other, other_track in known:
        if not row.email or other_track == track.track or folded(other.name) != folded(row.name):
            same = "e-mail address" if row.email else "name, and no e-mail address"
            raise Question(
                f"Row {other.number} has the same {same}. Keep one row for each person, or mend the address."
            )
    known.append((row, track.track))

"""Law 1: impossible never becomes met by anything that may still come, and what is open or pending can be met by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations_with_replacement

from hypothesis import given, settings
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, Facet, Facts, Result, Rules, Status
from tests.requirements.worlds import END, LATE, START, posted

# The days asked: in the class, on the day after it, when make-ups close, and after everything.
DAYS = (START + timedelta(days=60), END, END + timedelta(days=20), END + timedelta(days=30))
SESSION, WORK = START + timedelta(days=20), START + timedelta(days=100)
MODALITIES = ("f2f", "async")
WINDOW = "window: [class.start, class.end]"


@dataclass(frozen=True)
class Asked:
    """One requirement of a definition with make-ups until 20 days after the class, alone under its pool."""

    words: str
    pool: str
    window: bool

    def yaml(self) -> str:
        window = f", {WINDOW}" if self.window else ""
        pool = f"pools: {{all: {{{self.pool}}}}}\n" if self.words.startswith("measure: hours") else ""
        return (
            "program: p\ntrack: t\ncatalogue: c\nversion: 1\ntitle: Foreseen\n"
            "policy: {partial: proportional, makeup: {ratio: 50%, kinds: recording, until: class.end+20d}}\n"
            f"{pool}require: {{id: root, title: Root, {self.words}{window}}}\n"
            "award: {credential: c, decided_by: d, valid: forever}\n"
        )


HOURS = [
    "measure: hours, from: all, at_least: 3h",
    "measure: hours, from: all, at_least: 3h, where: {modality: async}",
    "measure: hours, from: all, at_least: 3h, where: {kind: attended}",
    "measure: hours, from: all, at_least: 3h, where: {kind: [attended, makeup]}",
    "measure: hours, from: all, at_least: 3h, where: {kind: recognized}",
    "measure: hours, from: all, at_least: 3h, where: {kind: accepted, item: paper}",
]
POOLS = [
    "where: {kind: [attended, accepted, makeup, recognized]}",
    "limits: [{id: cap, title: Cap, where: {modality: async}, at_most: 1h}]",
    "limits: [{id: cap, title: Cap, where: {kind: [recognized, accepted]}, at_most: 150m}]",
    "limits: [{id: a, title: A, where: {modality: async}, at_most: 1h}, "
    "{id: b, title: B, where: {kind: recognized}, at_most: 1h}], allocate: flow",
    "value: [{where: {kind: recognized}, hours: 1h, per: item}, {where: {modality: f2f}, hours: logged}]",
    "value: [{where: {item: paper}, hours: 2h, per: item}, {where: {kind: attended}, hours: logged}]",
]
OTHERS = [
    "measure: count, at_least: 3, credited: 75%, where: {kind: [attended, makeup]}",
    "measure: count, at_least: 2, where: {kind: [accepted, recognized]}",
    "measure: count, at_least: 2, where: {kind: accepted, item: [paper, essay]}",
    "measure: count, at_least: 1, where: {kind: verdict}",
    "measure: each, of: assignment",
    "measure: each, of: session, credited: 50%",
    "measure: rate, denominator: all, excused: in, at_least: 80%",
    "measure: rate, denominator: taken, excused: in, at_least: 80%, where: {kind: attended}",
    "measure: verdict, of: paper",
    "measure: score, of: exam, at_least: 60, attempts: 2",
]
asked = st.one_of(
    st.builds(Asked, st.sampled_from(HOURS), st.sampled_from(POOLS), st.booleans()),
    st.builds(Asked, st.sampled_from(OTHERS), st.just(""), st.booleans()),
)


def activity(key: str, kind: str, modality: str) -> Activity:
    meeting = key if kind == "session" else ""
    item = "" if meeting else key if kind == "study" else key.partition("-")[0]
    return Activity(key, kind, modality=modality, meeting=meeting, segment=meeting, item=item, facets={"p": Facet()})  # type: ignore[arg-type]


def held(key: str, minutes: int) -> Entry:
    return posted(key, "attended", activity(key, "session", "f2f"), SESSION, minutes, 120)


PAPER = Coming(activity("paper", "assignment", "async"), WORK, 60)
AHEAD = Coming(activity("next", "session", "f2f"), END - timedelta(days=5), 60)


@st.composite
def people(draw: st.DrawFn, on: date) -> Facts:
    """Two sessions that were held, perhaps one to come, perhaps a paper, and one thing more."""
    entries = [held("one", draw(st.sampled_from((0, 60, 120)))), held("two", draw(st.sampled_from((0, 120))))]
    coming = [PAPER] if draw(st.booleans()) else []
    if on < AHEAD.on and draw(st.booleans()):
        coming.append(AHEAD)
    if draw(st.booleans()):
        study = activity("study", "study", draw(st.sampled_from(MODALITIES)))
        entries.append(posted("had", "recognized", study, SESSION, 60, 60))
    return Facts("p", "t", START, END, tuple(entries), tuple(coming))


def may_come(person: Facts, on: date) -> list[Entry]:
    """Everything allowed to come, dated from the day asked: the schedule, late work, make-ups, study, judgments."""
    done = [(one, _kind(one), max(on, one.on)) for one in person.coming]
    found = [posted(f"did {one.activity.key}", kind, one.activity, day, 60, 60) for one, kind, day in done]
    for modality in MODALITIES:
        recording = activity(f"recording-{modality}", "recording", modality)
        found += [
            posted(f"up {unit} {modality}", "makeup", recording, on, 120, 120, replaces=unit) for unit in ("one", "two")
        ]
        for minutes in (60, 180):
            found.append(
                posted(
                    f"studied {modality} {minutes}",
                    "recognized",
                    activity(f"s-{modality}{minutes}", "study", modality),
                    on,
                    minutes,
                    minutes,
                )
            )
        found.append(posted(f"essay {modality}", "accepted", activity("essay", "assignment", modality), on, 180, 180))
    for modality in MODALITIES:
        found.append(posted(f"extra {modality}", "attended", activity("extra", "session", modality), on, 900, 900))
    found.append(posted("other paper", "accepted", activity("paper-f2f", "assignment", "f2f"), on, 180, 180))
    found.append(posted("late paper", "accepted", activity("paper", "assignment", "async"), on, 60, 60))
    found.append(posted("passed", "verdict", activity("paper", "project", ""), on, 0, 0, outcome="pass"))
    scored = posted("exam", "scored", activity("exam", "exam", ""), on, 0, 0)
    return [*found, scored._replace(score=90)]


def _kind(coming: Coming) -> str:
    return "attended" if coming.activity.kind == "session" else "accepted"


@lru_cache(maxsize=256)
def rules(text: str) -> Rules:
    return requirements.compile(requirements.parse(text, name="foreseen.yaml"))


def audited(asked: Asked, person: Facts, on: date) -> Result:
    return requirements.audit(rules(asked.yaml()), person, true_on=on, known_at=LATE).root


def after(person: Facts, come: tuple[Entry, ...]) -> Facts:
    """The facts when these have come; each is a fact of its own, so the same may come again."""
    new = tuple(
        entry._replace(id=f"{n} {entry.id}", activity=_another(entry.activity, n)) for n, entry in enumerate(come)
    )
    done = {entry.activity.key for entry in new}
    coming = tuple(one for one in person.coming if one.activity.key not in done)
    return Facts("p", "t", START, END, (*person.entries, *new), coming)


def _another(one: Activity, number: int) -> Activity:
    """Study is done anew each time, and a session besides is another one; work and exams are what they are."""
    if one.kind == "study" or one.key == "extra":
        return activity(f"{one.key}{number}", one.kind, one.modality)
    return one


def waited_for(asked: Asked, on: date) -> bool:
    """Without a window nothing dated later than 30 days after the class is waited for, though it would count."""
    return asked.window or on < END + timedelta(days=30)


def ways_to_meet(asked: Asked, person: Facts, on: date, most: int) -> tuple[Entry, ...] | None:
    """Up to so many of the things that may come that meet the requirement, if there are any."""
    pool = [entry for entry in may_come(person, on) if asked.window or _expected(asked, person, entry)]
    for number in range(1, most + 1):
        for chosen in filter(_once_each, combinations_with_replacement(pool, number)):
            later = max(entry.occurred_on for entry in chosen)
            if audited(asked, after(person, chosen), max(on, later)).status is Status.MET:
                return chosen
    return None


def _once_each(chosen: tuple[Entry, ...]) -> bool:
    """Nobody has the same session, or the same work, twice; other study and other sessions may be had again."""
    keys = [e.activity.key for e in chosen if e.kind in {"attended", "accepted"} and e.activity.key != "extra"]
    return len(keys) == len(set(keys))


def _expected(asked: Asked, person: Facts, entry: Entry) -> bool:
    """Without a window: the class's own schedule, make-ups, and kinds that the filters name."""
    if entry.kind == "makeup" or any(entry.activity.key == one.activity.key for one in person.coming):
        return True
    # An `each` of which nothing is on the list yet waits for its list, and so for the first of its items.
    single = asked.words.startswith(("measure: verdict", "measure: score", "measure: each"))
    return single or (entry.kind != "attended" and entry.kind in asked.yaml().partition("pools")[2] + asked.words)


@settings(max_examples=max(20, settings().max_examples // 4))
@given(asked, st.sampled_from(DAYS), st.data())
def test_open_can_be_met_and_impossible_cannot(asked: Asked, on: date, data: st.DataObject) -> None:
    person = data.draw(people(on))
    status = audited(asked, person, on).status
    if status is Status.MET:
        return
    single = asked.words.startswith(("measure: verdict", "measure: score"))
    found = ways_to_meet(asked, person, on, 3) if waited_for(asked, on) or single else None
    assert (found is not None) == (status is not Status.IMPOSSIBLE), (status, found)

"""Invented definitions and people for the laws: small worlds that Hypothesis can shrink."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from cecto.requirements import Activity, Coming, Entry, Facet, Facts

START = date(2015, 8, 19)
END = date(2016, 6, 24)
LATE = datetime(2026, 1, 1, tzinfo=UTC)
MODALITIES = ("f2f", "sync", "async")
COMPETENCIES = ("security", "legal", "governance")


@dataclass(frozen=True)
class Asked:
    """A filter as the oracle reads it: any of these words for each key."""

    modality: tuple[str, ...] = ()
    competency: tuple[str, ...] = ()

    def yaml(self) -> str:
        parts = []
        if self.modality:
            parts.append(f"modality: [{', '.join(self.modality)}]")
        if self.competency:
            parts.append(f"competency: [{', '.join(self.competency)}]")
        return "{" + ", ".join(parts) + "}"

    def matches(self, entry: Entry | Coming) -> bool:
        activity = entry.activity
        facet = activity.facets["p"]
        return (not self.modality or activity.modality in self.modality) and (
            not self.competency or facet.competency in self.competency
        )


@dataclass(frozen=True)
class Leaf:
    """An hours or count requirement."""

    id: str
    measure: str
    asked: Asked
    at_least: int
    credited: int = 0

    def yaml(self, indent: str) -> str:
        where = f", where: {self.asked.yaml()}" if self.asked != Asked() else ""
        if self.measure == "hours":
            return f"{indent}- {{id: {self.id}, measure: hours, from: all, at_least: {self.at_least}m{where}}}\n"
        counts = f"at_least: {self.at_least}, credited: {self.credited}%{where}"
        return f"{indent}- {{id: {self.id}, measure: count, {counts}}}\n"


@dataclass(frozen=True)
class Tree:
    """A group of leaves and groups."""

    id: str
    at_least: int
    parts: tuple[Leaf | Tree, ...]

    def yaml(self, indent: str, bullet: bool = True) -> str:
        lead = f"{indent}- " if bullet else f"{indent}"
        inner = indent + ("  " if bullet else "")
        text = f"{lead}id: {self.id}\n{inner}at_least: {self.at_least}\n{inner}of:\n"
        return text + "".join(part.yaml(inner + "  ") for part in self.parts)


@dataclass(frozen=True)
class World:
    """One definition of the program `p`: its policy, the caps of its pool, and its tree."""

    partial: int
    grace: int
    step: int
    window: bool
    caps: tuple[tuple[Asked, int], ...]
    tree: Tree

    def yaml(self) -> str:
        partial = "proportional" if self.partial == 0 else f"{{threshold: {self.partial}%}}"
        caps = "".join(
            f"      - {{id: cap-{n}, title: Cap {n}, where: {asked.yaml()}, at_most: {most}m}}\n"
            for n, (asked, most) in enumerate(self.caps)
        )
        limits = f"    limits:\n{caps}" if caps else ""
        window = "    window: [class.start, class.end]\n" if self.window else ""
        return (
            "program: p\ntrack: t\ncatalogue: c\nversion: 1\ntitle: World\n"
            f"policy:\n  partial: {partial}\n  late_grace: {self.grace}m\n"
            f"  round_down_to: {{each: {self.step}m}}\n  makeup: {{ratio: 100%}}\n"
            f"pools:\n  all:\n    where: {{kind: [attended, accepted, makeup]}}\n{window}{limits}"
            f"require:\n{self.tree.yaml('  ', bullet=False)}"
            "award: {credential: c, decided_by: d, valid: forever}\n"
        )


def _some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), unique=True, max_size=2).map(tuple)


def asked_of(modalities: tuple[str, ...], competencies: tuple[str, ...]) -> st.SearchStrategy[Asked]:
    """Filters over these words, that of no words included."""
    return st.builds(Asked, _some(modalities), _some(competencies))


@st.composite
def trees(draw: st.DrawFn, depth: int = 2, prefix: str = "r") -> Tree:
    """Requirement trees with ids that are all different."""
    parts: list[Leaf | Tree] = []
    for n in range(draw(st.integers(1, 3))):
        name = f"{prefix}{n}"
        if depth and draw(st.booleans()):
            parts.append(draw(trees(depth - 1, name + ".")))
            continue
        measure = draw(st.sampled_from(("hours", "count")))
        least = draw(st.integers(0, 900) if measure == "hours" else st.integers(1, 4))
        credited = draw(st.sampled_from((0, 50, 100))) if measure == "count" else 0
        parts.append(Leaf(name, measure, draw(asked_of(MODALITIES, COMPETENCIES)), least, credited))
    return Tree(prefix, draw(st.integers(1, len(parts))), tuple(parts))


@st.composite
def laminar_caps(draw: st.DrawFn) -> tuple[tuple[Asked, int], ...]:
    """Caps on different modalities, and inside one of them on different competencies."""
    caps = [
        (Asked((modality,)), draw(st.integers(0, 500)))
        for modality in draw(st.lists(st.sampled_from(MODALITIES), unique=True))
    ]
    caps += [
        (Asked(("f2f",), (competency,)), draw(st.integers(0, 300)))
        for competency in draw(st.lists(st.sampled_from(COMPETENCIES), unique=True))
    ]
    return tuple(draw(st.permutations(caps)))


def worlds(*, capped: bool = True) -> st.SearchStrategy[World]:
    """Definitions; without caps where a law needs it."""
    return st.builds(
        World,
        partial=st.sampled_from((0, 50, 100)),
        grace=st.sampled_from((0, 10)),
        step=st.sampled_from((1, 15)),
        window=st.booleans(),
        caps=laminar_caps() if capped else st.just(()),
        tree=trees(),
    )


@st.composite
def activities(draw: st.DrawFn, number: int, kind: str) -> Activity:
    """A session's segment (several share a meeting), or an assignment."""
    meeting = f"m{draw(st.integers(0, 4))}" if kind == "session" else ""
    facet = Facet(competency=draw(st.sampled_from(COMPETENCIES)))
    return Activity(
        key=f"a{number}",
        kind=kind,
        modality=draw(st.sampled_from(MODALITIES)),
        meeting=meeting,
        segment=f"s{number}" if meeting else "",
        item="" if meeting else f"a{number}",
        facets={"p": facet, "other": Facet(competency="legal")},
    )


def on_day(activity: Activity, shift: int) -> date:
    """One day for all segments of a meeting, so that a make-up stands on one date; some fall outside the class."""
    offset = int(activity.meeting[1:]) * 60 if activity.meeting else shift
    return START - timedelta(days=30) + timedelta(days=offset)


def posted(key: str, kind: str, activity: Activity, day: date, attended: int, offered: int, **more: str) -> Entry:
    """An entry recorded at noon of its day."""
    at = datetime.combine(day, time(12), UTC)
    return Entry(key, kind, activity, day, at, attended, offered, **more)  # type: ignore[arg-type]


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    """An attendance or an accepted assignment."""
    kind = draw(st.sampled_from(("attended", "accepted")))
    activity = draw(activities(number, "session" if kind == "attended" else "assignment"))
    offered = draw(st.integers(1, 120))
    attended = draw(st.one_of(st.just(offered), st.integers(0, offered)))
    return posted(f"e{number:02d}", kind, activity, on_day(activity, draw(st.integers(0, 420))), attended, offered)


def divided(entry: Entry, attended: int, offered: int, modality: str) -> tuple[Entry, Entry]:
    """The same attendance as two entries, some of it in another format."""
    elsewhere = replace(entry.activity, key=f"{entry.activity.key}-{modality}", modality=modality)  # type: ignore[arg-type]
    rest = entry._replace(attended=entry.attended - attended, offered=entry.offered - offered)
    return rest, entry._replace(id=f"{entry.id}b", activity=elsewhere, attended=attended, offered=offered)


def _in_formats(draw: st.DrawFn, entry: Entry) -> tuple[Entry, ...]:
    """Some attendance is divided over two formats."""
    if entry.kind != "attended" or entry.attended < 2 or draw(st.booleans()):
        return (entry,)
    attended = draw(st.integers(1, entry.attended - 1))
    missed = draw(st.integers(0, entry.offered - entry.attended))
    return divided(entry, attended, attended + missed, draw(st.sampled_from(MODALITIES)))


@st.composite
def ledgers(draw: st.DrawFn, most: int = 10) -> tuple[Entry, ...]:
    """Entries, make-ups of some of them, and reversals of some."""
    made = [part for n in range(draw(st.integers(0, most))) for part in _in_formats(draw, draw(entries(n)))]
    for n, entry in enumerate(list(made)):
        fate = draw(st.sampled_from(("stand", "stand", "reverse", "make-up")))
        if fate == "reverse":
            made.append(posted(f"r{n:02d}", entry.kind, entry.activity, entry.occurred_on, 0, 0, reverses=entry.id))
        elif fate == "make-up" and entry.kind == "attended":
            recording = draw(activities(100 + n, "recording"))
            day = entry.occurred_on + timedelta(days=3)
            minutes = draw(st.integers(0, 150))
            made.append(posted(f"u{n:02d}", "makeup", recording, day, minutes, minutes, replaces=entry.activity.unit))
    return tuple(made)


@st.composite
def comings(draw: st.DrawFn) -> tuple[Coming, ...]:
    """A few scheduled sessions and assignments."""
    found = []
    for n in range(draw(st.integers(0, 4))):
        activity = draw(activities(200 + n, draw(st.sampled_from(("session", "assignment")))))
        found.append(Coming(activity, on_day(activity, draw(st.integers(0, 420))), draw(st.integers(1, 120))))
    return tuple(found)


def facts(ledger: tuple[Entry, ...], coming: tuple[Coming, ...] = (), **more: object) -> Facts:
    """The facts of a person of the class."""
    return Facts("p", "t", START, END, ledger, coming, **more)  # type: ignore[arg-type]

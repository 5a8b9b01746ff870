"""Audits at the command line: as text to read, JSON for programs, CSV for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from defusedcsv import csv
from rich.console import Console
from rich.markup import escape

from cecto.audits.bound import Bound, bound_of
from cecto.audits.prospects import prospects, prospects_for, staff_line
from cecto.audits.queries import EnrollmentAudit, facts_of
from cecto.audits.snapshot import audit_as_json
from cecto.audits.standing import Part
from cecto.foundation.ui.words import hours
from cecto.requirements.facts import Entry
from cecto.requirements.results import Result, Status
from cecto.requirements.situations import Prospects

_MARKS = {
    Status.MET: "[green]✓[/green]",
    Status.PENDING: "[blue]…[/blue]",
    Status.OPEN: "[yellow]![/yellow]",
    Status.IMPOSSIBLE: "[red]✗[/red]",
    Status.WAIVED: "[green]~[/green]",
    Status.NOT_APPLICABLE: "-",
    Status.UNDECIDED: "[magenta]?[/magenta]",
}


def print_class(seen: Sequence[EnrollmentAudit], console: Console) -> None:
    """Two lines a person: where they stand, and that in a sentence."""
    found = prospects(seen)
    for one in seen:
        root = one.audit.root
        person = f"[bold]{escape(one.enrollment.person.name)}[/bold]"
        line = f"{_MARKS[root.status]} {person}, {one.enrollment.track.title}: {root.status}"
        console.print(line, highlight=False, soft_wrap=True)
        said = f"{staff_line(one, found[one.enrollment.pk])}. {root.sentence}"
        console.print(f"    {escape(said)}", highlight=False, soft_wrap=True)


def print_person(seen: EnrollmentAudit, console: Console) -> None:
    """The whole tree of one person, with what was not counted and why."""
    audit = seen.audit
    console.print(f"[bold]{escape(seen.enrollment.person.name)}[/bold], {seen.enrollment.track.title}", highlight=False)
    console.print(
        f"As true on {audit.true_on} and known at {audit.known_at:%Y-%m-%d %H:%M} UTC. Audit {audit.sha256}",
        style="dim",
    )
    console.print(escape(staff_line(seen, prospects_for(seen))) + ".", highlight=False, soft_wrap=True)
    entries = {entry.id: entry for entry in seen.facts.entries}
    for line in _tree(audit.root, entries, 0):
        console.print(line, highlight=False, soft_wrap=True)
    for bound in bound_of([seen]).get(seen.enrollment.pk, ()):
        console.print(escape(_exception(bound)), highlight=False, soft_wrap=True)


def as_json(seen: Iterable[EnrollmentAudit]) -> str:
    """A JSON list: person, track, the situation of the whole person, and the whole audit."""
    seen = list(seen)
    found = prospects(seen)
    rows = [
        {
            "person": one.enrollment.person.key,
            "name": one.enrollment.person.name,
            "enrollment": one.enrollment.key,
            "prospects": _prospects_as_json(one, found[one.enrollment.pk]),
            "audit": audit_as_json(one.audit, facts_of(one).exceptions),
        }
        for one in seen
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False)


def _prospects_as_json(seen: EnrollmentAudit, found: Prospects) -> dict[str, object]:
    room = found.room
    return {
        "situation": found.situation.value,
        "sentence": staff_line(seen, found),
        "schedule_complete": found.schedule_final,
        "needed": [{"session": one.unit, "title": one.title, "on": one.on.isoformat()} for one in room.needed],
        "may_miss": {
            "of": [one.unit for one in room.free],
            "sessions": room.sessions,
            "minutes": room.minutes,
        },
    }


def write_csv(seen: Iterable[EnrollmentAudit], file: object) -> None:
    """One row per person and requirement, guarded against formulas."""
    writer = csv.writer(file)
    writer.writerow(
        ["person", "track", "requirement", "title", "status", "value", "target", "remaining", "unit", "sentence"]
    )
    for one in seen:
        for result in one.audit.root.walk():
            writer.writerow(
                [
                    one.enrollment.person.name,
                    one.enrollment.track.track,
                    result.id,
                    result.title,
                    str(result.status),
                    result.value,
                    result.target,
                    result.remaining,
                    result.unit,
                    result.sentence,
                ]
            )


def _tree(result: Result, entries: dict[str, Entry], depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}{_MARKS[result.status]} [bold]{result.title}[/bold] [dim]{result.id}[/dim]  {result.sentence}"
    for closer in result.closers[:3]:
        yield f"{indent}    next: {closer.title} on {closer.on} ({_amount(closer.amount, result.unit)})"
    for one in result.unused:
        entry = entries.get(one.entry)
        what = f"{entry.activity.title}, {entry.occurred_on}" if entry else one.entry
        yield f"{indent}    [dim]not counted: {what}: {_amount(one.amount, result.unit)}: {one.because}[/dim]"
    for child in result.children:
        yield from _tree(child, entries, depth + 1)


def _exception(bound: Bound) -> str:
    grant = bound.grant
    return f"  Exception: {bound.what}. {bound.authority}, from {grant.granted_on}. {grant.reason}"


def _amount(amount: int, unit: str) -> str:
    return hours(amount) if unit == "minutes" else str(amount)


def print_parts(parts: Iterable[Part], console: Console) -> None:
    """The whole tree of each person's admission or renewal, and where the award stands."""
    for part in parts:
        enrollment, audit = part.held.enrollment, part.audit
        name = f"[bold]{escape(enrollment.person.name)}[/bold], {enrollment.track.title}"
        cycle = f" cycle {audit.cycle}" if audit.cycle else ""
        console.print(f"{name}: {audit.part}{cycle}, as true on {audit.true_on}", highlight=False)
        if part.renewal:
            until = f"{part.renewal.start} to {part.renewal.last_day}"
            console.print(f"  The award stands as {part.renewal.standing}; cycle {part.renewal.number} is {until}.")
        for line in _tree(audit.root, {entry.id: entry for entry in part.held.facts.entries}, 1):
            console.print(line, highlight=False, soft_wrap=True)


def parts_as_json(parts: Iterable[Part]) -> str:
    """A JSON list: person, the whole audit, and where the award stands."""
    return json.dumps([_part_as_json(part) for part in parts], indent=2, ensure_ascii=False)


def _part_as_json(part: Part) -> dict[str, object]:
    enrollment, renewal = part.held.enrollment, part.renewal
    return {
        "person": enrollment.person.key,
        "name": enrollment.person.name,
        "enrollment": enrollment.key,
        "part": part.audit.part,
        "cycle": part.audit.cycle,
        "standing": renewal.standing if renewal else None,
        "audit": audit_as_json(part.audit, part.held.facts.exceptions),
    }

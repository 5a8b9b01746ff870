"""A hybrid day, from what was seen to what a definition credits: a cap on online hours, a grace for a part."""

from __future__ import annotations

import pytest

from cecto.audits.letter import letter
from cecto.audits.queries import EnrollmentAudit, audit_enrollment, enrollments_to_audit
from cecto.audits.reckoning import reckon, reckoning_table
from cecto.audits.sources import sources_of
from tests.attendance.hybrid import hybrid_day
from tests.attendance.world import DEFINITION, EVENING, World, hold_to, make_world

pytestmark = pytest.mark.django_db

# Two hours of the afternoon's three were online: an hour of them counts.
CAPPED = """pools:
  hours:
    where: {kind: attended}
    limits:
      - {id: online, title: Online, where: {modality: sync}, at_most: 1h}
require:
  id: all
  title: All
  all:
    - {id: hours, title: Hours, measure: hours, from: hours, at_least: 240h}
    - {id: seen, title: In the room, measure: hours, where: {kind: attended, modality: f2f}, at_least: 1h}
"""


def settled(policy: str) -> EnrollmentAudit:
    """The audit of a hybrid day under that policy."""
    world: World = make_world()
    start, _, rest = DEFINITION.partition("late_grace: 0m")
    middle = rest.partition("require:")[0]
    old = DEFINITION.removeprefix(start).partition("award:")[0]
    hold_to(world, old, f"{policy}{middle}{CAPPED}")
    hybrid_day(world)
    return audit_enrollment(enrollments_to_audit().get(), true_on=EVENING.date(), known_at=EVENING)


def test_a_cap_on_online_hours_sees_the_minutes_online_and_no_others() -> None:
    seen = settled("late_grace: 0m")
    assert seen.audit.root.find("hours").value == 165 + 60 + 60
    assert seen.audit.root.find("seen").value == 165 + 60


def test_grace_is_for_the_part_wherever_they_sat() -> None:
    """Five minutes were missed of the afternoon: within the grace, and the minutes given back are online ones."""
    seen = settled("late_grace: 5m")
    entries = [(e.activity.segment, e.activity.modality, e.attended, e.offered) for e in seen.facts.entries]
    assert entries == [("s1", "f2f", 165, 165), ("s2", "f2f", 60, 60), ("s2", "sync", 115, 120)]
    online = seen.audit.root.find("hours").unused[0]
    assert (online.amount, seen.audit.root.find("seen").value) == (60, 225)


def test_the_record_tells_the_format_of_each_entry() -> None:
    seen = settled("late_grace: 0m")
    section = letter(seen.audit.root, seen.facts.entries).find("hours")
    assert [(line.title, line.where) for line in section.used] == [
        ("Who decides", "in the room"),
        ("Who pays", "in the room"),
        ("Who pays", "live online"),
    ]
    sources = sources_of(seen.enrollment, seen.facts.entries, None)
    table = reckoning_table("Entries", reckon(seen), sources)
    place = [column.label for column in table.columns].index("Format")
    assert [row[place] for row in table.rows] == ["Live online", "In the room", "In the room"]

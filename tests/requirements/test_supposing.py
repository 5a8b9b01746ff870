"""What would become of people if the schedule changed, and who is most urgent."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cecto import requirements
from cecto.requirements import Activity, Audit, Coming, Facts, Partner, Status, supposing
from cecto.requirements.risk import risk
from tests.requirements.worlds import LATE, START, facts, posted

ON = date(2016, 1, 15)
TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Supposed
policy: {partial: proportional}
require:
  id: root
  title: Everything
  all:
    - {id: hours, title: Hours, measure: hours, window: [class.start, class.end], at_least: 5h}
    - {id: in-person, title: In person, measure: hours, where: {modality: f2f}, at_least: 4h}
    - id: joint
      title: Together
      measure: together
      with: {relation: mentor}
      both_at_least: 75%
      at_least: 1
award: {credential: c, decided_by: d, valid: forever}
"""
RULES = requirements.compile(requirements.parse(TEXT, name="s.yaml"))


def session(number: int) -> Activity:
    return Activity(f"s{number}", "session", f"Day {number}", "f2f", f"m{number}")


def person(attended: int, *ahead: int) -> Facts:
    done = posted("e", "attended", session(0), START, attended, 180)
    coming = tuple(Coming(session(n), date(2016, n, 20), 180) for n in ahead)
    return facts((done,), coming, partners=(Partner("m", "mentor", START, entries=(done,)),))


def audit(person: Facts, on: date = ON) -> Audit:
    return requirements.audit(RULES, person, true_on=on, known_at=LATE)


def test_credited_meets_what_a_session_alone_holds_up() -> None:
    before = person(180, 2)
    assert audit(before).status is Status.PENDING
    after = supposing.credited(before, "m2", at=datetime(2016, 1, 15, tzinfo=UTC))
    assert audit(after, on=date(2016, 2, 20)).status is Status.MET


def test_canceled_moved_shortened_and_switched() -> None:
    before = person(180, 2)
    hours = [
        supposing.canceled(before, "m2"),
        supposing.rescheduled(before, "m2", on=date(2016, 6, 24)),
        supposing.rescheduled(before, "m2", percent=50),
        supposing.rescheduled(before, "m2", percent=67),
        supposing.rescheduled(before, "m2", modality="sync"),
        supposing.rescheduled(before, "m3", percent=0),
    ]
    found = [[audit(facts).root.find(node).status for node in ("hours", "in-person")] for facts in hours]
    # Until the window of the hours ends, others may come for those lost; what has no window is of the schedule.
    late, lost, kept = Status.OPEN, Status.IMPOSSIBLE, Status.PENDING
    assert found == [[late, lost], [late, kept], [late, kept], [kept, kept], [kept, lost], [kept, kept]]


def test_the_most_urgent_first() -> None:
    people = {
        "safe": person(180, 2, 3, 4),
        "tight": person(180, 2),
        "lost": person(0, 2),
        "tighter": person(120, 2),
    }
    ranked = sorted(people, key=lambda name: risk(audit(people[name])).urgency())
    assert ranked == ["lost", "tighter", "tight", "safe"]


def test_risk_names_the_requirement_and_the_next_day() -> None:
    found = risk(audit(person(120, 2)))
    assert (found.tightest and found.tightest.id, found.next_on) == ("hours", date(2016, 2, 20))
    said = found.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Hours: 2 h of 5 h so far. All 3 h still scheduled is needed."


def test_an_excused_absence_is_credited_only_when_the_policy_says_so() -> None:
    absent = person(0, 2)
    excused = requirements.Absence("m0", excused=True, recorded_at=datetime(2015, 9, 1, tzinfo=UTC))
    absent = facts(absent.entries, absent.coming, partners=absent.partners, absences=(excused,))
    assert audit(absent).root.find("hours").value == 0
    text = TEXT.replace("partial: proportional", "partial: proportional, excused: credited")
    rules = requirements.compile(requirements.parse(text, name="s.yaml"))
    assert requirements.audit(rules, absent, true_on=ON, known_at=LATE).root.find("hours").value == 180

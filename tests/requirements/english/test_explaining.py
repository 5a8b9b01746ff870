"""What a committee reads before it signs."""

from __future__ import annotations

import re

import pytest

from cecto.requirements import explain, parse
from cecto.requirements.language.node_words import COMMON, LEAVES, keys_of

TEXT = """\
program: p
track: t
catalogue: '2020'
version: 3
title: A program
classes: {starting: {from: 2019-08-01, before: 2020-08-01}}
under_way: better-of-both
moves: {old: law}
positions: {board: Board of Nursing}
policy:
  source: '[P] set by the board'
  partial: {threshold: 75%}
  late_grace: 5m
  round_down_to: {each: 15m}
  makeup: {ratio: 50%, kinds: [recording, assignment], until: class.end+30d, within: 2m}
competencies: {law: Law and order}
pools:
  course:
    title: Course hours
    where: {kind: [recognized, attended]}
    window: [class.start, class.end]
    distinct: evidence
    value: [{where: {category: talks}, hours: 2h, per: item-and-year}]
    limits: [{id: cap, title: Online study, where: {modality: async}, at_most: 30h, source: '[P] half'}]
require:
  id: root
  title: Everything
  of:
    - id: hours
      title: Hours
      source: "[S] the program's page"
      measure: hours
      from: course
      at_least: 7.5h
      waivable: {by: [board, dpi-liaison], kinds: lower}
    - {id: law, title: Law, measure: hours, where: {competency: law, not: {tag: [b, a]}}, at_least: 1h}
    - id: joint
      title: Together
      measure: together
      with: {relation: same-organization, track: leaders}
      where: {tag: joint}
      both_at_least: 75%
      at_least: 2
      when: {partner: {relation: same-organization}}
      otherwise: {id: alone, title: Alone, measure: count, where: {kind: attended}, credited: 50%, at_least: 3}
    - {id: rate, title: Rate, measure: rate, denominator: to-date, excused: out, at_least: 80%}
    - {id: absences, title: Absences, measure: absences, credited: 75%, excused: out, at_most: 2}
  at_least: 3
award: {credential: c, title: The award, decided_by: program-director, second: dpi-liaison, valid: 3y}
renewal:
  applies_when: {trait: {chapter: florida}}
  cycle: {length: 3y, fixed: 07-01}
  opens: 6m
  grace: 90d
  carry: {over: 5h, back: 30d}
  on_lapse: {status: expired, reinstate_within: 1y}
  require: {id: again, title: Again, measure: hours, window: cycle, at_least: 60h}
"""
SAID = """\
# A program
Program p, track t, catalogue 2020, version 3.
## Whom it is for
- Classes that start from August 1, 2019 through July 31, 2020.
- People under way when a class moves to it keep the rules they began with, or come under it, whichever leaves them \
better off.
- What was granted on `old` is granted on `law`.
- [S] is stated by a source; [P] is policy that the program sets itself.
## What is required
- **Everything** (`root`): at least 3 of these.
  - **Hours** (`hours`): at least 7 h 30 min of “Course hours”. The Board of Nursing or the DPI liaison may lower the \
target.
    - Source: [S] the program's page
  - **Law** (`law`): at least 1 h in “Law and order”, but not tagged “a” or “b”.
  - **Together** (`joint`): at least 2 sessions tagged “joint”, in which both this person and someone from the same \
organization in the track “leaders”, as linked on that day, are credited at least 75%. Asked of those linked during \
the class to someone from the same organization.
    - Instead:
      - **Alone** (`alone`): at least 3 sessions attended, each credited at least 50%.
  - **Rate** (`rate`): at least 80% of the time offered to date credited. Excused absences are left out.
  - **Absences** (`absences`): at most 2 sessions may be missed; one is missed when less than 75% of it is credited; \
excused absences do not count.
## How time is credited
- Attending at least 75% of a part of a session credits all of it; less credits nothing.
- Missing up to 5 min of a part costs nothing.
- Time missed with an excused absence is not credited.
- Each item is rounded down to a multiple of 15 min.
- Missed time may be made up by assignment or recording, up to 50% of the time missed, until 30 days after the last \
day of the class, within 2 months of the session.
  - Source: [P] set by the board
- “Course hours” is time attended or accepted from outside, during the class.
  - The same evidence counts once.
  - In the category “talks”: 2 h per item and year.
  - Online study: at most 30 h online alone ([P] half).
## The award
- The award (`c`), decided by the program director; the DPI liaison signs too.
- It is valid for 3 years.
## Renewal
- Every 3 years, from July 1 of the award's year.
- Asked only of those whose chapter is florida.
- It may be renewed from 6 months before the end of a cycle.
- What was done by the end of a cycle may be recorded until 90 days after it.
- Up to 5 h more than needed go on to the next cycle.
- What is done within 30 days after the end may count for the cycle, and then only for it.
- Without renewal the award becomes expired. What is missing may be made up within 1 year after that, to reinstate it.
- **Again** (`again`): at least 60 h, during the cycle.
"""


def test_the_rules_in_plain_english() -> None:
    definition = parse(TEXT, name="t.yaml")
    assert (
        explain(definition).replace("\N{NO-BREAK SPACE}", " ")
        == f"{SAID}\nSHA-256 of the text: `{definition.sha256}`\n"
    )


def test_what_must_be_required_is_said_before_the_noun() -> None:
    text = (
        TEXT[: TEXT.index("require:")]
        + """\
require:
  id: work
  title: Work
  measure: each
  of: assignment
  where: {required: true, held_by: p}
award: {credential: c, decided_by: program-director, valid: forever}
"""
    )
    said = explain(parse(text, name="t.yaml"))
    assert "- **Work** (`work`): every required assignment held by “p” is accepted.\n" in said


def test_a_unit_of_ones_own_is_said_everywhere() -> None:
    text = TEXT.replace("policy:", "unit: {name: PDU, per: 60m}\npolicy:", 1).replace("60h}", "60 PDUs}")
    said = explain(parse(text, name="t.yaml")).replace("\N{NO-BREAK SPACE}", " ")
    assert "- Time is counted in PDUs: one is 1 h.\n" in said
    for phrase in ("at least 7.5 PDUs of", "at least 1 PDU in", "at most 30 PDUs online", "at least 60 PDUs, during"):
        assert phrase in said


WHERE = "where: {tag: a}"
WINDOW = "window: [class.start, class.end]"
OWN = [
    "limits: [{id: c, title: C, where: {tag: a}, at_most: 1h}]",
    "value: [{where: {tag: a}, hours: 1h}]",
    "distinct: evidence",
    "allocate: flow",
    "use: {exclusive: g, split: true}",
]
KEYS = {
    "measure: hours, at_least: 1h": [WHERE, WINDOW, "from: course", *OWN],
    "measure: hours, at_most: 1h, vacuous: open": ["vacuous: met"],
    "measure: count, at_least: 2": [WHERE, WINDOW, "credited: 50%", "outcome: merit", "scored: 60"],
    "measure: count, at_most: 2, vacuous: open": ["vacuous: met"],
    "measure: absences, at_most: 2": [WHERE, WINDOW, "credited: 50%", "excused: out", "of: event"],
    "measure: each, of: session": [WHERE, WINDOW, "credited: 50%", "vacuous: met", "of: event"],
    "measure: together, with: {relation: mentor}, both_at_least: 50%, at_least: 1": [
        WHERE, WINDOW, "with: {relation: supervisor}", "both_at_least: 60%", "at_least: 2",
    ],
    "measure: verdict, of: paper": [WHERE, WINDOW, "of: essay", "panel: 3", "outcome: merit"],
    "measure: credential, credential: c": [WHERE, WINDOW, "credential: d", "valid: false"],
    "measure: rate, denominator: all, excused: in, at_least: 80%": [
        WHERE, WINDOW, "denominator: taken", "excused: out", "at_least: 90%",
    ],
    "measure: score, of: exam, at_least: 60": [
        WHERE, WINDOW, "of: test", "at_least: 70", "scale: 0-800", "attempts: 2",
    ],
    "measure: attest, document: d, by: supervisor": [WHERE, WINDOW, "document: e", "by: host", "at_least: 2"],
    "measure: linked, with: {relation: mentor}": [WINDOW, "with: {relation: supervisor}", "at_least: 2"],
    "measure: years, of: work, at_least: 2y": [WHERE, WINDOW, "of: study", "at_least: 3y"],
    "measure: held, any_of: [degree]": [WHERE, WINDOW, "any_of: [diploma]"],
    "measure: paid, at_least: 10": [WHERE, WINDOW, "of: fee", "at_least: 20"],
}  # fmt: skip


def _with(leaf: str, key: str) -> str:
    """The requirement with that key, in place of its own one where it has it."""
    name = key.partition(":")[0]
    return f"{re.sub(rf', {name}: ({{[^}}]*}}|[^,]*)', '', leaf)}, {key}"


def test_no_key_of_a_requirement_is_left_out() -> None:
    tested: dict[str, set[str]] = {}
    for leaf, keys in KEYS.items():
        words = {part.partition(":")[0].strip() for part in re.sub(r"{[^}]*}", "", leaf).split(", ")}
        tested.setdefault(leaf.split(", ")[0].removeprefix("measure: "), words).update(
            words, (key.partition(":")[0] for key in keys)
        )
    assert tested == {measure: keys_of(measure).keys() - COMMON.keys() for measure in LEAVES}


@pytest.mark.parametrize(("leaf", "key"), [(leaf, key) for leaf, keys in KEYS.items() for key in keys])
def test_a_committee_reads_every_key(leaf: str, key: str) -> None:
    assert _said(_with(leaf, key)) != _said(leaf)


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        ("count, where: {activity: session, kind: attended}, at_least: 1", "at least 1 session attended."),
        ("count, where: {kind: accepted, activity: assignment}, at_least: 2", "at least 2 assignments accepted."),
        ("count, where: {kind: scored, item: [a, b]}, scored: 60, at_least: 2",
         "at least 2 exams for “a” or “b”, each with at least 60 points."),
        ("count, where: {kind: verdict}, at_least: 1", "at least 1 item judged, each with the verdict “pass”."),
        ("count, at_least: 2", "at least 2 sessions or items."),
        ("score, of: exam, scale: 0-1000, at_least: 600", "at least 600 points in “exam”, on a scale of 0 to 1,000."),
    ],
)  # fmt: skip
def test_what_is_counted_is_called_what_it_is(leaf: str, said: str) -> None:
    assert _said(f"measure: {leaf}") == said


SHARING = "{id: same, title: Same, measure: hours, at_least: 1h, use: {exclusive: g, split: true}}"


def _said(leaf: str) -> str:
    text = (
        TEXT[: TEXT.index("require:")]
        + f"require: {{id: other, of: [{{id: root, title: Root, {leaf}}}, {SHARING}], at_least: 1}}\n"
    )
    text += "award: {credential: c, decided_by: d, valid: forever}\n"
    (line,) = [line for line in explain(parse(text, name="t.yaml")).splitlines() if "- **Root**" in line]
    return line.partition("): ")[2].replace("\N{NO-BREAK SPACE}", " ")


UNITS = "{name: unit, of: hours, per: 10h, variable: true}"
RECORD = "{fields: [name], keep_years: 7}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("partial: {threshold: 75%}", "partial: proportional"),
        ("late_grace: 5m", "late_grace: 6m"),
        ("round_down_to: {each: 15m}", "round_down_to: {total: 15m}"),
        ("makeup: {ratio: 50%", "excused: credited\n  makeup: {ratio: 50%"),
        ("ratio: 50%", "ratio: 60%"),
        ("kinds: [recording, assignment]", "kinds: [recording]"),
        ("until: class.end+30d", "until: class.end+31d"),
        ("within: 2m}", "within: 3m}"),
        ("second: dpi-liaison, valid", "valid"),
        ("valid: 3y", "valid: forever"),
        ("valid: 3y", f"valid: 3y, units: {UNITS}"),
        ("valid: 3y", f"valid: 3y, record: {RECORD}"),
        (f"record: {RECORD}", "record: {fields: [name, day], keep_years: 7}"),
        (f"record: {RECORD}", "record: {fields: [name], keep_years: 8}"),
        (f"record: {RECORD}", "record: {fields: [name], keep_years: 7, release: learner-request-only}"),
        (f"units: {UNITS}", f"units: {UNITS.replace('10h', '20h')}"),
        (f"units: {UNITS}", f"units: {UNITS.replace('unit', 'CEU')}"),
        (f"units: {UNITS}", f"units: {UNITS.replace('true', 'false, whole: 30h')}"),
        ("length: 3y", "length: 2y"),
        ("fixed: 07-01", "fixed: 08-01"),
        ("fixed: 07-01", "fixed: 07-01, year: after-award"),
        ("opens: 6m", "opens: 7m"),
        ("grace: 90d", "grace: 60d"),
        ("over: 5h", "over: 6h"),
        ("back: 30d", "back: 31d"),
        ("status: expired", "status: inactive"),
        ("reinstate_within: 1y", "reinstate_within: 2y"),
        ("florida}", "texas}"),
        ("under_way: better-of-both", "under_way: move"),
        ("from: 2019-08-01", "from: 2019-09-01"),
        ("moves: {old: law}", "moves: {older: law}"),
        ("distinct: evidence", "distinct: item"),
        ("per: item-and-year", "per: item"),
        ("policy:\n", "reads: other\npolicy:\n"),
    ],
)
def test_a_committee_reads_every_key_of_the_whole(before: str, after: str) -> None:
    text = TEXT
    for written, with_it in (("units: ", f"valid: 3y, units: {UNITS}"), ("record: ", f"valid: 3y, record: {RECORD}")):
        text = text.replace("dpi-liaison, valid: 3y", f"dpi-liaison, {with_it}") if written in before else text
    assert before in text
    one, other = (parse(each, name="t.yaml") for each in (text, text.replace(before, after, 1)))
    assert explain(one).partition("SHA-256")[0] != explain(other).partition("SHA-256")[0]

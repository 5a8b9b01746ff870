"""What a committee reads before it signs."""

from __future__ import annotations

from cecto.requirements import explain, parse

TEXT = """\
program: p
track: t
catalogue: '2020'
version: 3
title: A program
policy:
  partial: {threshold: 75%}
  late_grace: 5m
  round_down_to: {each: 15m}
  makeup: {ratio: 50%, kinds: [recording, assignment], until: class.end+30d, within: 2m}
competencies: {law: Law and order}
pools:
  course:
    where: {kind: [recognized, attended]}
    window: [class.start, class.end]
    distinct: evidence
    value: [{where: {category: talks}, hours: 2h, per: item-and-year}]
    limits: [{id: cap, title: Online study, where: {modality: async}, at_most: 30h}]
require:
  id: root
  title: Everything
  of:
    - id: hours
      title: Hours
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
## What is required
- **Everything** (`root`): at least 3 of these.
  - **Hours** (`hours`): at least 7\xa0h\xa030\xa0min of “course” time. The board or the DPI liaison may lower \
the target.
  - **Law** (`law`): at least 1\xa0h in “Law and order”, but not tagged “a” or “b”.
  - **Together** (`joint`): at least 2 sessions tagged “joint”, in which both this person and someone of the same \
organization in the track “leaders”, as linked on that day, are credited at least 75%. Asked of those linked during \
the class to someone of the same organization.
    - Instead:
      - **Alone** (`alone`): at least 3 sessions or items attended, each credited at least 50%.
  - **Rate** (`rate`): at least 80% of the time offered to date credited. Excused absences leave the reckoning.
## How time is credited
- Attending at least 75% of a segment credits all of it; less credits nothing.
- Missing up to 5\xa0min of a segment costs nothing.
- Time missed with an excused absence is not credited.
- Each entry is rounded down to a multiple of 15\xa0min.
- Missed time may be made up by assignment or recording, up to 50% of the minutes missed, before 30 days after the end \
of the class, within 2 months.
- “Course” time is time attended or recognized from elsewhere, from the first day of the class until the end of \
the class.
  - The same evidence counts once.
  - In the category “talks”: 2\xa0h per item and year.
  - Online study: at most 30\xa0h online alone.
## The award
- The award (`c`), decided by the program director, with the second signature of the DPI liaison.
- It is valid for 3 years.
## Renewal
- Every 3 years, from July 1 of the award's year.
- Asked only of those whose chapter is florida.
- May be asked for 6 months before the end.
- May be settled until 90 days after the end.
- Up to 5\xa0h of surplus go on to the next.
- What is done within 30 days after the end may count for it, and then not again.
- Without renewal the award becomes expired. What is missing may be made up within 1 year, to reinstate it.
- **Again** (`again`): at least 60\xa0h, from the start of the cycle until the end of the cycle.
"""


def test_the_rules_in_plain_english() -> None:
    definition = parse(TEXT, name="t.yaml")
    assert explain(definition) == f"{SAID}\nSHA-256 of the text: `{definition.sha256}`\n"


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

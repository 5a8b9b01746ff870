"""A first definition and its example persons, from the answers; both pass lint as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cecto.requirements.drafting.questions import Answers, code_of
from cecto.requirements.parts import Span
from cecto.requirements.windows import later

SESSION = 390
FEWEST_SESSIONS = 6
STEP = 5


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a definition, and that of its example persons."""

    definition: str
    examples: str


def write_definition(answers: Answers) -> Written:
    """The definition that the answers describe, and persons who show it: done, on track, short, and renewed or not."""
    return Written("\n".join(_definition(answers)) + "\n", "\n".join(_examples(answers)) + "\n")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _time(minutes: int, answers: Answers) -> str:
    if answers.unit and minutes % 60 == 0:
        return f"{minutes // 60} {answers.unit}"
    whole, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{whole}h" if whole else "", f"{rest}m" if rest else "") if part)


def _years(answers: Answers) -> str:
    first, last = answers.first_day.year, answers.last_day.year
    return f"{first}" if first == last else f"{first}-{last % 100:02d}"


def _definition(answers: Answers) -> Iterator[str]:
    title = _quoted(answers.title)
    office = code_of(answers.decided_by)
    yield from _head(answers, title, office)
    yield from _policy(answers)
    yield from _required(answers, title)
    valid = f"{answers.renewal}y" if answers.renewal else "forever"
    yield ""
    yield f"award: {{credential: {code_of(answers.program)}, title: {title}, decided_by: {office}, valid: {valid}}}"
    if answers.renewal:
        yield from _renewal(answers)


def _head(answers: Answers, title: str, office: str) -> Iterator[str]:
    start = answers.first_day.replace(day=1)
    yield f"program: {answers.program}"
    yield "track: participant"
    yield f"catalogue: '{_years(answers)}'"
    yield "version: 1"
    yield f"title: {title}"
    yield f"classes: {{starting: {{from: {start}, before: {later(start, Span(months=12))}}}}}"
    if answers.unit:
        yield f"unit: {{name: {answers.unit}, per: 60m}}"
    yield f"positions: {{{office}: {_quoted(answers.decided_by)}}}"


def _policy(answers: Answers) -> Iterator[str]:
    partial = {0: "proportional", 100: "all-or-nothing"}.get(answers.partial, f"{{threshold: {answers.partial}%}}")
    yield ""
    yield "policy:"
    yield "  source: '[P] set by the program'"
    yield f"  partial: {partial}"
    if answers.makeup_days:
        yield f"  makeup: {{ratio: 100%, kinds: [assignment, recording], until: class.end+{answers.makeup_days}d}}"
    if answers.competencies:
        yield ""
        yield "competencies:"
        yield from (f"  {code_of(name)}: {_quoted(name)}" for name in answers.competencies)
    yield ""
    yield "pools:"
    yield "  instruction:"
    yield "    title: Instruction"
    yield "    where: {kind: [attended, accepted, makeup, recognized], verified: true}"
    yield "    window: [class.start, class.end]"


def _required(answers: Answers, title: str) -> Iterator[str]:
    office = code_of(answers.decided_by)
    yield ""
    yield "require:"
    yield "  id: certificate"
    yield f"  title: {title}"
    yield "  all:"
    yield "    - id: hours"
    yield f"      title: {_quoted(f'{_time(answers.minutes, answers)} of instruction')}"
    yield "      measure: hours"
    yield "      from: instruction"
    yield f"      at_least: {_time(answers.minutes, answers)}"
    yield f"      waivable: {{by: {office}, kinds: [lower, accept, exclude]}}"
    for name in answers.competencies:
        where = f"where: {{kind: [attended, makeup], competency: {code_of(name)}}}, at_least: 1"
        yield f"    - {{id: topic-{code_of(name)}, title: {_quoted(name)}, measure: count, {where}}}"
    if answers.may_miss is not None:
        most = f"measure: absences, excused: in, at_most: {answers.may_miss}"
        yield f"    - {{id: attendance, title: Attendance, {most}, waivable: {{by: {office}, kinds: [exclude]}}}}"
    if answers.assignments:
        work = "measure: each, of: assignment, where: {required: true}"
        yield f"    - {{id: assignments, title: Every required assignment, {work}}}"
    if answers.judges:
        judged = f"measure: verdict, of: final-project, panel: {answers.judges}"
        yield f"    - {{id: project, title: Final project, {judged}}}"


def _renewal(answers: Answers) -> Iterator[str]:
    asked = f"window: cycle, where: {{verified: true}}, at_least: {_time(answers.renewal_minutes, answers)}"
    yield ""
    yield "renewal:"
    yield f"  cycle: {{length: {answers.renewal}y}}"
    yield "  opens: 6m"
    yield "  grace: 60d"
    yield "  on_lapse: {status: expired}"
    yield f"  require: {{id: renewal, title: Renewal, measure: hours, {asked}}}"


def _sessions(answers: Answers) -> int:
    """Enough of the usual length that the allowed absences still leave the time asked, and every topic twice over."""
    missed = answers.may_miss or 0
    by_time = -(-answers.minutes // SESSION) + missed
    return max(FEWEST_SESSIONS, by_time, len(answers.competencies) * (missed + 1))


def _offered(answers: Answers) -> int:
    """The minutes of one session: the least, in steps, that reach the time asked without the allowed absences."""
    taken = _sessions(answers) - (answers.may_miss or 0)
    return -(-answers.minutes // (taken * STEP)) * STEP


def _days(answers: Answers) -> list[date]:
    count = _sessions(answers)
    length = (answers.last_day - answers.first_day).days
    return [answers.first_day + timedelta(days=length * number // max(1, count - 1)) for number in range(count)]


def _examples(answers: Answers) -> Iterator[str]:
    yield "# Invented people, and what the rules must say of them: the rules' tests. Change them as a committee would."
    yield f"class_start: {answers.first_day}"
    yield f"class_end: {answers.last_day + timedelta(days=1)}"
    yield ""
    yield "activities:"
    yield from _activities(answers)
    yield ""
    yield "persons:"
    yield from _all_done(answers)
    yield from _halfway(answers)
    yield from _nothing(answers)
    if answers.may_miss is not None:
        yield from _missed(answers)
    if answers.renewal:
        yield from _renewed(answers)


def _activities(answers: Answers) -> Iterator[str]:
    codes = [code_of(name) for name in answers.competencies]
    for number, on in enumerate(_days(answers)):
        topic = f", competency: {codes[number % len(codes)]}" if codes else ""
        yield f"  session-{number + 1}: {{on: {on}, minutes: {_offered(answers)}m, modality: f2f{topic}}}"
    for number in range(answers.assignments):
        yield f"  assignment-{number + 1}: {{activity: assignment, on: {answers.last_day}, required: true}}"
    if answers.judges:
        yield f"  final-project: {{activity: project, on: {answers.last_day}, title: Final project}}"


def _person(name: str, on: date, done: str) -> Iterator[str]:
    yield f"  - name: {name}"
    yield f"    true_on: {on}"
    yield f"    done: {done}"


def _passed(answers: Answers) -> Iterator[str]:
    if answers.judges:
        judges = ", ".join(f"judge-{number + 1}" for number in range(answers.judges))
        yield "    also:"
        yield (
            f"      - {{kind: verdict, activity: project, of: final-project, on: {answers.last_day}, outcome: pass, "
            f"by: [{judges}]}}"
        )


def _all_done(answers: Answers) -> Iterator[str]:
    yield from _person("Amara Lindqvist, who did everything", answers.last_day, "all")
    yield from _passed(answers)
    yield "    expect:"
    yield "      certificate: met"
    yield f"      hours: {{status: met, value: {_sessions(answers) * _offered(answers)}m}}"


def _halfway(answers: Answers) -> Iterator[str]:
    days = _days(answers)
    middle = days[len(days) // 2]
    held = sum(on <= middle for on in days)
    if held == len(days):  # a class of one day has no middle
        return
    yield from _person("Benedict Oyelaran, halfway and on track", middle, "all")
    yield "    expect:"
    yield "      certificate: pending"
    met = held * _offered(answers) >= answers.minutes
    yield f"      hours: {{status: {'met' if met else 'pending'}, value: {held * _offered(answers)}m}}"


def _nothing(answers: Answers) -> Iterator[str]:
    over = answers.last_day + timedelta(days=answers.makeup_days + 2)
    yield from _person("Clementine Varga, who never came, when it was too late to make up", over, "none")
    yield "    expect:"
    yield "      certificate: impossible"
    yield "      hours: {status: impossible, value: 0m}"


def _missed(answers: Answers) -> Iterator[str]:
    """As many absences as are allowed, of which any topic has one session more; and one too many."""
    allowed = answers.may_miss or 0
    over = answers.last_day + timedelta(days=answers.makeup_days + 2)
    for more, status, who in (
        (0, "met", "Dorothea Kwan, who missed"),
        (1, "impossible", "Elias Brandvold, who missed"),
    ):
        missed = allowed + more
        count = "no session" if not missed else f"{missed} session{'s' if missed > 1 else ''}"
        yield from _person(f"{who} {count}", over, "all")
        if missed:
            yield f"    but: {{{', '.join(f'session-{number + 1}: 0m' for number in range(missed))}}}"
        yield from _passed(answers)
        yield "    expect:"
        yield f"      certificate: {status}"
        yield f"      attendance: {{status: {status}, value: {missed}}}"


def _renewed(answers: Answers) -> Iterator[str]:
    asked = answers.renewal_minutes
    on = answers.last_day + timedelta(days=90)
    for who, minutes, status in (
        ("Farida Holm, who renewed", asked, "met"),
        ("Gus Petrakis, not yet", asked - 1, "open"),
    ):
        yield f"  - name: {who}"
        yield "    part: renewal"
        yield f"    awarded_on: {answers.last_day}"
        yield f"    true_on: {on}"
        yield "    done: none"
        yield "    also:"
        yield f"      - {{kind: recognized, on: {on - timedelta(days=30)}, minutes: {minutes}m}}"
        yield "    expect:"
        yield f"      renewal: {{status: {status}, value: {minutes}m}}"

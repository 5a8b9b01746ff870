"""What a move to another version makes easier for people, and which offices an exception with that effect needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cecto.audits.comparing import Compared
from cecto.audits.models import VersionChange
from cecto.people.models import Person
from cecto.people.seats import offices_of
from cecto.programs.queries import ruleset
from cecto.requirements.compiling import Rules
from cecto.requirements.english import phrases
from cecto.requirements.results import Result
from cecto.requirements.statuses import rank


@dataclass(frozen=True, slots=True)
class Eased:
    """A requirement that becomes easier for someone: one of the offices `by` must agree, and the office `second`."""

    person: Person
    title: str
    by: tuple[str, ...]
    second: str

    def lacks(self, holding: Sequence[tuple[Person, frozenset[str]]]) -> tuple[str, ...]:
        """The offices that have not agreed yet, one of several as `a or b`; nobody agrees for themselves, nor twice."""
        others = [(person, offices) for person, offices in holding if person != self.person]
        first = [person for person, offices in others if offices.intersection(self.by)]
        second = [person for person, offices in others if self.second in offices]
        if not self.second:
            return () if first else (_either(self.by),)
        if any(one != other for one in first for other in second):
            return ()
        if first and second:
            return (_either([self.second]),)
        return (*(() if first else (_either(self.by),)), *(() if second else (_either([self.second]),)))


def eased(compared: Iterable[Compared], rule: VersionChange.Rule, start: date) -> list[Eased]:
    """What a move from a date on makes easier for these people, who were compared with the other version. No queries.

    Those under way who stay are not touched. Where the rules let nobody grant an exception, the offices are those that
    decide on the award.
    """
    return [
        found
        for one in compared
        if rule != VersionChange.Rule.STAY or one.seen.enrollment.enrolled_on >= start
        for found in _eased_for(one)
    ]


def holding(people: Iterable[tuple[Person, date]], program_code: str) -> list[tuple[Person, frozenset[str]]]:
    """The offices that each of these people held on a day. A query for each."""
    return [(person, frozenset(offices_of(person, program_code=program_code, on=day))) for person, day in people]


def _eased_for(one: Compared) -> Iterator[Eased]:
    rules = next(
        ruleset(each.definition)
        for each in one.seen.versions
        if each.definition.sha256 == one.comparison.before.definition
    )
    easier = [each for each in one.comparison.changes if _easier(each.before, each.after)]
    ids = {each.before.id for each in easier if each.before}
    for change in easier:
        before = change.before
        if before is None or any(below.id in ids for below in before.walk() if below.id != before.id):
            continue
        by, second = _offices(rules, before.id)
        yield Eased(one.seen.enrollment.person, change.title, by, second)


def _easier(before: Result | None, after: Result | None) -> bool:
    if before is None or before.status.satisfied:
        return False
    if after is None or rank(after.status) > rank(before.status):
        return True
    sign = -1 if before.ceiling else 1
    return sign * after.target < sign * before.target or sign * after.value > sign * before.value


def _offices(rules: Rules, node: str) -> tuple[tuple[str, ...], str]:
    """Who may grant an exception on a requirement, or on the nearest one around it, and who joins."""
    around = [each for each in rules.nodes.values() if any(below.id == node for below in each.walk())]
    for each in sorted(around, key=lambda one: sum(1 for _ in one.walk())):
        if each.waivable:
            return tuple(each.waivable.by), each.waivable.second or ""
    award = rules.definition.award
    return (award.decided_by,), award.second or ""


def _either(offices: Sequence[str]) -> str:
    return phrases.listed([phrases.office(one) for one in offices], "or")

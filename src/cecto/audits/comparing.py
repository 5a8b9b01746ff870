"""Whose outcome would change in a class if another version of the definition held, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.audits.queries import EnrollmentAudit, active_in_tracks, audit_enrollments, facts_of
from cecto.audits.standing import awards_of
from cecto.classes.models import Cohort
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.programs.queries import ruleset
from cecto.requirements import Change, Comparison, compare
from cecto.requirements.compiling import Rules
from cecto.requirements.results import Status
from cecto.requirements.statuses import rank


@dataclass(frozen=True, slots=True)
class Compared:
    """One person under two versions."""

    seen: EnrollmentAudit
    comparison: Comparison

    @property
    def changes(self) -> tuple[Change, ...]:
        """The requirements whose status changes, that are new, or that are asked no longer; not the whole itself."""
        root = self.comparison.after.root.id
        return tuple(one for one in self.comparison.changes if one.node != root and _status(one, 0) != _status(one, 1))

    @property
    def changed(self) -> bool:
        """Whether the outcome, or that of any requirement, changes."""
        return self.comparison.changed or bool(self.changes)

    @property
    def before(self) -> Status:
        """The outcome under the version that holds now."""
        return self.comparison.before.status

    @property
    def after(self) -> Status:
        """The outcome under the other version."""
        return self.comparison.after.status


def compare_class(cohort: Cohort, new: Rules, *, on: date, known_at: datetime) -> list[Compared]:
    """Everyone active in the track of those rules on a date, under what holds them then and under these rules.

    Who is certified keeps the rules of their decision, and is no part of it.
    """
    active = active_in_tracks(cohort, [new.definition.track], on=on)
    everyone = [one for one, award in zip(active, awards_of(active), strict=True) if award.definition is None]
    return compare_people(audit_enrollments(everyone, true_on=on, known_at=known_at, also=[new]), new)


def compare_people(seen: Sequence[EnrollmentAudit], new: Rules, *, old: Rules | None = None) -> list[Compared]:
    """Everyone under `old` (what holds them now, when not given) and under `new`; the worse off first. No queries.

    The audits must have been asked for with `new` and `old` in `also`.
    """
    found = [Compared(one, _compare(one, new, old)) for one in seen]
    return sorted(found, key=lambda one: (rank(one.after) - rank(one.before), not one.changed))


def _compare(seen: EnrollmentAudit, new: Rules, old: Rules | None) -> Comparison:
    facts = facts_of(seen) if old is None else seen.facts
    before = old or ruleset(seen.definition)
    if not (new.links | before.links) <= seen.partners:
        raise ValueError("Ask for these audits with both versions in `also`: their partners were not read.")
    return compare(before, new, facts, true_on=seen.audit.true_on, known_at=seen.audit.known_at)


def comparison_table(title: str, compared: Sequence[Compared]) -> Table:
    """One row for each person whose outcome changes and each requirement in which it does."""
    columns = (
        Column(_("Person")),
        Column(_("All, now"), Kind.STATUS),
        Column(_("All, then"), Kind.STATUS),
        Column(_("What changes")),
    )
    rows = [_row(one, text) for one in compared if one.changed for text in _said(one)]
    return Table(title, columns, rows)


def _said(one: Compared) -> list[str]:
    return [change.sentence for change in one.changes] or [_("Only the outcome as a whole.")]


def _row(one: Compared, text: str) -> tuple[Value, ...]:
    enrollment = one.seen.enrollment
    link = Link(enrollment.person.name, reverse("audits:record", args=[enrollment.key]))
    return link, str(one.before), str(one.after), text


def _status(change: Change, when: int) -> Status | None:
    result = (change.before, change.after)[when]
    return result.status if result else None

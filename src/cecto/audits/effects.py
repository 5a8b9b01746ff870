"""What an exception that waits for its second office would do, said the same on every page and by the command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cecto.audits.granting import Considered, consider_each, fact_of
from cecto.audits.letter import KINDS
from cecto.audits.models import ExceptionGrant
from cecto.audits.standing import Award, awards_of
from cecto.foundation.ui.statuses import sign_of
from cecto.foundation.ui.words import hours
from cecto.requirements.renewing import audits_so_far
from cecto.requirements.results import Audit, Result


@dataclass(frozen=True, slots=True)
class Told:
    """Whom an exception concerns, the item it names (empty when none), and each thing that it changes, in a line."""

    grant: ExceptionGrant
    item: str
    lines: tuple[str, ...]

    @property
    def alone(self) -> tuple[Told]:
        """By itself, as pages show many."""
        return (self,)

    @property
    def name(self) -> str:
        """Whose requirement it is."""
        return self.grant.enrollment.person.name


def effects_told(grants: Sequence[ExceptionGrant], *, known_at: datetime) -> list[Told]:
    """What each of these would change today once every office has signed. A constant number of queries."""
    if not grants:
        return []
    renewing = [grant.enrollment for grant in grants if grant.cycle]
    awards = {award.enrollment.pk: award for award in awards_of(renewing)} if renewing else {}
    asked = [
        (
            awards.get(grant.enrollment_id) or Award(grant.enrollment),
            fact_of(grant),
            known_at.astimezone(ZoneInfo(grant.enrollment.cohort.program.time_zone)).date(),
        )
        for grant in grants
    ]
    found = consider_each(asked, known_at=known_at)
    return [Told(grant, _item(one), tuple(_lines(one))) for grant, one in zip(grants, found, strict=True)]


def _item(one: Considered) -> str:
    entry = next((each for each in one.facts.entries if each.id == one.fact.entry), None)
    if entry is None:
        return ""
    said = {"title": entry.activity.title, "day": f"{entry.occurred_on:%B %-d, %Y}", "kind": KINDS[entry.kind].lower()}
    what = _("%(title)s, %(day)s, %(kind)s") % said
    if not entry.offered and not entry.attended:
        return what
    return f"{what}: " + _("%(had)s of %(of)s") % {"had": hours(entry.attended), "of": hours(entry.offered)}


def _lines(one: Considered) -> Iterator[str]:
    """The requirement, those above it as a whole, and later cycles of the renewal that it changes."""
    try:
        effect = one.effect
    except ValueError as error:
        yield str(error)
        return
    if one.forbidden or not effect.changes:
        yield one.forbidden or _("Nothing changes today.")
        return
    yield from _changed(effect.before.root, effect.after.root, one.fact.node)
    for before, after in zip(*_cycles(one), strict=False):
        if before.cycle != one.fact.cycle and before.sha256 != after.sha256:
            title = _("Renewal cycle %(n)d") % {"n": before.cycle}
            yield f"{title}: {_state(before.root)} → {_state(after.root)}"


def _changed(before: Result, after: Result, node: str) -> Iterator[str]:
    """The node first, then the others that change, the whole last."""
    pairs = {each.id: each for each in before.walk()}
    changed = [
        (pairs[each.id], each)
        for each in after.walk()
        if each.id in pairs and (pairs[each.id].status, pairs[each.id].value, pairs[each.id].target) != _figures(each)
    ]
    changed.sort(key=lambda pair: (pair[1].id == after.id, pair[1].id != node))
    for was, then in changed:
        yield f"{then.title}: {_state(was)} → {_state(then)}"


def _figures(result: Result) -> tuple[object, ...]:
    return (result.status, result.value, result.target)


def _state(result: Result) -> str:
    """How far, and the status: 45 h of 60 h (Make-up needed)."""
    label = str(sign_of(str(result.status)).label)
    if not result.target:
        return label
    said = hours if result.unit == "minutes" else str
    figure = _("%(had)s of %(of)s") % {"had": said(result.value), "of": said(result.target)}
    return f"{figure} ({label})"


def _cycles(one: Considered) -> tuple[tuple[Audit, ...], tuple[Audit, ...]]:
    """The cycles of the renewal without the exception and with it; none for what is no renewal."""
    if not one.fact.cycle:
        return (), ()
    others = tuple(each for each in one.facts.exceptions if each.id != one.fact.id)
    with_it = replace(one.facts, exceptions=(*others, one.fact))
    without, beside = (
        audits_so_far(one.rules, facts, true_on=one.true_on, known_at=one.known_at)
        for facts in (replace(one.facts, exceptions=others), with_it)
    )
    return without, beside

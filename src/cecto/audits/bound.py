"""The exceptions that an audit rests on, told the same wherever the audit is: who allowed what, as what, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cecto.audits.exception_list import what_is_excepted
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import EnrollmentAudit, exceptions_to_show, facts_of
from cecto.programs.queries import ruleset
from cecto.requirements import Facts, idle_exceptions
from cecto.requirements.english.phrases import office
from cecto.requirements.results import Result


@dataclass(frozen=True, slots=True)
class Bound:
    """One exception that counts in an audit, and what it excepts, in words; `idle` says why it changes nothing."""

    grant: ExceptionGrant
    what: str
    idle: str = ""

    @property
    def authority(self) -> str:
        """Who allowed it, for which office."""
        grant = self.grant
        said = _("Granted by %(name)s for %(office)s") % {"name": grant.granted_by.name, "office": office(grant.office)}
        if grant.second is None:
            return said
        joined = _("joined by %(name)s for %(office)s") % {
            "name": grant.second.name,
            "office": office(grant.second_office),
        }
        return f"{said}, {joined}"


def bound(grants: Iterable[ExceptionGrant], counting: Collection[str]) -> tuple[Bound, ...]:
    """Those of the grants whose keys count, each once, in the order given."""
    return tuple(Bound(grant, what_is_excepted(grant)) for grant in grants if grant.key in counting)


def counting_in(result: Result) -> frozenset[str]:
    """The keys of the exceptions that count anywhere in a result."""
    return frozenset(key for each in result.walk() for key in each.exceptions)


def bound_of(audits: Collection[EnrollmentAudit]) -> dict[int, tuple[Bound, ...]]:
    """The exceptions that count in each of these audits, by the enrollment's id. One query."""
    grants = _by_enrollment(exceptions_to_show().filter(enrollment__in=[one.enrollment.pk for one in audits]))
    return {
        one.enrollment.pk: bound(grants[one.enrollment.pk], counting_in(one.audit.root))
        for one in audits
        if one.enrollment.pk in grants
    }


def in_force_of(
    audits: Iterable[EnrollmentAudit], facts: Callable[[EnrollmentAudit], Facts] = facts_of
) -> dict[int, tuple[Bound, ...]]:
    """As `bound_of`, and the exceptions in force that change nothing, each with the reason. One query.

    `facts` may add to what each audit read, such as the award that a renewal counts from.
    """
    seen = {one.enrollment.pk: one for one in audits}
    grants = _by_enrollment(exceptions_to_show().filter(enrollment__in=list(seen), revoked_at=None))
    return {pk: tuple(_in_force(seen[pk], facts(seen[pk]), found)) for pk, found in grants.items()}


def _in_force(one: EnrollmentAudit, facts: Facts, grants: Iterable[ExceptionGrant]) -> Iterator[Bound]:
    """Those that count, and those that are idle, in the order given."""
    audit = one.audit
    idle = idle_exceptions(ruleset(one.definition), facts, true_on=audit.true_on, known_at=audit.known_at)
    because = {each.exception: each.because for each in idle}
    counting = counting_in(audit.root)
    for grant in grants:
        if grant.key in counting or grant.key in because:
            yield Bound(grant, what_is_excepted(grant), because.get(grant.key, ""))


def bound_in_snapshot(audit: dict[str, Any]) -> tuple[Bound, ...]:
    """The exceptions that count in an audit as a decision keeps it. One query."""
    counting = frozenset(key for result in _walk(audit["result"]) for key in result.get("exceptions", ()))
    return bound(exceptions_to_show().filter(key__in=counting), counting) if counting else ()


def _by_enrollment(grants: QuerySet[ExceptionGrant]) -> dict[int, list[ExceptionGrant]]:
    found: dict[int, list[ExceptionGrant]] = defaultdict(list)
    for grant in grants:
        found[grant.enrollment_id].append(grant)
    return found


def _walk(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield result
    for child in result["children"]:
        yield from _walk(child)

"""Audits: asked for any pair of dates, computed from the ledger each time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import QuerySet

from cecto.audits.gathering.facts import gather_facts
from cecto.audits.gathering.versions import Version, Versions, versions_of
from cecto.audits.models import ExceptionGrant, VersionAgreement, VersionChange
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.queries import active
from cecto.people.models import Person
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements import audit, moved
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Link
from cecto.requirements.facts import Facts
from cecto.requirements.results import Audit
from cecto.requirements.statuses import rank

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class EnrollmentAudit:
    """An enrollment, the facts that were read, and what they come to.

    `versions` are those that may hold the person; `definition` is the one that this audit is of. `partners` are the
    sorts of partners that the facts hold.
    """

    enrollment: Enrollment
    facts: Facts
    audit: Audit
    versions: Versions
    partners: frozenset[Link]

    @property
    def definition(self) -> Definition:
        """The version of the definition that the audit answers for."""
        return self.version_of(self.audit)

    def version_of(self, audit: Audit) -> Definition:
        """The version that an audit of this enrollment answers for: this one, or one that supposes something."""
        return next(one.definition for one in self.versions if one.definition.sha256 == audit.definition)


@dataclass(frozen=True, slots=True)
class EnrollmentFacts:
    """An enrollment, the latest version that holds it, and the facts as that version reads them."""

    enrollment: Enrollment
    definition: Definition
    facts: Facts


def enrollments_to_audit() -> QuerySet[Enrollment]:
    """Enrollments with everything an audit reads of them, in the order of their names.

    A definition's text is long: it is read once for all who are held to it, in a query of its own.
    """
    rows = Enrollment.objects.select_related("person", "organization", "track", "cohort__program")
    return rows.prefetch_related("track__definition")


def audit_enrollments(
    enrollments: Sequence[Enrollment], *, true_on: date, known_at: datetime, also: Collection[Rules] = ()
) -> list[EnrollmentAudit]:
    """The audit of each enrollment, as true on a date and known at an instant. A constant number of queries.

    The facts that were read are enough to audit these enrollments by the rules in `also` as well.
    """
    versions = versions_of(enrollments, true_on=true_on, known_at=known_at)
    asked = _asked(versions, also)
    facts = gather_facts(enrollments, asked=asked, known_at=known_at)
    return [
        EnrollmentAudit(
            one,
            facts[one.pk],
            _better(versions[one.pk], facts[one.pk], true_on=true_on, known_at=known_at),
            versions[one.pk],
            asked[one.pk],
        )
        for one in enrollments
    ]


def facts_held(enrollments: Sequence[Enrollment], *, true_on: date, known_at: datetime) -> list[EnrollmentFacts]:
    """What an audit of another part than the class itself reads: admission, renewal. A constant number of queries."""
    versions = versions_of(enrollments, true_on=true_on, known_at=known_at)
    facts = gather_facts(enrollments, asked=_asked(versions), known_at=known_at)
    return [
        EnrollmentFacts(one, versions[one.pk][-1].definition, _moved(facts[one.pk], versions[one.pk][-1]))
        for one in enrollments
    ]


def held_by(seen: EnrollmentAudit) -> EnrollmentFacts:
    """The same enrollment and facts, by the latest version that holds it."""
    last = seen.versions[-1]
    return EnrollmentFacts(seen.enrollment, last.definition, _moved(seen.facts, last))


def _asked(versions: Mapping[int, Versions], also: Collection[Rules] = ()) -> dict[int, frozenset[Link]]:
    """The sorts of partners that the versions of each enrollment, or the other rules, ask about."""
    others = frozenset(link for rules in also for link in rules.links)
    return {pk: others.union(*(ruleset(one.definition).links for one in held)) for pk, held in versions.items()}


def _better(versions: Versions, facts: Facts, *, true_on: date, known_at: datetime) -> Audit:
    """The audit of the version that leaves the person better off; of the earlier one when they do not differ."""
    audits = [
        audit(ruleset(one.definition), _moved(facts, one), true_on=true_on, known_at=known_at) for one in versions
    ]
    return max(audits, key=lambda found: rank(found.status))


def facts_of(seen: EnrollmentAudit) -> Facts:
    """The facts as the version that the audit answers for read them: exceptions on its ids."""
    held = next(one for one in seen.versions if one.definition.sha256 == seen.audit.definition)
    return _moved(seen.facts, held)


def version_changes(cohort: Cohort) -> QuerySet[VersionChange]:
    """Every change of version in a class, the latest first."""
    rows = VersionChange.objects.filter(track__cohort=cohort)
    return rows.select_related("track", "enrollment__person", "definition").order_by("-recorded_at", "-id")


def version_agreements(cohort: Cohort) -> QuerySet[VersionAgreement]:
    """Who agreed to move a class or someone of it to an easier version, the latest first."""
    rows = VersionAgreement.objects.filter(track__cohort=cohort)
    return rows.select_related("track", "enrollment__person", "definition", "officer").order_by("-recorded_at", "-id")


def _moved(facts: Facts, version: Version) -> Facts:
    for step in version.steps:
        facts = moved(facts, ruleset(step).definition)
    return facts


def audit_again(seen: EnrollmentAudit, facts: Facts, *, true_on: date | None = None) -> Audit:
    """What the same versions say of other facts about the same person, as known at the same instant."""
    return _better(seen.versions, facts, true_on=true_on or seen.audit.true_on, known_at=seen.audit.known_at)


def audit_enrollment(enrollment: Enrollment, *, true_on: date, known_at: datetime) -> EnrollmentAudit:
    """The audit of one enrollment."""
    (found,) = audit_enrollments([enrollment], true_on=true_on, known_at=known_at)
    return found


def audit_class(cohort: Cohort, *, true_on: date, known_at: datetime) -> list[EnrollmentAudit]:
    """The audits of everyone enrolled in a class by an instant."""
    everyone = list(enrollments_to_audit().filter(cohort=cohort, recorded_at__lte=known_at))
    return audit_enrollments(everyone, true_on=true_on, known_at=known_at)


def audit_active(cohorts: Collection[Cohort], *, true_on: date, known_at: datetime) -> list[EnrollmentAudit]:
    """The audits of those active in these classes on a date, by what was known at an instant, in order of name."""
    rows = enrollments_to_audit().filter(cohort__in=[cohort.pk for cohort in cohorts])
    return audit_enrollments(list(active(rows, true_on, known_at=known_at)), true_on=true_on, known_at=known_at)


def active_in_tracks(cohort: Cohort, tracks: Collection[str], *, on: date) -> list[Enrollment]:
    """Those active in these tracks of a class on a date, by name; without who was erased."""
    rows = enrollments_to_audit().filter(cohort=cohort, track__track__in=list(tracks), person__erased_at=None)
    return list(active(rows, on))


def audit_many(enrollments: QuerySet[Enrollment], *, true_on: date, known_at: datetime) -> Iterator[EnrollmentAudit]:
    """The audits of any number of enrollments, in constant memory: some hundred at a time."""
    rows = enrollments.iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(rows, _AT_ONCE)):
        yield from audit_enrollments(chunk, true_on=true_on, known_at=known_at)


def exceptions_to_show() -> QuerySet[ExceptionGrant]:
    """Exceptions with everything that is told of them, the oldest first."""
    return ExceptionGrant.objects.select_related(
        "enrollment__person", "enrollment__track__definition", "enrollment__cohort__program", "granted_by", "second"
    ).order_by("recorded_at", "id")


def exceptions_of_class(cohort: Cohort) -> QuerySet[ExceptionGrant]:
    """Every exception ever granted in a class, newest first."""
    return exceptions_to_show().filter(enrollment__cohort=cohort).order_by("-recorded_at", "-id")


def exceptions_of_enrollment(enrollment: Enrollment) -> QuerySet[ExceptionGrant]:
    """Every exception ever granted to an enrollment, oldest first."""
    return enrollment.exceptions.select_related("granted_by", "second", "entry__activity").order_by("recorded_at", "id")


def standing(node: str, kind: str) -> QuerySet[ExceptionGrant]:
    """The exceptions of that kind on that requirement that are not revoked."""
    return ExceptionGrant.objects.filter(node=node, kind=kind, revoked_at=None)


def proposed_together(proposal: str) -> QuerySet[ExceptionGrant]:
    """The exceptions granted to a class at once, in order of name."""
    return (
        ExceptionGrant.objects.filter(proposal=proposal)
        .exclude(proposal="")
        .select_related("enrollment__person", "enrollment__track__definition", "enrollment__cohort__program")
        .select_related("granted_by", "second")
        .order_by("enrollment__person__sort_name", "id")
    )


def waiting_for_second(offices: Collection[tuple[str, str]], *, besides: Person) -> list[ExceptionGrant]:
    """The exceptions that wait for one of these (program code, office) pairs, granted by others; oldest first."""
    rows = (
        ExceptionGrant.objects.filter(
            second_at=None, revoked_at=None, second_office__in={office for _, office in offices}
        )
        .exclude(granted_by=besides)
        .select_related("enrollment__person", "enrollment__cohort__program", "granted_by")
        .select_related("enrollment__track__definition")
        .order_by("recorded_at", "id")
    )
    return [row for row in rows if (row.enrollment.cohort.program.code, row.second_office) in offices]


def grant_called(key: str) -> ExceptionGrant | None:
    """The exception with that key, or None."""
    found = ExceptionGrant.objects.select_related("enrollment__person", "enrollment__cohort__program", "granted_by")
    return found.filter(key=key).first()

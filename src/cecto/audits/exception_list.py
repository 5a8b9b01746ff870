"""The exceptions of a class, as a list, and as requirements on which more may be granted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.audits.addresses import record_at
from cecto.audits.amounts import said, unit_of
from cecto.audits.models import ExceptionGrant
from cecto.classes.models import CohortTrack
from cecto.foundation.tables import Column, Kind, Link, Table, Value
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.english.phrases import office


def what_is_excepted(grant: ExceptionGrant) -> str:
    """The requirement and what the exception makes of it, in one line."""
    node = node_of(grant)
    title = (node.title if node else "") or grant.node
    cycle = _(", renewal cycle %(n)d") % {"n": grant.cycle} if grant.cycle else ""
    return f"{title}{cycle}: {grant.get_kind_display()}{_detail(grant, node)}"


def node_of(grant: ExceptionGrant) -> Node | None:
    """The requirement in the definition of the person's track; None when the definition no longer has it."""
    return ruleset(grant.enrollment.track.definition).nodes.get(grant.node)


def state_of(grant: ExceptionGrant) -> str:
    """Whether it counts, waits or was taken back, in words."""
    if grant.revoked_at:
        return _("Revoked: %(reason)s") % {"reason": grant.revoked_reason}
    return _("Waiting for %(office)s") % {"office": office(grant.second_office)} if grant.waiting else _("In force")


def exception_table(title: str, grants: Sequence[ExceptionGrant]) -> Table:
    """Every exception with who, by which authority, why, and whether it counts."""
    columns = (
        Column(_("Person")),
        Column(_("Exception")),
        Column(_("Granted by")),
        Column(_("Joined by")),
        Column(_("Granted"), Kind.INSTANT),
        Column(_("State")),
        Column(_("Reason")),
        Column(_("Evidence")),
    )
    return Table(title, columns, [_row(grant) for grant in grants])


def exceptable_nodes(
    tracks: Sequence[tuple[CohortTrack, Definition]], kinds: Collection[str], offices: Collection[str]
) -> list[tuple[CohortTrack, Node]]:
    """The requirements of each track on which one of these offices may grant one of these kinds."""
    return [
        (track, node)
        for track, definition in tracks
        for node in ruleset(definition).nodes.values()
        if _may(node, kinds, offices) and ruleset(definition).part_of(node.id) != "renewal"
    ]


def exceptable(rules: Rules, offices: Collection[str]) -> frozenset[str]:
    """The ids of the requirements on which one of these offices may grant an exception."""
    return frozenset(key for key, node in rules.nodes.items() if node.waivable and set(offices) & set(node.waivable.by))


def _may(node: Node, kinds: Collection[str], offices: Collection[str]) -> bool:
    may = node.waivable
    if may is None or not set(may.by) & set(offices):
        return False
    return not may.kinds or bool(set(may.kinds) & set(kinds))


def _detail(grant: ExceptionGrant, node: Node | None) -> str:
    if grant.amount is not None:
        return " " + _("to %(amount)s") % {"amount": said(grant.amount, unit_of(node) if node else "count")}
    if grant.until:
        return " " + _("until %(day)s") % {"day": f"{grant.until - timedelta(days=1):%B %-d, %Y}"}
    return f" ({grant.other_node})" if grant.other_node else ""


def _row(grant: ExceptionGrant) -> tuple[Value, ...]:
    person = grant.enrollment.person.name
    paper = Link(grant.evidence_name, reverse("audits:paper", args=[grant.key])) if grant.evidence_name else ""
    return (
        Link(person, record_at(grant.enrollment.key, grant.node)),
        what_is_excepted(grant),
        f"{grant.granted_by.name} ({office(grant.office)})",
        f"{grant.second.name} ({office(grant.second_office)})" if grant.second else "",
        grant.recorded_at,
        state_of(grant),
        grant.reason,
        paper,
    )

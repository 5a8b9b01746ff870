"""The first sentences of a person's page: what holds of their certificate and enrollment, then their prospects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cecto.attendance.queries.makeups import makeup_offer
from cecto.audits.headline import About, Headline, day, headline
from cecto.audits.letter import hero
from cecto.audits.queries import EnrollmentAudit
from cecto.certification.models import Decision
from cecto.certification.queries import waiting_for
from cecto.certification.renewal.queries import RenewalCase
from cecto.classes.models import EnrollmentStatus
from cecto.classes.schedule.queries import Session
from cecto.credentials.models import CredentialVersion
from cecto.foundation.ui.words import hours
from cecto.people.models import Person
from cecto.portal.days import Attended
from cecto.portal.renewing import renewing
from cecto.programs.queries import ruleset
from cecto.requirements.english.phrases import listed, office
from cecto.requirements.situations import Prospects, Situation


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an enrollment beside its audit: status rows, certificate, renewal, decision, whom to ask."""

    statuses: tuple[EnrollmentStatus, ...] = ()
    version: CredentialVersion | None = None
    decision: Decision | None = None
    coordinator: Person | None = None
    case: RenewalCase | None = None

    def has_left(self, on: date) -> bool:
        """Whether the person had left or paused the class by that day."""
        rows = [one for one in self.statuses if one.start <= on]
        return bool(rows) and rows[-1].status != EnrollmentStatus.Status.ACTIVE


class Offer(NamedTuple):
    """A missed session that can be made up, and the last day to do so, if there is one."""

    session: Session
    until: date | None


def first_of(seen: EnrollmentAudit, found: Prospects, known: Known, offer: Offer | None, *, now: datetime) -> Headline:
    """The first sentences about one enrollment: the first situation of the table that fits."""
    return (
        renewing(known.case, whom=known.coordinator.name if known.coordinator else "")
        or _certified(seen, known, now)
        or _left(seen, known)
        or _not_begun(seen, found)
        or _signing(found, known)
        or headline(found, _about(seen, known, offer))
    )


def _about(seen: EnrollmentAudit, known: Known, offer: Offer | None) -> About:
    name = known.coordinator.name if known.coordinator else ""
    makeup = (offer.session.revision.title, offer.until) if offer else None
    return About(ruleset(seen.definition), hero(seen.audit.root), name, makeup)


def offer_of(seen: EnrollmentAudit, found: Prospects, past: Sequence[Attended]) -> Offer | None:
    """For who needs a make-up: of the sessions that can be made up, the one they missed most of."""
    if found.situation is not Situation.MAKEUP:
        return None
    for one in sorted(past, key=lambda each: -each.missed):
        offer = makeup_offer(one.session, seen.enrollment.person) if one.missed else None
        if offer and offer.is_open(seen.audit.true_on):
            return Offer(one.session, offer.last_day)
    return None


def _certified(seen: EnrollmentAudit, known: Known, now: datetime) -> Headline | None:
    version = known.version
    if version is None or version.credential.decision.enrollment_id != seen.enrollment.pk:
        return None
    title = seen.definition.title
    if version.last_day and version.expired(now):
        until = date_format(version.last_day, "F j, Y")
        first = _("Your certificate expired on %(day)s.") % {"day": until}
        return Headline(first, _("It stays on your record."), "", _("Expired %(day)s") % {"day": until}, "attention")
    issued = date_format(version.issued_at, "F j, Y")
    ends = _("It doesn’t expire.")
    if version.last_day:
        ends = _("It’s valid until %(day)s.") % {"day": date_format(version.last_day, "F j, Y")}
    first = _("You’re certified, %(name)s.") % {"name": seen.enrollment.person.called}
    second = f"{title}, {issued}. {ends}"
    return Headline(first, second, "", _("Certified %(day)s") % {"day": issued}, "good")


def _left(seen: EnrollmentAudit, known: Known) -> Headline | None:
    if not known.has_left(seen.audit.true_on):
        return None
    rows = [one for one in known.statuses if one.start <= seen.audit.true_on]
    gone = rows[-1].status == EnrollmentStatus.Status.WITHDRAWN
    said = {"day": date_format(rows[-1].start, "F j, Y")}
    first = _("You left this class on %(day)s.") if gone else _("You paused this class on %(day)s.")
    main = hero(seen.audit.root)
    second = _("Your %(earned)s stays on your record.") % {"earned": hours(main.value)} if main else ""
    staff = _("Withdrawn %(day)s") if gone else _("Deferred %(day)s")
    return Headline(first % said, second, "", staff % said, "ahead")


def _not_begun(seen: EnrollmentAudit, found: Prospects) -> Headline | None:
    starts = seen.enrollment.cohort.first_day
    if seen.audit.true_on >= starts or found.done:
        return None
    second = _("More dates are coming.")
    if found.ahead:
        said = {"title": found.ahead[0].title, "day": day(found.ahead[0].on)}
        second = _("First session: %(title)s, %(day)s.") % said
    first = _("Your class starts %(day)s.") % {"day": date_format(starts, "F j")}
    return Headline(first, second, "", _("Starts %(day)s") % {"day": day(starts)}, "ahead")


def _signing(found: Prospects, known: Known) -> Headline | None:
    """All is done: who still needs to sign, if a decision says so."""
    if not found.done or known.decision is None:
        return None
    positions = waiting_for(known.decision)
    first = _("You’ve met every requirement.")
    if not positions:
        return Headline(first, _("Your certificate is being made."), "", _("Signed"), "good")
    names = listed([office(one) for one in positions])
    second = _("%(positions)s still need to sign.") if len(positions) > 1 else _("%(positions)s still needs to sign.")
    said = {"positions": names[:1].upper() + names[1:]}
    return Headline(first, second % said, "", _("Ready to sign: %(positions)s") % said, "good")

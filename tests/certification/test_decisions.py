"""Decisions: on an audit that was looked at, by those who hold the offices, never past an unmet requirement."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.attendance.actions import Marking, record_marks
from cecto.attendance.actions.settlements import reopen_settlement, settle_meeting
from cecto.attendance.models import Mark
from cecto.audits.actions import VersionRefused, change_version
from cecto.audits.models import VersionChange
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.certification import actions
from cecto.certification.actions import AuditChanged, DecisionRefused, NotEligible, Proposal
from cecto.certification.models import Decision, Effect
from cecto.certification.queries import (
    Standing,
    cause_of_drift,
    certifiable,
    docket,
    drifted_decisions,
    ready_to_take_effect,
)
from cecto.classes.actions import change_status
from cecto.classes.models import Enrollment, EnrollmentStatus, Meeting
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice
from cecto.programs.actions import publish_definition
from cecto.requirements.engine import ENGINE, LANGUAGE
from cecto.requirements.results import Status
from tests.audits import story
from tests.audits.story import BY, EVENING, NEXT_DAY
from tests.classes import made

pytestmark = pytest.mark.django_db

TODAY = date(2015, 8, 12)
MOVE = VersionChange.Rule.MOVE
LATER = datetime(2015, 9, 15, 23, tzinfo=UTC)


@dataclass
class Desk:
    """The class after its opening day; Ana has three more hours to go unless `finished`."""

    told: story.Story
    director: Person
    liaison: Person

    def propose(self, *, ahead_of: Meeting | None = None, viewed: str = "", who: Enrollment | None = None) -> Decision:
        enrollment = enrollments_to_audit().get(pk=(who or self.told.ana).pk)
        seen = audit_enrollment(enrollment, true_on=TODAY, known_at=NEXT_DAY)
        proposal = Proposal(enrollment, viewed or seen.audit.sha256)
        return actions.propose(proposal=proposal, true_on=TODAY, ahead_of=ahead_of, by=BY, at=NEXT_DAY)

    def sign(self, decision: Decision, office: str, person: Person, at: datetime = NEXT_DAY) -> None:
        actions.sign(decision=decision, office=office, person=person, by=BY, at=at)

    def sign_all(self, decision: Decision) -> None:
        self.sign(decision, "program-director", self.director)
        self.sign(decision, "dpi-liaison", self.liaison)


def _desk(*, finished: bool = True) -> Desk:
    told = story.tell()
    told.attend()
    if finished:
        told.accept(told.ana, 180, TODAY, at=NEXT_DAY)
    return Desk(told, story.officer("Dora Director", "program-director"), story.officer("Lee Liaison", "dpi-liaison"))


def test_a_decision_takes_effect_at_the_last_signature_and_holds_its_audit() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign(decision, "program-director", desk.director)
    assert not Effect.objects.exists()
    desk.sign(decision, "dpi-liaison", desk.liaison)
    effect = Effect.objects.get()
    assert (effect.effective_on, effect.audit_sha256) == (TODAY, decision.audit_sha256)
    assert effect.audit["result"]["status"] == "met"


def test_an_unmet_requirement_cannot_be_decided_past() -> None:
    desk = _desk(finished=False)
    with pytest.raises(NotEligible, match="Ana Ñuñez does not meet every requirement: 6\xa0h of 9\xa0h"):
        desk.propose()
    assert not Decision.objects.exists()


def test_an_audit_other_than_the_one_looked_at_is_refused() -> None:
    desk = _desk()
    with pytest.raises(AuditChanged, match="since you looked at it"):
        desk.propose(viewed="0" * 64)


def test_signing_is_refused_once_the_audit_has_changed() -> None:
    desk = _desk()
    decision = desk.propose()
    settlement = desk.told.opening.settlements.get()
    reopen_settlement(settlement=settlement, reason="Wrong sheet", by=BY, at=LATER)
    with pytest.raises(AuditChanged, match="Withdraw this decision"):
        desk.sign(decision, "program-director", desk.director, at=LATER)


def test_only_a_holder_signs_once_each_and_not_for_two_offices() -> None:
    desk = _desk()
    decision = desk.propose()
    with pytest.raises(NotTheirOffice, match="held by Dora Director"):
        desk.sign(decision, "program-director", desk.liaison)
    with pytest.raises(DecisionRefused, match="does not sign this decision"):
        desk.sign(decision, "treasurer", desk.director)
    desk.sign(decision, "program-director", desk.director)
    with pytest.raises(DecisionRefused, match="signed this decision already"):
        desk.sign(decision, "program-director", desk.director)
    with pytest.raises(DecisionRefused, match="second person"):
        desk.sign(decision, "dpi-liaison", desk.director)


def test_someone_acting_for_an_office_signs_as_acting() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign(decision, "program-director", story.officer("Alma Acting", "program-director", acting=True))
    assert decision.signatures.get().acting


def test_a_person_who_left_the_class_is_not_proposed() -> None:
    desk = _desk()
    change_status(enrollment=desk.told.ana, status=EnrollmentStatus.Status.WITHDRAWN, start=TODAY, by=BY, at=EVENING)
    with pytest.raises(DecisionRefused, match="not active in this class"):
        desk.propose()


def test_a_person_who_left_after_the_proposal_is_not_certified_by_the_last_signature() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign(decision, "program-director", desk.director)
    _leave(desk, date(2015, 8, 14))
    with pytest.raises(DecisionRefused, match="not active in this class"):
        desk.sign(decision, "dpi-liaison", desk.liaison, at=LATER)
    assert not Effect.objects.exists()


def test_a_person_who_left_after_it_was_signed_ahead_is_not_certified_when_the_session_is_settled() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    decision = desk.propose(ahead_of=meeting)
    desk.sign_all(decision)
    _settle(meeting)
    _leave(desk, date(2015, 9, 15))
    with pytest.raises(DecisionRefused, match="not active in this class"):
        actions.take_effect(decision=decision, by=BY, at=LATER)
    assert not Effect.objects.exists()


@pytest.mark.parametrize(
    ("hours", "refusal"),
    [
        ("20h", pytest.raises(NotEligible, match="9\xa0h of 20\xa0h")),
        ("5h", pytest.raises(AuditChanged, match="version")),
    ],
)
def test_rules_that_changed_between_proposal_and_last_signature_are_not_overlooked(
    hours: str, refusal: AbstractContextManager[object]
) -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign(decision, "program-director", desk.director)
    text = story.DIRECTORS.replace("version: 1", "version: 2").replace("at_least: 9h", f"at_least: {hours}")
    change_version(
        track=desk.told.ana.track,
        definition=publish_definition(draft=story.draft(text), by=BY, at=NEXT_DAY),
        rule=VersionChange.Rule.MOVE,
        start=date(2015, 9, 1),
        reason="The committee decided",
        by=BY,
        at=NEXT_DAY,
    )
    with refusal:
        desk.sign(decision, "dpi-liaison", desk.liaison, at=LATER)
    assert not Effect.objects.exists()


def test_a_decision_signed_days_later_holds_the_audit_of_the_day_it_took_effect() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign(decision, "program-director", desk.director)
    desk.sign(decision, "dpi-liaison", desk.liaison, at=LATER)
    assert Effect.objects.get().audit["true_on"] == "2015-09-15"
    assert drifted_decisions(desk.told.cohort, known_at=LATER) == []


def _leave(desk: Desk, on: date) -> None:
    change_status(enrollment=desk.told.ana, status=EnrollmentStatus.Status.WITHDRAWN, start=on, by=BY, at=NEXT_DAY)


def test_one_decision_stands_at_a_time_and_a_withdrawn_one_makes_room() -> None:
    desk = _desk()
    decision = desk.propose()
    with pytest.raises(DecisionRefused, match="stands already"):
        desk.propose()
    actions.withdraw(decision=decision, reason="Wrong year", by=BY, at=NEXT_DAY)
    assert desk.propose().pk != decision.pk


def test_a_decision_in_effect_cannot_be_withdrawn() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign_all(decision)
    with pytest.raises(DecisionRefused, match="can be revoked"):
        actions.withdraw(decision=decision, reason="Regret", by=BY, at=NEXT_DAY)


def _september(desk: Desk) -> Meeting:
    return story.session(desk.told.cohort, "september", date(2015, 9, 15))


def test_signed_ahead_it_takes_effect_when_the_session_is_settled_with_the_person_credited() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    decision = desk.propose(ahead_of=meeting)
    desk.sign_all(decision)
    with pytest.raises(DecisionRefused, match="not settled yet"):
        actions.take_effect(decision=decision, by=BY, at=NEXT_DAY)
    assert list(ready_to_take_effect(desk.told.cohort)) == []
    _settle(meeting)
    assert list(ready_to_take_effect(desk.told.cohort)) == [decision]
    effect = actions.take_effect(decision=decision, by=BY, at=LATER)
    assert effect.audit["result"]["status"] == "met"
    assert list(ready_to_take_effect(desk.told.cohort)) == []


def test_signed_ahead_it_does_not_take_effect_for_someone_who_stayed_away() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    decision = desk.propose(ahead_of=meeting)
    desk.sign_all(decision)
    _settle(meeting, absent=(desk.told.ana.person,))
    with pytest.raises(NotEligible, match="6\xa0h of 9\xa0h"):
        actions.take_effect(decision=decision, by=BY, at=LATER)
    assert not Effect.objects.exists()


def _mark(meeting: Meeting, absent: tuple[Person, ...] = ()) -> None:
    away = [Marking(person.pk, Mark.State.ABSENT) for person in absent]
    record_marks(meeting=meeting, markings=away, rest_present=True, by=BY, at=LATER)


def test_settling_the_session_certifies_those_signed_ahead_by_itself_and_once() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    decision = desk.propose(ahead_of=meeting)
    desk.sign_all(decision)
    _mark(meeting)
    done = actions.settle_and_certify(meeting=meeting, by=BY, at=LATER)
    assert (done.certified, done.refusals) == (1, ())
    assert Effect.objects.get().decision == decision
    again = actions.settle_and_certify(meeting=meeting, by=BY, at=LATER)
    assert (again.settlement, again.certified) == (done.settlement, 0)


def test_settling_certifies_nobody_who_stayed_away_or_lacks_a_signature_and_is_settled_all_the_same() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    desk.sign_all(desk.propose(ahead_of=meeting))
    _mark(meeting, absent=(desk.told.ana.person,))
    done = actions.settle_and_certify(meeting=meeting, by=BY, at=LATER)
    assert (done.certified, Effect.objects.count()) == (0, 0)
    assert "Ana Ñuñez does not meet every requirement" in done.refusals[0]
    assert meeting.settlements.count() == 1
    assert certifiable([desk.told.cohort], on=LATER.date(), known_at=LATER) == []


def test_the_last_signature_after_the_session_was_settled_certifies() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    decision = desk.propose(ahead_of=meeting)
    desk.sign(decision, "program-director", desk.director)
    _mark(meeting)
    assert actions.settle_and_certify(meeting=meeting, by=BY, at=LATER).certified == 0
    assert ready_to_take_effect(desk.told.cohort) == [], "a signature is missing"
    desk.sign(decision, "dpi-liaison", desk.liaison, at=LATER)
    assert Effect.objects.get().decision == decision


def test_a_session_that_would_not_be_enough_is_no_reason_to_sign_ahead() -> None:
    desk = _desk(finished=False)
    told = desk.told
    with pytest.raises(DecisionRefused, match="not ahead of this person"):
        desk.propose(ahead_of=told.opening)


def _settle(meeting: Meeting, absent: tuple[Person, ...] = ()) -> None:
    away = [Marking(person.pk, Mark.State.ABSENT) for person in absent]
    record_marks(meeting=meeting, markings=away, rest_present=True, by=BY, at=LATER)
    settle_meeting(meeting=meeting, by=BY, at=LATER)


def test_the_docket_says_where_everyone_stands() -> None:
    desk = _desk(finished=False)
    meeting = _september(desk)
    plain = {row.seen.enrollment.pk: row.standing for row in docket(desk.told.cohort, true_on=TODAY, known_at=NEXT_DAY)}
    assert plain == {desk.told.ana.pk: Standing.NOT_ELIGIBLE, desk.told.sue.pk: Standing.ELIGIBLE}
    ahead = docket(desk.told.cohort, true_on=TODAY, known_at=NEXT_DAY, ahead_of=meeting)
    assert {row.seen.enrollment.pk: row.standing for row in ahead}[desk.told.ana.pk] is Standing.AHEAD


@pytest.mark.parametrize("more", [0, 2])
def test_the_docket_costs_the_same_queries_whatever_the_size(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = _desk()
    for number in range(more):
        made.enrolled(made.person(f"More {number}"), desk.told.cohort)
    decision = desk.propose()
    desk.sign_all(decision)
    with django_assert_num_queries(15):
        rows = docket(desk.told.cohort, true_on=TODAY, known_at=NEXT_DAY)
    assert len(rows) == 2 + more


def test_a_decision_whose_audit_would_come_out_otherwise_now_is_listed() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign_all(decision)
    assert drifted_decisions(desk.told.cohort, known_at=NEXT_DAY) == []
    settlement = desk.told.opening.settlements.get()
    reopen_settlement(settlement=settlement, reason="Wrong sheet", by=BY, at=LATER)
    assert drifted_decisions(desk.told.cohort, known_at=LATER) == [decision]


def test_it_is_told_whether_facts_rules_or_the_engine_changed() -> None:
    desk = _desk()
    decision = desk.propose()
    desk.sign_all(decision)
    held = Decision.objects.get(pk=decision.pk).effect.audit
    seen = audit_enrollment(enrollments_to_audit().get(pk=desk.told.ana.pk), true_on=TODAY, known_at=NEXT_DAY)
    assert (held["language"], held["engine"]) == (LANGUAGE, ENGINE)
    assert cause_of_drift(held, seen.audit) == "facts"
    assert cause_of_drift(held | {"engine": "1.9"}, seen.audit) == "engine"
    assert cause_of_drift({key: held[key] for key in held if key != "engine"}, seen.audit) == "engine"
    assert cause_of_drift(held | {"definition": "another", "engine": "1.9"}, seen.audit) == "rules"


@pytest.mark.parametrize("told_before", [False, True])
def test_who_is_certified_keeps_the_rules_of_the_decision_when_the_class_is_moved(told_before: bool) -> None:
    """A class moved after certification never shows a graduate as unfinished, nor one told of the move before it."""
    desk = _desk()
    harder = story.DIRECTORS.replace("version: 1", "version: 2").replace("at_least: 9h", "at_least: 40h")
    to = publish_definition(draft=story.draft(harder), by=BY, at=story.BEFORE)
    later = NEXT_DAY.date() + timedelta(days=1)

    def move() -> None:
        change_version(
            track=desk.told.ana.track, definition=to, rule=MOVE, start=later, reason="Harder", by=BY, at=NEXT_DAY
        )

    if told_before:
        move()
    desk.sign_all(desk.propose())
    if not told_before:
        move()
    seen = audit_enrollment(enrollments_to_audit().get(pk=desk.told.ana.pk), true_on=later, known_at=LATER)
    assert (seen.definition.version, seen.audit.status) == (1, Status.MET)
    assert drifted_decisions(desk.told.cohort, known_at=LATER) == []
    with pytest.raises(VersionRefused, match="that decision keeps its rules"):
        change_version(
            track=desk.told.ana.track,
            enrollment=desk.told.ana,
            definition=to,
            rule=MOVE,
            start=later,
            reason="Harder",
            by=BY,
            at=LATER,
        )

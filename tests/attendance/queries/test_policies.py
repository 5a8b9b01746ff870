"""What programs would credit, where it is not just the minutes."""

from __future__ import annotations

from cecto.attendance.actions import Marking, announce_absence, answer_notice, record_marks
from cecto.attendance.models import Mark, NoticeAnswer
from cecto.attendance.queries.policies import Valued, valued
from cecto.attendance.queries.reconciliation import reconcile
from tests.attendance.world import BY, EVENING, World, hold_to, local

State = Mark.State


def test_nothing_is_said_where_minutes_count_as_they_are(world: World) -> None:
    ada = world.enroll("Ada Moss")
    marking = Marking(ada.pk, State.PARTLY, came_at=local("9:05"))
    record_marks(meeting=world.meeting, markings=[marking], by=BY, at=EVENING)
    assert valued(reconcile(world.session)) == {ada.key: ()}


def test_grace_gives_the_minutes_back(world: World) -> None:
    hold_to(world, "late_grace: 0m", "late_grace: 10m")
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    markings = [Marking(p.pk, State.PARTLY, came_at=local(at)) for p, at in ((ada, "9:05"), (bo, "9:20"))]
    record_marks(meeting=world.meeting, markings=markings, by=BY, at=EVENING)
    assert valued(reconcile(world.session)) == {ada.key: (Valued("CeCTO", 345),), bo.key: ()}


def test_an_excused_absence_is_credited_where_the_policy_says_so(world: World) -> None:
    hold_to(world, "late_grace: 0m", "late_grace: 0m\n  excused: credited")
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, State.ABSENT)], by=BY, at=EVENING)
    notice = announce_absence(meeting=world.meeting, person=ada, text="Court duty", by=BY, at=EVENING)
    assert valued(reconcile(world.session)) == {ada.key: ()}
    answer_notice(notice=notice, outcome=NoticeAnswer.Outcome.EXCUSED, reason="Of course", by=BY, at=EVENING)
    assert valued(reconcile(world.session)) == {ada.key: (Valued("CeCTO", 345),)}

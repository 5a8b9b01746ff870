"""An audit reads the absences that were told, as they were answered by then."""

from __future__ import annotations

import pytest

from cecto.attendance.actions import announce_absence, answer_notice
from cecto.attendance.models import NoticeAnswer
from cecto.audits.gathering.facts import gather_facts
from cecto.audits.queries import enrollments_to_audit
from cecto.requirements.facts import Absence
from tests.audits import story
from tests.audits.story import BEFORE, BY, NEXT_DAY

pytestmark = pytest.mark.django_db


def test_an_absence_is_read_with_its_answer() -> None:
    told = story.tell()
    enrollments = list(enrollments_to_audit().filter(pk=told.ana.pk))
    notice = announce_absence(meeting=told.opening, person=told.ana.person, text="Court duty", by=BY, at=BEFORE)
    outcome = NoticeAnswer.Outcome.EXCUSED
    answer_notice(notice=notice, outcome=outcome, reason="Letter came", by=BY, at=NEXT_DAY)
    key = told.opening.key
    for known_at, told_then in ((BEFORE, Absence(key, False, BEFORE)), (NEXT_DAY, Absence(key, True, NEXT_DAY))):
        found = gather_facts(enrollments, asked={}, known_at=known_at)
        assert found[told.ana.pk].absences == (told_then,)

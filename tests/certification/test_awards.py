"""Admission and renewal at the command line: recorded, then audited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cecto.certification.awards import award_of, renewal_part
from cecto.classes.models import Enrollment
from tests.audits.test_standing import class_of, enrolled
from tests.credentials.renewing import made as renewing

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_later_year() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def _told(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def _record(who: Enrollment, verb: str, *words: str) -> str:
    return _told("record", verb, "--person", who.person.name, *words)


def _audit(who: Enrollment, *words: str) -> dict[str, Any]:
    told = json.loads(_told("audit", "--class", who.cohort.code, "--format", "json", *words))
    assert [one["name"] for one in told] == [who.person.name]
    found: dict[str, Any] = told[0]
    return found


def _status(told: dict[str, Any]) -> dict[str, str]:
    return {child["id"]: child["status"] for child in told["audit"]["result"]["children"]}


def test_georgia_s_admission_is_recorded_and_audited() -> None:
    who = enrolled(class_of("cgcio-georgia-2022-23"))
    since = ["--on", "2022-07-01"]
    said = _record(who, "background", *since, "--kind", "years", "--of", "public-technology-management", "--given", "5")
    assert "years of experience, public-technology-management 5 years since 2022-07-01" in said
    _record(who, "background", *since, "--kind", "held", "--of", "bachelor")
    _record(who, "background", *since, "--kind", "paid", "--of", "fee", "--given", "3900")
    _record(who, "attested", *since, "--document", "code-of-ethics", "--attested-by", "self")
    _record(who, "attested", *since, "--document", "approval-letter", "--attested-by", "self")
    told = _audit(who, "--admission", "--true-on", "2022-07-20")
    assert (told["part"], told["standing"]) == ("admission", None)
    assert {key: value for key, value in _status(told).items() if key != "essay"} == {
        "experience": "met",
        "degree": "met",
        "ethics": "met",
        "letter": "open",
        "fee": "met",
    }


def test_the_exam_again_renews_a_cetl() -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    _record(who, "held", "--on", "2023-06-16", "--credential", "cetl")
    _record(who, "scored", "--on", "2026-05-01", "--exam", "cetl-exam", "--score", "640")
    told = _audit(who, "--renewal", "--cycle", "1")
    assert (told["cycle"], _status(told)) == (1, {"hours": "impossible", "exam-again": "met"})
    assert _audit(who, "--renewal", "--true-on", "2026-05-02")["standing"] == "renewable"
    with pytest.raises(CommandError, match="numbered from 1"):
        _audit(who, "--renewal", "--cycle", "0")


def test_who_is_asked_nothing_is_said_to_be_asked_nothing() -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    for part in ("--admission", "--renewal"):
        with pytest.raises(CommandError, match="Nobody is asked that"):
            _audit(who, part)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (("background", "--on", "2022-07-01", "--kind", "paid", "--of", "fee", "--given", "much"), "not a number"),
        (("background", "--on", "2029-07-01", "--kind", "held", "--of", "bachelor"), "has not come yet"),
        (("scored", "--on", "2022-07-01", "--exam", "The exam", "--score", "1"), "definition's word"),
        (("attested", "--on", "2029-07-01", "--document", "code-of-ethics", "--attested-by", "self"), "not come yet"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], because: str) -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    with pytest.raises(CommandError, match=because):
        _record(who, *words)


def test_an_attempt_is_recorded_once() -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    for _ in range(2):
        _record(who, "scored", "--on", "2026-05-01", "--exam", "cetl-exam", "--score", "640")
    assert [entry.occurred_on for entry in who.person.entries.all()] == [date(2026, 5, 1)]


def test_an_award_counts_from_the_day_its_decision_took_effect() -> None:
    version = renewing.awarded()
    decision = version.credential.decision
    award = award_of(decision.enrollment)
    assert award.awarded_on == decision.effect.effective_on
    part = renewal_part(decision.enrollment, true_on=award.awarded_on, known_at=LATER)
    assert part is not None
    assert part.renewal is not None
    assert (part.renewal.start, part.renewal.standing) == (award.awarded_on, "current")

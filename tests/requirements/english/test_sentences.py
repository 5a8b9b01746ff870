"""What a result says of itself, for each measure and status: where it is, then what is coming."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cecto.requirements import Closer, Reason, Result, Status, Unused, Used
from cecto.requirements.english.amounts import hours, time
from cecto.requirements.parts import Unit
from cecto.requirements.telling import Happened, Telling

FALL, LAST = date(2026, 10, 14), date(2027, 5, 31)
DAY = Happened("Opening day", FALL)
NEXT = Closer("s2", "s2", "Graduation", LAST, 1)
PDU = Unit(name="PDU", plural="PDUs", per=60)
CPE = Unit(name="CPE", plural="CPE", per=50)
MET, PENDING, OPEN, LOST = Status.MET, Status.PENDING, Status.OPEN, Status.IMPOSSIBLE


def said(measure: str, status: Status, value: int, target: int, **more: Any) -> str:
    telling = Telling(**{key: more.pop(key) for key in list(more) if key in Telling._fields})
    unit = {"hours": "minutes", "rate": "minutes", "years": "days", "paid": "dollars", "score": "points"}
    slack = value + more.get("possible", 0) - target
    made = Result(measure, measure.title(), measure, status, value, target, unit.get(measure, "count"), telling=telling)
    return replace(made, slack=slack, **more).sentence.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 h"), (45, "45 min"), (60, "1 h"), (435, "7 h 15 min"), (450, "7 h 30 min"), (74400, "1,240 h")],
)
def test_hours_have_one_form(minutes: int, text: str) -> None:
    assert hours(minutes) == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("minutes", "unit", "text"),
    [(3600, PDU, "60 PDUs"), (60, PDU, "1 PDU"), (75, PDU, "1.25 PDUs"), (2000, CPE, "40 CPE"), (40, CPE, "0.8 CPE")],
)
def test_own_units(minutes: int, unit: Unit, text: str) -> None:
    assert time(minutes, unit) == text.replace(" ", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("status", "value", "more", "text"),
    [
        (MET, 600, {}, "Done: 10 h."),
        (MET, 690, {}, "Done: 11 h 30 min (10 h needed)."),
        (PENDING, 300, {"possible": 660}, "5 h of 10 h so far. 11 h more is scheduled, 6 h more than needed."),
        (PENDING, 300, {"possible": 300}, "5 h of 10 h so far. All 5 h still scheduled is needed."),
        (
            PENDING,
            300,
            {"possible": 660, "held": 60, "waiting": 1},
            "5 h of 10 h so far. 10 h more is scheduled, 6 h more than needed. "
            "1 h from 1 session is added when attendance is final.",
        ),
        (
            OPEN,
            300,
            {"possible": 60, "makeup": 300},
            "5 h of 10 h so far. The schedule is 4 h short; a make-up can close the gap.",
        ),
        (OPEN, 300, {}, "5 h of 10 h so far. Nothing more is scheduled yet."),
        (
            OPEN,
            300,
            {"possible": 60, "more_may_come": True},
            "5 h of 10 h so far; 1 h more is scheduled. More dates are coming.",
        ),
        (OPEN, 300, {"cycle_end": LAST}, "5 h of 10 h so far. 5 h more is needed."),
        (
            OPEN,
            300,
            {"possible": 60, "late": 60, "ways": ("recognized",)},
            "5 h of 10 h so far. The schedule is 4 h short. "
            "What can still help: late coursework or hours accepted from outside.",
        ),
        (
            LOST,
            300,
            {"offices": ("the steering committee",)},
            "5 h of 10 h. The schedule is 5 h short, and make-ups can't close the gap. "
            "The steering committee can grant an exception.",
        ),
        (LOST, 300, {"last_day": LAST}, "5 h of 10 h. 5 h was missing on May 31, 2027, the last day that counts."),
        (
            PENDING,
            300,
            {"possible": 660, "unit": PDU},
            "5 PDUs of 10 PDUs so far. 11 PDUs more are scheduled, 6 PDUs more than needed.",
        ),
        (MET, 600, {"unit": PDU}, "Done: 10 PDUs."),
        (MET, 600, {"ceiling": True}, "10 h used; up to 10 h counts."),
        (LOST, 660, {"ceiling": True}, "11 h recorded; only 10 h counts."),
        (OPEN, 0, {"ceiling": True}, "Nothing yet; up to 10 h counts."),
    ],
)
def test_hours(status: Status, value: int, more: dict[str, Any], text: str) -> None:
    assert said("hours", status, value, 600, **more) == text


@pytest.mark.parametrize(
    ("status", "value", "target", "more", "text"),
    [
        (MET, 1, 1, {"done": (DAY,)}, "Done: Opening day, October 14, 2026."),
        (MET, 2, 2, {}, "Done: both sessions."),
        (MET, 3, 3, {}, "Done: all 3 sessions."),
        (MET, 4, 3, {}, "Done: 4 sessions (3 needed)."),
        (MET, 3, 3, {"noun": "item"}, "Done: all 3 items."),
        (PENDING, 0, 1, {"closers": (NEXT,), "possible": 1}, "Coming up: Graduation, May 31, 2027."),
        (PENDING, 1, 3, {"possible": 4}, "1 of 3 sessions so far. 4 more scheduled, 2 needed."),
        (PENDING, 1, 3, {"possible": 2}, "1 of 3 sessions so far. Both still scheduled are needed."),
        (PENDING, 2, 3, {"possible": 1}, "2 of 3 sessions so far. The one still scheduled is needed."),
        (OPEN, 1, 3, {"possible": 1}, "1 of 3 sessions so far. Only 1 more is scheduled."),
        (
            OPEN,
            1,
            3,
            {"makeup": 2},
            "1 of 3 sessions so far. Nothing more is scheduled yet. A make-up can close the gap.",
        ),
        (LOST, 1, 3, {}, "1 of 3 sessions. No more are scheduled."),
        (LOST, 0, 1, {"missed": (DAY,)}, "Opening day on October 14, 2026 was missed."),
    ],
)
def test_counts(status: Status, value: int, target: int, more: dict[str, Any], text: str) -> None:
    assert said("count", status, value, target, **more) == text


WORK = {"noun": "item", "missing": ("Essay", "Plan", "Map", "Log")}


@pytest.mark.parametrize(
    ("status", "value", "target", "more", "text"),
    [
        (MET, 8, 8, {"noun": "item"}, "Done: all 8 accepted."),
        (MET, 1, 1, {"noun": "item", "done": (DAY,)}, "Accepted October 14, 2026."),
        (PENDING, 2, 6, {**WORK, "closers": (NEXT,)}, "2 of 6 accepted. Next: Graduation, due May 31, 2027."),
        (OPEN, 2, 6, WORK, "2 of 6 accepted. Overdue: Essay, Plan, Map, and 1 more."),
        (LOST, 2, 6, {**WORK, "lost": ("Essay",)}, "2 of 6 accepted. The deadline has passed for: Essay."),
        (OPEN, 0, 1, {"noun": "item"}, "Nothing is on the list yet."),
        (MET, 8, 8, {}, "Done: all 8 sessions."),
        (
            PENDING,
            2,
            3,
            {"missing": ("A",), "closers": (NEXT,)},
            "2 of 3 sessions so far. Next: Graduation, May 31, 2027.",
        ),
        (OPEN, 1, 3, {"missing": ("A", "B")}, "1 of 3 sessions so far. To make up: A and B."),
        (LOST, 1, 3, {"missing": ("A", "B")}, "1 of 3 sessions. Missed: A and B."),
    ],
)
def test_each(status: Status, value: int, target: int, more: dict[str, Any], text: str) -> None:
    assert said("each", status, value, target, **more) == text


REVISE = (Unused("v", 1, Reason.OUTCOME, "The verdict was revise."),)
EXPIRED = (Unused("c", 1, Reason.EXPIRED, "Expired May 31, 2027."),)


@pytest.mark.parametrize(
    ("measure", "status", "value", "target", "more", "text"),
    [
        ("together", MET, 1, 1, {"done": (DAY,)}, "Done: joint session, October 14, 2026."),
        ("together", MET, 2, 2, {}, "Done: both joint sessions."),
        (
            "together",
            PENDING,
            1,
            2,
            {"closers": (NEXT,)},
            "1 of 2 joint sessions so far. Next: Graduation, May 31, 2027.",
        ),
        ("together", OPEN, 0, 2, {}, "0 of 2 joint sessions so far. No joint session is scheduled."),
        ("together", LOST, 0, 2, {}, "0 of 2 joint sessions. None can still be scheduled."),
        ("verdict", MET, 1, 1, {"done": (DAY,)}, "Passed October 14, 2026."),
        ("verdict", MET, 2, 2, {}, "Passed by both judges."),
        ("verdict", MET, 3, 3, {}, "Passed by all 3 judges."),
        ("verdict", PENDING, 0, 2, {"closers": (NEXT,)}, "Due May 31, 2027."),
        ("verdict", PENDING, 0, 2, {"turned_in": FALL}, "Turned in October 14, 2026; waiting for 2 judges."),
        ("verdict", PENDING, 1, 2, {"turned_in": FALL}, "1 of 2 judges have passed it."),
        (
            "verdict",
            PENDING,
            0,
            1,
            {"closers": (NEXT,), "unused": REVISE},
            "The judges asked for changes. Due May 31, 2027.",
        ),
        (
            "verdict",
            OPEN,
            0,
            1,
            {"unused": REVISE, "last_day": LAST},
            "The judges asked for changes. Turn it in again by May 31, 2027.",
        ),
        ("verdict", LOST, 0, 1, {"last_day": LAST}, "Not passed. The deadline was May 31, 2027."),
        ("credential", MET, 1, 1, {"done": (DAY,)}, "On file since October 14, 2026."),
        ("credential", MET, 1, 1, {"until": LAST}, "On file, valid until May 31, 2027."),
        ("credential", OPEN, 0, 1, {}, "Not on file. Upload proof to count it."),
        ("credential", OPEN, 0, 1, {"unused": EXPIRED}, "Expired May 31, 2027."),
        ("held", MET, 1, 1, {"about": ("military-service",)}, "On file: military service."),
        ("held", OPEN, 0, 1, {"about": ("a", "b", "c")}, "Not on file: any of a, b, or c."),
        (
            "attest",
            MET,
            1,
            1,
            {"about": ("supervisor",), "done": (DAY,)},
            "Signed by the supervisor on October 14, 2026.",
        ),
        ("attest", OPEN, 0, 1, {"about": ("supervisor",)}, "Not signed. Ask the supervisor to sign."),
        ("attest", LOST, 0, 1, {"about": ("supervisor",), "last_day": LAST}, "Not signed by May 31, 2027."),
        ("linked", MET, 1, 1, {"about": ("mentor",)}, "Mentor on file."),
        ("linked", OPEN, 0, 1, {"about": ("mentor",)}, "No mentor on file."),
        ("years", MET, 2555, 1825, {}, "Done: 7 years (5 years needed)."),
        ("years", OPEN, 1460, 1825, {}, "4 of 5 years on file."),
        ("paid", MET, 3900, 3900, {}, "Paid in full ($3,900)."),
        ("paid", OPEN, 1000, 3900, {}, "$1,000 of $3,900 paid."),
        ("paid", LOST, 1000, 3900, {"last_day": LAST}, "$1,000 of $3,900 paid. The deadline was May 31, 2027."),
        ("score", MET, 641, 600, {}, "Passed: 641 points (600 needed)."),
        ("score", PENDING, 0, 600, {"closers": (NEXT,)}, "Not taken yet. Next date: May 31, 2027."),
        (
            "score",
            OPEN,
            588,
            600,
            {"used": (Used("x", 588),), "tries": 1},
            "Best score: 588 points. 600 needed; 1 try left.",
        ),
        (
            "score",
            LOST,
            588,
            600,
            {"used": (Used("x", 588),), "tries": 0},
            "Best score: 588 points (600 needed). No tries left.",
        ),
        ("rate", MET, 480, 480, {"of": 600, "percent": 80}, "Attended 80% (80% needed)."),
        (
            "rate",
            PENDING,
            300,
            480,
            {"of": 600, "percent": 80, "possible": 300},
            "Attended 50% so far: 5 h of 10 h. 80% needed.",
        ),
        (
            "rate",
            OPEN,
            300,
            480,
            {"of": 600, "percent": 80},
            "Attended 50% so far. 3 h more is needed than is scheduled.",
        ),
        (
            "rate",
            LOST,
            300,
            480,
            {"of": 600, "percent": 80},
            "Attended 50% (80% needed). Too little is scheduled to reach it.",
        ),
        (
            "hours",
            Status.WAIVED,
            0,
            60,
            {"granted": ("the board", FALL)},
            "Done, by exception: not required (the board, October 14, 2026).",
        ),
        (
            "hours",
            Status.NOT_APPLICABLE,
            0,
            0,
            {"about": ("those whose chapter is florida",)},
            "Not required: this is asked only of those whose chapter is florida.",
        ),
        (
            "hours",
            Status.UNDECIDED,
            0,
            60,
            {"either": (("A",), ("B",)), "offices": ("the board",)},
            "Some items can count for “A” or “B”, not for both. The board must choose.",
        ),
        ("hours", Status.UNDECIDED, 0, 60, {}, "There are too many ways to divide these items. Someone must choose."),
        (
            "each",
            LOST,
            0,
            2,
            {"decided_by": "the committee", "outcomes": ("drop", "excuse")},
            "Can't be finished. The committee decides: drop or excuse.",
        ),
        (
            "count",
            LOST,
            0,
            2,
            {"excusable": False},
            "0 of 2 sessions. No more are scheduled. The program rules allow no exception here.",
        ),
    ],
)
def test_other_measures(measure: str, status: Status, value: int, target: int, more: dict[str, Any], text: str) -> None:
    assert said(measure, status, value, target, **more) == text


def part(title: str, status: Status, value: int = 0, target: int = 1) -> Result:
    return Result(title.lower(), title, "count", status, value, target)


@pytest.mark.parametrize(
    ("measure", "status", "value", "target", "parts", "text"),
    [
        ("all", MET, 3, 3, [("A", MET), ("B", MET), ("C", MET)], "All 3 parts done."),
        ("all", MET, 2, 2, [("A", MET), ("B", MET)], "Both parts done."),
        ("all", PENDING, 1, 2, [("A", MET), ("B", PENDING)], "1 of 2 parts done. The rest is on track."),
        ("all", OPEN, 1, 3, [("A", MET), ("B", OPEN), ("C", PENDING)], "1 of 3 parts done. Needs attention: B."),
        ("all", LOST, 1, 3, [("A", MET), ("B", LOST), ("C", OPEN)], "Can't be finished as scheduled: B."),
        ("any", MET, 1, 1, [("A", OPEN), ("B", MET)], "Done: B."),
        ("any", PENDING, 0, 1, [("A", OPEN), ("B", PENDING)], "On track through B. One of 2 is enough."),
        ("any", OPEN, 0, 1, [("A", LOST), ("B", OPEN)], "One of 2 is enough. Closest: B."),
        ("any", LOST, 0, 1, [("A", LOST), ("B", LOST)], "None of the 2 ways can be finished as scheduled."),
        ("of", MET, 2, 2, [("A", MET), ("B", MET), ("C", OPEN)], "Done: 2 of 3 (2 needed)."),
        ("of", PENDING, 1, 2, [("A", MET), ("B", PENDING), ("C", LOST)], "1 of 2 needed. On track: B."),
        ("of", OPEN, 1, 2, [("A", MET), ("B", OPEN), ("C", LOST)], "1 of 2 needed. Needs attention: B and C."),
        ("of", LOST, 1, 2, [("A", MET), ("B", LOST), ("C", LOST)], "1 of 2 needed. Can't be finished: B and C."),
    ],
)
def test_groups(
    measure: str, status: Status, value: int, target: int, parts: list[tuple[str, Status]], text: str
) -> None:
    children = tuple(part(title, one) for title, one in parts)
    assert said(measure, status, value, target, children=children) == text

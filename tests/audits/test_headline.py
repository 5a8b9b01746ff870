"""The table of first sentences: what is said in each situation, and what is never said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cecto.audits.headline import About, headline
from cecto.requirements.results import Result, Status
from cecto.requirements.room import Room, Session
from cecto.requirements.situations import Prospects, Returned, Situation, Work
from tests.requirements.test_situations import HOURS, ruled

RULES = ruled(f"{HOURS}\n- {{id: held, measure: count, at_least: 1, waivable: {{by: [dpi-liaison]}}}}")
ROOT = Result("root", "Everything", "all", Status.PENDING, 0, 2)
MAIN = Result("hours", "Hours", "hours", Status.PENDING, 109 * 60, 240 * 60, "minutes", possible=138 * 60, slack=420)
SHORT = replace(MAIN, status=Status.OPEN, slack=-345, makeup=600)
LOST = Result("held", "Graduation day", "count", Status.IMPOSSIBLE, 0, 1, slack=-1)
DAYS = [
    Session("a", "Law", date(2016, 2, 10), 360, 180),
    Session("b", "Graduation", date(2016, 6, 23), 165, 165),
    Session("c", "Security", date(2016, 3, 2), 120, 120),
]
ESSAY = Work("essay", "A change", date(2016, 1, 29), date(2016, 2, 5))
ABOUT = About(RULES, MAIN, "Imani Rutledge", ("Law", date(2016, 7, 23)))


def told(situation: Situation, **more: object) -> tuple[str, str, str]:
    found = replace(Prospects(situation, ROOT, date(2016, 1, 30)), **more)  # type: ignore[arg-type]
    said = headline(found, ABOUT)
    return tuple(text.replace("\xa0", " ") for text in (said.first, said.second, said.staff))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("situation", "more", "first", "second", "staff"),
    [
        (
            Situation.TIME_TO_SPARE,
            {"room": Room((DAYS[1],), (DAYS[0],), 1, 435), "ahead": tuple(DAYS)},
            "You’re on track to finish on June 23.",
            "109 h of 240 h. You can miss up to 7 h 15 min, but not Graduation on June 23.",
            "7 h 15 min to spare · Must attend: June 23",
        ),
        (
            Situation.SESSIONS_TO_SPARE,
            {"room": Room((DAYS[1],), (DAYS[0], DAYS[2]), 1)},
            "You’re on track to finish on June 23.",
            "109 h of 240 h. You can miss any one of the other 2 sessions, but not Graduation on June 23.",
            "1 session to spare · Must attend: June 23",
        ),
        (
            Situation.SESSIONS_TO_SPARE,
            {"room": Room((), tuple(DAYS), 2), "ahead": tuple(DAYS)},
            "You’re on track to finish on June 23.",
            "109 h of 240 h. You can miss any 2 of the 3 sessions left.",
            "2 sessions to spare",
        ),
        (
            Situation.NAMED,
            {"room": Room((DAYS[0], DAYS[1]))},
            "Two things are left: Law on February 10 and Graduation on June 23.",
            "You need both.",
            "Must attend: February 10 and June 23",
        ),
        (
            Situation.ALL_NEEDED,
            {"room": Room(tuple(DAYS))},
            "You’re on track if you come to every session left.",
            "109 h of 240 h. Can’t make one? Tell us early.",
            "Nothing to spare: every session left is needed",
        ),
        (
            Situation.OVERDUE,
            {"work": (ESSAY,)},
            "Turn in “A change” by February 5 to stay on track.",
            "It was due January 29.",
            "Overdue: A change",
        ),
        (
            Situation.RETURNED,
            {"returned": (Returned("essay", "A change", date(2016, 2, 5)),)},
            "“A change” needs changes. Turn it in again by February 5.",
            "Ask Imani Rutledge what to change.",
            "Returned: A change",
        ),
        (
            Situation.RETURNED,
            {"returned": (Returned("essay", "A change", None),)},
            "“A change” needs changes. Turn it in again.",
            "Ask Imani Rutledge what to change.",
            "Returned: A change",
        ),
        (
            Situation.MAKEUP,
            {"parts": (SHORT,)},
            "You need 5 h 45 min more of “Hours” than is scheduled.",
            "You can make up “Law” until July 23.",
            "Make-up needed: 5 h 45 min by July 23",
        ),
        (
            Situation.CANCELED,
            {"parts": (SHORT,), "called_off": (DAYS[0],)},
            "“Law” (February 10) was canceled, so 5 h 45 min is missing from the schedule.",
            "A new date is needed. Ask Imani Rutledge; nothing to do for now.",
            "Canceled session: 5 h 45 min short",
        ),
        (
            Situation.PLANNING,
            {"parts": (replace(SHORT, possible=600),)},
            "More dates are coming.",
            "109 h of 240 h so far; 10 h more is scheduled. Nothing to do for now.",
            "109 h of 240 h so far; 10 h more is scheduled",
        ),
        (
            Situation.EXCEPTION,
            {"parts": (LOST,)},
            "You can’t finish “Graduation day” with what’s left this year.",
            "The DPI liaison can grant an exception. Imani Rutledge can explain how.",
            "Needs an exception: Graduation day, 1 session short",
        ),
        (
            Situation.DECIDED,
            {"parts": (replace(LOST, decided_by="steering-committee", outcomes=("repeat", "leave")),)},
            "You can’t finish “Graduation day” as planned.",
            "The steering committee will decide: repeat or leave. Imani Rutledge will contact you.",
            "The steering committee decides: Graduation day",
        ),
        (
            Situation.REVIEW,
            {"parts": (LOST,)},
            "You’ve turned everything in.",
            "Graduation day is waiting for review. Nothing to do for now.",
            "Waiting for review: Graduation day",
        ),
    ],
)
def test_what_is_said(situation: Situation, more: dict[str, object], first: str, second: str, staff: str) -> None:
    assert told(situation, **more) == (first, second, staff)


@pytest.mark.parametrize("situation", list(Situation))
def test_every_situation_has_its_words_and_ends_its_sentences(situation: Situation) -> None:
    first, second, staff = told(
        situation,
        parts=(LOST,),
        work=(ESSAY,),
        returned=(Returned("essay", "A change", None),),
        room=Room((DAYS[0],), (DAYS[1],), 1, 165),
    )
    assert first.endswith(".")
    assert second.endswith(".")
    assert staff
    assert "may still be missed" not in f"{first} {second}"
    if situation is Situation.PLANNING:
        assert not {"short", "can’t"} & set(f"{first} {second} {staff}".split())


def test_what_is_over_and_not_final_is_neither_earned_nor_scheduled() -> None:
    found = Prospects(Situation.ON_TRACK, ROOT, date(2016, 1, 30), held=(DAYS[0], DAYS[2]))
    said = headline(found, ABOUT).waiting.replace("\xa0", " ")
    assert said == "8 h from February 10 and March 2 is added when attendance is final."


def test_a_requirement_that_allows_no_exception_promises_none() -> None:
    part = replace(LOST, id="hours", title="Hours")
    _, second, _ = told(Situation.EXCEPTION, parts=(part,))
    assert second == "The program rules allow no exception here. Talk to Imani Rutledge."

"""What people ask and say about attendance: absences with a letter, an appeal, days made up, guests who teach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cecto.attendance.actions import (
    announce_absence,
    answer_notice,
    appeal_attendance,
    claim_makeup,
    invite_guest,
    keep_signed_sheet,
)
from cecto.attendance.models import Notice, NoticeAnswer
from cecto.demo.files.letters import page_pdf
from cecto.demo.story.people import member
from cecto.demo.story.sessions import gathering
from cecto.demo.year.world import Event, acting, instant, meeting, person
from cecto.foundation.papers import Paper

Outcome = NoticeAnswer.Outcome
Way = Notice.Way
MINUTES_OF_A_DAY = 390
# Sessions that a guest teaches and marks by a link, and the day on which they are asked.
GUESTS = {"day-09": ("Rosalind Achterberg", date(2015, 12, 9)), "day-11": ("Rosalind Achterberg", date(2016, 1, 13))}
# Sessions whose signed sheet was scanned, and the day on which it was.
SCANNED = {"day-04": date(2015, 9, 21), "day-10": date(2015, 12, 18)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a person says of a session, and what they are answered when; `letter` is the text of a document."""

    kind: Notice.Kind
    session: str
    handle: str
    on: date
    text: str
    answered: date
    outcome: NoticeAnswer.Outcome
    reason: str
    way: Notice.Way | None = None
    letter: tuple[str, ...] = ()


ABSENCE, APPEAL, MAKEUP = Notice.Kind.ABSENCE, Notice.Kind.APPEAL, Notice.Kind.MAKEUP
SUMMONS = ("Superior Court of Buncombe County", "Summons for jury service", "February 17, 2016, 9:00 AM")
LETTER = ("Ashe County Schools", "The board meets on September 30 and needs its technology director there.")
# Everything asked and answered in the year.
ASKED = (
    Asked(
        ABSENCE,
        "online-02",
        "wesley",
        date(2015, 9, 28),
        "Our board meets that afternoon and the network is on its agenda.",
        date(2015, 9, 29),
        Outcome.EXCUSED,
        "The letter says so. The two hours are still missed: make them up if you need them.",
        letter=LETTER,
    ),
    Asked(
        ABSENCE,
        "day-11",
        "harlan",
        date(2016, 1, 19),
        "We are short of staff this week and I have to stay.",
        date(2016, 1, 25),
        Outcome.NOT_EXCUSED,
        "Two other days were missed for the same reason. Let us talk about whether you can finish.",
    ),
    Asked(
        APPEAL,
        "online-07",
        "maria",
        date(2016, 1, 15),
        "I lost the picture for a quarter of an hour but heard all of it.",
        date(2016, 1, 25),
        Outcome.UPHELD,
        "The report shows no telephone either. Your hours do not depend on these minutes.",
    ),
    Asked(
        MAKEUP,
        "day-04",
        "terrence",
        date(2016, 1, 18),
        "I wrote a policy on retention for my district, as the day asked.",
        date(2016, 1, 27),
        Outcome.DECLINED,
        "It is the policy that you handed in as an assignment. Make up the other day by its recording instead.",
        way=Way.ASSIGNMENT,
        letter=("Forsyth County Schools", "Policy on the retention of e-mail"),
    ),
    Asked(
        MAKEUP,
        "day-03",
        "terrence",
        date(2016, 2, 12),
        "I watched both halves and wrote two pages on our steering committee.",
        date(2016, 2, 12),
        Outcome.ACCEPTED,
        "A good reflection, above all on who decides what.",
        way=Way.RECORDING,
        letter=("Forsyth County Schools", "Who decides what: a reflection"),
    ),
    Asked(
        ABSENCE,
        "day-13",
        "marisol",
        date(2016, 2, 12),
        "I am called for jury service that day.",
        date(2016, 2, 15),
        Outcome.EXCUSED,
        "Of course. You may miss no other day without making it up.",
        letter=SUMMONS,
    ),
    Asked(
        MAKEUP,
        "day-07",
        "renee",
        date(2016, 7, 11),
        "I drew up the inventory and the plan that the day is about, for Pitt County.",
        date(2016, 7, 11),
        Outcome.ACCEPTED,
        "Complete, and in use already.",
        way=Way.ASSIGNMENT,
        letter=("Pitt County Schools", "Inventory and plan for the first year of security"),
    ),
)


def events() -> Iterator[Event]:
    """Guests are asked, sheets scanned, and everything asked is answered."""
    for code, (name, day) in GUESTS.items():
        yield Event(instant(day, "09:00"), f"{gathering(code).title}: a guest is given a link", _guest(code, name))
    for code, day in SCANNED.items():
        yield Event(instant(day, "10:00"), f"{gathering(code).title}: the signed sheet is kept", _scan(code))
    for one in ASKED:
        who, title = member(one.handle).name, gathering(one.session).title
        yield Event(instant(one.on, "10:00"), f"{title}: {who} {_DOES[one.kind]}", _ask(one))
        yield Event(instant(one.answered, "13:00"), f"{title}: {who} is answered", _answer(one))


_DOES = {ABSENCE: "tells an absence", APPEAL: "appeals", MAKEUP: "hands in a make-up"}


def _guest(code: str, name: str) -> Callable[[datetime], None]:
    return lambda at: _done(invite_guest(meeting=meeting(code), name=name, by=acting("coordinator"), at=at))


def _scan(code: str) -> Callable[[datetime], None]:
    one = gathering(code)
    lines = (one.title, f"{one.day:%B %-d, %Y}", "Signed by everyone present")
    paper = Paper(page_pdf(lines), f"signed-sheet-{one.day}.pdf")
    return lambda at: _done(keep_signed_sheet(meeting=meeting(code), paper=paper, by=acting("coordinator"), at=at))


def _ask(one: Asked) -> Callable[[datetime], None]:
    def ask(at: datetime) -> None:
        held, who, by = meeting(one.session), person(one.handle), acting(one.handle)
        document = page_pdf(one.letter) if one.letter else b""
        name = "letter.pdf" if one.letter else ""
        if one.kind == APPEAL:
            appeal_attendance(meeting=held, person=who, text=one.text, by=by, at=at)
        elif one.way:
            claim_makeup(
                meeting=held,
                person=who,
                way=one.way,
                text=one.text,
                document=document,
                document_name=name,
                by=by,
                at=at,
            )
        else:
            announce_absence(
                meeting=held, person=who, text=one.text, document=document, document_name=name, by=by, at=at
            )

    return ask


def _answer(one: Asked) -> Callable[[datetime], None]:
    def answer(at: datetime) -> None:
        notice = Notice.objects.get(meeting=meeting(one.session), person=person(one.handle), kind=one.kind)
        minutes = MINUTES_OF_A_DAY if one.outcome == Outcome.ACCEPTED else None
        answer_notice(
            notice=notice, outcome=one.outcome, reason=one.reason, minutes=minutes, by=acting("coordinator"), at=at
        )

    return answer


def _done(_result: object) -> None:
    """What an action returns is of no use here."""

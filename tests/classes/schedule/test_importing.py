"""Importing a schedule: shown first, done exactly so, and changing nothing the second time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes.importing.kinds import PreviewChanged
from cecto.classes.models import Cohort, Meeting, MeetingRevision
from cecto.classes.schedule import queries
from cecto.classes.schedule.actions import cancel_meeting, import_schedule, revise_meeting
from cecto.classes.schedule.preview import What, preview_schedule
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.ui.words import hours
from cecto.people.models import Account, Person
from tests.classes import made
from tests.classes.made import AT, BY
from tests.classes.schedule.files import CECTO, CGCIO

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=7)
HEAD = "Session,Date,Start,End,Format,Segment,Minutes,Breaks,Tracks,Link,Instructors\n"


@pytest.fixture
def cgcio() -> Cohort:
    return made.cohort("cgcio", ("cio",))


def bring(text: str, cohort: Cohort, *, at: datetime = AT) -> list[str]:
    preview = import_schedule(content=text.encode(), file="plan.csv", cohort=cohort, by=BY, at=at)
    return [str(change.what) for change in preview.changes]


def refused(text: str, cohort: Cohort) -> str:
    with pytest.raises(SheetRefused) as error:
        bring(HEAD + text, cohort)
    assert (Meeting.objects.count(), Person.objects.count()) == (0, 0)
    return str(error.value)


def test_a_file_becomes_sessions_with_segments_in_the_zone_of_the_program(cgcio: Cohort) -> None:
    assert bring(CGCIO, cgcio) == ["added", "added"]
    kickoff, budget = queries.sessions_of(cgcio, known_at=AT)
    assert (kickoff.revision.title, kickoff.revision.place) == ("Kick-off", "UNC")
    assert [
        (part.code, part.title, part.starts_at, part.minutes, part.modality, kickoff.competency(cgcio, part))
        for part in kickoff.segments
    ] == [
        ("s1", "IT governance", datetime(2015, 8, 11, 13, tzinfo=UTC), 180, "f2f", "governance"),
        ("s2", "Leading change", datetime(2015, 8, 11, 17, tzinfo=UTC), 210, "f2f", "leadership"),
    ]
    assert kickoff.revision.breaks == [["2015-08-11T16:00:00+00:00", "2015-08-11T17:00:00+00:00"]]
    assert (budget.revision.modality, [part.title for part in budget.segments]) == ("sync", ["Budget clinic"])


def test_an_instructor_written_with_an_address_is_added_once_and_can_sign_in(cgcio: Cohort) -> None:
    bring(CGCIO, cgcio)
    assert list(Person.objects.values_list("name", "emails__address")) == [("Shan Tuft", "tuft@x.org")]
    assert Account.objects.get().email == "tuft@x.org"


def test_the_same_file_again_changes_nothing(cgcio: Cohort) -> None:
    bring(CGCIO, cgcio)
    before = JournalEntry.objects.count()
    assert bring(CGCIO, cgcio, at=LATER) == ["unchanged", "unchanged"]
    assert (MeetingRevision.objects.count(), JournalEntry.objects.count()) == (2, before)


def test_a_changed_row_makes_a_revision_and_says_what_changes(cgcio: Cohort) -> None:
    bring(CGCIO, cgcio)
    moved = CGCIO.replace("9/22/2015,10:00 AM", "9/23/2015,10:30 AM")
    preview = preview_schedule(moved.encode(), file="plan.csv", cohort=cgcio, known_at=LATER)
    assert [(change.what, change.differences) for change in preview.changes] == [
        (What.UNCHANGED, ()),
        (
            What.REVISED,
            (
                "Start: Tue, Sep 22, 2015, 10:00\xa0AM EDT → Wed, Sep 23, 2015, 10:30\xa0AM EDT",
                "End: Tue, Sep 22, 2015, 12:00\xa0PM EDT → Wed, Sep 23, 2015, 12:00\xa0PM EDT",
                "The parts of the session change.",
            ),
        ),
    ]
    assert bring(moved, cgcio, at=LATER) == ["unchanged", "revised"]
    budget = Meeting.objects.get(code="cgcio-2015-09")
    assert list(budget.revisions.order_by("number").values_list("number", "superseded_at")) == [
        (1, LATER),
        (2, None),
    ]


def test_segments_keep_their_codes_when_one_is_put_between_them(cgcio: Cohort) -> None:
    bring(CGCIO, cgcio)
    between = CGCIO.replace(
        "cgcio-2015-08a,,,1:00 PM,4:30 PM,,Leading change",
        "cgcio-2015-08a,,,1:00 PM,2:00 PM,,Ethics,,legal,,,\ncgcio-2015-08a,,,2:00 PM,4:30 PM,,Leading change",
    )
    bring(between, cgcio, at=LATER)
    (kickoff,) = [found for found in queries.sessions_of(cgcio, known_at=LATER) if found.day == made.FIRST]
    assert [(part.code, part.title) for part in kickoff.segments] == [
        ("s1", "IT governance"),
        ("s3", "Ethics"),
        ("s2", "Leading change"),
    ]


def test_a_session_of_another_class_is_linked_in_this_class_s_words(cgcio: Cohort) -> None:
    cecto = made.cohort()
    bring(CGCIO, cgcio)
    assert bring(CECTO, cecto) == ["linked", "added"]
    kickoff, opening = queries.sessions_of(cecto, known_at=AT)
    assert kickoff.meeting.owner == cgcio
    assert [kickoff.competency(cecto, part) for part in kickoff.segments] == ["governance", "transformation"]
    assert [kickoff.competency(cgcio, part) for part in kickoff.segments] == ["governance", "leadership"]
    link, own = kickoff.link_of(cecto), opening.link_of(cecto)
    assert link is not None
    assert own is not None
    assert (link.slot, link.tags, link.tracks) == ("joint-day", ["joint"], ["technology-director"])
    assert (own.slot, own.tags, own.tracks) == ("joint-day", ["joint", "opening"], [])
    assert kickoff.meeting.revisions.count() == 1
    assert bring(CECTO, cecto, at=LATER) == ["unchanged", "unchanged"]
    reworded = CECTO.replace(";governance;", ";security;")
    assert bring(reworded, cecto, at=LATER) == ["reworded", "unchanged"]


def test_a_code_of_another_class_on_another_day_is_refused(cgcio: Cohort) -> None:
    cecto = made.cohort()
    bring(CGCIO, cgcio)
    with pytest.raises(SheetRefused) as error:
        bring(CECTO.replace("2015-08-11", "2015-08-13"), cecto)
    assert str(error.value) == (
        "plan.csv, row 2, column “date”: Session “cgcio-2015-08a” belongs to cgcio Class of 2016, which holds it on "
        "2015-08-11. Write that date to count the session for this class too, or choose another code."
    )


def test_one_row_speaks_for_all_parts_of_a_linked_session(cgcio: Cohort) -> None:
    cecto = made.cohort()
    bring(CGCIO, cgcio)
    bring("session,date,start,end,format,competency\ncgcio-2015-08a,2015-08-11,,,,security\n", cecto)
    (kickoff,) = queries.sessions_of(cecto, known_at=AT)
    assert [kickoff.competency(cecto, part) for part in kickoff.segments] == ["security", "security"]


def test_rows_that_all_give_the_session_s_time_are_laid_out_by_their_minutes(cgcio: Cohort) -> None:
    rows = (
        "a,2015-08-11,9:00,16:00,f2f,One,90,12:00-13:00,,,\na,,9:00,16:00,,Two,150,,,,\na,,9:00,16:00,,Three,120,,,,\n"
    )
    bring(HEAD + rows, cgcio)
    (found,) = queries.sessions_of(cgcio, known_at=AT)
    assert [
        (part.title, f"{part.starts_at:%H:%M}", f"{part.ends_at:%H:%M}", part.minutes) for part in found.segments
    ] == [
        ("One", "13:00", "14:30", 90),
        ("Two", "14:30", "18:00", 150),
        ("Three", "18:00", "20:00", 120),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",2015-08-11,9:00,10:00,f2f", "row 2, column “Session”: There is no session code here."),
        ("a,1900-01-01,9:00,10:00,f2f", "row 2, column “Date”: “1900-01-01” is in 1900."),
        (
            "a,2017-01-10,9:00,10:00,f2f",
            "row 2, column “Date”: 2017-01-10 is outside cgcio Class of 2016 (2015-08-11 to",
        ),
        ("a,2016-03-13,2:30,10:00,f2f", "row 2, column “Start”: There is no 02:30 on 2016-03-13 in America/New_York"),
        ("a,2015-08-11,10:00,9:00,f2f", "row 2, column “End”: It ends before it starts."),
        (
            "a,2015-08-11,9:00,10:00,f2f,One\na,,9:30,11:00,,Two",
            "row 2, column “Minutes”: Segments “One” and “Two” of “One” overlap: mend their times.",
        ),
        ("a,2015-08-11,9:00,10:00,online", "row 2, column “Format”: “online” is not a format."),
        (
            "a,2015-08-11,9:00,10:00,f2f,One,61",
            f"row 2, column “Minutes”: Segment “One” plans {hours(61)} and has room",
        ),
        ("a,2015-08-11,,,f2f", "row 2, column “Start”: Session “a” has no date, start or end."),
        ("a,2015-08-11,9:00,10:00,f2f,,,10:00-9:00", "row 2, column “Breaks”: The breaks “10:00-9:00” overlap or end"),
        (
            "a,2015-08-11,9:00,10:00,f2f,,,,leaders",
            "row 2, column “Tracks”: cgcio Class of 2016 has no track “leaders”.",
        ),
        ("a,2015-08-11,9:00,10:00,f2f,,,,,zoom", "row 2, column “Link”: “zoom” is not a web address."),
        ("a,2015-08-11,9:00,10:00,f2f,,,,,,Ada", "row 2, column “Instructors”: Nobody here is “Ada”. To add them"),
        (
            "a,2015-08-11,9:00,10:00,f2f\na,2015-08-12,10:00,11:00",
            "row 3, column “Date”: This differs from the session's",
        ),
        (
            "a,2015-08-11,9:00,10:00,f2f,One,40\na,,9:00,10:00,,Two,40",
            f"row 2, column “Minutes”: The parts of this session plan {hours(80)}, and it has {hours(60)}",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_place_and_nothing_is_written(
    row: str, says: str, cgcio: Cohort
) -> None:
    assert refused(row + "\n", cgcio).startswith(f"plan.csv, {says}")


def test_every_problem_is_told_at_once(cgcio: Cohort) -> None:
    told = refused("a,soon,9:00,10:00,f2f\nb,2015-08-11,late,10:00,f2f\n", cgcio)
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "plan.csv, row 2, column “Date”",
        "plan.csv, row 3, column “Start”",
    ]


def test_what_was_seen_is_what_is_done(cgcio: Cohort) -> None:
    seen = preview_schedule(HEAD.encode() + b"a,2015-08-11,9:00,10:00,f2f\n", file="p.csv", cohort=cgcio, known_at=AT)
    made.meeting(cgcio, "a")
    with pytest.raises(PreviewChanged):
        import_schedule(
            content=HEAD.encode() + b"a,2015-08-11,9:00,10:00,f2f\n",
            file="p.csv",
            cohort=cgcio,
            seen=seen.fingerprint,
            by=BY,
            at=LATER,
        )
    assert MeetingRevision.objects.count() == 1


def test_sessions_that_a_file_does_not_mention_stay(cgcio: Cohort) -> None:
    made.meeting(cgcio, "other", made.plan(date(2015, 8, 12), "Another day"))
    preview = preview_schedule(
        CGCIO.encode(),
        file="p.csv",
        cohort=cgcio,
        known_at=AT,
    )
    assert preview.untouched == ("Another day",)


def test_a_canceled_session_in_the_file_is_held_again(cgcio: Cohort) -> None:
    text = HEAD + "a,2015-08-11,9:00,10:00,f2f\n"
    bring(text, cgcio)
    cancel_meeting(meeting=Meeting.objects.get(), by=BY, at=LATER)
    preview = preview_schedule(text.encode(), file="p.csv", cohort=cgcio, known_at=LATER)
    assert [change.differences for change in preview.changes] == [("It was called off and would be held again.",)]
    assert bring(text, cgcio, at=LATER + timedelta(hours=1)) == ["revised"]


def test_the_file_is_kept_as_evidence(cgcio: Cohort) -> None:
    text = HEAD + "a,2015-08-11,9:00,10:00,f2f\n"
    bring(text, cgcio)
    detail = JournalEntry.objects.get(action="schedule.import").detail
    assert evidence.load(detail["sha256"]) == text.encode()
    assert (detail["added"], detail["unchanged"]) == (1, 0)


def test_a_revision_by_hand_is_seen_as_a_difference(cgcio: Cohort) -> None:
    text = HEAD + "a,2015-08-11,9:00,10:00,f2f\n"
    bring(text, cgcio)
    meeting = Meeting.objects.get()
    revise_meeting(meeting=meeting, plan=made.plan(title="a"), by=BY, at=LATER)
    preview = preview_schedule(text.encode(), file="p.csv", cohort=cgcio, known_at=LATER)
    assert [change.what for change in preview.changes] == [What.REVISED]


@pytest.mark.parametrize("sessions", [1, 30])
def test_a_preview_takes_a_constant_number_of_queries(
    sessions: int, cgcio: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = HEAD + "".join(
        f"s{n},2015-09-{n % 28 + 1:02d},9:00,10:00,f2f,,,,,,A Roe <a@example.org>\n" for n in range(sessions)
    )
    bring(text, cgcio)
    cohort = Cohort.objects.select_related("program").get()
    with django_assert_num_queries(11):
        preview_schedule(text.encode(), file="p.csv", cohort=cohort, known_at=LATER)


def test_parts_of_one_title_keep_their_codes_when_the_file_comes_again(cgcio: Cohort) -> None:
    text = HEAD + "a,2015-08-11,9:00,10:00,f2f,Clinic\na,,10:00,11:00,,Clinic\n"
    assert [bring(text, cgcio), bring(text, cgcio)] == [["added"], ["unchanged"]]

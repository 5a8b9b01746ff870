"""Letters of attendance: what was settled, for a person, an employer that may be told, and a whole class."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cecto.attendance.actions import reopen_settlement
from cecto.classes.models import Enrollment
from cecto.coursework.credit.actions import record_makeup
from cecto.credentials.letters.actions import NotTheirs, let_employer_know
from cecto.credentials.letters.class_papers import employers_of, letter_of, letters_of, summary_of
from cecto.credentials.letters.paper import papers_pdf
from cecto.credentials.letters.recorded import RecordedDay
from cecto.credentials.models import EmployerConsent
from cecto.foundation.journal.actor import Actor
from tests.attendance.hybrid import hybrid_day
from tests.attendance.world import EVENING as SETTLED_AT
from tests.attendance.world import make_world
from tests.audits import story
from tests.audits.story import BY, EVENING, FIRST_DAY, NEXT_DAY, Story
from tests.classes import made as classes
from tests.classes.browsing import browser
from tests.credentials.accessible import faults, tags

pytestmark = pytest.mark.django_db

TODAY = RecordedDay(date(2016, 6, 20), datetime(2016, 6, 20, 12, tzinfo=UTC))


@pytest.fixture
def told() -> Story:
    return story.tell()


def agree(of: Enrollment, *, agreed: bool = True) -> None:
    let_employer_know(enrollment=of, agreed=agreed, by=Actor.person(of.person.key, of.person.pk), at=NEXT_DAY)


def text(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_letter_says_what_was_settled_and_certifies_nobody(told: Story) -> None:
    told.attend()
    letter = letter_of(told.ana, TODAY)
    assert letter.totals == (("6", "contact hours"), ("0.6", "renewal units (CEU)"))
    assert "attended 1 of 1 sessions of Class of 2016" in letter.summary
    read = text(papers_pdf([letter], issuer="N.C. CeCTO", at=TODAY.at))
    for said in ("Hours as recorded on", "June 20, 2016", letter.number, "certifies nobody"):
        assert said in " ".join(read.split())


def test_what_is_not_settled_or_was_taken_back_is_no_part_of_it(told: Story) -> None:
    assert letter_of(told.ana, TODAY).totals[0] == ("0", "contact hours")
    settled = told.attend()
    before = RecordedDay(FIRST_DAY, EVENING - timedelta(seconds=1))
    assert letter_of(told.ana, before).totals[0] == ("0", "contact hours")
    reopen_settlement(settlement=settled, reason="A wrong sheet", by=BY, at=NEXT_DAY)
    assert letter_of(told.ana, TODAY).totals[0] == ("0", "contact hours")
    assert letter_of(told.ana, RecordedDay(FIRST_DAY, EVENING)).totals[0] == ("6", "contact hours")


def test_a_day_in_the_room_and_online_says_both() -> None:
    hybrid_day(make_world())
    letter = letter_of(Enrollment.objects.get(), RecordedDay(SETTLED_AT.date(), SETTLED_AT))
    (attended,) = (part for part in letter.parts if part.heading == "Sessions attended")
    assert attended.rows == (("Jan 19, 2016", "Governance", "In person, Live online", "5.66", "5.66", "5.75"),)


def test_hours_made_up_are_said_apart() -> None:
    told = story.tell(story.DIRECTORS.replace("late_grace: 0m}", "late_grace: 0m, makeup: {ratio: 100%, within: 30d}}"))
    told.attend(absent=(told.ana.person,))
    on = FIRST_DAY + timedelta(days=9)
    record_makeup(person=told.ana.person, meeting=told.opening, minutes=90, kind="recording", on=on, by=BY, at=TODAY.at)
    letter = letter_of(told.ana, TODAY)
    assert letter.totals[0] == ("1.5", "contact hours")
    assert letter.parts[-1].rows == (("Aug 20, 2015", "Opening", "1.5", "1.5"),)


def test_the_same_paper_has_the_same_number_and_another_one_another(told: Story) -> None:
    told.attend()
    numbers = {letter_of(told.ana, TODAY).number for _ in range(2)}
    assert len(numbers) == 1
    later = RecordedDay(TODAY.on + timedelta(days=1), TODAY.at + timedelta(days=1))
    assert not numbers & {letter_of(told.ana, later).number, letter_of(told.sue, TODAY).number}


def test_an_employer_is_told_of_those_who_agreed_and_of_nobody_else(told: Story) -> None:
    told.attend()
    ana = classes.enrolled(classes.person("Bo Quiet", told.sue.organization), told.cohort)
    ashe = told.sue.organization
    assert ashe
    agree(told.sue)
    staff, address = browser(), f"/console/classes/{told.cohort.key}/letters/employers/{ashe.key}/"
    read = text(staff.get(address).content)
    assert ("Sue Oxendine" in read, "Quiet" in read, "1 person" in read) == (True, False, False)
    agree(told.sue, agreed=False)
    assert staff.get(address).status_code == 404
    with pytest.raises(NotTheirs):
        let_employer_know(enrollment=ana, agreed=True, by=BY, at=NEXT_DAY)


def test_agreeing_is_a_dated_word_that_is_said_once(told: Story) -> None:
    for agreed in (True, True, False, True):
        agree(told.sue, agreed=agreed)
    assert list(EmployerConsent.objects.values_list("agreed", flat=True)) == [True, False, True]
    (employer,) = employers_of(told.cohort)
    assert (len(employer.agreed), len(employer.people)) == (1, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        EmployerConsent.objects.update(agreed=False)


def test_a_participant_agrees_and_takes_it_back_on_their_own_page(told: Story) -> None:
    own = browser(None, who=told.sue.person)
    page = f"/my/statements/{told.sue.key}/"
    assert "I agree that it is told" in own.get(page).content.decode()
    assert own.post(f"{page}employer/", {"agreed": "yes"}).status_code == 302
    assert "Tell it nothing from now on" in own.get(page).content.decode()
    own.post(f"{page}employer/", {"agreed": "no"})
    assert [one.agreed for one in EmployerConsent.objects.all()] == [True, False]


def test_a_whole_class_is_one_accessible_file_with_pages_of_their_own(told: Story) -> None:
    told.attend()
    staff = browser()
    everyone = staff.get(f"/console/classes/{told.cohort.key}/letters/everyone.pdf")
    read = text(everyone.content)
    assert ("Ana Ñuñez" in read, "Sue Oxendine" in read, read.count("Page 1 of 1")) == (True, True, 2)
    assert faults(everyone.content) == []
    assert tags(everyone.content)["/H1"] == 2
    summary = staff.get(f"/console/classes/{told.cohort.key}/letters/summary.pdf").content
    assert faults(summary) == []
    assert summary_of(told.cohort, TODAY).totals[0] == ("12", "contact hours")


def test_the_letters_of_a_class_take_the_same_queries_whatever_its_size(told: Story) -> None:
    told.attend()
    letters_of(told.cohort, TODAY)
    with CaptureQueriesContext(connection) as few:
        assert len(letters_of(told.cohort, TODAY)) == 2
    for number in range(3):
        classes.enrolled(classes.person(f"Person {number}"), told.cohort)
    with CaptureQueriesContext(connection) as many:
        assert len(letters_of(told.cohort, TODAY)) == 5
    assert len(few) == len(many)


def test_the_command_writes_a_file_for_each_and_says_its_number(
    told: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told.attend()
    agree(told.sue)
    call_command("letters", "--class", told.cohort.code, "--out", str(tmp_path), "--as-of", "2015-08-11")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [name.split("-")[0] for name in names] == ["class", "employer", "nunez", "oxendine"]
    assert "H-" in capsys.readouterr().out
    with pytest.raises(CommandError, match="none"):
        call_command("letters", "--class", "none", "--out", str(tmp_path))

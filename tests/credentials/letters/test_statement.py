"""Statements of contact hours: what was credited in a period, by the same audit as the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.classes.models import Enrollment
from cecto.credentials.letters.statement import Credited, Statement, statement_of, statement_paper
from cecto.credentials.typesetting import CannotPrint
from cecto.ledger.actions import Fact, post, reverse
from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Entry
from tests.classes import made as classes
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.accessible import faults
from tests.credentials.letters.printed import statement_pdf
from tests.credentials.made import BY

pytestmark = pytest.mark.django_db

KNOWN = datetime(2016, 6, 20, 12, tzinfo=UTC)


def enrollment(name: str = "Ana Núñez") -> Enrollment:
    cohort = classes.cohort(tracks=(classes.DIRECTOR,))
    return classes.enrolled(classes.person(name, classes.organization()), cohort)


def attended(of: Enrollment, title: str, on: date, minutes: int, segment: str = "s1") -> Entry:
    activity = ActivityFacts(
        title=title,
        kind="session",
        modality="f2f",
        meeting_key=title[:20],
        segment_code=segment,
        facets={"cecto": FacetFacts(competency="security")},
    )
    fact = Fact(of.person_id, activity, Entry.Kind.ATTENDED, on, attended=minutes, offered=180)
    (entry,) = post([fact], source=f"settlement:{title}:{on}:{segment}"[:80], by=BY, at=KNOWN)
    return entry


def stated(of: Enrollment, since: date = classes.FIRST, until: date = date(2016, 7, 1)) -> Statement:
    return statement_of(of, since=since, until=until, true_on=date(2016, 6, 20), known_at=KNOWN)


def test_it_lists_what_the_audit_credits_in_the_period() -> None:
    ana = enrollment()
    attended(ana, "Opening day", date(2015, 8, 11), 180)
    attended(ana, "Breach", date(2016, 4, 15), 90)
    attended(ana, "Breach", date(2016, 4, 15), 60, "s2")
    reverse([attended(ana, "Mistake", date(2016, 5, 1), 180)], reason="Not hers.", by=BY, at=KNOWN)
    assert [(row.on, row.title, row.how, row.minutes) for row in stated(ana).rows] == [
        (date(2015, 8, 11), "Opening day", "In person", 180),
        (date(2016, 4, 15), "Breach", "In person", 150),
    ]
    spring = stated(ana, since=date(2016, 4, 15), until=date(2016, 4, 16))
    assert (spring.minutes, spring.categories) == (150, {"security": 150})


def test_the_period_is_half_open() -> None:
    ana = enrollment()
    attended(ana, "Opening day", date(2015, 8, 12), 180)
    assert stated(ana, since=date(2015, 8, 12), until=date(2015, 8, 13)).minutes == 180
    assert stated(ana, since=date(2015, 8, 13)).minutes == 0
    assert stated(ana, until=date(2015, 8, 12)).minutes == 0


def many(of: Enrollment, count: int) -> Statement:
    rows = [
        Credited(date(2016, 1, 1), f"Session {n} <& #$ {'x' * 80}>", "Security", "Live online", 65)
        for n in range(count)
    ]
    return Statement(of, classes.FIRST, date(2016, 7, 1), KNOWN.date(), KNOWN, tuple(rows), "NC 1234567")


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (120, 9)])
def test_it_is_a_tagged_archive_pdf_of_as_many_pages_as_it_takes(rows: int, pages: int) -> None:
    with pikepdf.open(BytesIO(statement_pdf(many(enrollment(), rows), issuer="N.C. CeCTO"))) as pdf:
        assert len(pdf.pages) == pages
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert (metadata.pdfa_status, metadata["pdfuaid:part"]) == ("3A", "1")
        kinds = {str(item.S) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item}
        assert ("/TH" in kinds) == (rows > 0)


def test_it_is_accessible_and_numbered_whatever_the_license() -> None:
    ana = enrollment()
    assert faults(statement_pdf(many(ana, 40), issuer="N.C. CeCTO")) == []
    of, unlicensed = statement_paper(many(ana, 2)), statement_paper(replace(many(ana, 2), license_number=""))
    assert of.number == unlicensed.number != statement_paper(many(ana, 3)).number


def test_it_can_leave_out_the_competencies() -> None:
    said = many(enrollment(), 2)
    whole, short = statement_paper(said), statement_paper(replace(said, split=False))
    assert [part.heading for part in whole.parts] == ["By competency", "What was credited"]
    assert [(part.heading, "Competency" in part.head) for part in short.parts] == [("What was credited", False)]


def test_letters_without_a_font_are_named() -> None:
    with pytest.raises(CannotPrint, match=r"U\+1F600"):
        statement_pdf(many(enrollment("Ana \U0001f600"), 1), issuer="N.C. CeCTO")


def test_a_participant_makes_their_own(client: Client) -> None:
    ana = enrollment()
    attended(ana, "Opening day", date(2015, 8, 11), 180)
    address = f"/my/statements/{ana.key}/"
    assert client.get(address).status_code == 302
    own = browser(None, who=ana.person)
    assert own.get(address).status_code == 200
    pdf = own.get(address, {"since": "2015-08-01", "last_day": "2016-06-30", "license_number": "1234567"})
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    before = own.get(address, {"since": "2015-08-01", "last_day": "2016-06-30", "as_of": "2016-01-01"})
    assert before.content != pdf.content
    refused = own.get(address, {"since": "2016-06-30", "last_day": "2015-08-01"})
    assert (refused.status_code, "before the first" in refused.content.decode()) == (422, True)
    other = browser(None, who=classes.person("Bo Li"))
    assert other.get(address).status_code == 404


def test_staff_make_it_behind_their_second_factor() -> None:
    ana = enrollment()
    staff = browser()
    assert staff.get(f"/my/statements/{ana.key}/").status_code == 404
    assert staff.get(f"/console/statements/{ana.key}/").status_code == 200
    Authenticator.objects.all().delete()
    assert staff.get(f"/console/statements/{ana.key}/").headers["Location"] == "/account/2fa/"


def test_a_class_gets_one_file_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.key()
    ana = enrollment()
    classes.enrolled(classes.person("Bo Li"), ana.cohort)
    attended(ana, "Opening day", date(2015, 8, 11), 180)
    call_command("statement", "--class", ana.cohort.code, "--out", str(tmp_path))
    assert "3 h  Ana Núñez" in capsys.readouterr().out
    assert len(list(tmp_path.glob("*.pdf"))) == 2
    with pytest.raises(CommandError, match="2 people"):
        call_command("statement", "--class", ana.cohort.code, "--license", "1", "--out", str(tmp_path))

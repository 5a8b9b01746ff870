"""The exceptions an audit rests on are told wherever the audit is: record, docket, decision, certificate, statement."""

from __future__ import annotations

from datetime import date

import pypdfium2 as pdfium
import pytest
from django.core.management import call_command
from django.test import Client

from cecto.audits.actions import grant_exception, revoke_exception
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.certification.actions import Proposal, propose
from cecto.certification.awards import idle_exceptions
from cecto.certification.models import Decision
from cecto.certification.sitting import sit
from cecto.certification.tables import docket_table
from cecto.config.doctor import examine
from cecto.credentials.letters.statement import statement_of
from cecto.people.models import Role
from tests.audits import story
from tests.audits.story import BY, EVENING, FIRST_DAY, NEXT_DAY, Story
from tests.classes.browsing import browser, words_of
from tests.credentials.letters.printed import statement_pdf

pytestmark = pytest.mark.django_db
NEXT = date(2015, 8, 12)
TOLD = "Granted by Dana Reyes for the program director"
WHY = "Her superintendent was in hospital."


def _excused() -> tuple[Story, ExceptionGrant]:
    """Ana has her hours, and no session with her superintendent is asked of her."""
    told = story.tell()
    told.attend(absent=(told.sue.person,))
    told.accept(told.ana, 180, FIRST_DAY, at=EVENING)
    grant = grant_exception(
        enrollment=told.ana,
        node="joint",
        kind=ExceptionGrant.Kind.WAIVE,
        office="program-director",
        granted_by=story.officer("Dana Reyes", "program-director"),
        reason=WHY,
        by=BY,
        at=EVENING,
    )
    return told, grant


def test_docket_its_table_and_doctor_tell_one_that_changes_nothing_since() -> None:
    told = story.tell()
    grant_exception(
        enrollment=told.ana,
        node="joint",
        kind=ExceptionGrant.Kind.WAIVE,
        office="program-director",
        granted_by=story.officer("Dana Reyes", "program-director"),
        reason=WHY,
        by=BY,
        at=story.BEFORE,
    )
    idle = "“A session with your superintendent” is done without it."
    assert list(idle_exceptions(known_at=story.BEFORE)) == []
    told.attend()
    (found,) = idle_exceptions(known_at=NEXT_DAY)
    assert (found.idle, found.grant.enrollment_id) == (idle, told.ana.pk)
    client, docket = browser(Role.OFFICER), f"/console/classes/{told.cohort.key}/docket/"
    assert f"It changes nothing : {idle}" in _page(client, docket)
    assert [finding.message for finding in examine() if finding.id == "D24"] == [
        f"The exception “{found.what}” for {told.ana.person.name} changes nothing. {idle}"
    ]
    (sheet,) = [
        row
        for row in docket_table("", sit(told.cohort, told.ana.person, today=NEXT, at=NEXT_DAY, ahead_of=None)).rows
        if WHY in str(row)
    ]
    assert f"It changes nothing: {idle}" in str(sheet)
    revoke_exception(grant=found.grant, reason="Not needed.", by=BY, at=NEXT_DAY)
    assert list(idle_exceptions(known_at=NEXT_DAY)) == []


def _proposed(told: Story) -> Decision:
    ana = enrollments_to_audit().get(pk=told.ana.pk)
    seen = audit_enrollment(ana, true_on=NEXT, known_at=NEXT_DAY)
    return propose(proposal=Proposal(ana, seen.audit.sha256), true_on=NEXT, by=BY, at=NEXT_DAY)


def _page(client: Client, path: str) -> str:
    return words_of(client.get(path).content)


def test_the_snapshot_says_who_allowed_what_by_which_authority_why_and_from_when() -> None:
    told, grant = _excused()
    (kept,) = _proposed(told).audit["exceptions"]
    said = {key: kept[key] for key in ("exception", "requirement", "kind", "office", "granted_by", "from", "reason")}
    assert said == {
        "exception": grant.key,
        "requirement": "joint",
        "kind": "waive",
        "office": "program-director",
        "granted_by": grant.granted_by.key,
        "from": "2015-08-11",
        "reason": WHY,
    }


def test_record_docket_and_decision_tell_it() -> None:
    told, _ = _excused()
    client = browser(Role.OFFICER)
    docket = f"/console/classes/{told.cohort.key}/docket/"
    before = _page(client, docket)
    decision = _proposed(told)
    pages = [before, _page(client, docket), _page(client, f"/console/decisions/{decision.key}/")]
    pages.append(_page(client, f"/console/enrollments/{told.ana.key}/"))
    for page in pages:
        assert TOLD in page
        assert "from Tue, Aug 11, 2015" in page
        assert WHY in page


def test_a_decision_goes_on_telling_an_exception_that_was_revoked_since() -> None:
    told, grant = _excused()
    decision = _proposed(told)
    revoke_exception(grant=grant, reason="Granted for the wrong person.", by=BY, at=NEXT_DAY)
    page = _page(browser(Role.OFFICER), f"/console/decisions/{decision.key}/")
    assert TOLD in page
    assert "Granted for the wrong person." in page


def test_a_statement_tells_who_allowed_it_and_why_only_when_asked() -> None:
    told, _ = _excused()
    ana = enrollments_to_audit().get(pk=told.ana.pk)

    def text(*, reasons: bool) -> str:
        made = statement_of(ana, since=FIRST_DAY, until=NEXT, true_on=NEXT, known_at=NEXT_DAY, reasons=reasons)
        pages = pdfium.PdfDocument(statement_pdf(made, issuer="UNC School of Government"))
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())

    assert TOLD in text(reasons=True)
    assert TOLD in text(reasons=False)
    assert [WHY in text(reasons=reasons) for reasons in (True, False)] == [True, False]


def test_the_command_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    told, _ = _excused()
    call_command("audit", cohort=told.cohort.code, person="Ana", true_on=NEXT, known_at=NEXT_DAY)
    assert TOLD in capsys.readouterr().out

"""A hurricane day: one exception for everyone, with its paper, joined at once, listed and taken back."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.audits.actions import ExceptionRefused, grant_to_class, join_proposal, revoke_proposal
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import active_in_tracks, audit_enrollment, enrollments_to_audit
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.papers import Paper
from cecto.people.actions import add_email, create_account, grant_role, seat_officer
from cecto.people.models import Person, Role
from tests.access.browsers import browser_of, signed_in
from tests.audits import story
from tests.audits.story import BEFORE, BY, EVENING, FIRST_DAY, NEXT_DAY
from tests.classes import made

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 The road was closed."
LOWER = ExceptionGrant.Kind.LOWER


@pytest.fixture
def told() -> story.Story:
    """Ana and Bo direct technology; the committee's chair and the liaison are seated and may act."""
    told = story.tell()
    made.enrolled(made.person("Bo Lee"), told.cohort)
    return told


def _officer(name: str, office: str) -> Person:
    person = story.officer(name, office)
    add_email(person=person, address=f"{name.lower()}@example.org", by=BY, at=BEFORE)
    create_account(person=person, by=BY, at=BEFORE)
    grant_role(person=person, role=Role.OFFICER, program_code="cecto", by=BY, at=BEFORE)
    return person


def _grant(told: story.Story, chair: Person, *, paper: Paper | None = None) -> list[ExceptionGrant]:
    everyone = active_in_tracks(told.cohort, ["technology-director"], on=date(2015, 8, 12))
    return grant_to_class(
        enrollments=everyone,
        node="hours",
        kind=LOWER,
        amount=180,
        office="steering-committee",
        granted_by=chair,
        reason="Hurricane",
        paper=paper,
        by=BY,
        at=EVENING,
    )


def test_one_proposal_is_granted_joined_and_revoked_as_a_whole(told: story.Story) -> None:
    chair, liaison = story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")
    grants = _grant(told, chair, paper=Paper(PDF, "closure.pdf"))
    (proposal,) = {grant.proposal for grant in grants}
    assert [(one.enrollment.person.name, one.amount, one.evidence_name) for one in grants] == [
        ("Bo Lee", 180, "closure.pdf"),
        ("Ana Ñuñez", 180, "closure.pdf"),
    ]
    assert len(join_proposal(proposal=proposal, person=liaison, by=BY, at=NEXT_DAY)) == 2
    told.attend()
    ana = enrollments_to_audit().get(pk=told.ana.pk)
    found = audit_enrollment(ana, true_on=date(2015, 8, 12), known_at=NEXT_DAY).audit.root.find("hours")
    assert (found.status, found.target) == ("met", 180)
    revoke_proposal(proposal=proposal, reason="The day was held after all", by=BY, at=NEXT_DAY)
    assert ExceptionGrant.objects.filter(revoked_at=None).count() == 0
    assert JournalEntry.objects.filter(action__startswith="audits.").count() == 6


def test_it_is_granted_to_all_or_to_none(told: story.Story) -> None:
    chair = story.officer("Chair", "steering-committee")
    everyone = [told.ana, told.sue]  # the superintendent's definition knows no such requirement
    with pytest.raises(ExceptionRefused, match="no requirement `hours`"):
        grant_to_class(
            enrollments=everyone,
            node="hours",
            kind=LOWER,
            amount=180,
            office="steering-committee",
            granted_by=chair,
            reason="Hurricane",
            by=BY,
            at=EVENING,
        )
    assert ExceptionGrant.objects.count() == 0


def test_a_second_proposal_leaves_out_those_who_have_one(told: story.Story) -> None:
    chair = story.officer("Chair", "steering-committee")
    _grant(told, chair)
    with pytest.raises(ExceptionRefused, match="Nobody is left"):
        _grant(told, chair)


@pytest.mark.parametrize(("content", "because"), [(b"<html>", "not a PDF"), (PDF + b"x" * 10_000_000, "larger than")])
def test_a_paper_that_is_too_large_or_of_another_type_is_refused(
    told: story.Story, content: bytes, because: str
) -> None:
    with pytest.raises(ExceptionRefused, match=because):
        _grant(told, story.officer("Chair", "steering-committee"), paper=Paper(content, "closure.pdf"))
    assert ExceptionGrant.objects.count() == 0


def _post(browser: Client, told: story.Story, **changes: object) -> int:
    form = {
        "kind": "lower",
        "amount": "3",
        "office": "steering-committee",
        "reason": "Hurricane",
        "tracks": ["technology-director"],
        "paper": SimpleUploadedFile("closure.pdf", PDF),
    }
    return browser.post(reverse("audits:grant-to-class", args=[told.cohort.key, "hours"]), form | changes).status_code


def test_the_second_office_finds_it_on_the_console_and_joins_for_all(told: story.Story) -> None:
    chair, liaison = _officer("Chair", "steering-committee"), _officer("Liaison", "dpi-liaison")
    assert _post(browser_of(chair), told) == 302
    assert [one.amount for one in ExceptionGrant.objects.all()] == [180, 180]
    home = browser_of(liaison).get(reverse("console:home"))
    (proposal,) = home.context["today"].to_join
    assert "Join for the DPI liaison, all 2 at once" in " ".join(home.content.decode().split())
    assert browser_of_again(chair).get(reverse("console:home")).context["today"].to_join == ()
    list_of_class = reverse("audits:exceptions", args=[told.cohort.key])
    joinable = [
        b"Join for the DPI liaison" in browser_of_again(who).get(list_of_class).content for who in (chair, liaison)
    ]
    assert joinable == [False, True]
    browser_of_again(liaison).post(reverse("audits:join", args=[proposal.first.key]))
    assert ExceptionGrant.objects.filter(second=liaison).count() == 2


def browser_of_again(person: Person) -> Client:
    """Another browser of someone whose second factor is set up."""
    browser = Client()
    browser.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def test_the_form_asks_for_what_the_kind_needs(told: story.Story) -> None:
    browser = browser_of(_officer("Chair", "steering-committee"))
    assert [_post(browser, told, amount=""), _post(browser, told, tracks=[])] == [422, 422]
    assert ExceptionGrant.objects.count() == 0


def test_staff_download_the_paper_and_the_list(told: story.Story) -> None:
    grants = _grant(told, story.officer("Chair", "steering-committee"), paper=Paper(PDF, "closure.pdf"))
    browser = signed_in("coordinator", "cecto")
    file = browser.get(reverse("audits:paper", args=[grants[0].key]))
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert file["Content-Disposition"] == 'attachment; filename="closure.pdf"'
    sheet = browser.get(reverse("audits:exceptions", args=[told.cohort.key]), {"download": "csv"}).content.decode()
    assert sheet.count("Nine hours of instruction: Lower the target to 3\N{NO-BREAK SPACE}h") == 2
    assert sheet.count("Waiting for the DPI liaison") == 2


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_a_constant_number_of_queries(
    told: story.Story, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        made.enrolled(made.person(f"More {number}"), told.cohort)
    _grant(told, story.officer("Chair", "steering-committee"))
    browser = signed_in("coordinator", "cecto")
    with django_assert_num_queries(15):
        browser.get(reverse("audits:exceptions", args=[told.cohort.key]))


def _run(*words: str) -> str:
    out = StringIO()
    call_command("exception", *words, stdout=out)
    return out.getvalue()


def test_at_the_command_line(told: story.Story, tmp_path: Path) -> None:
    _officer("Chair", "steering-committee")
    _officer("Liaison", "dpi-liaison")
    paper = tmp_path / "closure.pdf"
    paper.write_bytes(PDF)
    words = ["--class", "cecto-2016", "--as", "chair@example.org", "--on", "hours", "--kind", "lower", "--hours", "3"]
    words += ["--office", "steering-committee", "--reason", "Hurricane", "--evidence", str(paper)]
    said = _run("grant", *words, "--everyone", "--track", "technology-director")
    assert "Granted to 2: Nine hours of instruction: Lower the target to 3\xa0h. Waiting for the DPI liaison." in said
    key = ExceptionGrant.objects.first().key  # type: ignore[union-attr]
    with pytest.raises(CommandError, match="must be a second person"):
        _run("join", key, "--as", "chair@example.org")
    assert _run("join", key, "--as", "liaison@example.org") == "Joined 2. They count from now on.\n"
    assert _run("list", "--class", "cecto-2016").count("In force.") == 2
    said = _run("revoke", key, "--as", "chair@example.org", "--reason", "Held after all", "--everyone")
    assert said == "Revoked 2. What they were stays on record.\n"


def test_at_the_command_line_only_a_certification_officer_of_the_program_revokes(told: story.Story) -> None:
    key = _grant(told, _officer("Chair", "steering-committee"))[0].key
    signed_in("coordinator", "cecto")
    words = ["revoke", key, "--reason", "Held after all", "--as"]
    for extra in ([], ["--everyone"]):
        with pytest.raises(CommandError, match="Coordinator may not do this in the program “cecto”"):
            _run(*words, "coordinator@example.org", *extra)
    with pytest.raises(CommandError, match="Nobody here has the address nobody@"):
        _run(*words, "nobody@example.org")
    assert ExceptionGrant.objects.filter(revoked_at=None).count() == 2
    assert _run(*words, "chair@example.org") == "Revoked 1. What they were stays on record.\n"


@pytest.mark.parametrize("office", ["steering-committee", "dpi-liaison"])
def test_at_the_command_line_an_office_alone_neither_grants_nor_joins(told: story.Story, office: str) -> None:
    key = _grant(told, _officer("Chair", "steering-committee"))[0].key
    signed_in("coordinator", "cecto")
    coordinator = Person.objects.get(emails__address="coordinator@example.org")
    seat_officer(
        person=coordinator, office=office, program_code="cecto", start=FIRST_DAY, acting=True, by=BY, at=BEFORE
    )
    words = ["--class", "cecto-2016", "--on", "hours", "--kind", "lower", "--hours", "3", "--office", office]
    for refused in (["grant", *words, "--reason", "Hurricane", "--person", "Ana"], ["join", key]):
        with pytest.raises(
            CommandError, match=r"may not do this in the program “cecto”\. Ask its certification officer"
        ):
            _run(*refused, "--as", "coordinator@example.org")
    assert list(ExceptionGrant.objects.values_list("second", flat=True)) == [None, None]


def test_who_co_signs_sees_each_person_before_and_after_and_who_was_left_out(told: story.Story) -> None:
    chair, liaison = _officer("Chair", "steering-committee"), _officer("Liaison", "dpi-liaison")
    told.attend()
    _grant(told, chair)
    browser = browser_of(liaison)
    pages = [browser.get(address) for address in (f"/console/classes/{told.cohort.key}/exceptions/", "/console/")]
    words, home = (" ".join(page.content.decode().split()) for page in pages)
    out = StringIO()
    call_command("exception", "list", "--class", "cecto-2016", stdout=out)
    line = "→ 6 h of 3 h (Met)"
    for said in (words, home, " ".join(out.getvalue().split())):
        assert said.count(line) == 2
        assert "Bo Lee" in said

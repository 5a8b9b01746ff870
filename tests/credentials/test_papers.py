"""Papers printed before graduation: unreleased until the decision is in effect and the credential issued."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.credentials import actions, queries
from cecto.credentials.examining import examine_code
from cecto.credentials.models import Paper
from cecto.credentials.verifying import State
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER

pytestmark = pytest.mark.django_db


def test_a_paper_is_unreleased_until_it_is_issued() -> None:
    key, decision = made.key(), made.signed_ahead()
    paper = actions.print_ahead(decision=decision, by=BY, at=AT)
    found = examine_code(paper.code, at=LATER)
    assert (found.state, found.version) == (State.UNRELEASED, None)
    assert (paper.certificate["dated"], paper.certificate["details"]) == ("June 15, 2016", "cecto Class of 2016")
    version = actions.issue(decision=made.take_effect(decision), key=key, by=BY, at=AT)
    assert version.code == paper.code
    assert examine_code(paper.code, at=LATER).state is State.VALID


def test_printing_again_changes_nothing() -> None:
    made.key()
    decision = made.signed_ahead()
    first = actions.print_ahead(decision=decision, by=BY, at=AT)
    assert actions.print_ahead(decision=decision, by=BY, at=LATER) == first


def test_a_paper_in_another_name_is_void() -> None:
    key, decision = made.key(), made.signed_ahead("Zoe Nunez")
    paper = actions.print_ahead(decision=decision, by=BY, at=AT)
    person = decision.enrollment.person
    person.name = "Zoë Núñez"
    person.save(update_fields=["name"])
    version = actions.issue(decision=made.take_effect(decision), key=key, by=BY, at=AT)
    assert version.code != paper.code
    assert examine_code(paper.code, at=LATER).state is State.UNRELEASED


def test_a_paper_of_another_day_is_void() -> None:
    key, decision = made.key(), made.signed_ahead()
    paper = actions.print_ahead(decision=decision, by=BY, at=AT)
    version = actions.issue(decision=made.take_effect(decision, date(2016, 6, 17)), key=key, by=BY, at=AT)
    assert version.code != paper.code


def test_only_what_is_signed_and_waits_is_printed() -> None:
    made.key()
    unsigned = made.signed_ahead("Ana Li")
    unsigned.signatures.all()[0].delete()
    for decision in (unsigned, made.decision("Bo Li")):
        with pytest.raises(actions.CredentialRefused, match="signed and waits"):
            actions.print_ahead(decision=decision, by=BY, at=AT)
    assert queries.to_print_ahead(unsigned.enrollment.cohort) == []


def test_the_page_says_it_proves_nothing(client: Client) -> None:
    made.key()
    paper = actions.print_ahead(decision=made.signed_ahead(), by=BY, at=AT)
    response = client.get(f"/verify/{paper.code}")
    assert "It was printed early, for graduation." in response.content.decode()
    assert "Núñez" not in response.content.decode()
    assert client.get(f"/verify/{paper.code}/certificate.pdf").status_code == 404


def test_a_class_is_printed_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.key()
    code = made.signed_ahead().enrollment.cohort.code
    made.signed_ahead("Ana Li")
    call_command("issue", "--class", code, "--ahead", "--out", str(tmp_path))
    assert "2 papers written" in capsys.readouterr().out
    assert Paper.objects.count() == 2
    for path in tmp_path.glob("*-unreleased.pdf"):
        with pikepdf.open(BytesIO(path.read_bytes())) as pdf:
            assert (len(pdf.pages), len(pdf.attachments)) == (1, 0)
    with pytest.raises(CommandError, match="--out"):
        call_command("issue", "--class", code, "--ahead")

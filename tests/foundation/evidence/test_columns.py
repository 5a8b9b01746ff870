"""Files go with the last row that needs them, and every column that names a file is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from cecto.attendance.models import CheckIn, Notice, Report, SignedSheet, Tap
from cecto.audits.models import ExceptionGrant
from cecto.classes.models import Enrollment
from cecto.config.doctor import examine
from cecto.credentials.erasing.actions import erase_holder
from cecto.credentials.erasing.queries import files_that_go
from cecto.credentials.models import Issuer, WrittenRequest
from cecto.foundation import evidence
from cecto.foundation.evidence.columns import EvidenceColumn, evidence_columns, release
from cecto.foundation.journal.actions import record
from cecto.foundation.keys import new_key
from cecto.ledger.models import Activity, Background, Entry
from cecto.people.models import Person
from tests.attendance.kiosks import kiosk
from tests.attendance.world import BY, World, make_world

AT = datetime(2016, 1, 20, 17, tzinfo=UTC)
DAY = date(2016, 1, 20)
# Columns with the hash of something that is no file of evidence.
OF_SOMETHING_ELSE = {
    "attendance.Kiosk.token_sha256",
    "certification.Decision.audit_sha256",
    "certification.Effect.audit_sha256",
    "certification.Renewal.audit_sha256",
    "credentials.CredentialVersion.sha256",
    "credentials.HandedOut.sha256",
    "credentials.Remembered.sha256",
    "credentials.Token.sha256",
    "credentials.TranscriptDocument.sha256",
    "credentials.WalletOffer.secret_sha256",
    "ledger.Activity.sha256",
    "programs.Definition.sha256",
}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_column_with_a_hash_is_declared_or_is_of_something_else() -> None:
    found = {
        f"{model._meta.label}.{one.name}"
        for model in apps.get_models()
        if model.__module__.startswith("cecto.")
        for one in model._meta.get_fields()
        if "sha256" in one.name
    }
    declared = {f"{one.model}.{one.column}" for one in evidence_columns() if "__" not in one.column}
    assert found - declared == OF_SOMETHING_ELSE
    assert declared <= found


def _report(world: World, _person: Person, digest: str) -> None:
    Report.objects.get_or_create(meeting=world.meeting, sha256=digest, defaults={"recorded_at": AT})


def _sheet(world: World, _person: Person, digest: str) -> None:
    SignedSheet.objects.get_or_create(meeting=world.meeting, sha256=digest, defaults={"recorded_at": AT})


def _notice(world: World, person: Person, digest: str) -> None:
    Notice.objects.create(meeting=world.meeting, person=person, kind="absence", document_sha256=digest, made_at=AT)


def _tap(world: World, person: Person, digest: str) -> None:
    times = {"at": AT, "said_at": AT, "received_at": AT}
    Tap.objects.create(
        kiosk=kiosk(world), person=person, key=new_key(), kind=CheckIn.Kind.IN, signature_sha256=digest, **times
    )


def _exception(_world: World, person: Person, digest: str) -> None:
    ExceptionGrant.objects.create(
        enrollment=Enrollment.objects.get(person=person),
        node=new_key(),
        kind="waive",
        granted_by=person,
        evidence_sha256=digest,
        granted_on=DAY,
        recorded_at=AT,
    )


def _entry(_world: World, person: Person, digest: str) -> None:
    activity = Activity.objects.create(sha256=new_key(), title="A paper", kind="item")
    kept = {"occurred_on": DAY, "recorded_at": AT, "evidence_sha256": digest}
    Entry.objects.create(person=person, activity=activity, kind="accepted", source=new_key(), **kept)


def _background(_world: World, person: Person, digest: str) -> None:
    kept = {"occurred_on": DAY, "recorded_at": AT, "evidence_sha256": digest}
    Background.objects.create(person=person, kind="held", of="cetl", amount=1, **kept)


def _written(_world: World, _person: Person, digest: str) -> None:
    WrittenRequest.objects.create(asked_by="Ada", asked_on=DAY, letter_sha256=digest, recorded_at=AT)


def _journaled(column: EvidenceColumn, digest: str) -> None:
    record(str(column.only["action"]), by=BY, at=AT, subject=("class", "k"), sha256=digest)


_MAKERS: dict[str, Callable[[World, Person, str], None]] = {
    "attendance.Report": _report,
    "attendance.SignedSheet": _sheet,
    "attendance.Notice": _notice,
    "attendance.Tap": _tap,
    "audits.ExceptionGrant": _exception,
    "ledger.Entry": _entry,
    "ledger.Background": _background,
    "credentials.WrittenRequest": _written,
}


def make_row(world: World, column: EvidenceColumn, person: Person, digest: str) -> None:
    """A row of `column` that names the file: of the person, or of the class."""
    maker = _MAKERS.get(column.model)
    if maker:
        maker(world, person, digest)
    else:
        _journaled(column, digest)


def is_there(digest: str) -> bool:
    return (Path(settings.CECTO_HOME) / "evidence" / digest[:2] / digest).exists()


def told() -> list[str]:
    return [finding.message for finding in examine() if finding.id == "D08"]


COLUMNS = st.integers(0, len(evidence_columns()) - 1)
PEOPLE = ("Ada Moss", "Bo Lind", "Cy Roe")


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(COLUMNS, st.sampled_from(PEOPLE), st.integers(0, 3)), max_size=8),
    erased=st.lists(st.sampled_from(PEOPLE), unique=True),
)
def test_a_file_goes_with_the_last_row_that_needs_it_and_never_before(
    world: World,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    rows: list[tuple[int, str, int]],
    erased: list[str],
) -> None:
    with transaction.atomic():
        people = {name: world.enroll(name) for name in PEOPLE}
        digests = [evidence.store(b"file %d" % number) for number in range(4)]
        needed: dict[str, set[str]] = {digest: set() for digest in digests}
        for index, name, number in rows:
            column = evidence_columns()[index]
            make_row(world, column, people[name], digests[number])
            needed[digests[number]].add(name if column.whose else "the class")
        named = {digest for digest in digests if needed[digest]}
        for name in erased:
            going = {digest for digest in named if needed[digest] == {name}}
            assert set(files_that_go(people[name])) == going
            with django_capture_on_commit_callbacks(execute=True):
                erase_holder(person=people[name], by=BY, at=AT)
            for whose in needed.values():
                whose.discard(name)
            assert [digest for digest in named if is_there(digest) != bool(needed[digest])] == []
            assert told() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("column", evidence_columns(), ids=lambda one: f"{one.model} {one.column}")
def test_the_doctor_misses_a_file_of_each_kind_and_sees_a_changed_one(world: World, column: EvidenceColumn) -> None:
    digest = evidence.store(new_key().encode())
    make_row(world, column, world.enroll("Ada Moss"), digest)
    assert told() == []
    path = Path(settings.CECTO_HOME) / "evidence" / digest[:2] / digest
    path.write_bytes(b"another")
    assert told() == [f"The file of a {column.called} ({digest[:12]}…) is changed."]
    path.unlink()
    assert told() == [f"The file of a {column.called} ({digest[:12]}…) is missing."]


def test_what_is_handed_in_again_meanwhile_stays(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    digest = evidence.store(b"the same paper")
    with django_capture_on_commit_callbacks(execute=True):
        release([digest])
        _notice(world, world.enroll("Ada Moss"), digest)
    assert is_there(digest)


def test_erasing_needs_no_issuer(world: World) -> None:
    assert not Issuer.objects.exists()
    ada = world.enroll("Ada Moss")
    erase_holder(person=ada, by=BY, at=AT)
    assert Person.objects.get(pk=ada.pk).erased_at == AT

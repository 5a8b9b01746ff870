"""A class moved to a new version: who stays, who moves, who has the better of both, on any date; compared before."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from cecto.audits.actions import VersionRefused, change_version, grant_exception
from cecto.audits.comparing import compare_people
from cecto.audits.models import ExceptionGrant, VersionChange
from cecto.audits.queries import EnrollmentAudit, audit_enrollment, audit_enrollments, enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from cecto.programs.actions import publish_definition
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements.results import Status
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import BEFORE, BY, EVENING, NEXT_DAY
from tests.classes import made

pytestmark = pytest.mark.django_db
Rule = VersionChange.Rule
SECOND = story.DIRECTORS.replace("version: 1", "version: 2").replace("at_least: 9h", "at_least: 5h")
RENAMED = SECOND.replace("id: hours", "id: instruction").replace("require:", "moves: {hours: instruction}\nrequire:", 1)
HARDER = story.DIRECTORS.replace("version: 1", "version: 3").replace("at_least: 9h", "at_least: 20h")
START = date(2015, 8, 12)


def _published(text: str) -> Definition:
    return publish_definition(draft=story.draft(text), by=BY, at=BEFORE)


def _change(told: story.Story, to: Definition, rule: Rule, *, only: Enrollment | None = None) -> VersionChange:
    return change_version(
        track=told.ana.track,
        definition=to,
        rule=rule,
        start=START,
        reason="The committee decided",
        enrollment=only,
        by=BY,
        at=NEXT_DAY,
    )


def _seen(told: story.Story, on: date = START, known_at: datetime = NEXT_DAY) -> EnrollmentAudit:
    return audit_enrollment(enrollments_to_audit().get(pk=told.ana.pk), true_on=on, known_at=known_at)


@pytest.mark.parametrize(
    ("text", "rule", "version"),
    [
        (SECOND, Rule.STAY, 1),
        (SECOND, Rule.MOVE, 2),
        (SECOND, Rule.BETTER, 2),
        (HARDER, Rule.BETTER, 1),
        (HARDER, Rule.MOVE, 3),
    ],
)
def test_the_rule_says_what_becomes_of_those_under_way(text: str, rule: Rule, version: int) -> None:
    told = story.tell()
    told.attend()
    _change(told, _published(text), rule)
    assert _seen(told).definition.version == version


def test_who_enrolls_later_is_held_to_the_new_version_whatever_the_rule() -> None:
    told = story.tell()
    _change(told, _published(SECOND), Rule.STAY)
    late = made.enrolled(made.person("Late Comer"), told.cohort, on=START)
    fresh = enrollments_to_audit().get(pk=late.pk)
    assert audit_enrollment(fresh, true_on=START, known_at=NEXT_DAY).definition.version == 2


def test_before_its_day_and_before_it_was_recorded_the_change_is_not_there() -> None:
    told = story.tell()
    _change(told, _published(SECOND), Rule.MOVE)
    versions = [_seen(told, date(2015, 8, 11)), _seen(told, known_at=EVENING), _seen(told)]
    assert [one.definition.version for one in versions] == [1, 1, 2]


def test_one_person_may_be_moved_alone() -> None:
    told = story.tell()
    bo = made.enrolled(made.person("Bo Lee"), told.cohort)
    _change(told, _published(SECOND), Rule.MOVE, only=told.ana)
    other = audit_enrollment(enrollments_to_audit().get(pk=bo.pk), true_on=START, known_at=NEXT_DAY)
    assert (_seen(told).definition.version, other.definition.version) == (2, 1)


def test_an_exception_follows_a_renamed_requirement() -> None:
    told = story.tell()
    chair, liaison = story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")
    grant = grant_exception(
        enrollment=told.ana,
        node="hours",
        kind=ExceptionGrant.Kind.LOWER,
        amount=60,
        office="steering-committee",
        granted_by=chair,
        reason="Hurricane",
        by=BY,
        at=EVENING,
    )
    ExceptionGrant.objects.filter(pk=grant.pk).update(second=liaison, second_at=EVENING)
    _change(told, _published(RENAMED), Rule.MOVE)
    found = _seen(told).audit.root.find("instruction")
    assert (found.target, found.exceptions) == (60, (grant.key,))


def test_a_change_that_cannot_be_is_refused() -> None:
    told = story.tell()
    with pytest.raises(VersionRefused, match="holds already"):
        _change(told, told.ana.track.definition, Rule.MOVE)
    with pytest.raises(VersionRefused, match="not a definition of track"):
        _change(told, told.sue.track.definition, Rule.MOVE)
    assert VersionChange.objects.count() == 0


def test_comparing_says_whose_outcome_changes_and_how() -> None:
    told = story.tell()
    told.attend()
    (one,) = compare_people([_seen(told)], ruleset(_published(SECOND)))
    assert (one.before, one.after, one.changed, one.comparison.worse) == ("impossible", "met", True, False)
    assert [change.node for change in one.changes] == ["hours"]


def test_comparing_needs_the_partners_that_the_other_version_asks_about() -> None:
    told = story.tell()
    other = ruleset(_published(SECOND.replace("relation: same-organization", "relation: same-class")))
    with pytest.raises(ValueError, match="partners were not read"):
        compare_people([_seen(told)], other)
    seen = audit_enrollments(
        [enrollments_to_audit().get(pk=told.ana.pk)], true_on=START, known_at=NEXT_DAY, also=[other]
    )
    (one,) = compare_people(seen, other)
    assert one.comparison.after.root.find("joint").status is Status.PENDING


def test_an_officer_compares_and_moves_on_the_page_and_a_coordinator_only_compares() -> None:
    told = story.tell()
    new = _published(HARDER)
    address = reverse("audits:version", args=[told.cohort.key, new.key])
    coordinator, officer = signed_in("coordinator", "cecto"), signed_in("officer", "cecto")
    form = {"rule": "move", "start": "2015-08-12", "reason": "The committee decided"}
    assert (coordinator.get(address).status_code, coordinator.post(address, form).status_code) == (200, 404)
    assert [officer.post(address, form | {"reason": ""}).status_code, officer.post(address, form).status_code] == [
        422,
        302,
    ]
    page = officer.get(reverse("audits:versions", args=[told.cohort.key])).content.decode()
    assert "The committee decided" in page
    assert officer.get(reverse("console:class", args=[told.cohort.key])).status_code == 200


def test_a_draft_is_tried_on_a_class_on_the_page_and_nothing_is_published() -> None:
    told = story.tell()
    told.attend()
    browser, address = signed_in("coordinator", "cecto"), reverse("audits:draft", args=[told.cohort.key])
    page = browser.post(address, {"file": SimpleUploadedFile("second.yaml", SECOND.encode())})
    assert [row[1:3] for row in page.context["table"].rows] == [("impossible", "met")]
    broken = browser.post(address, {"file": SimpleUploadedFile("second.yaml", SECOND.replace("5h", "5x").encode())})
    assert (broken.status_code, "second.yaml:" in broken.content.decode()) == (422, True)
    assert Definition.objects.filter(version=2).count() == 0


def _run(*words: str) -> str:
    out = StringIO()
    call_command("definition", *words, stdout=out)
    return out.getvalue()


def test_at_the_command_line_a_file_is_compared_before_it_is_published(tmp_path: Path) -> None:
    told = story.tell()
    told.attend()
    draft = tmp_path / "second.yaml"
    draft.write_text(SECOND)
    said = _run("compare", told.ana.track.definition.sha256, str(draft), "--class", "cecto-2016")
    assert "Ana Ñuñez: " in said
    assert said.endswith("1 people: 1 with a change, 0 of them worse off as a whole.\n")
    assert Definition.objects.filter(version=2).count() == 0


def test_at_the_command_line_a_class_is_moved() -> None:
    told = story.tell()
    new = _published(HARDER)
    signed_in("officer", "cecto")
    words = ["--class", "cecto-2016", "--rule", "better-of-both", "--from", "2015-08-12", "--reason", "Decided"]
    words += ["--as", "officer@example.org"]
    assert "Those under way have the better of both." in _run("move", new.key, *words)
    with pytest.raises(CommandError, match="holds already"):
        _run("move", new.key, *words)
    assert told.ana.track.version_changes.count() == 1


@pytest.mark.parametrize(("role", "program"), [("coordinator", "cecto"), ("officer", "cgcio"), ("administrator", "")])
def test_at_the_command_line_only_a_certification_officer_of_the_program_moves_a_class(role: str, program: str) -> None:
    told = story.tell()
    signed_in(role, program)
    words = ["--class", "cecto-2016", "--rule", "move", "--reason", "Decided", "--as", f"{role}@example.org"]
    with pytest.raises(CommandError, match=r"program “cecto”\. Ask its certification officer"):
        _run("move", _published(SECOND).key, *words)
    assert told.ana.track.version_changes.count() == 0


def test_at_the_command_line_the_journal_says_which_officer_moved_a_class() -> None:
    told = story.tell()
    signed_in("officer", "cecto")
    words = ["--class", "cecto-2016", "--rule", "move", "--reason", "Decided", "--as", "Officer@example.org"]
    _run("move", _published(HARDER).key, *words)
    person = Person.objects.get(emails__address="officer@example.org")
    assert told.ana.track.version_changes.get().changed_by == Actor.person(person.key, person.pk).key


def test_an_officer_moves_one_person_on_the_page_after_the_class_moved_without_them() -> None:
    told = story.tell()
    bo = made.enrolled(made.person("Bo Lee"), told.cohort)
    new = _published(HARDER)
    _change(told, new, Rule.STAY)
    browser, address = signed_in("officer", "cecto"), reverse("audits:version", args=[told.cohort.key, new.key])
    form = {"rule": "move", "start": "2015-08-12", "reason": "She asked", "person": told.ana.key}
    offered = [name for _, name in browser.get(address).context["form"].fields["person"].choices]
    assert offered == ["Choose a person", "Ana Ñuñez", "Bo Lee"]
    assert browser.get(address).context["form"].initial["rule"] == "move"
    assert [browser.post(address, form | {"person": ""}).status_code, browser.post(address, form).status_code] == [
        422,
        302,
    ]
    assert [one.enrollment for one in told.ana.track.version_changes.order_by("id")] == [None, told.ana]
    offered = [key for key, _ in browser.get(address).context["form"].fields["person"].choices]
    assert offered == ["", bo.key]


def test_one_person_is_moved_back_when_the_class_moved_and_never_told_to_stay() -> None:
    told = story.tell()
    first = told.ana.track.definition
    _change(told, _published(SECOND), Rule.MOVE)
    with pytest.raises(VersionRefused, match="would stay: nothing would change"):
        _change(told, first, Rule.STAY, only=told.ana)
    _change(told, first, Rule.MOVE, only=told.ana)
    assert _seen(told).definition == first


def test_at_the_command_line_only_versions_of_one_track_of_the_class_are_compared(tmp_path: Path) -> None:
    told = story.tell()
    mine, leaders = (one.definition for one in told.cohort.tracks.order_by("-track"))
    of_class = ["--class", told.cohort.code]
    with pytest.raises(CommandError, match="“cecto/technology-director” and NEW of “cecto/leaders-21c”"):
        _run("compare", mine.key, leaders.key, *of_class)
    with pytest.raises(CommandError, match=r"There is no file “nothere\.yaml”, and no published definition"):
        _run("compare", mine.key, "nothere.yaml", *of_class)
    other = tmp_path / "other.yaml"
    other.write_text(SECOND.replace("program: cecto", "program: cgcio"))
    with pytest.raises(CommandError, match=r"has no track “cgcio/technology-director”\. Its tracks: cecto/"):
        _run("compare", str(other), str(other), *of_class)

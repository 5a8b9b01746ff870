"""The summer after: who is certified, what became of the others, what was known before; past classes, the registry."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cecto.attendance.models import Notice, NoticeAnswer
from cecto.certification.models import Decision
from cecto.certification.queries import Standing, docket, drifted_decisions
from cecto.credentials import codes
from cecto.credentials.models import CredentialVersion, Paper
from cecto.credentials.queries import standing_statements
from cecto.demo.stages import STAGES
from cecto.demo.story.past import past_list, past_names, wishes
from cecto.demo.story.people import CECTO, CGCIO, CIO, DIRECTOR, LEADER, member, members
from cecto.demo.story.sessions import ZONE
from cecto.demo.year.world import cohort, meeting
from cecto.foundation import clock
from cecto.people.organizations.districts import shipped_districts
from cecto.public.registry import listed, published
from tests.demo.crawling import dead_links
from tests.demo.played import Told, audits, names_by_status, standings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alumni")]

NOW = STAGES["alumni"].now
MORNING = STAGES["graduating"].now
DIRECTORS_WITHOUT = {"caleb", "harlan"}
LEADERS_WITHOUT = {"ngozi", "lorraine"}
CIOS_WITHOUT = {"quentin", "orson"}


def _names(*handles: str) -> set[str]:
    return {member(handle).name for handle in handles}


def _graduates(group: str, without: set[str]) -> list[str]:
    return sorted(who.name for who in members(group) if who.handle not in without)


@pytest.mark.parametrize(
    ("track", "without"), [(DIRECTOR, DIRECTORS_WITHOUT), (LEADER, LEADERS_WITHOUT), (CIO, CIOS_WITHOUT)]
)
def test_everyone_is_certified_but_those_who_left_or_did_not_finish(track: str, without: set[str]) -> None:
    certified = Decision.objects.filter(enrollment__track__track=track, effect__isnull=False)
    assert sorted(certified.values_list("enrollment__person__name", flat=True)) == _graduates(track, without)


def test_graduates_have_at_least_their_hours() -> None:
    least = {DIRECTOR: 240 * 60, LEADER: 20 * 60, CIO: 240 * 60}
    short = [
        (seen.enrollment.person.name, result.value)
        for program in (CECTO, CGCIO)
        for seen in audits(program, NOW)
        if seen.audit.status.satisfied
        for result in [seen.audit.root.find("hours")]
        if result.value < least[seen.enrollment.track.track]
    ]
    assert short == []


def test_on_graduation_morning_all_but_two_directors_were_eligible_ahead() -> None:
    found = names_by_status(CECTO, DIRECTOR, MORNING)
    assert found["open"] == _names("renee", "harlan", "caleb")
    assert "impossible" not in found  # until the class is over, late work and study from elsewhere may still come
    assert len(found["pending"]) == 14


def test_on_graduation_morning_one_superintendent_needed_a_make_up() -> None:
    assert names_by_status(CECTO, LEADER, MORNING)["open"] == _names("lorraine")


def test_the_late_finisher_was_certified_in_july() -> None:
    decision = Decision.objects.get(enrollment__person__name=member("renee").name)
    assert decision.effect.effective_on.isoformat() == "2016-07-18"
    assert decision.ahead_of is None


def test_the_others_were_signed_ahead_of_graduation() -> None:
    ahead = Decision.objects.filter(ahead_of=meeting("graduation"), effect__isnull=False)
    assert ahead.count() == 26


def test_no_decision_has_drifted() -> None:
    assert [drifted_decisions(cohort(program), known_at=NOW) for program in (CECTO, CGCIO)] == [[], []]


def test_the_docket_says_who_is_left() -> None:
    rows = docket(cohort(CECTO), true_on=NOW.astimezone(ZONE).date(), known_at=NOW)
    others = {row.seen.enrollment.person.name: row.standing for row in rows if row.standing != Standing.CERTIFIED}
    assert others == {
        member("caleb").name: Standing.LEFT,
        member("ngozi").name: Standing.LEFT,
        member("harlan").name: Standing.NOT_ELIGIBLE,
        member("lorraine").name: Standing.NOT_ELIGIBLE,
    }


def test_one_certificate_is_corrected_and_one_revoked() -> None:
    ended = CredentialVersion.objects.filter(revocation__isnull=False)
    assert {(one.holder_name, one.revocation.superseded) for one in ended} == {
        (member("oystein").name.replace("Ø", "O"), True),
        (member("vernell").name, False),
    }
    assert CredentialVersion.objects.filter(revocation=None).count() == 15 + 12 + 18 - 1


def test_what_was_known_in_january_can_still_be_asked(alumni: list[Told]) -> None:
    january = STAGES["midyear"].now
    assert standings(january) == alumni
    assert standings(january + timedelta(days=30)) != alumni


def test_days_made_up_were_claimed_and_accepted_for_all_that_was_missed() -> None:
    accepted = NoticeAnswer.objects.filter(outcome="accepted").select_related("notice__meeting", "notice__person")
    found = {(one.notice.meeting.code, one.notice.person.name): one.minutes for one in accepted}
    assert found == {("day-03", member("terrence").name): 390, ("day-07", member("renee").name): 390}
    assert not Notice.objects.filter(answers=None).exists()


def test_the_papers_of_graduation_day_were_printed_ahead_and_released() -> None:
    printed = Paper.objects.values_list("code", flat=True)
    assert len(printed) == 26
    issued = CredentialVersion.objects.filter(code__in=printed)
    assert issued.count() == len(printed)


def test_past_awards_say_that_they_are_invented() -> None:
    assert standing_statements().count() == len(past_names()) == 25
    assert all(
        said.source == "invented for the demo" and "(demo)" in said.class_label for said in standing_statements()
    )


def test_past_districts_are_real() -> None:
    named = {row["LEA code"] for row in csv.DictReader(past_list().splitlines())} - {""}
    assert named <= {one.code for one in shipped_districts()}


def test_the_registry_lists_who_said_so_with_what_they_said() -> None:
    columns = ("holder", "shown_track", "shown_district", "shown_code")
    rows = {name: shown for name, *shown in listed(at=clock.now()).values_list(*columns)}
    assert set(rows) == {wish.name for wish in wishes()}
    assert rows[member("oystein").name] == ["Technology directors", "", ""]


def test_numbers_of_past_classes_are_told_unless_they_are_small() -> None:
    numbers, held_back = published(), None
    assert numbers.of_class("Class of 2012 (demo)") is held_back
    assert numbers.of_class("Class of 2010 (demo)") == 12


def test_the_public_pages_show_them() -> None:
    said = standing_statements().get(name="Wilhelmina Oakes-Barrow")
    client = Client()
    code = codes.printed(said.award.code)
    for path in (reverse("public:registry"), reverse("credentials:verify", args=[code])):
        assert said.name in client.get(path).content.decode()
    assert "Class of 2010 (demo)" in client.get(reverse("public:numbers")).content.decode()


def test_every_link_that_graduates_and_officers_are_shown_opens_to_them() -> None:
    assert dead_links(NOW, "director", "board", "marisol", "anneliese") == []

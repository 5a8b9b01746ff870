"""Law 8 of decisions: an emptied position strands nothing, and a position comes with what it needs to act."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cecto.audits.models import ExceptionGrant
from cecto.people.actions import add_email
from cecto.people.models import OfficeSeat, Role
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import BEFORE, BY
from tests.audits.test_exceptions import _lower
from tests.classes import made
from tests.classes.browsing import words_of

pytestmark = pytest.mark.django_db


def test_a_position_that_something_waits_for_is_not_emptied_without_saying_who_follows() -> None:
    told = story.tell()
    told.attend()
    chair, liaison = story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")
    _lower(told.ana, chair)
    assert ExceptionGrant.objects.get().waiting
    administrator = signed_in("administrator", "")
    seat = OfficeSeat.objects.get(office="dpi-liaison")
    end = reverse("people:end-seat", args=[liaison.key])
    words = {"seat": seat.pk, "until": "2026-11-01"}
    refused = administrator.post(end, words)
    assert refused.status_code == 422
    said = words_of(refused.content)
    assert "Exceptions wait for this position: Ana Ñuñez, Nine hours of instruction: Lower the target" in said
    assert OfficeSeat.objects.get(pk=seat.pk).until is None
    after = made.person("Successor")
    add_email(person=after, address="after@example.org", by=BY, at=BEFORE)
    assert administrator.post(end, words | {"successor": after.key}).status_code == 302
    follows = OfficeSeat.objects.get(person=after)
    assert (follows.office, str(follows.start)) == ("dpi-liaison", "2026-11-01")
    assert after.role_grants.get().role == Role.OFFICER


@pytest.mark.parametrize("besides", [{"empty": "on"}, "another"])
def test_it_may_be_left_empty_on_purpose_or_to_another_who_holds_it(besides: dict[str, str] | str) -> None:
    told = story.tell()
    told.attend()
    chair, liaison = story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")
    _lower(told.ana, chair)
    if besides == "another":
        story.officer("Stand-in", "dpi-liaison", acting=True)
    seat = OfficeSeat.objects.get(person=liaison)
    words = {"seat": seat.pk, "until": "2026-11-01"} | (besides if isinstance(besides, dict) else {})
    answer = signed_in("administrator", "").post(reverse("people:end-seat", args=[liaison.key]), words)
    assert answer.status_code == 302


def test_the_command_gives_the_role_with_the_position_or_refuses() -> None:
    made.cohort()
    call_command(
        "grant",
        "--email",
        "new@example.org",
        "--name",
        "New Head",
        "--office",
        "program-director",
        "--program",
        "cecto",
    )
    seat = OfficeSeat.objects.get()
    assert seat.person.role_grants.get().role == Role.OFFICER
    assert seat.person.account is not None
    with pytest.raises(CommandError, match="program"):
        call_command("grant", "--email", "other@example.org", "--name", "Other", "--office", "dpi-liaison")
    assert OfficeSeat.objects.count() == 1

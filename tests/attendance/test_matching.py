"""Who a row is: certain answers are taken, everything else waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.devices import is_device
from cecto.attendance.matching import NOT_OURS, How, Named, OnRoster, Remembered, Roster, fold

PEOPLE = (
    OnRoster("mari", ("Marisol Ibáñez-Whitaker",), ("mibanez@pender.example.org",)),
    OnRoster("desh", ("Deshawn Pruitt", "DJ Pruitt"), ("dpruitt@swain.example.org",)),
    OnRoster("brian1", ("Brian Smith",), ("bsmith@wake.example.org",)),
    OnRoster("brian2", ("Brian Smith",), ("brian.smith@hoke.example.org",)),
    OnRoster("kate", ("Katherine P. O’Neal, Ed.D.",)),
)


def roster(**remembered: str) -> Roster:
    answers = [Remembered(name.replace("_", " "), "", "zoom", key) for name, key in remembered.items()]
    return Roster(PEOPLE, answers, source="zoom")


@pytest.mark.parametrize(
    ("row", "how", "key"),
    [
        (Named("whoever", email="MIbanez@Pender.example.org"), How.EMAIL, "mari"),
        (Named("iPhone", email="mibanez@pender.example.org"), How.EMAIL, "mari"),
        (Named("marisol ibanez whitaker"), How.NAME, "mari"),
        (Named("Ibáñez-Whitaker, Marisol"), How.NAME, "mari"),
        (Named("DJ Pruitt"), How.NAME, "desh"),
        (Named("Deshawn Pruitt (Guest)"), How.NAME, "desh"),
        (Named("Katherine P O'Neal EdD"), How.NAME, "kate"),
        (Named("Brian Smith"), How.QUEUE, None),
        (Named("Brian Smith", email="bsmith@wake.example.org"), How.EMAIL, "brian1"),
        (Named("Deshawn Pruitt", email="mibanez@pender.example.org"), How.QUEUE, None),
        (Named("iPhone", "iPhone (Deshawn Pruitt)", "Deshawn Pruitt"), How.QUEUE, None),
        (Named("Conference Room"), How.QUEUE, None),
        (Named("Deshawn Pruit"), How.QUEUE, None),
        (Named("DP", "DP (Deshawn Pruitt)", "Deshawn Pruitt"), How.QUEUE, None),
    ],
)
def test_only_certain_answers_credit(row: Named, how: How, key: str | None) -> None:
    found = roster().match(row)
    assert (found.how, found.key) == (how, key)


def test_a_remembered_name_is_taken() -> None:
    assert roster(deejay="desh").match(Named("DeeJay")).key == "desh"


def test_a_stranger_is_dismissed_once() -> None:
    found = roster(pat_stranger=NOT_OURS).match(Named("Pat Stranger"))
    assert (found.how, found.key) == (How.NOT_OURS, None)


def test_a_remembered_name_of_namesakes_still_waits() -> None:
    assert roster(brian_smith="brian1").match(Named("Brian Smith")).how is How.QUEUE


def test_a_remembered_address_under_another_persons_name_waits() -> None:
    library = "library@wake.example.org"
    known = Roster(PEOPLE, [Remembered("dj", library, "zoom", "desh")], source="zoom")
    assert known.match(Named("DJ", email=library)).key == "desh"
    assert known.match(Named("Marisol Ibáñez-Whitaker", email=library)).how is How.QUEUE
    assert known.match(Named("Marisol", email=library)).how is How.QUEUE
    assert known.match(Named("", email=library)).how is How.QUEUE


def test_a_remembered_person_who_left_the_roster_is_not_credited() -> None:
    assert roster(old_timer="gone").match(Named("Old Timer")).how is How.QUEUE


@pytest.mark.parametrize(
    ("row", "first", "reason"),
    [
        (Named("iPhone", "iPhone (Deshawn Pruitt)", "Deshawn Pruitt"), "desh", "Same name behind the rename"),
        (Named("Deshawn Pruit"), "desh", "Similar name"),
        (Named("Brian Smith"), "brian1", "Same name"),
        (Named("DP", email="deshawnpruitt@gmail.example.org"), "desh", "The address looks like the name"),
        (Named("Katherine O'Neal"), "kate", "Same first and last name"),
    ],
)
def test_suggestions_are_ranked_with_reasons(row: Named, first: str, reason: str) -> None:
    suggestion = roster().suggestions(row)[0]
    assert (suggestion.key, suggestion.reason) == (first, reason)


def test_both_namesakes_are_suggested() -> None:
    assert {s.key for s in roster().suggestions(Named("Brian Smith"))} == {"brian1", "brian2"}


@pytest.mark.parametrize(
    ("row", "rememberable"),
    [
        (Named("iPhone"), False),
        (Named("iPhone", "iPhone (Deshawn Pruitt)", "Deshawn Pruitt"), False),
        (Named("Brian's iPad"), False),
        (Named("Conference Room"), False),
        (Named("+1 919-***-4412"), False),
        (Named("Brian Smith"), False),
        (Named("DeeJay"), True),
        (Named("iPhone", email="dj@home.example.org"), False),
        (Named("Ashe Room", email="room@ashe.example.org"), False),
        (Named("😀"), False),
        (Named("x" * 301), False),
        (Named("Edgar Guest"), True),
    ],
)
def test_devices_and_namesakes_are_never_remembered(row: Named, rememberable: bool) -> None:
    assert roster().may_remember(row) is rememberable


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Pruitt, Deshawn", "deshawn pruitt"),
        ("Deshawn Pruitt, Jr.", "deshawn pruitt jr"),
        ("  JOSÉ   Núñez ", "jose nunez"),
        ("Søren Łukasz-Ødegård", "soren lukasz odegard"),
        ("D’Angelo", "dangelo"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_people_are_not_devices() -> None:
    assert not any(is_device(name) for person in PEOPLE for name in person.names)


@given(st.text(max_size=30), st.text(max_size=30))
def test_folding_twice_changes_nothing_and_no_text_credits_by_chance(name: str, original: str) -> None:
    assert fold(fold(name)) == fold(name)
    found = roster().match(Named(name, name, original))
    assert found.key is None or fold(name) in {fold(n) for p in PEOPLE for n in p.names}

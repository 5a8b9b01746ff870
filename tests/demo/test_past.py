"""Past classes and the registry in the summer after: invented, imported, and listed by their holders' word."""

from __future__ import annotations

import csv

import pytest
from django.test import Client
from django.urls import reverse

from cecto.credentials import codes
from cecto.credentials.queries import standing_statements
from cecto.demo.story.past import past_list, past_names, wishes
from cecto.demo.story.people import member
from cecto.foundation import clock
from cecto.people.organizations.districts import shipped_districts
from cecto.public.registry import listed, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alumni")]
HELD_BACK = None


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
    numbers = published()
    assert numbers.of_class("Class of 2012 (demo)") is HELD_BACK
    assert numbers.of_class("Class of 2010 (demo)") == 12


def test_the_public_pages_show_them() -> None:
    said = standing_statements().get(name="Wilhelmina Oakes-Barrow")
    client = Client()
    code = codes.printed(said.award.code)
    for path in (reverse("public:registry"), reverse("credentials:verify", args=[code])):
        assert said.name in client.get(path).content.decode()
    assert "Class of 2010 (demo)" in client.get(reverse("public:numbers")).content.decode()

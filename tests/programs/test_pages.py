"""Pages of definitions, for everyone."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.programs.actions import publish_definition
from cecto.programs.markdown import as_html
from cecto.requirements import json_schema
from tests.programs.texts import AT, BY, definition_text, draft, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_one_query(
    number: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for version in range(1, number + 1):
        published(version=version, hours=200 + version)
    with django_assert_num_queries(1):
        page = client.get("/definitions/")
    assert page.content.decode().count("Hours of cecto") == number


def test_a_definition_is_explained_with_its_hash(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = published()
    with django_assert_num_queries(2):
        page = client.get(f"/definitions/{row.key}/")
    text = page.content.decode()
    assert row.sha256 in text
    assert "240" in text


def test_a_newer_version_is_named(client: Client) -> None:
    first = published()
    second = published(version=2, hours=200)
    assert f"/definitions/{second.key}/" in client.get(f"/definitions/{first.key}/").content.decode()
    assert "A newer version" not in client.get(f"/definitions/{second.key}/").content.decode()


def test_the_text_is_what_was_published(client: Client) -> None:
    row = published()
    answer = client.get(f"/definitions/{row.key}.yaml")
    assert answer.content.decode() == definition_text()
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'


def test_no_definition_is_a_404(client: Client) -> None:
    assert [client.get(path).status_code for path in ["/definitions/x/", "/definitions/x.yaml"]] == [404, 404]


def test_html_in_a_definition_is_shown_not_obeyed() -> None:
    assert as_html("# A <script>\n\n[x](javascript:alert(1))") == (
        "<h2>A &lt;script&gt;</h2>\n<p>[x](javascript:alert(1))</p>\n"
    )


def test_what_changed_is_said_in_english_and_in_the_text(client: Client) -> None:
    first, second = published(), published(version=2, hours=200)
    page = client.get(f"/definitions/{second.key}/since/{first.key}/")
    said = [(line.kind, "200" in line.text) for line in page.context["english"].lines if line.kind != "kept"]
    assert ("added", True) in said
    assert ("removed", False) in said
    assert f"/definitions/{second.key}/since/{first.key}/" in client.get(f"/definitions/{second.key}/").content.decode()


def test_versions_of_two_tracks_are_not_compared(client: Client) -> None:
    first, other = published(), published(track="leaders-21c")
    assert client.get(f"/definitions/{first.key}/since/{other.key}/").status_code == 404


def test_the_schema_is_public(client: Client) -> None:
    answer = client.get("/schemas/definition.json")
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/schema+json", "*")
    assert answer.json() == json_schema()


def test_every_version_of_a_track_is_listed_with_its_reason(client: Client) -> None:
    published()
    second = publish_definition(
        draft=draft(definition_text(version=2, hours=200)), reason="The committee asked.", by=BY, at=AT
    )
    table = client.get(f"/definitions/{second.key}/").context["table"]
    assert [(row[0].text, row[2]) for row in table.rows] == [
        ("2015-16, version 2", "The committee asked."),
        ("2015-16, version 1", ""),
    ]


def test_the_example_persons_of_a_definition_are_shown_with_it(client: Client) -> None:
    table = client.get(f"/definitions/{published().key}/").context["examples"]
    assert [row[:5] for row in table.rows] == [
        ("Ada Núñez", "Hours", "met", "met", "as-expected"),
        ("Bo Lindqvist", "Hours", "impossible", "impossible", "as-expected"),
    ]

"""The frame of every page, the error pages and the style guide."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do_next(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "This page was not found" in html
    assert 'href="/start/"' in html


@pytest.mark.django_db
def test_a_page_has_one_heading_and_a_way_past_the_navigation(client: Client) -> None:
    html = client.get("/no/such/page/").content.decode()
    assert html.count("<h1") == 1
    assert 'class="usa-skipnav" href="#main"' in html
    assert html.count("<main") == html.count('id="main"') == 1


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "422.html"])
def test_a_refusal_leads_on(name: str) -> None:
    assert 'href="/start/"' in render_to_string(name, {"text": "The file is empty."})


def test_the_page_for_our_own_failure_needs_no_context() -> None:
    assert "Something went wrong on our side" in render_to_string("500.html")


@pytest.mark.django_db
def test_the_style_guide_shows_every_part_in_the_demo_only(client: Client, settings: Settings) -> None:
    settings.CECTO_DEMO = False
    assert client.get("/styleguide/").status_code == 404
    settings.CECTO_DEMO = True
    assert client.get("/styleguide/").status_code == 200


@pytest.mark.django_db
def test_the_table_of_the_style_guide_downloads(client: Client, settings: Settings) -> None:
    settings.CECTO_DEMO = True
    response = client.get("/styleguide/", {"download": "csv"})
    assert response["Content-Disposition"] == 'attachment; filename="roster-of-the-class-of-2016.csv"'

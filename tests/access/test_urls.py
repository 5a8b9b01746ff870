"""Every address gives every role the answer that tests/access/table.py expects, and no address is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import SIGN_IN, TABLE, Answer
from tests.access.world import ROLES, World, build


@pytest.fixture
def world(db: None) -> World:
    """One for each feature; what a request writes is taken back after it."""
    return build()


def _named(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + str(pattern.name)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _named(pattern, inner)


def feature_of(row: str) -> str:
    """The namespace of a row's address; "account" for those without one."""
    namespace, colon, _ = row.split()[1].partition(":")
    return namespace if colon else "account"


def _address(world: World, row: str) -> str:
    _, name, *words = row.split()
    return reverse(name, args=[world.words.get(word, word) for word in words])


def _answer(world: World, role: str, row: str) -> Answer:
    method, address = row.split()[0], _address(world, row)
    browser = world.browser(role)
    with transaction.atomic():
        # What every form of ours sends, and nothing else.
        response = browser.post(address, {"csrfmiddlewaretoken": "x"}) if method == "POST" else browser.get(address)
        transaction.set_rollback(True)
    to = response.headers.get("Location", "")
    return SIGN_IN if response.status_code == 302 and to.startswith("/account/login/?") else response.status_code


def test_no_address_is_forgotten() -> None:
    assert sorted(set(_named(get_resolver())) - {row.split()[1] for row in TABLE}) == []


def test_no_row_is_for_an_address_that_is_gone() -> None:
    assert sorted({row.split()[1] for row in TABLE} - set(_named(get_resolver()))) == []


@pytest.mark.parametrize("feature", sorted({feature_of(row) for row in TABLE}))
def test_everyone_is_answered_as_expected(world: World, feature: str) -> None:
    rows = [row for row in TABLE if feature_of(row) == feature]
    answers = {row: {role: _answer(world, role, row) for role in ROLES} for row in rows}
    assert answers == {row: dict(zip(ROLES, TABLE[row], strict=True)) for row in rows}


@pytest.mark.parametrize("role", ROLES[1:])
def test_links_know_which_doors_are_shut(world: World, role: str) -> None:
    may_open = world.browser(role).get("/").context["viewer_may_open"]
    pages = {row: _address(world, row) for row in TABLE if row.startswith("GET ")}
    console = {row: page for row, page in pages.items() if page.startswith("/console/")}
    refused = {row: TABLE[row][ROLES.index(role)] for row in console}
    shut = {row for row, page in console.items() if not may_open(page)}
    assert shut == {row for row, answer in refused.items() if answer == 403}
    of_the_class = {row for row in console if row.split()[2:] == ["class"]}
    shut = {row for row in of_the_class if not may_open(console[row], "cecto")}
    assert shut == {row for row in of_the_class if refused[row] in {403, 404}}

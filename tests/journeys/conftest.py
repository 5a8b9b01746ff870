"""A browser and a served demo for each journey.

`site` is a fresh demo (`@pytest.mark.stage("graduating")` picks its stage, midyear otherwise, and
`@pytest.mark.clock("2016-01-20T13:55:00Z")` its clock), or with `@pytest.mark.reads_only` one that such tests share.
`page` is a new browser at its address, `look(page, name)` checks and pictures the page as it is, `visitor()` opens a
second person's browser.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.look import Look, Watch
from tests.journeys.site import Site, served
from tools.browser import axe, browser


class Visitor(Protocol):
    """Opens a browser of its own for one more person."""

    def __call__(self, *, scripts: bool = True) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test process. Fails with what to install when there is none."""
    found = browser()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found.program, args=found.arguments, env={**os.environ, **found.environment}
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Callable[[str], Site]]:
    """One served demo per stage for all the tests of this process that only read."""
    with ExitStack() as open_sites:

        @cache
        def at_stage(stage: str) -> Site:
            return open_sites.enter_context(served(tmp_path_factory.mktemp(stage), shared, stage))

        yield at_stage


@pytest.fixture
def site(
    request: pytest.FixtureRequest, tmp_path: Path, shared: Path, standing: Callable[[str], Site]
) -> Iterator[Site]:
    """A demo of this test's own, or the standing one. Fails when the server reports an error of its own."""
    marker = request.node.get_closest_marker("stage")
    stage = marker.args[0] if marker else "midyear"
    if request.node.get_closest_marker("reads_only"):
        running = standing(stage)
        before = len(running.errors())
        yield running
        assert running.errors()[before:] == []
    else:
        clock = request.node.get_closest_marker("clock")
        with served(tmp_path, shared, stage, now=clock.args[0] if clock else "") as running:
            yield running
        assert running.errors() == []


@pytest.fixture
def watch(site: Site) -> Watch:
    """What the pages of this journey say and ask for."""
    return Watch(site.url)


@pytest.fixture
def visitor(chromium: Browser, site: Site, watch: Watch) -> Iterator[Visitor]:
    """Open a new person's browser: `visitor()` or, without scripts, `visitor(scripts=False)`."""
    opened: list[BrowserContext] = []

    def open_browser(*, scripts: bool = True) -> Page:
        context = chromium.new_context(base_url=site.url, reduced_motion="reduce", java_script_enabled=scripts)
        opened.append(context)
        page = opened[-1].new_page()
        page.set_default_timeout(10_000)
        watch.follow(page)
        return page

    yield open_browser
    for context in opened:
        context.close()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """A browser nobody has signed in with yet."""
    return visitor()


@pytest.fixture
def look(watch: Watch) -> Look:
    """Checks a page as it is: see tests/journeys/look.py."""
    return Look(axe(), watch)

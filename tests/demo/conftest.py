"""Stages of the demo, each played once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def midyear(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database on a January afternoon."""
    yield from _played("midyear", django_db_blocker)


@pytest.fixture(scope="module")
def alumni(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database in the summer after."""
    yield from _played("alumni", django_db_blocker)


def _played(stage: str, blocker: DjangoDbBlocker) -> Iterator[None]:
    from tests.demo.played import played

    with ExitStack() as stack:
        with blocker.unblock():
            stack.enter_context(played(stage))
        yield
        with blocker.unblock():
            stack.close()

"""Stages of the demo, each played once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import DjangoDbBlocker

Told = tuple[object, ...]


@pytest.fixture(scope="module")
def midyear(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Told]]:
    """The database on a January afternoon."""
    yield from _played(["midyear"], django_db_blocker)


@pytest.fixture(scope="module")
def alumni(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Told]]:
    """The database in the summer after; and where everybody stood in January, when it was January."""
    yield from _played(["midyear", "alumni"], django_db_blocker)


def _played(stages: list[str], blocker: DjangoDbBlocker) -> Iterator[list[Told]]:
    from cecto.demo.stages import STAGES
    from tests.demo.played import played

    with ExitStack() as stack:
        with blocker.unblock():
            reached = stack.enter_context(played(*(STAGES[name] for name in stages)))
        yield reached
        with blocker.unblock():
            stack.close()
